"""From a point of the programme to additions that pass: choose, round, repair, and settle what need not be whole."""

import numpy as np

from xietong.quant.allocation.additions.county import Flags, Floats
from xietong.quant.allocation.additions.judging import coefficient
from xietong.quant.allocation.additions.programme import Point, Programme
from xietong.quant.allocation.additions.task import Cone, Task

ALMOST = 1e-6  # so near below a whole number a value is that number
STEPS = 20  # so many for each unit of a cone; a point that needs more is not worth it
SAFE = 1e-12  # share of a sum of squares that rounding never reaches


def passing(programme: Programme, point: Point, inside: float) -> tuple[Floats, Flags] | None:
    """Additions near the point that pass, and the thresholds of choice that they meet; None where none are found.

    Coefficients of what need not be whole are brought so far inside their limits, in squares: the farther, the fewer
    cuts it takes.
    """
    task = programme.task
    met = thresholds_met(task, point.wish)
    whole = in_whole_numbers(task, point.additions, task.least(met))
    settled = None if whole is None else settle(programme, whole, met, inside)
    return None if settled is None or not task.is_solved_by(settled) else (settled, met)


def thresholds_met(task: Task, wish: Floats) -> Flags:
    """All thresholds but those that each unit may miss: out of reach first, then what is dearest to complete."""
    rest = np.where(task.open, (1 - wish) * task.step * task.terms.cost, np.inf)
    order = np.argsort(np.where(task.choice, -rest, np.inf), axis=1, kind="stable")
    missed = np.empty_like(task.choice)
    np.put_along_axis(missed, order, np.arange(rest.shape[1]) < task.leave[:, None], axis=1)
    return ~(missed & task.choice)


def in_whole_numbers(task: Task, near: Floats, least: Floats) -> Floats | None:
    """Whole additions of what comes in whole numbers, within every limit and cap; None where none are found."""
    whole = np.where(task.terms.integer, np.clip(np.floor(near + ALMOST), least, task.upper), 0.0)
    cones = [cone for cone in task.cones if task.terms.integer[cone.item]]
    return whole if all(repair(task, cone, whole, least) for cone in cones) else None


def repair(task: Task, cone: Cone, whole: Floats, least: Floats) -> bool:
    """This function will add where it helps most for its cost until the limit is kept, then take back the spare."""
    where = (cone.units, cone.item)
    step = Steps(cone, task.terms.cost[where], whole[where])
    most = STEPS * len(cone.units)
    spare = min(task.terms.caps[cone.item] - whole[:, cone.item].sum(), most)
    while step.is_outside:
        if spare < 1 or not step.add(task.upper[where]):
            return False
        spare -= 1
    while most > 0 and step.take_back(least[where]):
        most -= 1
    whole[where] = step.added
    return True


class Steps:
    r"""Whole additions to one cone, changed one at a time.

    The cone holds while :math:`\sum R_i^2 / w_i \le (1 + L^2)(\sum R_i)^2`; one more in unit :math:`i` changes the
    difference by :math:`(2 R_i + 1) / w_i - (1 + L^2)(2 \sum R + 1)`.
    """

    def __init__(self, cone: Cone, cost: Floats, added: Floats) -> None:
        self.cone, self.cost, self.added = cone, cost, added
        self.weight, self.square = cone.weight, 1 + cone.limit**2

    @property
    def totals(self) -> Floats:
        return self.cone.totals + self.added

    @property
    def is_outside(self) -> bool:
        return coefficient(self.totals, self.cone.pupils) > self.cone.limit

    def add(self, most: Floats) -> bool:
        """This function will add one where that brings the cone nearest for its cost, and say whether it could."""
        totals = self.totals
        gain = self.square * (2 * totals.sum() + 1) - (2 * totals + 1) / self.weight
        worth = np.where((self.added < most) & (gain > 0), gain / np.maximum(self.cost, SAFE), 0.0)
        best = int(worth.argmax())
        self.added[best] += worth[best] > 0
        return bool(worth[best] > 0)

    def take_back(self, least: Floats) -> bool:
        """This function will take back the dearest one that the limit can spare, and say whether there was one."""
        totals = self.totals
        amount = totals.sum()
        after = (totals**2 / self.weight).sum() - (2 * totals - 1) / self.weight
        can = (self.added > least) & (after < (self.square - SAFE) * (amount - 1) ** 2)
        best = int(np.where(can, self.cost, -1.0).argmax())
        self.added[best] -= can[best]
        return bool(can[best])


def settle(programme: Programme, whole: Floats, met: Flags, inside: float) -> Floats | None:
    """The cheapest of the other additions with these whole ones and choices, a little inside every limit."""
    task, integer = programme.task, programme.task.terms.integer
    least, most = np.where(integer, whole, task.least(met)), np.where(integer, whole, task.upper)
    programme.frame(least, most, met, met)
    free = np.array([integer[cone.item] for cone in task.cones], bool)
    programme.relaxed.bound(programme.at.over_limit, np.where(free, 0.0, -inside), np.where(free, np.inf, -inside))
    point = programme.tighten(programme.relaxed, least, most)
    programme.release()
    return None if point is None else point.additions
