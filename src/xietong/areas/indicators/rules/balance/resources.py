"""The seven indicators of resources (L1 to L7): what of a unit's facts each counts, and what is missing for it."""

from dataclasses import dataclass
from fractions import Fraction

from xietong.areas.indicators.rules.balance.figures import HUNDRED, less, quotient, total
from xietong.areas.indicators.rules.balance.units import Unit

PUPILS = "pupils"
VISITING = "visiting"


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator: the facts that are added up and taken off, for so many pupils.

    `is_whole`: it counts people or rooms, of which there are no halves.
    """

    code: str
    adds: tuple[str, ...]
    takes: tuple[str, ...] = ()
    per: int = 1
    is_whole: bool = False
    adds_visiting: bool = False

    def added(self, unit: Unit) -> tuple[str, ...]:
        return (*self.adds, VISITING) if self.adds_visiting and unit.is_visited else self.adds

    def missing(self, unit: Unit) -> tuple[str, ...]:
        """The facts without which nothing can be said; never taken for 0."""
        names = (*self.added(unit), *self.takes)
        lacking = tuple(name for name in names if getattr(unit.facts, name) is None)
        return lacking if unit.pupils is not None else (PUPILS, *lacking)

    def amount(self, unit: Unit) -> Fraction | None:
        """What the unit has, in people, square metres, yuan or rooms."""
        added = total(*(getattr(unit.facts, name) for name in self.added(unit)))
        return less(added, *(getattr(unit.facts, name) for name in self.takes))

    def value(self, unit: Unit) -> Fraction | None:
        return quotient(self.amount(unit), unit.pupils, per=self.per)


ITEMS = (
    Item("L1", ("above_degree",), per=HUNDRED, is_whole=True),
    Item("L2", ("backbone",), per=HUNDRED, is_whole=True),
    Item("L3", ("sports", "music", "art", "mixed_arts"), per=HUNDRED, is_whole=True, adds_visiting=True),
    Item("L4", ("teaching_area",), takes=("indoor_sports_area",)),
    Item("L5", ("sports_ground_area", "indoor_sports_area")),
    Item("L6", ("equipment_value",)),
    Item("L7", ("multimedia_classrooms",), per=HUNDRED, is_whole=True),
)
