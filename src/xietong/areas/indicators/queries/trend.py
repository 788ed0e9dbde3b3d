"""One indicator: its values over time, where it is going, and why its light is not green."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile

from django.utils.translation import gettext as _

from xietong.areas.indicators.models import Indicator, Reading, ReadingChange, Target
from xietong.areas.indicators.queries.beside import SchoolValue, schools_beside, sees_schools
from xietong.areas.indicators.queries.dictionary import period_name, targets_of, tolerance
from xietong.areas.indicators.queries.scorecard import Line, line_of
from xietong.areas.indicators.queries.values import counted, is_upward, number, plain, with_unit
from xietong.areas.indicators.rules.forecast import Forecast, forecast, needed_pace
from xietong.areas.indicators.rules.lights import Light, is_met
from xietong.areas.indicators.rules.periods import ordinal, shifted
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator: its meaning, its values over time, what the present one was counted from, where it is going."""

    row: Indicator
    period: int
    reading: Reading | None
    line: Line
    series: tuple[tuple[int, float | None, float | None], ...]
    ahead: Forecast | None
    ahead_period: int | None
    needed: float | None
    changes: tuple[ReadingChange, ...]
    targets: tuple[Target, ...]
    schools: "tuple[SchoolValue, ...]"
    why: str

    @property
    def is_there(self) -> bool:
        """Whether the value of today meets the last target already."""
        goal = next((one.value for one in self.targets if one.period == self.ahead_period), None)
        if goal is None or self.line.value is None:
            return False
        return is_met(float(self.line.value), float(goal), upward=is_upward(self.row))


def indicator_page(actor: Actor, row: Indicator, period: int, today: date) -> IndicatorPage:
    """The values of the last periods, the forecast for the last target's period, and why the light is not green."""
    readings = {one.period: one for one in Reading.objects.filter(indicator=row, unit=None).order_by("period")}
    targets = tuple(Target.objects.filter(indicator=row).order_by("period"))
    aims = {one.period: float(one.value) for one in targets}
    places = sorted({*readings, *aims, period} | ({row.baseline_period} if row.baseline_period else set()))
    every = [(one, value_at(row, readings, one), aims.get(one)) for one in places]
    series = tuple(dropwhile(lambda one: one[0] < period and one[1] is None and one[2] is None, every))
    points = [(ordinal(one), value) for one, value, _aim in series if value is not None and one <= period]
    goal = max((one for one in aims if one > period), default=None)
    ahead = forecast(points, ordinal(goal or shifted(period, 1))) if points else None
    needed = needed_pace(points[-1], ordinal(goal), aims[goal]) if goal and points else None
    line = line_of(
        row, period, [shifted(period, -1), period], {(row.pk, key): one for key, one in readings.items()},
        targets_of(row.county_id, period), tolerance(row.county_id, today),
    )  # fmt: skip
    reading = readings.get(period)
    changes = tuple(ReadingChange.objects.filter(reading=reading).order_by("-at")) if reading else ()
    schools = schools_beside(row, period) if sees_schools(actor) else ()
    return IndicatorPage(
        row, period, reading, line, series, ahead, goal or shifted(period, 1), needed, changes, targets, schools,
        why_short(row, period, line, schools if row.formula else ()),
    )  # fmt: skip


def value_at(row: Indicator, readings: Mapping[int, Reading], period: int) -> float | None:
    """The value that counts, or the baseline where there is none of that period."""
    found = counted(readings.get(period))
    return number(row.baseline) if found is None and period == row.baseline_period else found


def why_short(row: Indicator, period: int, line: Line, schools: Sequence[SchoolValue]) -> str:
    """In plain words why the light is not green: how far, since when, at which schools."""
    if line.light in (Light.GREEN, Light.NONE) or line.value is None or line.wanted is None:
        return ""
    apart = abs(line.value - line.wanted)
    words = [
        _("%(period)s为 %(value)s，比目标 %(aim)s 差 %(apart)s。")
        % {
            "period": period_name(period),
            "value": plain(row, line.value),
            "aim": plain(row, line.wanted),
            "apart": with_unit(row, apart),
        }
    ]
    if line.before is not None:
        moved = line.value - line.before
        better = (moved > 0) == is_upward(row)
        word = _("比上期好了 %(by)s。") if better else _("比上期差了 %(by)s。")
        words.append(word % {"by": plain(row, abs(moved))} if moved else _("与上期相同。"))
    short = [one for one in schools if one.value is not None and not is_met_by(one, line, row)]
    if short:
        worst = sorted(short, key=lambda one: one.value or 0, reverse=not is_upward(row))[:3]
        names = _("、").join(f"{one.school} {plain(row, one.value)}" for one in worst)
        words.append(
            _("%(all)d 所学校中有 %(n)d 所没有达到，差得最多的是%(names)s。")
            % {"all": len(schools), "n": len(short), "names": names}
        )
    if line.reading and line.reading.missing:
        words.append(_("有 %(n)d 处缺数据，没有算进去。") % {"n": len(line.reading.missing)})
    return "".join(words)


def is_met_by(one: SchoolValue, line: Line, row: Indicator) -> bool:
    return is_met(one.value or 0, float(line.wanted or 0), upward=is_upward(row))
