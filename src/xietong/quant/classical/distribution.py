"""How the totals of each group are spread: extremes, mean, quartiles, and how many lie in each band of marks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Floats, sums
from xietong.quant.classical.scores import SLACK, Scores, scores_of, within

QUARTERS = np.array([0.25, 0.5, 0.75])


@dataclass(frozen=True, slots=True)
class Spread:
    """Of each group; NaN where nobody sat, but for `sat`.

    Attributes
    ----------
    sat, lowest, highest, mean, sd
        Shape (G,): how many sat, by weight; extremes, mean and standard deviation (population form), in marks.
    quartiles
        Shape (G, 3): lower quartile, median and upper quartile.
    """

    sat: Floats
    lowest: Floats
    highest: Floats
    mean: Floats
    sd: Floats
    quartiles: Floats


@dataclass(frozen=True, slots=True)
class ScoreBands:
    """分数段.

    Attributes
    ----------
    edges
        Shape (B + 1,): band b reaches from edge b up to but not including edge b + 1; the last one includes it.
    counts
        Shape (G, B): how many lie in each, by weight.
    """

    edges: Floats
    counts: Floats


def spread(
    totals: ArrayLike, groups: ArrayLike | None = None, n_groups: int = 1, weights: ArrayLike | None = None
) -> Spread:
    """Number, extremes, mean, standard deviation and quartiles of each group.

    The quantile q is the smallest total that at least a share q of the weight does not exceed; where it is q exactly,
    the mean of that and the next total (definition 2 of Hyndman and Fan). Weight 2 is the same as the row twice.

    Parameters
    ----------
    totals
        Shape (n,), in marks; NaN did not sit.
    groups, n_groups, weights
        Shape (n,): code of the group, 0 to n_groups − 1, and how many persons a row stands for.

    Raises
    ------
    ValueError
        A row cannot be counted; the message names the first.

    References
    ----------
    Hyndman, R. J., Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician 50.

    Examples
    --------
    >>> found = spread([1, 2, 3, 4])
    >>> found.quartiles, found.sd.round(4)
    (array([[1.5, 2.5, 3.5]]), array([1.118]))
    """
    scores = scores_of(totals, groups, n_groups, weights)
    lowest, highest = np.full(n_groups, np.inf), np.full(n_groups, -np.inf)
    np.minimum.at(lowest, scores.groups, scores.values)
    np.maximum.at(highest, scores.groups, scores.values)
    empty = scores.sat == 0
    lowest[empty], highest[empty] = np.nan, np.nan
    return Spread(scores.sat, lowest, highest, scores.mean, scores.sd, _quartiles(scores))


def score_bands(
    totals: ArrayLike,
    full: float,
    width: float,
    *,
    groups: ArrayLike | None = None,
    n_groups: int = 1,
    weights: ArrayLike | None = None,
) -> ScoreBands:
    """How many of each group lie in each band of so many marks, from 0 to the full mark.

    Parameters
    ----------
    totals
        Shape (n,), from 0 to `full`, in marks; NaN did not sit.
    full, width
        The full mark, and the width of a band; the last one is narrower where they do not divide.
    groups, n_groups, weights
        As for `spread`.

    Raises
    ------
    ValueError
        The width is not above 0 and at most the full mark, a total is not between 0 and the full mark, or a row
        cannot be counted; the message names the first such row.

    Examples
    --------
    >>> found = score_bands([0, 49.5, 50, 100, 120], 120, 50)
    >>> found.edges, found.counts
    (array([  0.,  50., 100., 120.]), array([[2., 1., 2.]]))
    """
    scores = scores_of(totals, groups, n_groups, weights)
    within(scores, full)
    if not 0 < width <= full:
        raise ValueError(f"width {width} is not above 0 and at most the full mark {full}")
    bands = int(np.ceil(full / width - SLACK))
    edges = np.append(np.arange(bands) * width, full)
    band = np.minimum(np.searchsorted(edges - SLACK, scores.values, side="right") - 1, bands - 1)
    counts = sums(scores.groups * bands + band, scores.weights, n_groups * bands)
    return ScoreBands(edges.astype(np.float64), counts.reshape(n_groups, bands))


def _quartiles(scores: Scores) -> Floats:
    found = np.full((len(scores.sat), len(QUARTERS)), np.nan)
    order = np.lexsort((scores.values, scores.groups))
    ends = np.cumsum(np.bincount(scores.groups, minlength=len(scores.sat)))
    for group, rows in enumerate(np.split(order, ends[:-1])):
        if len(rows):
            found[group] = _quantiles(scores.values[rows], np.cumsum(scores.weights[rows]))
    return found


def _quantiles(ascending: Floats, running: Floats) -> Floats:
    """Definition 2: the mean of the totals at which the running weight reaches the share and exceeds it."""
    share = QUARTERS * running[-1]
    noise = SLACK * running[-1]
    reaching = np.searchsorted(running, share - noise)
    exceeding = np.searchsorted(running, share + noise)
    return np.asarray((ascending[reaching] + ascending[exceeding]) / 2)
