"""What a unit reaches: each of the seven indicators, the unit as a whole, and what it must raise at least."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from xietong.areas.indicators.rules.balance.figures import State, rounded
from xietong.areas.indicators.rules.balance.resources import ITEMS, Item
from xietong.areas.indicators.rules.balance.standards import Standards
from xietong.areas.indicators.rules.balance.units import Unit


class ItemState(StrEnum):
    MET = "met"
    ABOVE_FLOOR = "above_floor"
    BELOW = "below"
    MISSING = "missing"


UNMET = (ItemState.ABOVE_FLOOR, ItemState.BELOW)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing in people, square metres, yuan or rooms; `whole` where there are no halves of it."""

    exact: Fraction
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """An indicator of a unit. Judged by `value`; `shown` is what is printed of it."""

    item: str
    state: ItemState
    threshold: Fraction
    floor: Fraction
    value: Fraction | None = None
    shown: Decimal | None = None
    is_borderline: bool = False
    to_threshold: Gap | None = None
    to_floor: Gap | None = None
    missing: tuple[str, ...] = ()

    @property
    def shortfall(self) -> Fraction:
        """How far it is below its threshold, as a share of it."""
        return 1 - (self.value or 0) / self.threshold


@dataclass(frozen=True, slots=True)
class Raise:
    """An indicator that must be raised, to its threshold or only to the floor."""

    item: str
    to_threshold: bool
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """A unit passes or does not; while a fact is missing it does neither (资料不全)."""

    unit: Unit
    items: tuple[ItemVerdict, ...]
    state: State
    raises: tuple[Raise, ...]

    @property
    def met(self) -> int:
        return sum(one.state is ItemState.MET for one in self.items)

    @property
    def passes(self) -> bool:
        return self.state is State.MET


def judge_unit(unit: Unit, standards: Standards) -> UnitVerdict:
    items = tuple(judge_item(item, unit, standards) for item in ITEMS)
    return UnitVerdict(unit, items, state_of(items, standards), raises(items, standards))


def judge_item(item: Item, unit: Unit, standards: Standards) -> ItemVerdict:
    threshold, floor = standards.threshold(unit.stage, item.code), standards.floor(unit.stage, item.code)
    value = item.value(unit)
    if value is None:
        return ItemVerdict(item.code, ItemState.MISSING, threshold, floor, missing=item.missing(unit))
    shown = rounded(value, standards.whole("places.item"))
    state = reached(value, threshold, floor)
    return ItemVerdict(
        item.code,
        state,
        threshold,
        floor,
        value,
        shown,
        state is not reached(Fraction(shown), threshold, floor),
        gap(item, unit, threshold - value),
        gap(item, unit, floor - value),
    )


def reached(value: Fraction, threshold: Fraction, floor: Fraction) -> ItemState:
    if value >= threshold:
        return ItemState.MET
    return ItemState.ABOVE_FLOOR if value >= floor else ItemState.BELOW


def gap(item: Item, unit: Unit, short: Fraction) -> Gap:
    """What a shortfall of the indicator is in the resource itself; nothing where it is reached."""
    exact = max(short, Fraction(0)) * (unit.pupils or 0) / item.per
    return Gap(exact, ceil(exact) if item.is_whole else None)


def state_of(items: Sequence[ItemVerdict], standards: Standards) -> State:
    """At least six are met, and the rest reach their floors."""
    states = [one.state for one in items]
    if ItemState.MISSING in states:
        return State.NOT_REPORTED
    is_enough = states.count(ItemState.MET) >= standards.whole("min_items_met")
    return State.MET if is_enough and ItemState.BELOW not in states else State.NOT_MET


def raises(items: Sequence[ItemVerdict], standards: Standards) -> tuple[Raise, ...]:
    """The fewest indicators that must be raised; what is missing is taken to be met, so it may be more.

    As many as the rule allows stay below their thresholds: first those that reach the floor already, of these the
    ones that are farthest from their thresholds. Costs are not known here.
    """
    unmet = [one for one in items if one.state in UNMET]
    spared = len(items) - standards.whole("min_items_met")
    order = sorted(unmet, key=lambda one: (one.state is ItemState.BELOW, -one.shortfall))
    left = {one.item for one in order[:spared]}
    return tuple(
        Raise(one.item, one.item not in left, one.to_floor if one.item in left else one.to_threshold)
        for one in unmet
        if one.item not in left or one.state is ItemState.BELOW
    )
