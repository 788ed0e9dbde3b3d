"""What stands in the way where nothing passes: units beyond help, limits out of reach, caps that are too low."""

from collections.abc import Iterator

import numpy as np

from xietong.quant.allocation.additions.county import Floats
from xietong.quant.allocation.additions.programme import Point, Programme
from xietong.quant.allocation.additions.result import Kind, Requirement
from xietong.quant.allocation.additions.task import Task

BLAME = 1e3  # a limit is given up only where no cap helps
NOTICED = 1e-6
NEAR_ENOUGH = 1e-4  # share of a limit; nobody plans with more digits of what would be needed


def beyond_units(task: Task) -> tuple[Requirement, ...]:
    """The units that cannot keep their own rule with the most that they can take."""
    low = np.argwhere(task.lower > task.upper)
    floors = [
        Requirement(Kind.FLOOR, (int(i), int(k)), float(task.upper[i, k]), float(task.lower[i, k])) for i, k in low
    ]
    few = np.flatnonzero(task.units.judged & (task.within < task.standard.min_met))
    units = [Requirement(Kind.UNIT, (int(i),), float(task.within[i]), float(task.standard.min_met)) for i in few]
    return (*floors, *units)


def overruns(programme: Programme) -> tuple[Requirement, ...]:
    """The limits and caps that would have to give way, together by as little as can be.

    While the programme is linear, parts of what comes in whole numbers count, and more may be needed than it says.
    """
    point = least_overrun(programme)
    return () if point is None else (*limits_missed(programme, point), *caps_missed(programme, point))


def least_overrun(programme: Programme) -> Point | None:
    """A point of the current programme with caps raised and cones widened as little as possible."""
    at, solver = programme.at, programme.solvers[-1]
    caps = programme.task.terms.caps / programme.size.max(axis=0)
    price = np.zeros(at.count)
    price[at.over_limit] = BLAME
    price[at.over_cap] = 1 / np.where(np.isfinite(caps), np.maximum(caps, 1.0), 1.0)
    solver.price(price)
    for columns in (at.over_limit, at.over_cap):
        solver.bound(columns, np.zeros(len(columns)), np.full(len(columns), np.inf))
    return programme.tighten(solver, programme.task.lower, programme.task.upper, above=NEAR_ENOUGH)


def limits_missed(programme: Programme, point: Point) -> Iterator[Requirement]:
    over: Floats = point.values[programme.at.over_limit]
    for c in np.flatnonzero(over > NOTICED):
        cone = programme.task.cones[c]
        yield Requirement(Kind.LIMIT, (cone.group, cone.item), cone.limit, cone.coefficient(point.additions))


def caps_missed(programme: Programme, point: Point) -> Iterator[Requirement]:
    over: Floats = point.values[programme.at.over_cap] * programme.size.max(axis=0)
    for k in np.flatnonzero(point.values[programme.at.over_cap] > NOTICED):
        cap = float(programme.task.terms.caps[k])
        needed = cap + over[k]
        whole = programme.task.terms.integer[k]
        yield Requirement(Kind.CAP, (int(k),), cap, float(np.ceil(needed - NOTICED) if whole else needed))
