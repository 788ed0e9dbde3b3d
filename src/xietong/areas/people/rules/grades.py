"""Which grades have a subject, and what of its periods falls to them.

The curriculum gives shares of all nine years; a subject that begins late or ends early has its share in fewer grades.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from xietong.areas.people.rules.periods import GRADES, PREFIX, SUBJECTS, Curriculum, Need, need
from xietong.areas.people.rules.table import number

FIRST = {"foreign": PREFIX + "first.foreign", "it": PREFIX + "first.it", "humanities": PREFIX + "first.humanities"}
LAST = {"it": PREFIX + "last.it"}
ZERO = Fraction(0)


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

    def has(self, subject: str, grade: int) -> bool:
        return self.first.get(subject, GRADES[0]) <= grade <= self.last.get(subject, GRADES[-1])


Weights = Mapping[str, Mapping[int, Fraction]]


def weights_of(curriculum: Curriculum, taught: TaughtIn) -> Weights:
    """Subject → grade → the weekly periods that its share is taken of, for one class of that grade.

    They are those of the grades that have the subject, and as much for the others.
    """
    everywhere = sum(curriculum.weekly.values())
    found = {}
    for subject in SUBJECTS:
        there = {grade: curriculum.weekly[grade] for grade in GRADES if taught.has(subject, grade)}
        found[subject] = {grade: weekly * everywhere / sum(there.values()) for grade, weekly in there.items()}
    return found


def needs_of_grades(classes: Mapping[int, int], curriculum: Curriculum, weights: Weights) -> tuple[Need, ...]:
    """What each subject needs of classes by grade, exact for as many classes in every grade."""
    return tuple(
        need(subject, sum((weight[grade] * n for grade, n in classes.items() if grade in weight), ZERO), curriculum)
        for subject, weight in weights.items()
    )
