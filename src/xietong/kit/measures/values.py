"""Stored values: refreshed in the transaction that changes their source, equal to what the rows give at any time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from xietong.kit.accounts.actor import Actor
from xietong.kit.events.bus import announce
from xietong.kit.measures.declare import PUBLICATIONS, Grain, Row
from xietong.kit.measures.events import MeasuresChanged
from xietong.kit.measures.models import Value

Key = tuple[str, int, str]
"""Measure, unit, stage."""

PLACES = Decimal("0.0001")
AT_ONCE = 500


def counted(county_id: int, period: int, grain: Grain) -> dict[Key, Decimal]:
    """Every measure of a county in a period, from the rows."""
    rows: Iterable[Row] = (row for one in PUBLICATIONS if one.grain is grain for row in one.rows(county_id, period))
    return {(row.measure, row.unit_id, row.stage): row.value.quantize(PLACES) for row in rows}


def refresh(actor: Actor, county_id: int, period: int, grain: Grain, *, now: datetime) -> None:
    """This function will bring the stored values of a county and period to what the rows say, and announce a change.

    The caller is in a transaction and holds what the rows hang on, so that nobody counts them at the same time.
    """
    wanted = counted(county_id, period, grain)
    stored = {
        (row.measure, row.unit_id, row.stage): row
        for row in Value.objects.filter(county_id=county_id, period=period, measure__in=published(grain))
    }
    gone = [row for key, row in stored.items() if key not in wanted]
    moved = [row for key, row in stored.items() if key in wanted and row.value != wanted[key]]
    new = [key for key in wanted if key not in stored]
    for row in moved:
        row.value = wanted[row.measure, row.unit_id, row.stage]
    Value.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Value.objects.bulk_update(moved, ["value"], batch_size=AT_ONCE)
    Value.objects.bulk_create(
        (
            Value(county_id=county_id, period=period, measure=name, unit_id=unit, stage=stage, value=wanted[key])
            for key in new
            for name, unit, stage in [key]
        ),
        batch_size=AT_ONCE,
    )
    changed = frozenset([*(row.measure for row in (*gone, *moved)), *(name for name, _unit, _stage in new)])
    if changed:
        announce(actor, MeasuresChanged(county_id, period, grain, changed), now=now)


def published(grain: Grain) -> set[str]:
    return {measure.name for one in PUBLICATIONS if one.grain is grain for measure in one.measures}


@dataclass(frozen=True, slots=True)
class Values:
    """Stored values of one county: measure → period → (unit, stage) → value."""

    held: Mapping[str, Mapping[int, Mapping[tuple[int, str], float]]] = field(default_factory=dict)

    def rows(self, measure: str, period: int) -> Mapping[tuple[int, str], float]:
        return self.held.get(measure, {}).get(period, {})


def values(county_id: int, names: Iterable[str], periods: Iterable[int]) -> Values:
    """What is stored of these measures in these periods, in one query."""
    held: dict[str, dict[int, dict[tuple[int, str], float]]] = {}
    rows = Value.objects.filter(county_id=county_id, period__in=list(periods), measure__in=list(names))
    for measure, period, unit, stage, value in rows.values_list("measure", "period", "unit_id", "stage", "value"):
        held.setdefault(measure, {}).setdefault(period, {})[unit, stage] = float(value)
    return Values(held)
