"""Who takes which option of a multiple-choice item."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Counts, Flags, Floats, correlation, ratio, sums
from xietong.quant.classical.tails import levels_of, tails_of
from xietong.quant.responses import NOT_PRESENTED, Responses


@dataclass(frozen=True, slots=True)
class Options:
    """Of each item and option, all of shape (J, M) with M the options of the item that has most.

    Numbers are NaN and flags False where an item has no such option. What the shares of an item lack to 1 left it
    out.

    Attributes
    ----------
    counts, shares
        How many took it, by weight, and which share of those who had the item before them.
    best, worst
        The share of the best and of the worst 27 % by total. NaN where all have the same total.
    mean_total
        Mean total of those who took it; NaN where nobody did.
    point_biserial
        Correlation of taking it with the total; NaN where either does not vary.
    untaken
        A distractor that nobody took.
    misleading
        A distractor that more of the best 27 % took than took the key.
    """

    counts: Floats
    shares: Floats
    best: Floats
    worst: Floats
    mean_total: Floats
    point_biserial: Floats
    untaken: Flags
    misleading: Flags


def distractors(options: Responses, key: ArrayLike, totals: ArrayLike | None = None) -> Options:
    """How often each option was taken, by whom, and which distractors do not do their work.

    Parameters
    ----------
    options
        Persons on items, with the option taken for a category: 0 to m − 1, −1 not presented, −2 left out.
    key
        Shape (J,): the right option of each item.
    totals
        Shape (N,), finite: totals of the persons in the whole paper. Left out, the share of right answers to what was
        presented; then the item itself is part of its total.

    Raises
    ------
    ValueError
        A key is no option of its item, or a total is not finite; the message names the first such item or row.

    References
    ----------
    Haladyna, T. M., Rodriguez, M. C. (2013). Developing and Validating Test Items. Routledge.

    Examples
    --------
    >>> from xietong.quant.responses import responses_of
    >>> found = distractors(responses_of([[0], [0], [2], [-2]], categories=3), [0], [9, 8, 5, 2])
    >>> found.shares, found.mean_total, found.untaken
    (array([[0.5 , 0.  , 0.25]]), array([[8.5, nan, 5. ]]), array([[False,  True, False]]))
    """
    keys = _keys(key, options.categories)
    counts = options.weights > 0
    total = _totals(options, keys, totals)[counts]
    codes, weights, levels = options.codes[counts], options.weights[counts], levels_of(total)
    shape = (len(keys), int(options.categories.max()))
    found = np.full((6, *shape), np.nan)
    for item, m in enumerate(options.categories):
        seen = codes[:, item] != NOT_PRESENTED
        code, weight = codes[seen, item].astype(np.int64), weights[seen]
        found[:4, item, :m] = _taken(code, weight, levels[0][seen], levels[1], int(m))
        found[4:, item, :m] = _liked(code, weight, total[seen], int(m))
    numbers, share, best, worst, mean_total, point_biserial = found
    distractor = np.arange(shape[1]) != keys[:, None]
    untaken = distractor & (numbers == 0) & ~np.isnan(share)
    misleading = distractor & (best > np.take_along_axis(best, keys[:, None], axis=1))
    return Options(numbers, share, best, worst, mean_total, point_biserial, untaken, misleading)


def _keys(key: ArrayLike, categories: Counts) -> Counts:
    given = np.asarray(key)
    if given.shape != categories.shape or given.dtype.kind not in "iu":
        raise ValueError(
            f"keys are {given.dtype} of shape {given.shape} instead of ({len(categories)},) whole numbers"
        )
    wrong = (given < 0) | (given >= categories)
    if wrong.any():
        item = int(wrong.argmax())
        raise ValueError(f"item {item}: key {given[item]} is no option from 0 to {categories[item] - 1}")
    return given.astype(np.int64)


def _totals(options: Responses, keys: Counts, totals: ArrayLike | None) -> Floats:
    if totals is None:
        right, presented = options.codes == keys, options.codes != NOT_PRESENTED
        return ratio(right.sum(axis=1, dtype=np.float64), presented.sum(axis=1, dtype=np.float64))
    given = np.asarray(totals, dtype=np.float64)
    if given.shape != options.weights.shape:
        raise ValueError(f"totals have the shape {given.shape} instead of {options.weights.shape}")
    if not np.isfinite(given).all():
        row = int((~np.isfinite(given)).argmax())
        raise ValueError(f"row {row}: total {given[row]} is not finite")
    return given


def _taken(code: Counts, weight: Floats, level: Counts, n_levels: int, m: int) -> Floats:
    """Counts, and shares of all, the best and the worst, shape (4, m)."""
    took = code >= 0
    cells = sums(level[took] * m + code[took], weight[took], n_levels * m).reshape(n_levels, m)
    persons = sums(level, weight, n_levels)
    tails = tails_of(persons)
    parts = np.array([np.ones(n_levels), tails.best, tails.worst])
    with np.errstate(invalid="ignore"):
        return np.vstack([cells.sum(axis=0), parts @ cells / (parts @ persons)[:, None]])


def _liked(code: Counts, weight: Floats, total: Floats, m: int) -> Floats:
    """Mean total and point-biserial correlation of each option, shape (2, m)."""
    chosen = [(code == option).astype(np.float64) for option in range(m)]
    reached = np.array([(weight * took * total).sum() for took in chosen])
    persons = np.array([(weight * took).sum() for took in chosen])
    return np.array([ratio(reached, persons), [correlation(took, total, weight) for took in chosen]])
