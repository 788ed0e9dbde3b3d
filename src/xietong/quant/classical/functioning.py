"""Items that are harder for one group than for their equals in another (differential item functioning)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.classical.marks import Counts, Flags, Floats, Marks, marks_of, sums
from xietong.quant.classical.matching import strata_of
from xietong.quant.classical.odds import CommonOdds, mantel_haenszel
from xietong.quant.classical.ordinal import OrdinalDifference, mantel
from xietong.quant.responses import Responses, booklets_of

SURE = 0.05
"""A difference that chance makes less often than that is taken for one."""
ONE_SIDED = 1.645
"""So many standard errors above 1, delta is surely above 1."""


@dataclass(frozen=True, slots=True)
class Functioning:
    """Of each item, all of shape (J,); NaN is undefined.

    Attributes
    ----------
    odds_ratio, delta, delta_error
        Mantel–Haenszel's α, −2.35 ln α and its standard error, as `CommonOdds` has them; NaN for an item of more
        than two categories.
    chi_square, p
        Mantel–Haenszel's with correction for continuity; Mantel's for an item of more than two categories.
    difference
        Difficulty of the focal group less that of their equals, as a share of the full mark; below 0 the item is
        harder for the focal group.
    classes
        "A" negligible, "B" moderate, "C" large, "" not known.
    matched_on
        Whether the item counts for the totals by which all are matched.
    """

    odds_ratio: Floats
    delta: Floats
    delta_error: Floats
    chi_square: Floats
    p: Floats
    difference: Floats
    classes: NDArray[np.str_]
    matched_on: Flags


def functioning(
    responses: Responses, focal: ArrayLike, full: ArrayLike | None = None, *, purify: bool = False
) -> Functioning:
    """Compares two groups on each item, among persons of the same total (Mantel–Haenszel, Mantel).

    Equals are persons to whom the same items were presented and who reached the same total on them, the studied item
    included.

    two categories: C if |Δ| ≥ 1.5 and (|Δ| − 1) ÷ SE > 1.645; A if |Δ| < 1 or p ≥ 0.05; else B
    more:           with d the difference ÷ the standard deviation of the mark, A if |d| ≤ 0.17 or p ≥ 0.05; C if
                    |d| > 0.25; else B

    Parameters
    ----------
    responses
        Persons on items; −2 counts as 0, −1 is left out. Weights count persons: whole numbers.
    focal
        Shape (N,): 1 for the group of interest, 0 for the reference group.
    full
        Shape (J,), in marks: the full mark of each item in the total; left out, its highest category.
    purify
        Whether to match a second time without the items that came out C at first; the studied item always counts.

    Raises
    ------
    ValueError
        A row is of neither group or its weight is no whole number, or as for `items`; the message names the first
        such row.

    References
    ----------
    Holland, P. W., Thayer, D. T. (1988). Differential item performance and the Mantel-Haenszel procedure. In: Wainer,
    H., Braun, H. I. (eds.), Test Validity. Erlbaum.
    Zwick, R. (2012). A review of ETS differential item functioning assessment procedures. ETS Research Report 12-08.
    Zwick, R., Thayer, D. T., Mazzeo, J. (1997). Describing and categorizing DIF in polytomous items. ETS Research
    Report 97-05.

    Examples
    --------
    >>> from xietong.quant.responses import responses_of
    >>> rows = responses_of([[1, 0], [0, 1], [1, 0], [0, 1]], weights=[30, 20, 15, 35])
    >>> found = functioning(rows, focal=[0, 0, 1, 1])
    >>> found.odds_ratio.round(2), found.delta.round(2), found.classes
    (array([3.5 , 0.29]), array([-2.94,  2.94]), array(['C', 'C'], dtype='<U1'))
    """
    group = _groups(focal, responses.weights)
    marks = marks_of(responses, full)
    counted, each = group[responses.weights > 0], len(marks.full)
    found = _compared(marks, responses.categories, counted, np.ones(each, dtype=np.bool_))
    if not purify or not (found.classes == "C").any():
        return found
    return _compared(marks, responses.categories, counted, found.classes != "C")


def _groups(focal: ArrayLike, weights: Floats) -> Counts:
    given = np.asarray(focal)
    if given.shape != weights.shape:
        raise ValueError(f"focal has the shape {given.shape} instead of {weights.shape}")
    wrong = (given != 0) & (given != 1)
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(f"row {row}: focal {given[row]} is neither 0 nor 1")
    part = weights != np.floor(weights)
    if part.any():
        row = int(part.argmax())
        raise ValueError(f"row {row}: weight {weights[row]} is no whole number of persons")
    return given.astype(np.int64)


def _compared(marks: Marks, categories: Counts, group: Counts, matched_on: Flags) -> Functioning:
    booklets, items = booklets_of(marks.presented)[1], np.arange(len(categories))
    everybody = strata_of(marks, booklets, matched_on)
    numbers, classes = np.full((6, len(items)), np.nan), np.zeros(len(items), dtype="<U1")
    for item in items:
        strata = everybody if matched_on[item] else strata_of(marks, booklets, matched_on | (items == item))
        tables = _tables(marks, int(item), int(categories[item]), group, strata)
        numbers[:, item], classes[item] = _judged(tables)
    ratio, delta, error, chi_square, p, difference = numbers
    return Functioning(ratio, delta, error, chi_square, p, difference, classes, matched_on)


def _tables(marks: Marks, item: int, m: int, group: Counts, strata: Counts) -> Floats:
    """How many of each stratum and group reached each category, shape (K, 2, m)."""
    seen = marks.presented[:, item]
    category = np.rint(marks.scores[seen, item] / marks.full[item] * (m - 1)).astype(np.int64)
    cells = (strata[seen] * 2 + group[seen]) * m + category
    return sums(cells, marks.weights[seen], (int(strata.max(initial=-1)) + 1) * 2 * m).reshape(-1, 2, m)


def _judged(tables: Floats) -> tuple[list[float], str]:
    """The six numbers of an item and its class."""
    highest = tables.shape[2] - 1
    ordinal = mantel(tables)
    if highest > 1:
        unknown = [float("nan")] * 3
        return [*unknown, ordinal.chi_square, ordinal.p, ordinal.difference / highest], graded(ordinal, tables)
    odds = mantel_haenszel(tables)
    numbers = [odds.ratio, odds.delta, odds.delta_error, odds.chi_square, odds.p, ordinal.difference]
    return numbers, classified(odds)


def classified(odds: CommonOdds) -> str:
    """The class of an item of two categories, as ETS has it."""
    size = abs(odds.delta)
    if np.isnan(odds.delta_error) or np.isnan(odds.p):
        return ""
    if size >= 1.5 and size - 1 > ONE_SIDED * odds.delta_error:  # noqa: PLR2004
        return "C"
    return "A" if size < 1 or odds.p >= SURE else "B"


def graded(found: OrdinalDifference, tables: Floats) -> str:
    """The class of an item of more categories, by its difference in standard deviations of both groups together."""
    persons, category = tables.sum(axis=(0, 1)), np.arange(tables.shape[2])
    if np.isnan(found.p):
        return ""
    mean = np.average(category, weights=persons)
    size = abs(found.difference) / np.sqrt(np.average((category - mean) ** 2, weights=persons))
    if size <= 0.17 or found.p >= SURE:  # noqa: PLR2004
        return "A"
    return "C" if size > 0.25 else "B"  # noqa: PLR2004
