"""Standard errors of a calibration, from the whole information matrix of all its parameters together."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.compiling import compiled
from xietong.quant.irt.calibration import Calibration
from xietong.quant.irt.chances import chances
from xietong.quant.irt.climbing import at_bound, derivatives_of
from xietong.quant.irt.expectation import expected, tables
from xietong.quant.irt.layout import Floats, Layout, Places, spread
from xietong.quant.irt.maximisation import Beta, chance_table, priors_of
from xietong.quant.irt.packing import Bytes, Packed, packed
from xietong.quant.responses import Responses, groups_of

BLOCK = 1024
"""So many persons are looked at together; what is kept of them stays in the processor's cache."""

DIFFERENCE = 1e-4


@dataclass(frozen=True, slots=True)
class Errors:
    """Standard errors, of the shapes of what they belong to; NaN for what was not estimated or lies at its bound.

    Attributes
    ----------
    slopes, lower
        Shape (J,).
    intercepts
        Shape (J, M − 1).
    means, sds
        Shape (G,).
    covariance
        Shape (P, P), of all places of the calibration's vector (population spreads as logarithms there).
    """

    slopes: Floats
    intercepts: Floats
    lower: Floats
    means: Floats
    sds: Floats
    covariance: Floats


def standard_errors(
    calibration: Calibration,
    responses: Responses,
    *,
    groups: ArrayLike | None = None,
    lower_prior: Beta | None = None,
    information: Literal["scores", "observed"] = "scores",
) -> Errors:
    """Errors of the parameters of a calibration of these responses.

    Parameters
    ----------
    calibration, responses, groups, lower_prior
        What was estimated from what.
    information
        "scores": Σ w s sᵀ over the persons' derivatives s of ln P(answers), one sum over the persons. "observed":
        minus the second derivatives, by central differences of the exact first ones, two sums for each parameter;
        slower, and better for few persons. Both are of all parameters together: items stand in each other's way.

    Raises
    ------
    ValueError
        The responses are not those of the calibration, or `information` is neither.

    Notes
    -----
    A weight counts as so many persons. Where weights are those of a sample, replicates tell the errors instead.

    References
    ----------
    Louis, T. A. (1982). Finding the observed information matrix when using the EM algorithm. Journal of the
    Royal Statistical Society B 44.
    Paek, I. & Cai, L. (2014). A comparison of item parameter standard error estimation procedures for unidimensional
    and multidimensional IRT modeling. Educational and Psychological Measurement 74.

    Examples
    --------
    >>> from xietong.quant.irt.calibration import calibrate
    >>> from xietong.quant.responses import responses_of
    >>> answers = responses_of([[0, 0], [1, 0], [0, 1], [1, 1]], weights=[30, 20, 20, 30])
    >>> standard_errors(calibrate(answers, "rasch"), answers).intercepts.round(2).ravel().tolist()
    [0.25, 0.25]
    """
    if information not in {"scores", "observed"}:
        raise ValueError(f"information {information!r} is neither scores nor observed")
    layout, vector = calibration.layout, calibration.vector
    packs = packed_again(calibration, responses, groups)
    free = np.flatnonzero(layout.free & ~at_bound(layout, vector))
    if information == "observed":
        matrix = observed(layout, vector, calibration.nodes, packs, free, lower_prior)
    else:
        matrix = crossed(layout, vector, calibration.nodes, packs)
        if lower_prior is not None:
            inner = np.intersect1d(layout.lowers, free)
            matrix[inner, inner] -= lower_prior.derivatives(vector[inner])[1]
        matrix = matrix[np.ix_(free, free)]
    covariance = np.full((len(vector), len(vector)), np.nan)
    covariance[np.ix_(free, free)] = np.linalg.pinv(matrix, hermitian=True) if len(free) else matrix
    return laid_out(calibration, covariance)


def packed_again(calibration: Calibration, responses: Responses, groups: ArrayLike | None) -> Packed:
    n, n_items = responses.codes.shape
    if n_items != len(calibration.models) or float(responses.weights.sum()) != calibration.persons:
        raise ValueError("these are not the responses of the calibration")
    responses.refuse_omitted()
    codes = np.zeros(n, dtype=np.int64) if groups is None else groups_of(groups, len(calibration.means), n)
    return packed(responses, calibration.layout, codes)


