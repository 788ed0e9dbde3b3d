"""How far a plan has come, month by month: what was due by then, and what was done."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from xietong.areas.plans.rules.timeline import Month, Scale


@dataclass(frozen=True, slots=True)
class Point:
    """The end of a month: tasks due until then, and tasks done until then; None for months to come."""

    month: Month
    due: int
    done: int | None


def curve(due: Iterable[date], done: Iterable[date], today: date) -> tuple[Point, ...]:
    """From the first month in which a task is due or done to the last, today's month always among them."""
    wanted, finished = Counter(map(Month.of, due)), Counter(map(Month.of, done))
    if not wanted:
        return ()
    months = Scale.around([one.first for one in (*wanted, *finished)] + [today], otherwise=today).months()
    sums = zip(accumulate(wanted[one] for one in months), accumulate(finished[one] for one in months), strict=True)
    now = Month.of(today).number
    return tuple(
        Point(month, asked, made if month.number <= now else None)
        for month, (asked, made) in zip(months, sums, strict=True)
    )
