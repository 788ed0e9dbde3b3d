"""The search: solve, round, cut, until what is found costs hardly more than what is proved."""

import numpy as np

from xietong.quant.allocation.additions.blocking import beyond_units, overruns
from xietong.quant.allocation.additions.county import Flags, Floats, Standard, Terms, Units, check_terms
from xietong.quant.allocation.additions.judging import passes
from xietong.quant.allocation.additions.programme import Point, Programme
from xietong.quant.allocation.additions.result import Additions, Kind, Requirement, Round, Status
from xietong.quant.allocation.additions.rounding import passing
from xietong.quant.allocation.additions.solver import End
from xietong.quant.allocation.additions.task import SLACK, task_of

EXACT = 1e-5  # share of the cost below which a gap is no gap
NEAR = 0.1  # share of a limit above which a point is too far outside to be rounded
SETTLED = 1e-5  # the same, below which the linear programme gives way to whole numbers
LOOSE = 0.02  # share of the gap by which coefficients are brought inside their limits at first
INSIDE = 1e-8  # the least that is far enough inside for floating point to leave them there


def cheapest(
    units: Units,
    standard: Standard,
    terms: Terms,
    *,
    gap: float = 0.005,
    most_rounds: int = 100,
    seconds: float = 60.0,
) -> Additions:
    r"""The cheapest additions with which every unit and every group passes.

    .. math::
        \min \sum c_{ik} a_{ik} \quad \text{subject to} \quad
        x_{ik} = s_k \frac{R_{ik} + a_{ik}}{P_i}, \quad
        x_{ik} \ge \bigl(f + (1 - f) z_{ik}\bigr) T_{gk}, \quad \sum_k z_{ik} \ge q, \quad
        CV_{gk} \le L_g, \quad \sum_i a_{ik} \le \text{cap}_k

    with :math:`0 \le a \le` ``upper``, whole where the resource is, and :math:`z` 0 or 1.

    In words: every unit reaches all its floors and at least ``min_met`` of its thresholds, no resource is spread
    wider within a group than the limit allows, and nothing is given beyond what units and caps can take. The
    coefficients are second-order cones; a linear programme, then one in whole numbers, is solved over and over, and
    whatever coefficient its point breaks gets tangents (see `tangents`). No tangent excludes what passes, so the
    bound of every round is one of the question itself.

    A missing total is never counted as 0: the unit is left out of that resource's coefficient, is given nothing of
    it, cannot meet its threshold with it, and has no floor there. It is listed in the answer.

    Parameters
    ----------
    units, standard, terms
        The county, what it is judged by, and what may be added at what cost.
    gap
        The share of the cost by which the answer may be dearer than what is proved; 0 for the cheapest of all.
    most_rounds
        After so many solves the search ends.
    seconds
        What the solver may take in all. Only this makes an answer depend on the machine.

    Returns
    -------
    Additions
        They pass as `passes` judges them, in floating point and unrounded.

    Raises
    ------
    ValueError
        For a unit without pupils, with its index, and for shapes and amounts that do not fit.

    References
    ----------
    J. E. Kelley (1960), The cutting-plane method for solving convex programs, J. SIAM 8(4).
    M. A. Duran, I. E. Grossmann (1986), An outer-approximation algorithm for a class of mixed-integer nonlinear
    programs, Mathematical Programming 36.
    J. P. Vielma, I. Dunning, J. Huchette, M. Lubin (2017), Extended formulations in mixed integer conic quadratic
    programming, Mathematical Programming Computation 9.
    Q. Huangfu, J. A. J. Hall (2018), Parallelizing the dual revised simplex method, Mathematical Programming
    Computation 10.

    Examples
    --------
    A school of 200 pupils has 8 teachers of the kind of which 4.2 for a hundred pupils are wanted.

    >>> wanted = Standard(np.array([100.0]), np.array([[4.2]]), np.array([0.5]), floor=0.85, min_met=1)
    >>> school = Units(np.array([[8.0]]), np.array([200.0]), np.zeros(1, int), np.ones(1, bool))
    >>> terms = Terms(np.array([[9.0]]), np.array([[5.0]]), np.array([True]), np.array([np.inf]))
    >>> answer = cheapest(school, wanted, terms)
    >>> answer.additions, answer.cost, answer.status.value
    (array([[1.]]), 9.0, 'solved')
    """
    check_terms(units, terms)
    missing = np.isnan(units.totals)
    if passes(units, standard).passed:
        return Additions(np.zeros_like(units.totals), 0.0, 0.0, 0.0, Status.SOLVED, (), (), (), missing)
    task = task_of(units, standard, terms)
    blocked = beyond_units(task)
    if blocked:
        none = np.full_like(units.totals, np.nan)
        return Additions(none, np.inf, np.inf, np.inf, Status.INFEASIBLE, (), (), blocked, missing)
    return Search(Programme(task, seconds=seconds), gap).walk(most_rounds)


