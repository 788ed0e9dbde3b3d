"""The numbers that a county is judged by, as the rule table has them for it on a day."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xietong.areas.people.rules.table import choice, number

PREFIX = "indicators.balance."
ITEMS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")


class Stage(StrEnum):
    """学段, in the words of the rule table and of the register."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    MIDDLE = "middle"
    HIGH = "high"
    SPECIAL = "special"


COMPULSORY = (Stage.PRIMARY, Stage.MIDDLE)


NUMBERS = (
    *(f"{stage}.{item}" for stage in COMPULSORY for item in (*ITEMS, "cv_max")),
    *("floor_ratio", "point_least", "small_from", "small_below", "split.middle", "split.high"),
    *("G2.primary", "G2.middle"),
    *("G3.classes_per_room", "G3.music_area", "G3.art_area"),
    *("G3.relaxed_until", "G3.relaxed_music_area", "G3.relaxed_art_area", "G3.small_classes"),
    *("G4.single", "G4.combined"),
    *("G4.relaxed_until", "G4.relaxed_single", "G4.relaxed_combined", "G4.migrant_share"),
    *("G5.primary", "G5.middle", "G6.least", "G7.funds", "G8.pay", "G9.hours", "G9.completed"),
    *("G11.rotated", "G11.backbone", "G12.certified", "G13.primary", "G13.middle", "G14.quota", "G15.migrants"),
    *("Q1.retained", "Q2.enrolled", "Q4.training", "Q9.level", "Q9.difference"),
    *("recognition", "basic_years"),
)
ELSEWHERE = {
    "split.middle": "orgs.split.middle",
    "split.high": "orgs.split.high",
    "G5.primary": "orgs.class_size.primary",
    "G5.middle": "orgs.class_size.middle",
}
"""Numbers that the register of schools counts with too stand there."""
PLACES = range(7)
SWITCH = range(2)
CHOICES: Mapping[str, Container[int]] = {
    "min_items_met": range(len(ITEMS) + 1),
    "split.on": SWITCH,
    "relaxations.on": SWITCH,
    "Q1.formula": (1, 2),
    "places.item": PLACES,
    "places.cv": PLACES,
    "places.percent": PLACES,
}


@dataclass(frozen=True, slots=True)
class Standards:
    """Every number by its code without the prefix."""

    numbers: Mapping[str, Fraction]

    def number(self, code: str) -> Fraction:
        return self.numbers[code]

    def whole(self, code: str) -> int:
        return int(self.numbers[code])

    def is_on(self, code: str) -> bool:
        return bool(self.numbers[code])

    def threshold(self, stage: Stage, item: str) -> Fraction:
        return self.numbers[f"{stage}.{item}"]

    def floor(self, stage: Stage, item: str) -> Fraction:
        """What the one item that misses its threshold must still reach."""
        return self.threshold(stage, item) * self.numbers["floor_ratio"]

    def cv_limit(self, stage: Stage) -> Fraction:
        return self.threshold(stage, "cv_max")


def standards_of(values: Mapping[str, str]) -> Standards:
    """The standards out of code → value of the rules in force. Raises RuleFault, which names the rule."""
    return read(values, PREFIX, NUMBERS, CHOICES)


def read(
    values: Mapping[str, str], prefix: str, numbers: tuple[str, ...], choices: Mapping[str, Container[int]]
) -> Standards:
    found = {code: number(values, ELSEWHERE.get(code) or prefix + code) for code in numbers}
    chosen = {code: Fraction(choice(values, prefix + code, allowed)) for code, allowed in choices.items()}
    return Standards(found | chosen)
