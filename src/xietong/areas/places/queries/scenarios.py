"""Scenarios: the list, one with its curves, several beside each other, the test against past years."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation, RegisterYear
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places import access
from xietong.areas.places.models import Scenario
from xietong.areas.places.queries import standards, townships
from xietong.areas.places.queries.ground import ground
from xietong.areas.places.queries.pictures import StagePicture, pictures
from xietong.areas.places.rules.assumptions import OWN, POOLED, Assumptions, Trio
from xietong.areas.places.rules.bands import Band, Bands
from xietong.areas.places.rules.hindsight import hindsight
from xietong.areas.places.rules.projecting import TooLittle, projected
from xietong.areas.places.rules.stages import STAGES
from xietong.areas.places.rules.states import ScenarioState
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.ruletable.table import value_of

MOST = 3  # scenarios side by side


@dataclass(frozen=True, slots=True)
class Cell:
    """One year of a stage: pupils expected, places, what is missing, and how full that is."""

    year: int
    pupils: float
    places: float
    band: Band

    @property
    def gap(self) -> int:
        return round(self.pupils - self.places)


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """A scenario, its assumptions in words, its curves by stage, the years by township, and what may be done."""

    row: Scenario
    assumed: Assumptions
    pictures: tuple[StagePicture, ...]
    years: tuple[SchoolYear, ...]
    county: tuple[tuple[str, tuple[Cell, ...]], ...]
    townships: tuple[tuple[Organisation | None, tuple[tuple[str, tuple[Cell, ...]], ...]], ...]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios side by side: assumptions by row, and pupils and gap of each stage in some years."""

    scenarios: tuple[Scenario, ...]
    assumptions: tuple[tuple[str, tuple[str, ...]], ...]
    stages: tuple[tuple[str, tuple[tuple[int, tuple[Cell | None, ...]], ...]], ...]
    offered: tuple[Scenario, ...]


def scenarios(actor: Actor) -> QuerySet[Scenario]:
    return visible(actor, access.VIEW_SCENARIO).defer("result")


def scenario_to_keep(actor: Actor, pk: int) -> Scenario:
    return fetch(actor, access.KEEP_SCENARIO, pk)


def scenario_to_copy(actor: Actor, pk: int) -> Scenario:
    """A scenario whose assumptions another begins with."""
    return fetch(actor, access.VIEW_SCENARIO, pk)


def base_years(actor: Actor) -> list[tuple[int, str]]:
    """The school years that have a register, the latest first."""
    years = RegisterYear.objects.filter(county_id=actor.home).order_by("-year").values_list("year", flat=True)
    return [(year, SchoolYear(year).code) for year in years]


def scenario_to_settle(actor: Actor, pk: int) -> Scenario:
    return fetch(actor, access.SETTLE_SCENARIO, pk)


def scenarios_to_settle(actor: Actor) -> QuerySet[Scenario]:
    """What waits for a leader, the oldest first."""
    rows = visible(actor, access.SETTLE_SCENARIO).filter(state=ScenarioState.SUBMITTED)
    return rows.defer("result").order_by("computed_at", "pk")


def approved(county_id: int) -> Scenario | None:
    return Scenario.objects.filter(county_id=county_id, state=ScenarioState.APPROVED).first()


def shown_scenario(county_id: int) -> Scenario | None:
    """What pages of supply look ahead by: the approved one, or else the latest that has been computed."""
    rows = Scenario.objects.filter(county_id=county_id, computed_at__isnull=False)
    return approved(county_id) or rows.order_by("-computed_at", "-pk").first()


def default_assumptions(actor: Actor, on: date) -> Assumptions:
    """What the rule table says."""
    rules, numbers = standards.rules(actor.home, on), standards.standards(actor.home, on)

    def trio(name: str) -> Trio:
        return Trio(*(float(value_of(rules, f"places.{name}.{which}")) for which in ("low", "middle", "high")))

    return Assumptions(
        births=trio("births.change"),
        migration=trio("migration"),
        entry=OWN,
        sizes=numbers.sizes,
        usable=numbers.usable * 100,
        horizon=int(value_of(rules, "places.horizon")),
        seed=1,
    )


def entry_choices() -> list[tuple[str, str]]:
    return [(OWN, _("各乡镇按自己的入学率，小乡镇向全县靠拢")), (POOLED, _("各乡镇都按全县的入学率"))]


DEEDS = {"keep": access.KEEP_SCENARIO, "settle": access.SETTLE_SCENARIO}


