"""Where the indicators stand, as other pages and documents tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xietong.areas.indicators.models import Indicator, Reading, Target
from xietong.areas.indicators.queries.dictionary import county_indicators, period_name, targets_of, tolerance
from xietong.areas.indicators.queries.scorecard import Line, line_of
from xietong.areas.indicators.queries.values import plain, rounded_as
from xietong.areas.indicators.rules.lights import Light

SCHOOL_YEAR = Indicator.Period.SCHOOL_YEAR


@dataclass(frozen=True, slots=True)
class Goals:
    """The lights of the indicators that are held against something, of the latest school year."""

    period: int
    lights: tuple[Light, ...]


def latest(county_id: int, today: date) -> tuple[int | None, list[Line]]:
    """The last school year that has values, and its indicators that are held against something. Four queries."""
    rows = {row.pk: row for row in county_indicators(county_id) if not row.retired_on and row.grain == SCHOOL_YEAR}
    readings = Reading.objects.filter(indicator__in=rows, unit=None)
    period = readings.order_by("-period").values_list("period", flat=True).first()
    if period is None:
        return None, []
    targets, share = targets_of(county_id, period), tolerance(county_id, today)
    held = {(one.indicator_id, period): one for one in readings.filter(period=period)}
    lines = (
        line_of(row, period, [period], held, targets, share) for row in rows.values() if (row.pk, period) in held
    )
    return period, [line for line in lines if line.light is not Light.NONE]


def goals(county_id: int, today: date) -> Goals | None:
    """None while nothing has been counted."""
    period, lines = latest(county_id, today)
    return None if period is None else Goals(period, tuple(line.light for line in lines))


@dataclass(frozen=True, slots=True)
class Level:
    """Where an indicator stands: its last value that counts, where it began, and the last target."""

    row: Indicator
    period: int
    value: Decimal
    baseline: Decimal | None
    goal: Decimal | None

    @property
    def period_name(self) -> str:
        return period_name(self.period)


def levels(rows: Sequence[Indicator]) -> dict[int, Level]:
    """Indicator → where it stands, in two queries; those without a value are left out."""
    by_key = {row.pk: row for row in rows}
    goals = dict(Target.objects.filter(indicator__in=by_key).order_by("period").values_list("indicator_id", "value"))
    found = Reading.objects.filter(
        indicator__in=by_key, unit=None, state__in=Reading.COUNTS, value__isnull=False
    ).order_by("period")
    return {
        one.indicator_id: Level(
            by_key[one.indicator_id],
            one.period,
            rounded_as(by_key[one.indicator_id], one.value),
            by_key[one.indicator_id].baseline,
            goals.get(one.indicator_id, by_key[one.indicator_id].standard),
        )
        for one in found
        if one.value is not None
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator of the latest school year that is held against something, as a document tells it."""

    row: Indicator
    period_name: str
    value: str
    aim: str
    light: Light


def standings(county_id: int, today: date) -> list[Standing]:
    """In the order of the dictionary; those without a value, target or standard are left out."""
    period, lines = latest(county_id, today)
    return [
        Standing(
            line.row,
            period_name(period or 0),
            f"{plain(line.row, line.value)}{line.row.unit_word}",
            plain(line.row, line.wanted),
            line.light,
        )
        for line in lines
    ]