def laid_out(calibration: Calibration, covariance: Floats) -> Errors:
    layout, items = calibration.layout, calibration.items
    with np.errstate(invalid="ignore"):
        own = np.sqrt(np.diag(covariance))
    slopes, lower = np.full(len(items.slopes), np.nan), np.full(len(items.slopes), np.nan)
    intercepts = np.full(items.intercepts.shape, np.nan)
    for batch in layout.batches:
        for one, places in zip(batch.items, batch.places, strict=True):
            item, used = layout.items[one], layout.used[one]
            slopes[item] = own[places[0]]
            row = spread(batch.kind, used, own[places[1 : len(used)]], len(intercepts[item]))
            intercepts[item] = np.where(np.isinf(row), np.nan, row)
            if batch.has_lower:
                lower[item] = own[places[-1]]
    sds = own[layout.log_sds] * calibration.sds
    return Errors(slopes, intercepts, lower, own[layout.means], sds, covariance)


def observed(
    layout: Layout, vector: Floats, nodes: Floats, packs: Packed, free: Places, prior: Beta | None
) -> Floats:
    """Minus the second derivatives of the log-likelihood, from differences of the first."""

    def gradient(place: int, change: float) -> Floats:
        moved = vector.copy()
        moved[place] += change
        counts = expected(packs, chance_table(layout, moved, nodes), priors_of(layout, moved, nodes))
        return derivatives_of(layout, moved, nodes, counts, prior)[free]

    rows = [(gradient(one, -DIFFERENCE) - gradient(one, DIFFERENCE)) / (2 * DIFFERENCE) for one in free]
    matrix = np.array(rows).reshape(len(free), len(free))
    return (matrix + matrix.T) / 2


def crossed(layout: Layout, vector: Floats, nodes: Floats, packs: Packed) -> Floats:
    """Σ w s sᵀ over the persons."""
    likely, _scale = tables(packs, chance_table(layout, vector, nodes))
    priors = priors_of(layout, vector, nodes)
    slopes = [chances(batch.kind, vector[batch.places], batch.points, nodes)[1] for batch in layout.batches]
    found = np.zeros((len(vector), len(vector)))
    for begin in range(0, len(packs.patterns), BLOCK):
        rows = packs.rows(slice(begin, begin + BLOCK))
        posterior = np.empty((len(rows.patterns), len(nodes)))
        compiled(posteriors)(rows.patterns, rows.groups, likely, priors, posterior)
        scores = scores_of(layout, vector, nodes, rows, posterior, slopes)
        found += scores.T @ (scores * rows.weights[:, None])
    return found


def posteriors(patterns: Bytes, groups: Places, likely: Floats, priors: Floats, posterior: Floats) -> None:
    """The share of each person at each node, given his answers."""
    for row in range(len(patterns)):
        for q in range(priors.shape[1]):
            posterior[row, q] = priors[groups[row], q]
        for byte in range(patterns.shape[1]):
            for q in range(priors.shape[1]):
                posterior[row, q] *= likely[byte, patterns[row, byte], q]
        total = posterior[row].sum()
        for q in range(priors.shape[1]):
            posterior[row, q] /= total


def scores_of(
    layout: Layout, vector: Floats, nodes: Floats, rows: Packed, posterior: Floats, slopes: list[Floats]
) -> Floats:
    """The derivatives of ln P(answers) of each person by every place, shape (n, P)."""
    found = np.zeros((len(posterior), len(vector)))
    state = states_of(rows)
    for batch, by in zip(layout.batches, slopes, strict=True):
        moments = posterior @ np.moveaxis(by, 2, 0).reshape(len(nodes), -1)
        shape = (len(posterior), *by.shape[:2], by.shape[3])
        compiled(pick)(state[:, batch.items], moments.reshape(shape), batch.places, found)
    distance = (nodes - vector[layout.means][:, None]) / np.exp(vector[layout.log_sds])[:, None]
    persons = np.arange(len(posterior))
    of_mean = distance / np.exp(vector[layout.log_sds])[:, None]
    found[persons, layout.means[rows.groups]] = (posterior * of_mean[rows.groups]).sum(axis=1)
    found[persons, layout.log_sds[rows.groups]] = (posterior * (distance[rows.groups] ** 2 - 1)).sum(axis=1)
    return found


def pick(states: Places, moments: Floats, places: Places, scores: Floats) -> None:
    """Adds what follows from the state of each item of a batch; from the state after its categories nothing does."""
    for row in range(len(states)):
        for item in range(len(places)):
            state = states[row, item]
            if state < moments.shape[2]:
                for one in range(places.shape[1]):
                    scores[row, places[item, one]] += moments[row, item, state, one]


def states_of(rows: Packed) -> Places:
    """The state of each item of each person, shape (n, J'), unpacked."""
    found = np.empty((len(rows.patterns), len(rows.order)), dtype=np.int64)
    for byte in range(len(rows.starts) - 1):
        rest = rows.patterns[:, byte].astype(np.int64)
        for place in range(rows.starts[byte + 1] - 1, rows.starts[byte] - 1, -1):
            rest, found[:, rows.order[place]] = np.divmod(rest, rows.states[place])
    return found
