"""校际差异系数: how unevenly the units of a stage have a resource, each counted by its pupils."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, isqrt, sqrt

from xietong.areas.indicators.rules.balance.figures import Comparator, State, holds
from xietong.areas.indicators.rules.balance.resources import ITEMS, Item
from xietong.areas.indicators.rules.balance.standards import COMPULSORY, Stage, Standards
from xietong.areas.indicators.rules.balance.units import Unit


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean of a ratio over all pupils of a county, and its coefficient of variation, squared to be exact."""

    mean: Fraction
    squared: Fraction

    @property
    def cv(self) -> float:
        return sqrt(self.squared)

    @property
    def deviation(self) -> float:
        return self.cv * float(self.mean)


@dataclass(frozen=True, slots=True)
class Variation:
    """One indicator in one stage. While units are missing the value is of the others, and nothing is judged."""

    item: str
    stage: Stage
    state: State
    limit: Fraction
    units: int
    spread: Spread | None = None
    shown: Decimal | None = None
    is_borderline: bool = False
    missing: tuple[str, ...] = ()


def spread(pupils: Sequence[int], totals: Sequence[Fraction]) -> Spread | None:
    """CV = S / X̄ with X̄ = ΣR / ΣP and S² = Σ (P / ΣP) (R / P − X̄)², R being what a unit has and P its pupils.

    Multiplied out, CV² = ΣP · Σ (R² / P) / (ΣR)² − 1, which needs no mean and no root. None without any resource.
    """
    count, amount = sum(pupils), sum(totals, Fraction(0))
    if not amount:
        return None
    squares = sum((have * have / number for number, have in zip(pupils, totals, strict=True)), Fraction(0))
    return Spread(amount / count, count * squares / (amount * amount) - 1)


def judge_variations(units: Iterable[Unit], standards: Standards) -> tuple[Variation, ...]:
    """Every indicator in both stages: each of them must keep to the limit, not their mean."""
    given = list(units)
    return tuple(
        judge_variation(item, stage, [one for one in given if one.stage == stage], standards)
        for stage in COMPULSORY
        for item in ITEMS
    )


def judge_variation(item: Item, stage: Stage, units: Sequence[Unit], standards: Standards) -> Variation:
    told = [(one.school, one.pupils, item.amount(one)) for one in units]
    known = [(pupils, amount) for _school, pupils, amount in told if pupils and amount is not None]
    missing = tuple(school for school, pupils, amount in told if not pupils or amount is None)
    limit = standards.cv_limit(stage)
    found = spread([pupils for pupils, _ in known], [amount for _, amount in known])
    if found is None:
        state = State.NOT_REPORTED if missing else State.EMPTY
        return Variation(item.code, stage, state, limit, len(units), missing=missing)
    found = Spread(found.mean * item.per, found.squared)
    shown = printed(found.squared, standards.whole("places.cv"))
    is_met = holds(found.squared, Comparator.AT_MOST, limit * limit)
    return Variation(
        item.code,
        stage,
        State.NOT_REPORTED if missing else State.MET if is_met else State.NOT_MET,
        limit,
        len(units),
        found,
        shown,
        is_met != holds(Fraction(shown), Comparator.AT_MOST, limit),
        missing,
    )


def printed(squared: Fraction, places: int) -> Decimal:
    """The root of a number, half up: ⌊√q + ½⌋ is ⌊(⌊√4q⌋ + 1) / 2⌋."""
    root = isqrt(floor(4 * squared * 100**places))
    return Decimal((root + 1) // 2).scaleb(-places)
