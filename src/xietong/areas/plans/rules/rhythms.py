"""How often a task is done, read from its own words, and the periods that follow from it.

A standing duty (常态化) is asked about once a term, and so is one that is done each term. A task without such words,
or with words that name no period (定期), is done once.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from xietong.areas.plans.rules.reader import rhythms as read
from xietong.areas.plans.rules.reader.values import Every

MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
TERMLY = frozenset({Every.TERM, Every.SCHOOL_YEAR, Every.STANDING})
YEAR = 12


class Rhythm(StrEnum):
    """The rhythms that a task may have: how its periods are made."""

    ONCE = "once"
    MONTHLY = "monthly"
    TERMLY = "termly"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Beat:
    """What the words of a task say: the rhythm, its length in months or terms, and the day of the month if named."""

    rhythm: Rhythm
    length: int = 1
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch in which a task is to be done once: its name, its first day, the day by which it is reported."""

    label: str
    starts_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term of the school calendar as the rule needs it: the year its school year begins in, first or second."""

    label: str
    year: int
    half: int
    starts_on: date
    ends_on: date

    @property
    def number(self) -> int:
        """Terms counted through, two a school year, so that they group alike whichever are known yet."""
        return self.year * 2 + self.half - 1


ONCE = Beat(Rhythm.ONCE)


def beat_of(words: str) -> Beat:
    """How often a task is done, by the words of its 频次: 每月, 每季度25日前, 每学期, 每两年, 常态化."""
    found = next(read.find(words, words), None)
    if found is None:
        return ONCE
    if found.every in MONTHS:
        return Beat(Rhythm.MONTHLY, MONTHS[found.every] * found.interval, found.day)
    if found.every in TERMLY:
        is_standing = found.every is Every.STANDING
        terms = 2 if found.every is Every.SCHOOL_YEAR else 1
        return Beat(Rhythm.STANDING if is_standing else Rhythm.TERMLY, terms * found.interval)
    # By the week or the day is too often to be asked about: once a month it is.
    return Beat(Rhythm.MONTHLY) if found.every in {Every.WEEK, Every.DAY} else ONCE


def periods(beat: Beat, starts_on: date, due_on: date, *, terms: Sequence[TermSpan]) -> Iterator[Period]:
    """Every period of a task from its first to its last day, in order; none of a task that is done once.

    A period that the task does not reach as a whole is cut to what it reaches.
    """
    if beat.rhythm is Rhythm.ONCE:
        return iter(())
    found = months(beat, starts_on, due_on) if beat.rhythm is Rhythm.MONTHLY else by_term(beat, terms)
    return cut(found, starts_on, due_on)


def cut(found: Iterable[Period], starts_on: date, due_on: date) -> Iterator[Period]:
    for one in found:
        first, last = max(one.starts_on, starts_on), min(one.due_on, due_on)
        if first <= last:
            yield Period(one.label, first, last)


def months(beat: Beat, starts_on: date, due_on: date) -> Iterator[Period]:
    """Stretches of whole months that begin with a calendar year: quarters, halves and years as people count."""
    length = beat.length
    first = (
        starts_on.year * YEAR + (starts_on.month - 1) // length * length if length <= YEAR else starts_on.year * YEAR
    )
    last = due_on.year * YEAR + due_on.month - 1
    for month in range(first, last + 1, length):
        yield Period(month_label(month, length), day_in(month, 1), day_in(month + length - 1, beat.day))


def month_label(month: int, length: int) -> str:
    """2026-05, 2026年第2季度, 2026年上半年, 2026年; longer ones from year to year."""
    year, number = divmod(month, YEAR)
    if length == 1:
        return f"{year}-{number + 1:02d}"
    if length == MONTHS[Every.QUARTER]:
        return f"{year}年第{number // length + 1}季度"
    if length == MONTHS[Every.HALF]:
        return f"{year}年{'下' if number else '上'}半年"
    if length == YEAR:
        return f"{year}年"
    until, last = divmod(month + length - 1, YEAR)
    return f"{year}-{number + 1:02d}—{until}-{last + 1:02d}"


def day_in(month: int, day: int | None) -> date:
    """A day of a month counted from year 0; without one, or beyond its end, the last."""
    year, number = divmod(month, YEAR)
    days = calendar.monthrange(year, number + 1)[1]
    return date(year, number + 1, min(day or days, days))


def by_term(beat: Beat, terms: Sequence[TermSpan]) -> Iterator[Period]:
    ordered = sorted(terms, key=lambda term: term.number)
    for number, group in groupby(ordered, key=lambda term: term.number // beat.length):
        first, *others = group
        last = others[-1] if others else first
        yield Period(term_label(number, beat.length, first), first.starts_on, last.ends_on)


def term_label(number: int, length: int, first: TermSpan) -> str:
    """The term itself, or the school years that a longer period spans."""
    if length == 1:
        return first.label
    year, years = number * length // 2, max(length // 2, 1)
    return f"{year}—{year + years}学年"


def begun(found: Iterable[Period], today: date) -> list[Period]:
    """The periods that have begun by a day: those that are asked about."""
    return [one for one in found if one.starts_on <= today]
