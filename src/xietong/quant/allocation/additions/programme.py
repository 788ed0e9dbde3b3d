"""The question as a linear programme that grows by cuts, and its copy in whole numbers."""

from dataclasses import dataclass, replace

import numpy as np

from xietong.quant.allocation.additions.columns import NO_END, columns_of, rules
from xietong.quant.allocation.additions.county import Flags, Floats
from xietong.quant.allocation.additions.solver import End, Solver
from xietong.quant.allocation.additions.tangents import Rows, at_the_limit, closing, shares, tangents
from xietong.quant.allocation.additions.task import Task

NEGLIGIBLE = 1e-7  # share of a limit above which a coefficient gets tangents
TRIES = 30
SEPARATED = 2e-9  # by so much a tangent is worth its row; the solver's tolerance is less


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """What a solve gave.

    Parameters
    ----------
    additions, wish : (n, K)
        The additions, and how far each threshold is met.
    values
        All variables, as the solver has them.
    """

    additions: Floats
    wish: Floats
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """How a solve ended, what it proved that nothing costs less than, and its point if there is one."""

    end: End
    bound: float
    point: Point | None


class Programme:
    """The growing programme of a task; `seconds` is what its solvers may take together."""

    def __init__(self, task: Task, *, seconds: float) -> None:
        self.task, self.seconds = task, seconds
        self.at, self.size = columns_of(task), task.size
        self.money = float((task.terms.cost * self.size).max()) or 1.0  # costs are counted in the largest
        self.opened: set[int] = set()
        self.relaxed = Solver()
        self.whole: Solver | None = None
        self.build()

    @property
    def solvers(self) -> tuple[Solver, ...]:
        return (self.relaxed,) if self.whole is None else (self.relaxed, self.whole)

    def build(self) -> None:
        count, price = self.at.count, np.zeros(self.at.count)
        price[self.at.added] = self.task.terms.cost * self.size / self.money
        self.relaxed.add_columns(np.zeros(count), np.full(count, NO_END))
        self.relaxed.price(price)
        self.relaxed.add_rows(rules(self.task, self.at))
        self.release()

    def release(self) -> None:
        """This function will leave additions and choices as free as the task does, limits and caps as they are."""
        task, limits, caps = self.task, np.zeros(len(self.at.over_limit)), np.zeros(len(self.at.over_cap))
        self.frame(task.lower, task.upper, ~task.choice, task.open | ~task.choice)
        self.relaxed.bound(self.at.over_limit, limits, limits)
        self.relaxed.bound(self.at.over_cap, caps, caps)

    def frame(self, least: Floats, most: Floats, met: Flags, may: Flags) -> None:
        """This function will set between what the additions and the choices may lie."""
        self.relaxed.bound(self.at.added, least / self.size, most / self.size)
        self.relaxed.bound(self.at.met, met.astype(float), may.astype(float))

    def make_whole(self) -> None:
        """This function will go on in whole numbers, if there are any to keep."""
        columns = np.append(self.at.added[:, self.task.terms.integer], self.at.met[self.task.choice])
        if columns.size:
            self.whole = self.relaxed.copy()
            self.whole.make_whole(columns)

    def solve(self) -> Outcome:
        """This function will solve the programme as it stands, in whole numbers once it goes on in them."""
        return self.run(self.solvers[-1])

    def run(self, solver: Solver) -> Outcome:
        answer = solver.run(self.seconds - sum(one.seconds for one in self.solvers))
        values = answer.values
        if values is None:
            return Outcome(answer.end, answer.bound * self.money, None)
        point = Point(values[self.at.added] * self.size, values[self.at.met], values)
        return Outcome(answer.end, answer.bound * self.money, point)

    def start_from(self, additions: Floats, met: Flags) -> None:
        """This function will tell the solver in whole numbers of additions that pass."""
        values = np.zeros(self.at.count)
        values[self.at.added], values[self.at.met] = additions / self.size, met
        for c, cone in enumerate(self.task.cones):
            totals = (cone.totals + additions[cone.units, cone.item]) / cone.size
            values[self.at.amount[c]] = totals.sum()
            values[self.at.part[cone.units, cone.item]] = totals**2 / (cone.weight * (totals.sum() or 1.0))
        self.solvers[-1].start_from(values)

    def cut(self, point: Point, *, above: float = NEGLIGIBLE) -> int:
        """This function will add what separates the point from the cones it is outside of, and say how many rows."""
        rows = Rows()
        for c, cone in enumerate(self.task.cones):
            excess = cone.excess(point.additions)
            if excess > above:
                self.add_tangents(rows, c, point)
            if excess > 0 and self.whole and self.task.terms.integer[cone.item]:
                self.add_closing(rows, c, point)
        for solver in self.solvers:
            solver.add_rows(rows)
        return len(rows)

    def tighten(
        self, solver: Solver, least: Floats, most: Floats, *, above: float = 0.0, tries: int = TRIES
    ) -> Point | None:
        """This function will solve and cut until there is nothing left to cut off, and give the last point."""
        point = None
        for _ in range(tries):
            point = self.run(solver).point
            if point is None:
                break
            point = replace(point, additions=np.clip(point.additions, least, most))
            if not self.cut(point, above=above):
                break
        return point

    def add_tangents(self, rows: Rows, c: int, point: Point) -> None:
        """This function will add tangents at the point, the first time for every unit and at the mean as well."""
        cone = self.task.cones[c]
        where = (cone.units, cone.item)
        amount = np.full(len(cone.units), self.at.amount[c])
        index = np.stack([self.at.part[where], self.at.added[where], amount], axis=1)
        ratios = at_the_limit(cone, shares(cone, point.additions))
        is_first = c not in self.opened
        for one in [np.ones_like(ratios), ratios] if is_first else [ratios]:
            lower, value = tangents(cone, one)
            worth = is_first | ((value * point.values[index]).sum(axis=1) < lower - SEPARATED)
            rows.add(lower[worth], np.full(worth.sum(), NO_END), index[worth], value[worth])
        self.opened.add(c)

    def add_closing(self, rows: Rows, c: int, point: Point) -> None:
        """This function will add one row over the whole cone, which no tolerance of its parts softens."""
        cone = self.task.cones[c]
        row = closing(cone, shares(cone, point.additions), cone.excess(point.additions))
        index = np.append(self.at.added[cone.units, cone.item], self.at.over_limit[c])
        value = np.append(row.value, row.slope)
        if value @ point.values[index] < row.lower - SEPARATED:
            rows.add_one(row.lower, NO_END, index, value)
