"""Where days stand on a time line of whole months, all months equally wide; and tasks in the order of their parts."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

YEAR = 12


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def number(self) -> int:
        return self.year * YEAR + self.month - 1

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def last(self) -> date:
        return self.first.replace(day=self.days)

    def later(self, months: int) -> "Month":
        year, month = divmod(self.number + months, YEAR)
        return Month(year, month + 1)

    @property
    def next(self) -> "Month":
        return self.later(1)

    @property
    def previous(self) -> "Month":
        return self.later(-1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    def weeks(self) -> list[list[date]]:
        """The weeks that the month touches, each from Monday to Sunday."""
        return calendar.Calendar().monthdatescalendar(self.year, self.month)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line: where it begins and how long it is, in percent."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Scale:
    """A time line from the first day of a month to the last of another."""

    first: Month
    last: Month

    @classmethod
    def around(cls, days: Iterable[date | None], *, otherwise: date) -> "Scale":
        """The shortest line that every given day stands on."""
        known = [day for day in days if day] or [otherwise]
        return cls(Month.of(min(known)), Month.of(max(known)))

    @property
    def count(self) -> int:
        return self.last.number - self.first.number + 1

    def months(self) -> list[Month]:
        return [self.first.later(n) for n in range(self.count)]

    def years(self) -> list[tuple[int, int]]:
        """Year → how many of its months the line has."""
        found: dict[int, int] = {}
        for month in self.months():
            found[month.year] = found.get(month.year, 0) + 1
        return list(found.items())

    def at(self, day: date) -> float:
        """Where a day begins, in percent of the line; a day before or after it stands at its end."""
        month = Month.of(day)
        place = month.number - self.first.number + (day.day - 1) / month.days
        return round(100 * min(max(place, 0), self.count) / self.count, 3)

    def after(self, day: date) -> float:
        """Where a day is over."""
        month = Month.of(day)
        place = month.number - self.first.number + day.day / month.days
        return round(100 * min(max(place, 0), self.count) / self.count, 3)

    def holds(self, day: date) -> bool:
        return self.first.first <= day <= self.last.last

    def stretch(self, starts_on: date, ends_on: date) -> Stretch:
        """From the morning of a day to the evening of another."""
        left = self.at(starts_on)
        return Stretch(left, round(max(self.after(ends_on) - left, 0), 3))


@dataclass(frozen=True, slots=True)
class Placed:
    """A task in the list: below which clause, and how deep below other tasks."""

    key: int
    clause: int | None
    depth: int


def nested(rows: Iterable[tuple[int, int | None, int | None]]) -> list[Placed]:
    """Tasks with their parts right below them, each part under the clause of the task that it belongs to.

    `rows` gives key, parent and clause in the order wanted. A part whose whole is not among them stands by itself.
    """
    given = list(rows)
    keys = {key for key, _parent, _clause in given}
    below: dict[int | None, list[tuple[int, int | None]]] = {}
    for key, parent, clause in given:
        below.setdefault(parent if parent in keys else None, []).append((key, clause))
    return list(walk(below))


def walk(below: dict[int | None, list[tuple[int, int | None]]]) -> Iterator[Placed]:
    """Depth first without recursion."""
    pending = [Placed(key, clause, 0) for key, clause in reversed(below.get(None, []))]
    while pending:
        found = pending.pop()
        yield found
        pending += [Placed(key, found.clause, found.depth + 1) for key, _own in reversed(below.get(found.key, []))]
