"""Marginal maximum likelihood: items of mixed models and normal populations, from the answers of many persons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.irt.climbing import ROUGH, Path, climb, gradient_of
from xietong.quant.irt.layout import Floats, Layout, items_from
from xietong.quant.irt.maximisation import LEAST_LOG_SD, LEAST_SD, Beta
from xietong.quant.irt.models import Model
from xietong.quant.irt.nodes import quadrature
from xietong.quant.irt.packing import tallied
from xietong.quant.irt.starting import start
from xietong.quant.irt.task import task_of
from xietong.quant.items import Items
from xietong.quant.responses import Responses

SUBSAMPLE = 100_000
"""From so many persons on, every tenth of them shows first where to begin."""
SHARE = 10
MOST_ROUGH = 50

STEEPEST = 3.0
"""Logits from one node to the next that the fineness of nodes allows no item but one that falls between them."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was estimated, and how well the estimation went.

    Attributes
    ----------
    models
        The model of each of the J items.
    items
        Their parameters; a NaN slope says that the item has no estimate (see `message`).
    means, sds
        Shape (G,): the populations; the first is 0 and 1 unless it was set free. NaN if nobody is in it.
    log_likelihood
        Σ w ln P(answers) at these parameters, without the prior.
    cycles
        Sums over all persons that it took; those over a tenth of them are not counted.
    gradient
        Largest absolute derivative of the log-likelihood (with the prior) by a parameter, per person.
    converged
        Whether one more EM cycle would move no parameter by more than the tolerance.
    message
        What somebody who uses the estimates has to know; empty if there is nothing.
    nodes
        Shape (Q,): the abilities that were summed over.
    persons
        Σ w.
    n_parameters
        How many were estimated.
    """

    models: tuple[Model, ...]
    items: Items
    means: Floats
    sds: Floats
    log_likelihood: float
    cycles: int
    gradient: float
    converged: bool
    message: str
    nodes: Floats
    persons: float
    n_parameters: int
    layout: Layout
    vector: Floats

    @property
    def steep(self) -> NDArray[np.bool_]:
        """Which items (J,) rise from one node to the next: steeper than can be told."""
        found = np.zeros(len(self.models), dtype=bool)
        found[self.layout.items] = steep(self.layout, self.vector, self.nodes)
        return found


def calibrate(
    responses: Responses,
    models: str | Sequence[str],
    *,
    groups: ArrayLike | None = None,
    n_groups: int = 1,
    fixed: Items | None = None,
    free_first: bool = False,
    lower_prior: Beta | None = None,
    begin: "Calibration | None" = None,
    tolerance: float = 1e-8,
    most_cycles: int = 500,
) -> Calibration:
    """Item parameters and populations of the greatest marginal likelihood.

    ln L = Σᵢ wᵢ ln ∫ Πⱼ P(xᵢⱼ | θ) φ(θ; μ_g, σ_g) dθ, by the EM algorithm of Bock and Aitkin on equally spaced nodes,
    its map accelerated after Anderson.

    Parameters
    ----------
    responses
        N persons on J items. What was not presented says nothing; what was omitted has to be decided before
        (`omitted_as_wrong`, `omitted_as_not_presented`).
    models
        "rasch", "2pl", "3pl", "grm", "pcm" or "gpcm" for each item, or one for all. Items of "rasch" and "pcm" have
        one slope together: with populations of variance 1 its square is the variance of the Rasch metric.
    groups, n_groups
        Shape (N,): the population of each person, 0 to n_groups − 1. All but the first have a mean and a standard
        deviation of their own.
    fixed
        J items of which those with a slope that is no NaN keep their parameters.
    free_first
        Whether the first population is estimated too, on the scale of the fixed items.
    lower_prior
        Of the lower asymptotes of "3pl"; without it they have none.
    begin
        An estimate from nearly the same answers, such as with other weights: the search begins there. It is passed
        over if other categories have persons.
    tolerance
        Largest change of a parameter by an EM cycle at the end: slopes and intercepts in logits, asymptotes as such.
    most_cycles
        After so many it gives up, and says so.

    Raises
    ------
    ValueError
        Something does not fit; the message names row or item, counted from 0.

    References
    ----------
    Bock, R. D. & Aitkin, M. (1981). Marginal maximum likelihood estimation of item parameters. Psychometrika 46.
    Walker, H. F. & Ni, P. (2011). Anderson acceleration for fixed-point iterations. SIAM J. Numerical Analysis 49.

    Examples
    --------
    >>> from xietong.quant.responses import responses_of
    >>> found = calibrate(responses_of([[0, 0], [1, 0], [0, 1], [1, 1]] , weights=[30, 20, 20, 30]), "rasch")
    >>> found.converged, bool(abs(found.items.intercepts).max() < 1e-6)
    (True, True)
    """
    tally = tallied(responses)
    task, kept, notes = task_of(
        responses, tally, models, groups, n_groups, fixed, free_first=free_first,
        prior=lower_prior, tolerance=tolerance, most_cycles=most_cycles,
    )  # fmt: skip
    layout = task.layout
    vector = start(layout, responses, tally, fixed)
    nodes = quadrature(layout, vector)
    if begin is not None and begin.layout.is_like(layout):
        vector, nodes = np.where(layout.free, begin.vector, vector), begin.nodes
    elif len(responses.codes) >= SUBSAMPLE:
        rows = slice(None, None, SHARE)
        few = replace(task, packs=task.packs.rows(rows), tolerance=ROUGH, most_cycles=MOST_ROUGH)
        rough = climb(few, vector, nodes)
        if rough.converged and not steep(layout, rough.vector, rough.nodes).any():
            vector, nodes = rough.vector, rough.nodes
    path = climb(task, vector, nodes)
    kinds = [model.kind for model in kept]
    items = items_from(layout, path.vector, kinds, responses.categories)
    notes += notes_on(layout, items, path)
    persons = float(responses.weights.sum())
    known = layout.free[layout.means] | (np.arange(n_groups) == 0)
    means, log_sds = np.where(known, path.vector[[layout.means, layout.log_sds]], np.nan)
    return Calibration(
        kept, items, means, np.exp(log_sds), path.counts.log_likelihood,
        path.cycles, gradient_of(task, path) / max(persons, 1), path.converged and bool(layout.batches),
        "; ".join(notes), path.nodes, persons, int(layout.free.sum()), layout, path.vector,
    )  # fmt: skip


def steep(layout: Layout, vector: Floats, nodes: Floats) -> NDArray[np.bool_]:
    """Which of the items that are estimated rise between one node and the next."""
    found = np.zeros(len(layout.items), dtype=bool)
    for batch in layout.batches:
        slopes = vector[batch.places[:, 0]] * batch.is_free
        found[batch.items] = np.abs(slopes) * (nodes[1] - nodes[0]) > STEEPEST
    return found


def notes_on(layout: Layout, items: Items, path: Path) -> list[str]:
    """What the user of the estimates has to know of them."""
    notes = [f"item {item}: its slope is negative" for item in np.flatnonzero(items.slopes < 0)]
    notes += [
        f"item {item}: it is steeper than can be told, as if it repeated another"
        for item in layout.items[steep(layout, path.vector, path.nodes)]
    ]
    notes += [
        f"item {batch_item}: its lower asymptote is 0, the least there is"
        for batch in layout.batches
        if batch.has_lower and batch.is_free
        for batch_item in layout.items[batch.items]
        if items.lower[batch_item] == 0
    ]
    flat = np.flatnonzero(path.vector[layout.log_sds] <= LEAST_LOG_SD)
    notes += [f"group {group}: its standard deviation is {LEAST_SD}, the least there is" for group in flat]
    if not layout.batches:
        notes.append("no item has an estimate")
    elif not path.converged:
        notes.append(f"gave up after {path.cycles} cycles, the last of which moved a parameter by {path.change:.1e}")
    return notes
