"""Weekly periods by subject: how many the classes of a school need, for how many teachers, and which are lacking.

The curriculum gives each subject a range of shares in the nine years. Here each grade's week is divided by the same
shares, as it is not laid down which grade has how much of what; counted over all grades that is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from xietong.areas.people.rules.table import number, words

PREFIX = "people.periods."
SUBJECTS = (
    *("chinese", "maths", "foreign", "sports", "science", "arts", "it", "morality", "humanities"),
    "activities",
)
GRADES = range(1, 10)
LAST_GRADE = GRADES[-1]
HUNDRED = 100


class Supply(StrEnum):
    """Teachers of a subject against the need: enough, 薄弱 or 紧缺; UNKNOWN while they were not counted.

    PART_TIME: too few mainly teach it, as people of other subjects are meant to; who is lacking is not told.
    """

    ENOUGH = "enough"
    WEAK = "weak"
    SHORTAGE = "shortage"
    PART_TIME = "part_time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Share:
    """Of all periods, in percent."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Curriculum:
    """Periods a week by grade, weeks a year, shares by subject; then what a county sets.

    `loads` are the periods that a teacher of the subject gives in a week. Teachers below the first of the two
    percentages of the need are a shortage, below the second they are too few; not so of `part_time`, which people of
    other subjects teach.
    """

    weekly: Mapping[int, Fraction]
    weeks: Fraction
    weeks_of_last: Fraction
    shares: Mapping[str, Share]
    loads: Mapping[str, Fraction]
    shortage_below: Fraction
    weak_below: Fraction
    part_time: frozenset[str]

    def yearly(self, grade: int) -> Fraction:
        return self.weekly[grade] * (self.weeks_of_last if grade == LAST_GRADE else self.weeks)


@dataclass(frozen=True, slots=True)
class Need:
    """Periods a week that a subject needs at the ends and in the middle of its range, and teachers for the middle."""

    subject: str
    low: Fraction
    middle: Fraction
    high: Fraction
    teachers: Fraction


@dataclass(frozen=True, slots=True)
class SubjectSupply:
    """A subject with its need and its teachers; `gap` is what is missing, in whole teachers."""

    need: Need
    teachers: Fraction | None
    state: Supply

    @property
    def gap(self) -> int | None:
        if self.teachers is None or self.state is Supply.PART_TIME:
            return None
        return max(0, ceil(self.need.teachers - self.teachers))


def curriculum_of(values: Mapping[str, str]) -> Curriculum:
    """The curriculum out of code → value of the rules in force. Raises RuleFault."""

    def found(code: str) -> Fraction:
        return number(values, PREFIX + code)

    return Curriculum(
        {grade: found(f"weekly.{grade}") for grade in GRADES},
        found("weeks"),
        found("weeks_of_last"),
        {one: Share(found(f"share.{one}.low"), found(f"share.{one}.high")) for one in SUBJECTS},
        {one: found(f"load.{one}") for one in SUBJECTS},
        found("shortage_below"),
        found("weak_below"),
        frozenset(words(values, f"{PREFIX}part_time", SUBJECTS)),
    )


def weekly_periods(classes: Mapping[int, int], curriculum: Curriculum) -> Fraction:
    """All periods of a week at a school with so many classes in each grade."""
    return sum((curriculum.weekly[grade] * count for grade, count in classes.items()), Fraction(0))


def need(subject: str, whole: Fraction, curriculum: Curriculum) -> Need:
    share = curriculum.shares[subject]
    middle = whole * share.middle / HUNDRED
    low, high = whole * share.low / HUNDRED, whole * share.high / HUNDRED
    return Need(subject, low, middle, high, middle / curriculum.loads[subject])


def supply(needed: Need, teachers: int | Decimal | None, curriculum: Curriculum) -> SubjectSupply:
    if teachers is None:
        return SubjectSupply(needed, None, Supply.UNKNOWN)
    exact = Fraction(teachers)
    covered = HUNDRED * exact
    if covered >= curriculum.weak_below * needed.teachers:
        state = Supply.ENOUGH
    elif needed.subject in curriculum.part_time:
        state = Supply.PART_TIME
    else:
        state = Supply.SHORTAGE if covered < curriculum.shortage_below * needed.teachers else Supply.WEAK
    return SubjectSupply(needed, exact, state)
