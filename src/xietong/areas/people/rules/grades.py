"""Which grades have a subject, and what of its periods falls to them.

The curriculum gives shares of all nine years; a subject that begins late or ends early has its share in fewer grades.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from xietong.areas.people.rules.periods import GRADES, PREFIX, SUBJECTS, Curriculum, Need, need, weekly_periods
from xietong.areas.people.rules.table import number

FIRST = {"foreign": PREFIX + "first.foreign", "it": PREFIX + "first.it", "humanities": PREFIX + "first.humanities"}
LAST = {"it": PREFIX + "last.it"}


@dataclass(frozen=True, slots=True)
class TaughtIn:
    """The first and the last grade of a subject, where it is not taught in all nine."""

    first: Mapping[str, int]
    last: Mapping[str, int]

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "TaughtIn":
        """Out of code → value of the rules in force. Raises RuleFault."""
        return cls(
            {subject: int(number(values, code)) for subject, code in FIRST.items()},
            {subject: int(number(values, code)) for subject, code in LAST.items()},
        )

    def is_apart(self, subject: str) -> bool:
        """Whether it is taught in some of the grades alone."""
        return subject in self.first or subject in self.last

    def has(self, subject: str, grade: int) -> bool:
        return self.first.get(subject, GRADES[0]) <= grade <= self.last.get(subject, GRADES[-1])


def needs_of_grades(classes: Mapping[int, int], curriculum: Curriculum, taught: TaughtIn) -> tuple[Need, ...]:
    """What each subject needs of classes by grade, exact for as many classes in every grade."""
    whole = weekly_periods(classes, curriculum)
    return tuple(
        need(
            subject, share_of(subject, classes, curriculum, taught) if taught.is_apart(subject) else whole, curriculum
        )
        for subject in SUBJECTS
    )


def share_of(subject: str, classes: Mapping[int, int], curriculum: Curriculum, taught: TaughtIn) -> Fraction:
    """The periods of a week that a subject's share is taken of: those of its grades, and as much for the others."""
    theirs = {grade: count for grade, count in classes.items() if taught.has(subject, grade)}
    everywhere = dict.fromkeys(GRADES, 1)
    there = {grade: 1 for grade in GRADES if taught.has(subject, grade)}
    whole = weekly_periods(theirs, curriculum) * weekly_periods(everywhere, curriculum)
    return whole / weekly_periods(there, curriculum)
