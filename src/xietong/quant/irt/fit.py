"""Whether an item's answers at each score of the whole test are those that the model lets expect."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.irt.answers import Answers, answers_of
from xietong.quant.irt.population import STANDARD, Population, given_nodes, nodes_for
from xietong.quant.irt.recursion import most_points, without_each
from xietong.quant.items import Items
from xietong.quant.logarithms import relative
from xietong.quant.responses import Responses, booklets_of
from xietong.quant.scale import Floats

SPARSE = 1.0
"""Cells in which fewer persons are expected are merged."""

FEWEST = 50.0
"""A booklet of fewer persons is not judged."""


@dataclass(frozen=True, slots=True)
class Fit:
    """S-X² of J items.

    Attributes
    ----------
    statistic
        Shape (J,); NaN for an item without an estimate, or if no cells are left.
    freedom
        Shape (J,): degrees of freedom, 0 or less where there are too few cells to judge; NaN as the statistic.
    p
        Shape (J,): the chance of a statistic as high under the model; NaN without degrees of freedom.
    complete
        How many rows were judged: those with an answer to every item with an estimate.
    """

    statistic: Floats
    freedom: Floats
    p: Floats
    complete: int


def item_fit(
    responses: Responses,
    items: Items,
    population: Population = STANDARD,
    nodes: ArrayLike | None = None,
    *,
    free: ArrayLike | None = None,
) -> Fit:
    """S-X² of Orlando and Thissen, for any number of categories as Kang and Chen have it.

    S-X²_j = Σ_s Σ_k (O_sk − E_sk)² ÷ E_sk with E_sk = N_s ∫ P_jk(θ) f(s − k | θ, without j) φ dθ ÷ ∫ f(s | θ) φ dθ,
    N_s the persons with score s, and s from m_j − 1 to the most points less m_j − 1. Where fewer than one person is
    expected, categories of a score are merged with the next higher one (the last with the one below); a score that
    keeps a single cell is merged with the next higher score before (the last ones with the score below). Degrees of
    freedom are the cells less one a score, less the free parameters of the item.

    Parameters
    ----------
    responses, items, population, nodes
        As for `posteriors_of`. Only persons count who have answered every item with an estimate; weights are
        numbers of persons.
    free
        Shape (J,): how many parameters of each item were estimated from these responses. Left out, its slope, its
        finite intercepts, and its lower asymptote if that is not 0. 0 for items from elsewhere.

    Raises
    ------
    ValueError
        As for `posteriors_of`, or the free parameters do not fit.

    References
    ----------
    Orlando, M., Thissen, D. (2000). Likelihood-based item-fit indices for dichotomous item response theory models.
    Applied Psychological Measurement 24.
    Kang, T., Chen, T. T. (2008). Performance of the generalized S-X² item fit index for polytomous IRT models.
    Journal of Educational Measurement 45.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> items = items_of(["dichotomous"] * 3, [1.0] * 3, [[0.0]] * 3)
    >>> answers = responses_of([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], weights=[30, 20, 10, 40])
    >>> item_fit(answers, items, free=[0, 0, 0]).statistic.round(3)
    array([27.5, 20. , 87.5])
    """
    answers = answers_of(responses, items)
    parameters = _free(items) if free is None else np.asarray(free, dtype=np.float64)
    if parameters.shape != (len(items.kinds),):
        raise ValueError(f"free parameters have the shape {parameters.shape} instead of ({len(items.kinds)},)")
    points = nodes_for(answers.items, population, answers.most()) if nodes is None else given_nodes(nodes)
    rows = np.flatnonzero((answers.codes >= 0).all(axis=1) & (responses.weights > 0))
    found = np.full((2, len(items.kinds)), np.nan)
    tables = _tables(answers, rows, responses.weights, population, points)
    for place, table in zip(answers.places.tolist(), tables, strict=True):
        found[:, place] = _judged(*table)
    return _fit(found[0], found[1] - parameters, len(rows))


def booklet_fit(
    responses: Responses, items: Items, population: Population = STANDARD, *, free: ArrayLike | None = None
) -> Fit:
    """S-X² where persons had different items: that of each booklet, added up.

    Persons with the same items are judged among themselves (`item_fit`), if they are at least fifty by weight. Other
    persons being other answers, the statistics of an item are independent, and their sum has as many degrees of
    freedom as all of them together, less the free parameters of the item once. Where everybody had all items it is
    `item_fit`.

    Parameters
    ----------
    responses, items, population, free
        As for `item_fit`.

    Returns
    -------
    Of all items; NaN where no booklet told anything. `complete` counts the rows that were judged.

    Raises
    ------
    ValueError
        As for `item_fit`.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> items = items_of(["dichotomous"] * 4, [1.0] * 4, [[0.0]] * 4)
    >>> rows = [[1, 0, 0, -1], [0, 1, 0, -1], [0, 0, 1, -1], [1, 1, 0, -1], [-1, 1, 0, 0], [-1, 0, 1, 0]]
    >>> answers = responses_of(rows, weights=[30, 20, 10, 40, 60, 30])
    >>> booklet_fit(answers, items, free=[0] * 4).freedom
    array([2., 3., 3., 1.])
    """
    parameters = _free(items) if free is None else np.asarray(free, dtype=np.float64)
    answers_of(responses, items)
    known = ~np.isnan(items.slopes)
    presented = (responses.codes >= 0) & known
    patterns, which = booklets_of(presented)
    groups = population.codes(len(presented))
    total, judged, count = np.zeros((2, len(items.kinds))), np.zeros(len(items.kinds), dtype=bool), 0
    for booklet, pattern in enumerate(patterns):
        rows, own = which == booklet, np.flatnonzero(pattern)
        if not len(own) or responses.weights[rows].sum() < FEWEST:
            continue
        part = Responses(responses.codes[rows][:, own], responses.categories[own], responses.weights[rows])
        among = Population(population.mean, population.sd, groups[rows])
        one = item_fit(part, items.take(own.tolist()), among, free=np.zeros(len(own)))
        total[:, own] += np.nan_to_num(np.array([one.statistic, one.freedom]))
        judged[own] |= ~np.isnan(one.statistic)
        count += one.complete
    statistic, freedom = np.where(judged, total, np.nan)
    return _fit(statistic, freedom - parameters, count)


def _fit(statistic: Floats, freedom: Floats, complete: int) -> Fit:
    from scipy.special import chdtrc  # noqa: PLC0415

    p = np.where(freedom > 0, chdtrc(np.where(freedom > 0, freedom, 1), statistic), np.nan)
    return Fit(statistic, freedom, p, complete)


def _free(items: Items) -> Floats:
    return np.asarray(1.0 + np.isfinite(items.intercepts).sum(axis=1) + (items.lower > 0))


def _tables(
    answers: Answers, rows: NDArray[np.int64], weights: Floats, population: Population, nodes: Floats
) -> list[tuple[Floats, Floats]]:
    """Observed and expected persons by score and category of each item with an estimate, shapes (scores, m)."""
    codes, own = answers.codes[rows], weights[rows]
    most, groups = most_points(answers.items), population.codes(len(answers.codes))[rows]
    score = codes.sum(axis=1, dtype=np.int64)
    count = len(population.mean)
    persons = _counted(groups * (most + 1) + score, own, (count, most + 1))
    density = np.exp(population.log_weights(nodes))
    curves = relative(answers.items, nodes).probability
    rest = without_each(answers.items, curves)
    found = []
    for item, steps in enumerate((~np.isnan(answers.items.intercepts)).sum(axis=1).tolist()):
        cell = score * (steps + 1) + codes[:, item]
        observed = _counted(cell, own, (most + 1, steps + 1))
        expected = _expected(rest[:, item], curves[:, item, : steps + 1], density, persons)
        judged = slice(steps, most - steps + 1)
        found.append((observed[judged], expected[judged]))
    return found


def _counted(cells: NDArray[np.int64], weights: Floats, shape: tuple[int, int]) -> Floats:
    return np.bincount(cells, weights, shape[0] * shape[1]).astype(np.float64).reshape(shape)


def _expected(rest: Floats, categories: Floats, density: Floats, persons: Floats) -> Floats:
    """Persons by score and category, shape (S + 1, m), of all groups together.

    Shapes: without the item (Q, S + 1), of the item (Q, m), of the groups (G, Q), and persons by score (G, S + 1).
    """
    joint = np.zeros((len(density), rest.shape[1], categories.shape[1]))
    for k, share in enumerate(categories.T):
        joint[:, k:, k] = density @ (rest[:, : rest.shape[1] - k] * share[:, None])
    whole = joint.sum(axis=2)
    times = np.divide(persons, whole, out=np.zeros_like(whole), where=whole > 0)
    return np.asarray((times[..., None] * joint).sum(axis=0))


def _judged(observed: Floats, expected: Floats) -> tuple[float, float]:
    """The statistic and the cells less one a score, after merging; NaN if nothing is left to judge."""
    statistic, freedom = 0.0, 0
    for group in _merged(expected):
        here = expected[group].sum(axis=0)
        starts = _starts(here)
        seen, wanted = (np.add.reduceat(each, starts) for each in (observed[group].sum(axis=0), here))
        statistic += float(((seen - wanted) ** 2 / wanted).sum())
        freedom += len(starts) - 1
    return (statistic, float(freedom)) if freedom else (np.nan, np.nan)


def _merged(expected: Floats) -> list[slice]:
    """Scores next to each other, so many together that each group has two cells that are not sparse."""
    ends, start = [0], 0
    for score in range(len(expected)):
        if len(_starts(expected[start : score + 1].sum(axis=0))) > 1:
            start = score + 1
            ends.append(start)
    if len(ends) > 1:
        ends[-1] = len(expected)
    return [slice(one, other) for one, other in pairwise(ends)]


def _starts(expected: Floats) -> list[int]:
    """The first categories of the cells that stay when sparse ones are merged upwards, and the last downwards."""
    starts, total = [0], 0.0
    for category, persons in enumerate(expected.tolist()):
        total += persons
        if total >= SPARSE:
            starts.append(category + 1)
            total = 0.0
    return starts[:-1] if len(starts) > 1 else [0]
