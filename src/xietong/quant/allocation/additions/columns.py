"""Where the variables of the programme stand, and the rows that it begins with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.allocation.additions.tangents import Rows, room
from xietong.quant.allocation.additions.task import Task

Places = NDArray[np.intp]
NO_END = np.inf


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Numbers of the variables.

    Parameters
    ----------
    added, met, part : (n, K)
        What is added; whether a threshold is met; what a unit takes of the room in its cone.
    amount, over_limit : (c,)
        What all units of a cone have with the additions; by what the cone is widened.
    over_cap : (K,)
        By what a cap is raised. Cones are widened and caps raised only to find what stands in the way.
    """

    added: Places
    met: Places
    part: Places
    amount: Places
    over_limit: Places
    over_cap: Places

    @property
    def count(self) -> int:
        return int(self.over_cap[-1]) + 1


def columns_of(task: Task) -> Columns:
    (n, k), c = task.lower.shape, len(task.cones)
    ends = np.cumsum([n * k, n * k, n * k, c, c, k])
    added, met, part, *others = np.split(np.arange(ends[-1]), ends[:-1])
    return Columns(added.reshape(n, k), met.reshape(n, k), part.reshape(n, k), *others)


def rules(task: Task, at: Columns) -> Rows:
    """The units' own rules, the caps, and cones that nothing holds up yet."""
    rows = Rows()
    add_choices(rows, task, at)
    add_cones(rows, task, at)
    add_caps(rows, task, at)
    return rows


def add_choices(rows: Rows, task: Task, at: Columns) -> None:
    """A threshold that is met takes its step; a unit meets all it has a choice of but those that it may leave."""
    where = np.nonzero(task.choice)
    lower, step = (task.lower / task.size)[where], (task.step / task.size)[where]
    index = np.stack([at.added[where], at.met[where]], axis=1)
    rows.add(lower, np.full(len(step), NO_END), index, np.stack([np.ones_like(step), -step], axis=1))
    for i in np.flatnonzero(task.choice.any(axis=1)):
        index = at.met[i, task.choice[i]]
        rows.add_one(len(index) - task.leave[i], NO_END, index, np.ones(len(index)))


def add_cones(rows: Rows, task: Task, at: Columns) -> None:
    """Each cone's amount is what its units have, and its parts have no more room than the limit leaves them."""
    for c, cone in enumerate(task.cones):
        have, ones = cone.totals.sum() / cone.size, np.ones(len(cone.units))
        index = np.append(at.added[cone.units, cone.item], at.amount[c])
        rows.add_one(-have, -have, index, np.append(ones, -1.0))
        index = np.concatenate([at.part[cone.units, cone.item], [at.amount[c], at.over_limit[c]]])
        rows.add_one(-NO_END, 0.0, index, np.concatenate([ones, [-1 - cone.limit**2, -room(cone)]]))


def add_caps(rows: Rows, task: Task, at: Columns) -> None:
    """All that is added of a resource keeps its cap, counted in the largest size."""
    for k in np.flatnonzero(np.isfinite(task.terms.caps)):
        size = task.size[:, k]
        index, value = np.append(at.added[:, k], at.over_cap[k]), np.append(size / size.max(), -1.0)
        rows.add_one(-NO_END, task.terms.caps[k] / size.max(), index, value)
