"""Demand and supply over the years as pictures, with the sentence that says the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Stage, school_year_name
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places.rules.stages import STAGES
from xietong.kit.pages.charts import Area, Chart, Series


@dataclass(frozen=True, slots=True)
class StagePicture:
    """A stage: its picture, and the classes and staff of the first and the last year."""

    stage: str
    chart: Chart
    classes: tuple[float, float]
    teachers: tuple[float, float]


def pictures(result: Mapping[str, Any]) -> Iterator[StagePicture]:
    """Each stage of the county, in order; nothing while nothing has been computed."""
    for stage in STAGES:
        told = result.get("county", {}).get(stage)
        if told:
            ends = (0, -1)
            yield StagePicture(
                stage,
                chart_of(stage, told, result),
                (told["classes"][ends[0]], told["classes"][ends[1]]),
                (told["teachers"][ends[0]], told["teachers"][ends[1]]),
            )


def chart_of(stage: str, told: Mapping[str, Any], result: Mapping[str, Any]) -> Chart:
    """The years that are known, then three paths with the band, and the places."""
    past = result["history"][stage]
    years = [*range(result["first"], result["base"] + 1), *result["years"]]
    gap, last = [None] * len(past), past[-1:]

    def ahead(name: str) -> list[float | None]:
        return [*gap[:-1], *map(round, last), *map(round, told[name])]

    series = [
        Series(_("在校生"), [*map(round, past), *([None] * len(result["years"]))]),
        Series(_("学位"), [*gap, *map(round, told["places"])], "green"),
        Series(_("中"), ahead("middle"), dashed=True),
        Series(_("低"), ahead("low"), "soft", dashed=True),
        Series(_("高"), ahead("high"), "soft", dashed=True),
    ]
    return Chart(
        f"stage-{stage}",
        sentence(stage, told, result),
        _("学年"),
        [SchoolYear(one).code for one in years],
        series,
        [Area(_("八成区间"), ahead("p10"), ahead("p90"))],
    )


def sentence(stage: str, told: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    """The last year of the forecast in words."""
    missing = round(told["middle"][-1] - told["places"][-1])
    said = {
        "stage": Stage(stage).label, "year": school_year_name(result["years"][-1]),
        "pupils": round(told["middle"][-1]), "low": round(told["p10"][-1]), "high": round(told["p90"][-1]),
        "places": round(told["places"][-1]), "n": abs(missing),
    }  # fmt: skip
    words = _(
        "%(stage)s：%(year)s预计在校生 %(pupils)d 人（八成把握在 %(low)d 到 %(high)d 之间），学位 %(places)d 个，"
    )
    ending = _("缺 %(n)d 个。") if missing > 0 else _("余 %(n)d 个。")
    return (words + ending) % said
