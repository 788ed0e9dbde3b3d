"""Schools: how full each stage of each is, which classes are too large, and what the years bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Organisation
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places import access
from xietong.areas.places.queries import standards
from xietong.areas.places.queries.scenarios import shown_scenario
from xietong.areas.places.queries.supply import Supply, crowded, supply
from xietong.areas.places.rules.bands import Band
from xietong.areas.places.rules.stages import STAGES
from xietong.areas.places.rules.supply import Line
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.measures.models import Value


@dataclass(frozen=True, slots=True)
class SchoolAhead:
    """What a scenario's years bring to a stage of a school; the places are None where they are not known."""

    first: int
    pupils: tuple[float, ...]
    places: tuple[float | None, ...]
    classes: tuple[float, ...]
    teachers: tuple[float, ...]

    @property
    def worst(self) -> tuple[int, SchoolYear] | None:
        """The most places that will be lacking, and the first year of it; None where none will be."""
        gaps = [
            0 if places is None else round(pupils - places)
            for pupils, places in zip(self.pupils, self.places, strict=True)
        ]
        most = max(gaps)
        return (most, SchoolYear(self.first + gaps.index(most))) if most > 0 else None


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A stage of a school as the list shows it."""

    school: Organisation
    township: Organisation | None
    line: Line
    band: Band
    large_classes: int
    is_half_empty: bool
    ahead: SchoolAhead | None = None


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school's supply, and for the county's staff the pupils that the forecast gives it."""

    school: Organisation
    register: Any
    rows: tuple[SchoolRow, ...]
    scenario: Any
    years: tuple[SchoolYear, ...]
    ahead: tuple[tuple[str, SchoolAhead], ...]


def school_rows(actor: Actor, today: date) -> tuple[QuerySet[Value], Mapping[tuple[int, str], SchoolRow], Any]:
    """The stages of schools in official order, what is known of each, and the register they are of."""
    row = orgs.latest_register(actor.home)
    order = Organisation.objects.filter(pk=OuterRef("unit_id"))
    values = Value.objects.filter(county_id=actor.home, measure="pupils", stage__in=STAGES, value__gt=0)
    listed = values.filter(period=row.year if row else 0).annotate(
        order=Subquery(order.values("order")[:1]), school=Subquery(order.values("name")[:1])
    )
    if row is None:
        return listed, {}, None
    scenario = shown_scenario(actor.home)
    return listed, rows_of(supply(row), today, (scenario.result or {}) if scenario else {}), row


def rows_of(now: Supply, today: date, result: Mapping[str, Any]) -> dict[tuple[int, str], SchoolRow]:
    """By school and stage, with what a scenario brings to each."""
    bands = standards.bands(now.register.county_id, today)
    large = crowded(now.classes, now.register.county_id, now.register)
    return {
        (line.school, line.stage): SchoolRow(
            now.records[line.school].school,
            now.townships.get(line.township),
            line,
            bands.of(line.pupils, line.places or 0),
            large.get((now.records[line.school].pk, line.stage), 0),
            line.is_half_empty(bands),
            ahead_of(result, line.school).get(line.stage),
        )
        for line in now.lines
        if line.school
    }


def school_page(actor: Actor, pk: int, today: date) -> SchoolPage:
    school = fetch(actor, access.VIEW_SCHOOL, pk)
    row = orgs.latest_register(school.county_id or 0)
    scenario = shown_scenario(school.county_id or 0) if access.VIEW_SCENARIO.held_by(actor) else None
    result = (scenario.result or {}) if scenario else {}
    found = rows_of(supply(row), today, result) if row else {}
    mine = tuple(one for (key, _stage), one in found.items() if key == school.pk)
    return SchoolPage(
        school,
        row,
        mine,
        scenario,
        tuple(SchoolYear(year) for year in result.get("years", ())),
        tuple(ahead_of(result, school.pk).items()),
    )


def ahead_of(result: Mapping[str, Any], school: int) -> dict[str, SchoolAhead]:
    """What a scenario says of a school, by stage."""
    stages = result.get("schools", {}).get(str(school), {})
    return {
        stage: SchoolAhead(
            result["years"][0],
            tuple(stages[stage]["pupils"]),
            tuple(stages[stage]["places"] or [None] * len(result["years"])),
            tuple(stages[stage]["classes"]),
            tuple(stages[stage]["teachers"]),
        )
        for stage in STAGES
        if stage in stages
    }


def own_schools(actor: Actor) -> list[Organisation]:
    """The schools that somebody speaks for."""
    return list(visible(actor, access.VIEW_OWN).order_by("order", "pk"))
