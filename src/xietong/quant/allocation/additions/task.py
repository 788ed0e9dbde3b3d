"""The question made ready: least additions, which thresholds a unit may miss, one cone for each coefficient."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.allocation.additions.county import Flags, Floats, Standard, Terms, Units
from xietong.quant.allocation.additions.judging import MARGIN, coefficient, passes, shortfall

SLACK = 1e-9  # share by which a sum in floating point may exceed its cap or budget


@dataclass(frozen=True, slots=True, eq=False)
class Cone:
    """One coefficient of variation that must keep its limit: a second-order cone in the totals.

    Parameters
    ----------
    group, item
        Which coefficient.
    limit
        The most it may be.
    units : (u,)
        The units that count: those of the group whose total is known.
    pupils, totals : (u,)
        Theirs.
    size
        What its amounts are counted in: 1 where only whole numbers can be, else what a unit has on average if it
        meets its threshold. So the solver's absolute tolerance means the same for square metres and yuan.
    """

    group: int
    item: int
    limit: float
    units: NDArray[np.intp]
    pupils: Floats
    totals: Floats
    size: float

    @property
    def weight(self) -> Floats:
        weight: Floats = self.pupils / self.pupils.sum()
        return weight

    def coefficient(self, additions: Floats) -> float:
        """The coefficient after the additions (n, K), as the verdict will judge it."""
        return coefficient(self.totals + additions[self.units, self.item], self.pupils)

    def excess(self, additions: Floats) -> float:
        """By what share of the limit the coefficient is above it."""
        return max(self.coefficient(additions) - self.limit, 0.0) / self.limit


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """The question with what follows from it.

    Parameters
    ----------
    lower : (n, K)
        The addition that any solution makes: up to the floor.
    step : (n, K)
        What it takes beyond that to the threshold, where the unit has a choice which to miss; else 0.
    leave : (n,)
        How many of the thresholds with a choice a unit may miss.
    upper : (n, K)
        The most that can be added: nothing where the total is missing, whole numbers where only they can be.
    within : (n,)
        How many thresholds a unit can meet.
    cones
        One for each coefficient of which something is known.
    """

    units: Units
    standard: Standard
    terms: Terms
    lower: Floats
    step: Floats
    leave: NDArray[np.intp]
    upper: Floats
    within: NDArray[np.intp]
    cones: tuple[Cone, ...]

    @property
    def size(self) -> Floats:
        """What amounts are counted in (n, K)."""
        size = np.ones_like(self.lower)
        for cone in self.cones:
            size[cone.units, cone.item] = cone.size
        return size

    @property
    def choice(self) -> Flags:
        """The thresholds of which some may be missed."""
        return self.step > 0

    @property
    def open(self) -> Flags:
        """Those of them that can be met at all."""
        return self.choice & (self.lower + self.step <= self.upper)

    def least(self, met: Flags) -> Floats:
        """The least additions with which the units' own rule holds, if these thresholds are met."""
        return self.lower + self.step * met

    def cost(self, additions: Floats) -> float:
        return float((self.terms.cost * additions).sum())

    def is_solved_by(self, additions: Floats) -> bool:
        """Whether everything passes in floating point and no cap is broken."""
        is_within = (additions.sum(axis=0) <= self.terms.caps * (1 + SLACK)).all()
        return bool(is_within) and passes(self.units, self.standard, additions).passed


def task_of(units: Units, standard: Standard, terms: Terms) -> Task:
    """This function will work out what any solution must add, and where there is a choice."""
    given = ~np.isnan(units.totals)
    held = given & units.judged[:, None]
    floor, full = (np.where(held, least, 0.0) for least in needs(units, standard, terms))
    upper = np.where(given, np.where(terms.integer, np.floor(terms.upper), terms.upper), 0.0)
    leave = given.sum(axis=1) - standard.min_met
    above = full > floor
    choice = above & (above.sum(axis=1) > leave)[:, None]
    step = np.where(choice, full - floor, 0.0)
    return Task(
        units,
        standard,
        terms,
        lower=floor,
        step=step,
        leave=leave,
        upper=upper,
        within=(given & (full <= upper)).sum(axis=1),
        cones=tuple(cones(units, standard, terms.integer, floor + step)),
    )


def needs(units: Units, standard: Standard, terms: Terms) -> tuple[Floats, Floats]:
    """What floor and threshold take, in whole numbers where the resource comes in them."""
    short = shortfall(units, standard)
    floor = np.where(terms.integer, short.whole_floor, safe(short.floor, units, terms))
    return floor, np.where(terms.integer, short.whole_threshold, safe(short.threshold, units, terms))


def safe(short: Floats, units: Units, terms: Terms) -> Floats:
    """A trifle more than is short, if there is room, so that it is enough for whoever judges in another order too."""
    more = np.minimum(short + MARGIN * (units.totals + short), np.maximum(short, terms.upper))
    return np.where((short > 0) & np.isinf(terms.caps), more, short)


def cones(units: Units, standard: Standard, integer: Flags, most: Floats) -> Iterator[Cone]:
    for g, k in np.ndindex(standard.thresholds.shape):
        here = np.flatnonzero((units.group == g) & ~np.isnan(units.totals[:, k]))
        if len(here):
            totals = units.totals[here, k]
            size = 1.0 if integer[k] else float((totals + most[here, k]).mean()) or 1.0
            yield Cone(g, k, float(standard.limits[g]), here, units.pupils[here], totals, size)
