"""Which months are reported together, over which days, and by which day: the county's schedule as arithmetic."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

YEAR = 12


@dataclass(frozen=True, slots=True)
class Schedule:
    """A county's schedule.

    The days of a report run from `first_day` of the month before (of the month itself where it is 1) to `last_day`
    of the month, which is its last one where the month is shorter. `due_day` is a day of the same month where it
    comes after `last_day`, else of the next. `merged` are the first of two months that are reported together.
    """

    first_day: int = 26
    last_day: int = 25
    due_day: int = 28
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one cycle is about: its first month, how many, its days, and the day of the calendar that it is due."""

    month: date
    months: int
    span_from: date
    span_to: date
    due_on: date

    @property
    def label(self) -> str:
        """2026年9月, 2026年1—2月."""
        until = f"—{self.month.month + self.months - 1}" if self.months > 1 else ""
        return f"{self.month.year}年{self.month.month}{until}月"


def stretch_of(schedule: Schedule, day: date) -> Stretch:
    """The stretch that the month of a day belongs to."""
    first = date(day.year, day.month, 1)
    if before(first).month in schedule.merged:
        first = before(first)
    months = 2 if first.month in schedule.merged else 1
    last = first if months == 1 else after(first)
    begins = first if schedule.first_day == 1 else before(first)
    same_month = schedule.due_day > schedule.last_day
    return Stretch(
        first,
        months,
        day_in(begins, schedule.first_day),
        day_in(last, schedule.last_day),
        day_in(last if same_month else after(last), schedule.due_day),
    )


def following(schedule: Schedule, one: Stretch) -> Stretch:
    return stretch_of(schedule, after(one.month) if one.months == 1 else after(after(one.month)))


def before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def after(first: date) -> date:
    year, month = divmod(first.year * YEAR + first.month, YEAR)
    return date(year, month + 1, 1)


def day_in(month: date, day: int) -> date:
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))