def scenario_page(actor: Actor, pk: int, today: date) -> ScenarioPage:
    row = fetch(actor, access.VIEW_SCENARIO, pk)
    bands = standards.bands(row.county_id, today)
    result = row.result or {}
    held = townships.townships(row.county_id)
    return ScenarioPage(
        row,
        Assumptions.of(row.assumptions),
        tuple(pictures(result)),
        tuple(SchoolYear(year) for year in result.get("years", ())),
        tuple(cells_of(result.get("county", {}), result, bands)),
        tuple(
            (held.get(int(key)), tuple(cells_of(stages, result, bands)))
            for key, stages in ordered(result.get("townships", {}), held)
        ),
        frozenset(name for name, right in DEEDS.items() if may(actor, right, row)),
    )


def ordered(parts: Mapping[str, Any], held: Mapping[int, Organisation]) -> list[tuple[str, Any]]:
    """Townships in their official order."""
    places = {str(key): n for n, key in enumerate(held)}
    return sorted(parts.items(), key=lambda one: places.get(one[0], len(places)))


def cells_of(
    stages: Mapping[str, Any], result: Mapping[str, Any], bands: Bands
) -> list[tuple[str, tuple[Cell, ...]]]:
    return [
        (stage, tuple(cell(stages[stage], result, n, bands) for n in range(len(result["years"]))))
        for stage in STAGES
        if stage in stages
    ]


def cell(told: Mapping[str, Any], result: Mapping[str, Any], place: int, bands: Bands) -> Cell:
    pupils, places = told["middle"][place], told["places"][place]
    return Cell(result["years"][place], pupils, places, bands.of(pupils, places))


def comparison(actor: Actor, keys: Sequence[str], today: date) -> Comparison:
    """Those that were ticked and are computed, or else the two latest; at most three."""
    rows = list(
        visible(actor, access.VIEW_SCENARIO).filter(computed_at__isnull=False).order_by("-computed_at", "-pk")
    )
    chosen = [row for row in rows if str(row.pk) in keys][:MOST] or rows[:2]
    bands = standards.bands(actor.home, today)
    years = sorted({year for row in chosen for year in (row.result or {})["years"]})
    stages = tuple(
        (stage, tuple((year, tuple(cell_at(row, stage, year, bands) for row in chosen)) for year in years))
        for stage in STAGES
        if any(stage in (row.result or {})["county"] for row in chosen)
    )
    return Comparison(tuple(chosen), tuple(beside(chosen)), stages, tuple(rows))


def cell_at(row: Scenario, stage: str, year: int, bands: Bands) -> Cell | None:
    result = row.result or {}
    if stage not in result["county"] or year not in result["years"]:
        return None
    return cell(result["county"][stage], result, result["years"].index(year), bands)


def beside(rows: Sequence[Scenario]) -> list[tuple[str, tuple[str, ...]]]:
    """The assumptions of each, one below the other."""
    said = [dict(in_words(Assumptions.of(row.assumptions))) for row in rows]
    return [(label, tuple(one[label] for one in said)) for label in (said[0] if said else ())]


def in_words(assumed: Assumptions) -> list[tuple[str, str]]:
    """Assumptions as pairs of a label and what is assumed."""
    births, moved, sizes = assumed.births, assumed.migration, assumed.sizes
    return [
        (
            _("未知年份出生数每年变动（低/中/高）"),
            " / ".join(f"{one:+g}%" if one else "0%" for one in (births.low, births.middle, births.high)),
        ),
        (_("新建住房入学比例（低/中/高）"), f"{moved.low:g}% / {moved.middle:g}% / {moved.high:g}%"),
        (_("入学率"), dict(entry_choices())[assumed.entry]),
        (_("班额（学前/小学/初中/高中）"), " / ".join(str(sizes[stage]) for stage in STAGES)),
        (_("普通教室可用比例"), f"{assumed.usable:g}%"),
        (_("预测年限"), _("%(n)d 年") % {"n": assumed.horizon}),
    ]


def tested_page(actor: Actor, pk: int) -> tuple[Scenario, Mapping[str, Any]]:
    """A scenario with how forecasts of past years would have done, stage by stage in order: JSON keeps none."""
    row = fetch(actor, access.VIEW_SCENARIO, pk)
    found = (row.result or {}).get("back_test", {})
    stages = found.get("stages", {})
    return row, {**found, "stages": {stage: stages[stage] for stage in STAGES if stage in stages}}


def forecasting(row: Scenario, today: date) -> Callable[[], dict[str, Any]]:
    """What makes the forecast of a scenario from the rows as they stand: a function that reads nothing any more."""
    assumed = Assumptions.of(row.assumptions)
    register = RegisterYear.objects.get(county_id=row.county_id, year=row.base_year)
    known = ground(register, assumed, today)

    def made() -> dict[str, Any]:
        try:
            return {**projected(known, assumed), "back_test": hindsight(known, seed=assumed.seed)}
        except TooLittle as error:
            return {"sentence": error.sentence, "values": error.values}

    return made