class Search:
    """What is known so far: a bound, the best additions, and the rounds that led to them."""

    def __init__(self, programme: Programme, gap: float) -> None:
        self.programme, self.task, self.gap = programme, programme.task, gap
        self.bound, self.cost = 0.0, np.inf
        self.best: tuple[Floats, Flags] | None = None
        self.rounds: list[Round] = []

    def walk(self, most_rounds: int) -> Additions:
        """This function will go round after round until the gap is closed or a limit reached."""
        for _ in range(most_rounds):
            outcome = self.programme.solve()
            self.bound = max(self.bound, outcome.bound)
            if outcome.point is not None:
                self.learn(outcome.point)
            if self.is_closed:
                return self.closed()
            if outcome.end is End.STOPPED:
                return self.answer(Status.TIME_LIMIT)
            if outcome.end is End.INFEASIBLE:
                return self.answer(Status.INFEASIBLE, overruns(self.programme))
            self.sharpen()
        return self.answer(Status.ROUND_LIMIT)

    def learn(self, point: Point) -> None:
        """This function will try to round the point, and cut it off."""
        violation = max((cone.excess(point.additions) for cone in self.task.cones), default=0.0)
        found = passing(self.programme, point, self.inside) if violation < NEAR else None
        if found is not None and self.task.cost(found[0]) < self.cost:
            self.best, self.cost = found, self.task.cost(found[0])
        cuts = self.programme.cut(point)
        self.rounds.append(Round(self.programme.whole is not None, cuts, self.bound, self.cost, violation))

    @property
    def inside(self) -> float:
        """How far inside its limit a coefficient is brought, each round a quarter as far; far saves cuts."""
        return max(INSIDE, LOOSE * self.gap * 0.25 ** len(self.rounds))

    def sharpen(self) -> None:
        """This function will go on in whole numbers once the rest is settled, each time to half the gap."""
        if self.programme.whole is None and self.rounds[-1].violation < SETTLED:
            self.programme.make_whole()
        if self.programme.whole is not None:
            halvings = sum(one.is_whole for one in self.rounds) + 1
            self.programme.whole.set(mip_rel_gap=self.gap / 2**halvings)
            if self.best is not None:
                self.programme.start_from(*self.best)

    @property
    def is_exact(self) -> bool:
        """Whether the cost is the bound, to a hundred-thousandth of itself and of what one amount costs."""
        return self.best is not None and self.cost - self.bound <= EXACT * (self.cost + self.programme.money)

    @property
    def is_closed(self) -> bool:
        """Whether the cost is near enough to the bound, and the budget not between them."""
        is_decided = not self.bound <= self.task.terms.budget < self.cost
        is_near = self.best is not None and self.cost - self.bound <= self.gap * self.cost
        return self.is_exact or (is_near and is_decided)

    def closed(self) -> Additions:
        budget = self.task.terms.budget
        if self.cost > budget * (1 + SLACK):
            needed = self.bound if self.bound > budget else self.cost
            return self.answer(Status.INFEASIBLE, (Requirement(Kind.BUDGET, (), budget, needed),))
        return self.answer(Status.SOLVED if self.is_exact else Status.WITHIN_GAP)

    def answer(self, status: Status, blocked: tuple[Requirement, ...] = ()) -> Additions:
        missing = np.isnan(self.task.units.totals)
        additions = np.full(missing.shape, np.nan) if self.best is None else self.best[0]
        bound = min(self.bound, self.cost)
        gap = np.inf if self.best is None else (self.cost - bound) / (self.cost or 1.0)
        used = self.used_up(additions)
        return Additions(additions, self.cost, bound, gap, status, tuple(self.rounds), used, blocked, missing)

    def used_up(self, additions: Floats) -> tuple[int, ...]:
        terms = self.task.terms
        left = terms.caps - additions.sum(axis=0)
        return tuple(int(k) for k in np.flatnonzero(left < np.where(terms.integer, 1.0, EXACT * terms.caps)))
