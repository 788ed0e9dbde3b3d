"""预测: cohorts carried on from births and past years, township by township, under assumptions.

Kindergartens and compulsory schools are projected by township; high schools, which serve the whole county, from the
cohorts of the county as one area. docs/methods/projection.md tells the method.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from gettext import NullTranslations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xietong.areas.places.rules.assumptions import POOLED, Assumptions, Trio
from xietong.areas.places.rules.ground import Ground
from xietong.areas.places.rules.stages import COMPULSORY, KINDERGARTEN, SCHOOL, Chain
from xietong.quant.projection import (
    Factors,
    Forecast,
    Path,
    Ratios,
    Variants,
    classes_needed,
    entry,
    forecast,
    progression,
    teachers_needed,
    variants,
)

# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

Array = NDArray[np.float64]
FEWEST = 2  # school years that a ratio takes
TOO_SHORT = gettext_noop("历史数据不足：升班比例至少需要两个相连学年的学年资料，现有 %(known)s 个。")
NO_BIRTHS = gettext_noop("还没有出生人数，请先录入或导入。")
NO_RATIO = gettext_noop("历史数据不足：没有一个乡镇能算出入学或升班比例，请补齐以前年份的出生人数和在校生数。")


class TooLittle(ValueError):
    """What is known is not enough for a forecast; says what is missing, as a marked sentence with its values."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One chain projected: three paths, and the band around the middle one."""

    chain: Chain
    told: Forecast
    paths: Variants

    def totals(self, path: Path, stage: str) -> Array:
        """Pupils of a stage, areas × years."""
        place = self.chain.stages.index(stage)
        found: Array = path.totals(self.chain.groups)[..., place]
        return found

    def pupils(self, stage: str, area: int) -> Array:
        """Pupils of a stage of one area on the middle path, years × grades."""
        found: Array = self.paths.middle.pupils[area][:, self.chain.groups[self.chain.stages.index(stage)]]
        return found


def projected(ground: Ground, assumed: Assumptions) -> dict[str, Any]:
    """The forecast as it is kept: by county, township and school, from the year after the base year on.

    Raises
        TooLittle: there are fewer than two school years, or no births, or nothing that a ratio follows from.
    """
    must_suffice(ground)
    years = assumed.horizon
    courses = [course(ground, chain, assumed) for chain in (KINDERGARTEN, COMPULSORY) if ground.has(chain.first)]
    high = [course(ground.together(), SCHOOL, assumed)] if ground.has("primary") and ground.has("high") else []
    local = {stage: one for one in courses for stage in one.chain.stages}
    townships = {
        str(key): {
            stage: told(one, stage, place, assumed, ground.places_of(place, stage, years))
            for stage, one in local.items()
            if ground.concerns(place, stage)
        }
        for place, key in enumerate(ground.townships)
    }
    county = {
        stage: told(one, stage, None, assumed, ground.places_of(None, stage, years))
        for stage, one in [*local.items(), *(("high", one) for one in high)]
    }
    for stage, one in county.items():
        one["teachers"] = plain(teachers_needed(one["middle"], ground.teachers[stage]))
    schools = of_schools(ground, {**local, **({"high": high[0]} if high else {})}, assumed)
    add_classes(ground, schools, townships, county)
    return {
        "base": ground.base,
        "first": ground.first,
        "last_cohort": ground.last_cohort,
        "years": [ground.base + n + 1 for n in range(years)],
        "history": {stage: plain(ground.of_stage(stage).sum(axis=(0, 2))) for stage in county},
        "county": county,
        "townships": townships,
        "schools": schools,
    }


def must_suffice(ground: Ground) -> None:
    if ground.pupils.shape[1] < FEWEST:
        raise TooLittle(TOO_SHORT, known=ground.pupils.shape[1])
    if ground.last_cohort is None:
        raise TooLittle(NO_BIRTHS)


def course(ground: Ground, chain: Chain, assumed: Assumptions) -> Course:
    """A chain, as far as the county has its stages.

    Raises
        TooLittle: no township has a ratio for one of its steps.
    """
    held = Chain(tuple(stage for stage in chain.stages if ground.has(stage)))
    history = ground.history(held)
    cohorts = [ground.ages.cohort(held, year) for year in ground.years(assumed.horizon)]
    births = ground.born(cohorts, assumed.births.middle)
    known = history.shape[1]
    try:
        entering, ratios = estimated(history, births[:, :known], assumed.entry)
    except ValueError as error:
        raise TooLittle(NO_RATIO) from error
    arrivals = ground.coming(held, assumed.horizon)
    start, coming = np.nan_to_num(history[:, -1]), np.nan_to_num(births[:, known:])
    told_now = forecast(
        start, coming, entering, ratios,
        seed=assumed.seed, arrivals=arrivals * assumed.migration.middle / 100, groups=held.groups,
        keys=ground.townships,
    )  # fmt: skip
    unknown = [max(0, cohort - (ground.last_cohort or 0)) for cohort in cohorts[known:]]
    paths = variants(
        start, coming * entering.ratio, ratios.ratio, arrivals,
        low=factors(assumed, "low", unknown), high=factors(assumed, "high", unknown),
        middle=factors(assumed, "middle", unknown),
    )  # fmt: skip
    return Course(held, told_now, paths)


