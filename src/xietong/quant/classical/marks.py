"""What every analysis of items takes: marks of persons on items, with nothing where an item was not presented."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.responses import NOT_PRESENTED, OMITTED, Responses

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

DIGITS = 12
"""Shares of the full mark that agree in so many decimals are the same: sums of tenths differ in their last bits."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Persons of weight above 0 on items.

    Attributes
    ----------
    scores
        Shape (N, J), in marks: 0 where an answer was left out, NaN where the item was not presented.
    omitted
        Shape (N, J): whether an answer was left out.
    full
        Shape (J,): the full mark of each item.
    weights
        Shape (N,): how many persons a row stands for.
    """

    scores: Floats
    omitted: Flags
    full: Floats
    weights: Floats

    @property
    def presented(self) -> Flags:
        return ~np.isnan(self.scores)

    @property
    def totals(self) -> Floats:
        """Of each person, the share of the full mark of what was presented, shape (N,); NaN if nothing was."""
        return ratio(np.nansum(self.scores, axis=1), self.presented @ self.full)


def marks_of(responses: Responses, full: ArrayLike | None = None) -> Marks:
    """The marks of the persons that count; category c of m is worth c ÷ (m − 1) of the full mark.

    Parameters
    ----------
    responses
        Persons on items.
    full
        Shape (J,), in marks: the full mark of each item; left out, the highest category m − 1.

    Raises
    ------
    ValueError
        A full mark is no finite number above 0; the message names the first such item, counted from 0.
    """
    highest: Floats = responses.categories.astype(np.float64) - 1
    marks: Floats = highest if full is None else full_marks(full, len(highest))
    codes = responses.codes[responses.weights > 0]
    scores = np.where(codes == OMITTED, 0, codes) * marks / highest
    scores[codes == NOT_PRESENTED] = np.nan
    return Marks(scores, codes == OMITTED, marks, responses.weights[responses.weights > 0])


def full_marks(full: ArrayLike, items: int) -> Floats:
    given = np.asarray(full, dtype=np.float64)
    if given.shape != (items,):
        raise ValueError(f"full marks have the shape {given.shape} instead of ({items},)")
    wrong = ~((given > 0) & (given < np.inf))
    if wrong.any():
        item = int(wrong.argmax())
        raise ValueError(f"item {item}: full mark {given[item]} is no finite number above 0")
    return given


def sums(places: Counts, weights: Floats, n: int) -> Floats:
    """The weight at each place from 0 to n − 1."""
    return np.asarray(np.bincount(places, weights, n), dtype=np.float64)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part ÷ whole without the noise of the last bits; NaN where the whole is 0."""
    found = np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole != 0)
    return np.asarray(np.round(found, DIGITS))


def correlation(one: Floats, other: Floats, weights: Floats) -> float:
    """The weighted correlation of two columns; NaN where either of them does not vary."""
    if not len(one) or one.min() == one.max() or other.min() == other.max():
        return float("nan")
    x, y = (column - np.average(column, weights=weights) for column in (one, other))
    return float((weights * x * y).sum() / np.sqrt((weights * x * x).sum() * (weights * y * y).sum()))
