"""Arithmetic of working days and of school days. Pure: the holidays are handed in, today is not known."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

WEEK, MONDAY_TO_FRIDAY = 7, 5
EVERY_DAY = range(1, date.max.toordinal() + 1)


def is_weekday(day: date) -> bool:
    return day.weekday() < MONDAY_TO_FRIDAY


def _ordinals(days: Iterable[date]) -> tuple[int, ...]:
    return tuple(sorted(day.toordinal() for day in days))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, except days ``off``, together with the weekend days of ``work``.

    All answers come from one count, the number of working days up to a day, which costs two binary
    searches: spans of years are as cheap as spans of days.
    """

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    _lost: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _gained: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if both := self.off & self.work:
            raise ValueError(f"both off and worked: {min(both)}")
        # A Saturday off and a Monday worked are as in every other week, so they do not count.
        object.__setattr__(self, "_lost", _ordinals(day for day in self.off if is_weekday(day)))
        object.__setattr__(self, "_gained", _ordinals(day for day in self.work if not is_weekday(day)))

    def is_workday(self, day: date) -> bool:
        ordinal = day.toordinal()
        return self._count(ordinal) > self._count(ordinal - 1)

    def between(self, start: date, end: date) -> int:
        """The working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        return self._count(end.toordinal()) - self._count(start.toordinal())

    def add(self, day: date, n: int) -> date:
        """The n-th working day after a day, before it for a negative n; the day itself for 0.

        Started from a day off, the first working day met is already the first one.
        """
        if n == 0:
            return day
        if n > 0:
            return self._nth(self._count(day.toordinal()) + n)
        return self._nth(self._count(day.toordinal() - 1) + n + 1)

    def on_or_after(self, day: date) -> date:
        return day if self.is_workday(day) else self.add(day, 1)

    def on_or_before(self, day: date) -> date:
        return day if self.is_workday(day) else self.add(day, -1)

    def _count(self, ordinal: int) -> int:
        # Day 1 of the calendar was a Monday.
        weeks, rest = divmod(ordinal, 7)
        weekdays = MONDAY_TO_FRIDAY * weeks + min(rest, MONDAY_TO_FRIDAY)
        return weekdays - bisect_right(self._lost, ordinal) + bisect_right(self._gained, ordinal)

    def _nth(self, count: int) -> date:
        """The first day on which the count is reached, which is a working day."""
        return date.fromordinal(1 + bisect_left(EVERY_DAY, count, key=self._count))


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The school days of the known terms: Monday to Friday of each span, less ``off``, and ``extra``.

    Both ends of a span are school time. Before the first span and after the last it is vacation, for want
    of a calendar: whoever counts on from there asks for the next term's calendar first.
    """

    spans: tuple[tuple[date, date], ...]
    off: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()
    _days: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for start, end in self.spans:
            if start > end:
                raise ValueError(f"a term ends before it begins: {start} {end}")
        if both := self.off & self.extra:
            raise ValueError(f"both off and extra: {min(both)}")
        # Counted as ordinals: this runs on most pages, and a term has hundreds of days.
        days = {
            ordinal
            for start, end in self.spans
            for ordinal in range(start.toordinal(), end.toordinal() + 1)
            if (ordinal - 1) % WEEK < MONDAY_TO_FRIDAY  # the first day of all was a Monday
        }
        taught = days - set(_ordinals(self.off)) | set(_ordinals(self.extra))
        object.__setattr__(self, "_days", tuple(sorted(taught)))

    def is_schoolday(self, day: date) -> bool:
        return self.between(date.fromordinal(day.toordinal() - 1), day) == 1

    def in_vacation(self, day: date) -> bool:
        """Whether no term runs; a weekend or holiday within a term is no vacation."""
        return not self.is_schoolday(day) and not any(start <= day <= end for start, end in self.spans)

    def between(self, start: date, end: date) -> int:
        """The school days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        return bisect_right(self._days, end.toordinal()) - bisect_right(self._days, start.toordinal())

    def next_schoolday(self, day: date) -> date | None:
        """The first school day after a day; None when no later one is known."""
        place = bisect_right(self._days, day.toordinal())
        return date.fromordinal(self._days[place]) if place < len(self._days) else None