def estimated(history: Array, births: Array, which: str) -> tuple[Ratios, Ratios]:
    """Ratios of entry and of progression; where a township has no pupils of a stage at all, none come.

    Raises
        ValueError: no township has a ratio for a step.
    """
    entering, ratios = entry(births, history[..., 0]), progression(history)
    if which == POOLED:
        entering = replace(entering, ratio=np.broadcast_to(entering.pooled, entering.ratio.shape))
    absent: NDArray[np.bool_] = np.asarray(np.isnan(history).all(axis=1))
    return emptied(entering, absent[:, :1]), emptied(ratios, absent[:, 1:])


def emptied(ratios: Ratios, absent: NDArray[np.bool_]) -> Ratios:
    return replace(
        ratios,
        ratio=np.where(absent, 0.0, ratios.ratio),
        sd=np.where(absent, 0.0, ratios.sd),
        error=np.where(absent, 0.0, ratios.error),
    )


def factors(assumed: Assumptions, name: str, unknown: list[int]) -> Factors:
    """By what births and arrivals of a variant differ from the middle path; children who are born do not change."""
    yearly = growth(assumed.births, name) / growth(assumed.births, "middle")
    return Factors(births=[yearly**years for years in unknown], migration=getattr(assumed.migration, name) / 100)


def growth(births: Trio, name: str) -> float:
    return 1 + float(getattr(births, name)) / 100


def told(one: Course, stage: str, place: int | None, assumed: Assumptions, places: Array) -> dict[str, Any]:
    """A stage of a township, or of the county where `place` is None: what is kept of it, by year."""
    group = one.chain.stages.index(stage)
    around = (one.told.band.together if place is None else one.told.band.areas[place])[:, group]

    def part(values: Array) -> list[float]:
        return plain(values.sum(axis=0) if place is None else values[place])

    return {
        "low": part(one.totals(one.paths.low, stage)),
        "middle": part(one.totals(one.paths.middle, stage)),
        "high": part(one.totals(one.paths.high, stage)),
        "p10": plain(around[:, 0]),
        "p90": plain(around[:, -1]),
        "classes": [0.0] * assumed.horizon,
        "places": plain(places),
    }


def of_schools(
    ground: Ground, courses: Mapping[str, Course], assumed: Assumptions
) -> dict[str, dict[str, dict[str, list[float] | None]]]:
    """What the years bring to each stage of a school by its share of today: pupils, and what they need and find.

    `classes` are of at most so many pupils as the scenario says, each grade on its own; `places` is None where the
    school's classrooms are not known.
    """
    found: dict[str, dict[str, dict[str, list[float] | None]]] = {}
    for one in ground.schools:
        course = courses.get(one.stage)
        if course and one.share:
            area = 0 if one.stage == "high" else ground.townships.index(one.township)
            pupils = one.share * course.pupils(one.stage, area)
            found.setdefault(str(one.school), {})[one.stage] = {
                "pupils": plain(pupils.sum(axis=1)),
                "classes": plain(classes_needed(pupils, assumed.sizes[one.stage]).sum(axis=1)),
                "teachers": plain(teachers_needed(pupils.sum(axis=1), ground.teachers[one.stage])),
                "places": None if one.places is None else plain(one.places[: assumed.horizon]),
            }
    return found


def add_classes(
    ground: Ground,
    schools: Mapping[str, Mapping[str, Mapping[str, Any]]],
    townships: Mapping[str, Mapping[str, dict[str, Any]]],
    county: Mapping[str, dict[str, Any]],
) -> None:
    """A township and the county need as many classes as their schools together."""
    for one in ground.schools:
        told = schools.get(str(one.school), {}).get(one.stage)
        if told:
            for whole in (county[one.stage], townships.get(str(one.township), {}).get(one.stage)):
                if whole:
                    whole["classes"] = plain(np.add(whole["classes"], told["classes"]))


def plain(values: Any) -> list[float]:
    """Numbers as JSON keeps them; a tenth of a pupil is nobody."""
    return [round(float(value), 1) for value in np.asarray(values)]
