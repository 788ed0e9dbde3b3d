"""The first page: how many places there are, of whom and where, how evenly, and what the years bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import RegisterYear, SchoolRecord
from xietong.areas.places.models import Births, Scenario
from xietong.areas.places.queries import standards
from xietong.areas.places.queries.pictures import StagePicture, pictures
from xietong.areas.places.queries.scenarios import shown_scenario
from xietong.areas.places.queries.supply import Supply, supply
from xietong.areas.places.rules.bands import Band, Bands
from xietong.areas.places.rules.fairness import Fairness
from xietong.areas.places.rules.stages import STAGES
from xietong.areas.places.rules.supply import Sum
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage now and in the baseline year."""

    stage: str
    now: Sum
    before: Sum | None
    band: Band
    half_empty: int
    even: Fairness | None
    even_before: Fairness | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows; without a register there is nothing to show but what to do first."""

    supply: Supply | None
    baseline: Supply | None
    stages: tuple[StageView, ...] = ()
    structure: tuple[tuple[str, tuple[tuple[str, tuple[Sum | None, ...]], ...]], ...] = ()
    scenario: Scenario | None = None
    pictures: tuple[StagePicture, ...] = ()
    has_births: bool = False


def overview(actor: Actor, today: date) -> Overview:
    """The queries do not grow with the schools."""
    row = orgs.latest_register(actor.home)
    if row is None:
        return Overview(None, None)
    now, before, bands = supply(row), baseline(row, today), standards.bands(row.county_id, today)
    scenario = shown_scenario(actor.home)
    return Overview(
        now,
        before,
        tuple(stage_view(stage, now, before, bands) for stage in STAGES if stage in now.stages),
        tuple(structure(now)),
        scenario,
        tuple(pictures(scenario.result or {})) if scenario else (),
        Births.objects.filter(county_id=actor.home).exists(),
    )


def baseline(row: RegisterYear, today: date) -> Supply | None:
    """The places of the baseline year; None where it has no register, or is the present one."""
    year = standards.baseline_year(row.county_id, today)
    first = RegisterYear.objects.filter(county_id=row.county_id, year=year).exclude(pk=row.pk).first()
    return supply(first) if first else None


def stage_view(stage: str, now: Supply, before: Supply | None, bands: Bands) -> StageView:
    present = now.stages[stage]
    return StageView(
        stage,
        present,
        before.stages.get(stage) if before else None,
        bands.of(present.pupils, present.places),
        sum(one.stage == stage and one.is_half_empty(bands) for one in now.lines),
        now.fairness(stage),
        before.fairness(stage) if before else None,
    )


def structure(now: Supply) -> list[tuple[str, tuple[tuple[str, tuple[Sum | None, ...]], ...]]]:
    """Places by who runs the school and by where it lies, each by stage and together."""
    owners = [(str(label), code) for code, label in SchoolRecord.Ownership.choices]
    settings = [(_("城区"), "city"), (_("镇区"), "town"), (_("乡村"), "village"), (_("未填"), "")]
    return [
        (_("举办性质"), parts(now, "ownership", owners)),
        (_("城乡"), parts(now, "setting", settings)),
    ]


def parts(now: Supply, name: str, kinds: Sequence[tuple[str, str]]) -> tuple[tuple[str, tuple[Sum | None, ...]], ...]:
    found = now.by_stage(name)
    whole = now.by(name)
    return tuple(
        (label, (*(found.get((code, stage)) for stage in STAGES), whole[code]))
        for label, code in kinds
        if code in whole
    )
