"""The scorecard of a period: each indicator beside what it is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xietong.areas.indicators.models import Indicator, Reading, Section
from xietong.areas.indicators.queries.dictionary import grain_of, indicators, is_locked, targets_of, tolerance, wanted
from xietong.areas.indicators.queries.values import counted, counting, is_upward, number
from xietong.areas.indicators.rules.lights import Light, light
from xietong.areas.indicators.rules.periods import shifted
from xietong.kit.accounts.actor import Actor

BACK = 6
"""So many periods stand in a trend."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the scorecard: its value of the period beside what it is held against."""

    row: Indicator
    reading: Reading | None
    target: Decimal | None
    before: Decimal | None
    light: Light
    trend: tuple[float | None, ...]

    @property
    def wanted(self) -> Decimal | None:
        return self.target if self.target is not None else self.row.standard

    @property
    def value(self) -> Decimal | None:
        return counting(self.reading)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The county's indicators of one period by section."""

    period: int
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    is_locked: bool

    @property
    def lines(self) -> list[Line]:
        return [line for _label, lines in self.sections for line in lines]

    def count(self, one: Light) -> int:
        return sum(line.light is one for line in self.lines)


def county_readings(county_id: int, period: int) -> list[Reading]:
    """The county's values of a period that count, of the indicators in use in their order."""
    rows = Reading.objects.filter(
        county_id=county_id, period=period, unit=None, state__in=Reading.COUNTS, value__isnull=False,
        indicator__retired_on=None,
    )  # fmt: skip
    return list(rows.select_related("indicator").order_by("indicator__order", "indicator_id"))


def scorecard(actor: Actor, county_id: int, period: int, today: date) -> Scorecard:
    """Every indicator in use that is told in this kind of period. The queries do not grow with them."""
    rows = [
        row for row in indicators(actor).filter(county_id=county_id, grain=grain_of(period)) if not row.retired_on
    ]
    back = [shifted(period, -n) for n in reversed(range(BACK))]
    held: dict[tuple[int, int], Reading] = {
        (one.indicator_id, one.period): one
        for one in Reading.objects.filter(county_id=county_id, unit=None, period__in=back)
    }
    targets, share = targets_of(county_id, period), tolerance(county_id, today)
    lines = [line_of(row, period, back, held, targets, share) for row in rows]
    sections = tuple(
        (str(section.label), found)
        for section in Section
        if (found := tuple(line for line in lines if line.row.section == section))
    )
    return Scorecard(period, sections, is_locked(county_id, period))


def line_of(
    row: Indicator,
    period: int,
    back: Sequence[int],
    held: Mapping[tuple[int, int], Reading],
    targets: Mapping[int, Decimal],
    share: float,
) -> Line:
    series = tuple(counted(held.get((row.pk, one))) for one in back)
    aim = wanted(row, targets)
    shown = light(series[-1], number(aim), upward=is_upward(row), tolerance=share)
    before = counting(held.get((row.pk, shifted(period, -1))))
    return Line(row, held.get((row.pk, period)), targets.get(row.pk), before, shown, series)
