"""Climbs the marginal likelihood: EM cycles, accelerated, and how steep it still is at the end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.irt.acceleration import Anderson
from xietong.quant.irt.expectation import Counts, expected
from xietong.quant.irt.layout import Floats, Layout
from xietong.quant.irt.maximisation import LEAST_LOG_SD, Beta, Tally, better, chance_table, priors_of
from xietong.quant.irt.nodes import quadrature
from xietong.quant.irt.task import Task
from xietong.quant.items import Kind

ROUGH = 1e-3
"""Once no parameter moves by more than this, it shows how fine the nodes have to be."""

SLACK = 1e-9
"""A proposal may lower the log-likelihood by this share, which is rounding; by more it led nowhere."""


@dataclass(frozen=True, slots=True)
class Path:
    """Where a climb ended; the counts are those at its vector and nodes."""

    vector: Floats
    nodes: Floats
    counts: Counts
    cycles: int
    converged: bool
    change: float


def climb(task: Task, vector: Floats, nodes: Floats) -> Path:
    """EM cycles, accelerated, until none moves a parameter by more than the tolerance, on nodes fine enough."""
    layout, ahead = task.layout, Anderson()
    free, safe, best, cycle = layout.free, vector, -np.inf, 0
    is_fine = False
    while True:
        counts = expected(task.packs, chance_table(layout, vector, nodes), priors_of(layout, vector, nodes))
        cycle += 1
        height = counts.log_likelihood + prior_at(task, vector)
        if ahead.steps and cycle < task.most_cycles and not height >= best - SLACK * abs(best):
            ahead.forget()
            vector = safe
            continue
        best = max(best, height)
        safe = better(layout, vector, nodes, counts.categories, counts.populations, task.prior)
        change, wanted = change_of(vector, safe), nodes
        if change <= max(task.tolerance, 0 if is_fine else ROUGH):
            wanted = quadrature(layout, vector, nodes, task.most)
            is_fine = wanted is nodes
        is_there = is_fine and change <= task.tolerance
        if is_there or cycle >= task.most_cycles:
            return Path(vector, nodes, counts, cycle, is_there, change)
        nodes, best = wanted, best if wanted is nodes else -np.inf
        proposal = safe.copy()
        proposal[free] = ahead.after(vector[free], safe[free])
        proposal[layout.lowers] = np.maximum(proposal[layout.lowers], 0)
        proposal[layout.log_sds] = np.maximum(proposal[layout.log_sds], LEAST_LOG_SD)
        vector = proposal if is_possible(layout, proposal) else safe


def prior_at(task: Task, vector: Floats) -> float:
    if task.prior is None:
        return 0.0
    free = task.layout.lowers[task.layout.free[task.layout.lowers]]
    with np.errstate(divide="ignore"):
        return float(task.prior.log(vector[free]).sum())


def change_of(before: Floats, after: Floats) -> float:
    return float(np.abs(after - before).max(initial=0.0))


def is_possible(layout: Layout, vector: Floats) -> bool:
    """Whether the intercepts of graded items descend, asymptotes stay below 1, and everything is a number."""
    falls = (
        np.diff(vector[batch.places[:, 1:]], axis=1) < 0 for batch in layout.batches if batch.kind is Kind.GRADED
    )
    whole = bool(np.isfinite(vector).all() and (vector[layout.lowers] < 1).all())
    return whole and all(one.all() for one in falls)


def gradient_of(task: Task, path: Path) -> float:
    """The largest absolute derivative of the log-likelihood at the end of a climb (Fisher's identity).

    That of what lies at its bound and would fall below it does not count.
    """
    derivatives = derivatives_of(task.layout, path.vector, path.nodes, path.counts, task.prior)
    derivatives[at_bound(task.layout, path.vector) & (derivatives < 0)] = 0
    return float(np.abs(derivatives[task.layout.free]).max(initial=0.0))


def at_bound(layout: Layout, vector: Floats) -> NDArray[np.bool_]:
    """Which places hold the least that there is: an asymptote of 0, or a population without spread."""
    found = np.zeros(len(vector), dtype=bool)
    found[layout.lowers] = vector[layout.lowers] == 0
    found[layout.log_sds] = vector[layout.log_sds] <= LEAST_LOG_SD
    return found


def derivatives_of(layout: Layout, vector: Floats, nodes: Floats, counts: Counts, prior: Beta | None) -> Floats:
    """The derivative of the log-likelihood by every place of the vector; 0 for what is fixed."""
    found = np.zeros(len(vector))
    for batch in layout.batches:
        if batch.is_free:
            tally = Tally(batch, nodes, counts.categories[batch.items, : len(batch.points)], prior)
            np.add.at(found, batch.places, tally.scores(tally.at(vector[batch.places]))[0])
    distance = (nodes - vector[layout.means][:, None]) / np.exp(vector[layout.log_sds])[:, None]
    found[layout.means] = (counts.populations * distance).sum(axis=1) / np.exp(vector[layout.log_sds])
    found[layout.log_sds] = (counts.populations * (distance**2 - 1)).sum(axis=1)
    found[~layout.free] = 0
    return found
