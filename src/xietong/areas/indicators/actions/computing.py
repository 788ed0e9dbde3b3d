"""Working out what formulas say, in the transaction that changed a measure."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xietong.areas.indicators import queries
from xietong.areas.indicators.models import Indicator, Reading, ReadingChange
from xietong.areas.indicators.rules.formula import FormulaError, evaluate
from xietong.areas.indicators.rules.periods import shifted
from xietong.kit.accounts.actor import Actor
from xietong.kit.marking import gettext_noop
from xietong.kit.words import for_the_record

SOURCE_CORRECTED = gettext_noop("来源数据更正")
PLACES = Decimal("0.000001")
LARGEST = 1e14
"""A value has no more than fourteen digits before the point."""


def recompute(actor: Actor, county_id: int, period: int, measures: Iterable[str], *, now: datetime) -> None:
    """This function will work out anew the indicators of a period that stand on some measures or on other indicators.

    A value of a locked period that moves keeps what it was before. Indicators that look at other periods are worked
    out anew in every period in which they have a value.
    """
    rows = queries.county_indicators(county_id)
    needs, moved = queries.needs_of(rows), set(measures)
    chosen = [
        row
        for row in in_use(rows, period)
        if needs[row.code].measures & moved or needs[row.code].indicators or needs[row.code].is_compared
    ]
    work_out(actor, county_id, period, chosen, rows, now=now)
    compared = [row for row in chosen if needs[row.code].is_compared]
    held = Reading.objects.filter(indicator__in=compared, unit=None).exclude(period=period)
    for other in sorted(set(held.values_list("period", flat=True))):
        work_out(actor, county_id, other, compared, rows, now=now)


def recompute_all(actor: Actor, county_id: int, *, now: datetime) -> None:
    """This function will work out every indicator of a county for every period of which something is known."""
    rows = queries.county_indicators(county_id)
    for period in queries.periods_told(county_id):
        work_out(actor, county_id, period, in_use(rows, period), rows, now=now)


def in_use(rows: list[Indicator], period: int) -> list[Indicator]:
    """The indicators that are worked out for periods of this kind."""
    grain = queries.grain_of(period)
    return [row for row in rows if row.formula and not row.retired_on and row.grain == grain]


def work_out(
    actor: Actor, county_id: int, period: int, chosen: list[Indicator], rows: list[Indicator], *, now: datetime
) -> None:
    if not chosen:
        return
    data = queries.figures(county_id, *wanted(chosen, rows, period), [row.code for row in rows if not row.formula])
    held = {one.indicator_id: one for one in Reading.objects.filter(indicator__in=chosen, period=period, unit=None)}
    locked = queries.is_locked(county_id, period)
    for row in chosen:
        found = result(row, rows, queries.based(data, row.baseline_period), period)
        keep(actor, row, period, held.get(row.pk), found, is_locked=locked, now=now)


def wanted(chosen: list[Indicator], rows: list[Indicator], period: int) -> tuple[set[str], set[int]]:
    """The measures that some indicators stand on, and the periods that they look at from a period."""
    every = queries.needs_of(rows)
    needs = [every[row.code] for row in chosen]
    from_here = {period, *(row.baseline_period for row in chosen if row.baseline_period)}
    back = range(max(one.back for one in needs) + 1)
    return {name for one in needs for name in one.measures}, {shifted(one, -n) for one in from_here for n in back}


def result(row: Indicator, rows: list[Indicator], data: queries.Figures, period: int) -> dict[str, Any]:
    """What a formula gives, as a reading keeps it; one that does not hold any more gives nothing and says so."""
    try:
        outcome = evaluate(queries.checked(row, rows), data, str(period))
    except FormulaError as error:
        with for_the_record():
            return nothing(queries.wording(error, row.formula))
    if outcome.value is not None and abs(outcome.value) >= LARGEST:
        with for_the_record():
            return nothing(_("得数太大，请核对公式。"))
    return {
        "value": None if outcome.value is None else Decimal(repr(outcome.value)).quantize(PLACES),
        "inputs": queries.inputs_as_data(outcome),
        "missing": queries.missing_as_data(outcome),
        "undefined": queries.undefined_in_words(outcome),
    }


def nothing(why: str) -> dict[str, Any]:
    return {"value": None, "inputs": [], "missing": [], "undefined": why[:300]}


def keep(
    actor: Actor,
    row: Indicator,
    period: int,
    held: Reading | None,
    found: dict[str, Any],
    *,
    is_locked: bool,
    now: datetime,
) -> None:
    """Writes what was found where it differs from what is kept."""
    found = {"state": Reading.State.COMPUTED, **found}
    if held is None:
        Reading.objects.create(county_id=row.county_id, indicator=row, period=period, at=now, **found)
        return
    if all(getattr(held, name) == one for name, one in found.items()):
        return
    if is_locked and held.value != found["value"]:
        ReadingChange.objects.create(
            county_id=row.county_id, reading=held, before=held.value, after=found["value"], reason=SOURCE_CORRECTED,
            by=actor.label[:200], at=now,
        )  # fmt: skip
    for name, one in found.items():
        setattr(held, name, one)
    held.version, held.at = held.version + 1, now
    held.save()
