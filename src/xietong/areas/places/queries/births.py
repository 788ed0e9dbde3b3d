"""Births and housing: by township and cohort, and what is missing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from xietong.areas.orgs.models import Organisation
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places import access
from xietong.areas.places.models import Births, Housing
from xietong.areas.places.queries import standards, townships
from xietong.areas.places.rules.births import missing_years
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.ruletable.table import value_of

OLDEST = 21  # cohorts that are shown and may be entered


@dataclass(frozen=True, slots=True)
class Cell:
    """The births of a township and cohort; `is_missing` where others of its township are known around it."""

    row: Births | None
    is_missing: bool


@dataclass(frozen=True, slots=True)
class BirthsPage:
    """A table of townships by cohort, the latest cohort first, with the county's sums."""

    cohorts: tuple[SchoolYear, ...]
    rows: tuple[tuple[Organisation, tuple[Cell, ...]], ...]
    sums: tuple[int, ...]
    missing: int
    may_keep: bool


def births_page(actor: Actor) -> BirthsPage:
    held: dict[int, dict[int, Births]] = defaultdict(dict)
    for row in visible(actor, access.VIEW_BIRTHS):
        held[row.township_id][row.year] = row
    known = {year for years in held.values() for year in years}
    cohorts = tuple(SchoolYear(year) for year in sorted(known, reverse=True))
    until = max(known, default=0)
    rows = tuple(
        (township, cells(held[key], cohorts, until)) for key, township in townships.townships(actor.home).items()
    )
    sums = tuple(sum(years[one.start].births for years in held.values() if one.start in years) for one in cohorts)
    missing = sum(cell.is_missing for _township, line in rows for cell in line)
    return BirthsPage(cohorts, rows, sums, missing, access.KEEP_BIRTHS.held_by(actor))


def cells(years: Mapping[int, Births], cohorts: tuple[SchoolYear, ...], until: int) -> tuple[Cell, ...]:
    missing = missing_years(years, until)
    return tuple(Cell(years.get(one.start), one.start in missing) for one in cohorts)


def births_by_cohort(county_id: int) -> dict[tuple[int, int], Births]:
    """Township and cohort → row."""
    rows = Births.objects.filter(county_id=county_id).select_related("township")
    return {(row.township_id, row.year): row for row in rows.order_by("township__order", "township_id", "year")}


def births_to_keep(actor: Actor, pk: int) -> Births:
    return fetch(actor, access.KEEP_BIRTHS, pk, join=("township",))


def needed_until(today: date) -> int:
    """The last cohort whose children have all been born."""
    return SchoolYear.containing(today).start - 1


def cohort_choices(today: date) -> list[tuple[int, str]]:
    """The cohorts that may be entered, the latest first."""
    last = needed_until(today)
    return [(year, cohort_name(year)) for year in range(last, last - OLDEST, -1)]


def cohort_name(year: int) -> str:
    return SchoolYear(year).code


def times_of(county_id: int, on: date) -> float:
    """From how many times the usual number of births on somebody has to say why."""
    return float(value_of(standards.rules(county_id, on), "places.births.times"))


def source_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Births.Source.choices]


def housing(actor: Actor) -> QuerySet[Housing]:
    return visible(actor, access.VIEW_HOUSING).select_related("township")


def housing_to_keep(actor: Actor, pk: int) -> Housing:
    return fetch(actor, access.KEEP_HOUSING, pk, join=("township",))


def certainty_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Housing.Certainty.choices]
