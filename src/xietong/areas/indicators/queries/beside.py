"""Schools beside each other, in official order."""

from dataclasses import dataclass

from xietong.areas.indicators import access
from xietong.areas.indicators.models import Indicator, Reading
from xietong.areas.indicators.queries.dictionary import county_indicators
from xietong.areas.indicators.queries.figures import checked, figures, needs_of, of_school
from xietong.areas.indicators.queries.values import is_upward, number
from xietong.areas.indicators.rules.formula import FormulaError, Outcome, evaluate
from xietong.areas.indicators.rules.lights import is_met
from xietong.areas.indicators.rules.periods import shifted
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import Actor
from xietong.kit.measures.declare import measures


def sees_schools(actor: Actor) -> bool:
    """Whether the actor may know which schools are short, and who reported with which evidence."""
    return access.COMPARE_SCHOOLS.held_by(actor)


@dataclass(frozen=True, slots=True)
class SchoolValue:
    """What an indicator comes to at one school and stage, beside the county's line."""

    school: Organisation
    value: float | None
    is_met: bool | None
    missing: bool


def schools_beside(row: Indicator, period: int) -> tuple[SchoolValue, ...]:
    """The schools in official order; of a formula worked out for each, else as each reported it.

    None where it stands on a measure that is not told for a single school.
    """
    if not row.formula:
        return reported_by_schools(row, period)
    rows = county_indicators(row.county_id)
    needs = needs_of(rows)[row.code]
    try:
        ready = checked(row, rows)
    except FormulaError:
        return ()
    if any(one.is_private for one in measures() if one.name in needs.measures):
        return ()
    data = figures(row.county_id, needs.measures, {shifted(period, -n) for n in range(needs.back + 1)})
    keys = {key[0] for key in data.rows("schools", str(period))}
    schools = Organisation.objects.filter(pk__in=keys).order_by("order", "pk")
    found = ((school, evaluate(ready, of_school(data, school.pk), str(period))) for school in schools)
    return tuple(school_value(row, school, outcome) for school, outcome in found if is_about(outcome))


def is_about(outcome: Outcome) -> bool:
    """Whether the school has what the indicator is about: a figure, or one that it lacks."""
    return outcome.value is not None or bool(outcome.missing)


def school_value(row: Indicator, school: Organisation, outcome: Outcome) -> SchoolValue:
    aim = number(row.standard)
    met = None if aim is None or outcome.value is None else is_met(outcome.value, aim, upward=is_upward(row))
    return SchoolValue(school, outcome.value, met, bool(outcome.missing))


def reported_by_schools(row: Indicator, period: int) -> tuple[SchoolValue, ...]:
    rows = Reading.objects.filter(indicator=row, period=period, unit__isnull=False, state=Reading.State.VERIFIED)
    return tuple(
        SchoolValue(one.unit, number(one.value), None, missing=False)
        for one in rows.select_related("unit").order_by("unit__order", "unit_id")
        if one.unit
    )
