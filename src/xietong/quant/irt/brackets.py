"""Between which abilities a weighted likelihood estimate lies, and where to look first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.items import Items, Kind
from xietong.quant.logarithms import occurring
from xietong.quant.responses import Codes
from xietong.quant.scale import Floats

CLOSE = 1e-9
"""How close the search comes, in units of 1 ÷ √Σ a²."""


@dataclass(frozen=True, slots=True)
class Brackets:
    """Of those P of B persons of whom an estimate can be had.

    Attributes
    ----------
    persons
        Shape (P,): which of the B persons they are.
    low, high
        Shape (P,): l' + J ÷ (2I) is above 0 at low and below 0 at high.
    start
        Shape (P,): the middle of the items that a person answered, each counted by its squared slope.
    close
        Shape (P,): a step that is no longer ends the search, 10⁻⁹ ÷ √Σ a²: a small part of every standard
        error that the items can give. Not of the one at hand, which has no end far from the solution.
    """

    persons: NDArray[np.int64]
    low: Floats
    high: Floats
    start: Floats
    close: Floats


def brackets_of(items: Items, codes: Codes) -> Brackets:
    """The bracket of each person with possible answers, at least one of them to an item that tells something.

    Where all answered items are T = ln(4 Σ |a| (m − 1) ÷ least |a|) + 3 logits beyond their last threshold, l' is
    less than a quarter of the least |a|, and J ÷ (2I) is at least nearly one half of it downwards; likewise below.
    """
    lowest, highest, middle = _thresholds(items)
    tells = (codes >= 0) & np.isfinite(middle)
    persons = np.flatnonzero(tells.any(axis=1) & ~_impossible(items, codes))
    tells = tells[persons]
    steps = (~np.isnan(items.intercepts)).sum(axis=1)
    # An item that falls is one that rises with its categories in the other order, at the same thresholds.
    slopes = np.abs(items.slopes)
    least = np.where(tells, slopes, np.inf).min(axis=1, initial=np.inf)
    beyond = np.log(4 * (tells @ (slopes * steps)) / least) + 3
    room = beyond[:, None] / slopes
    square = np.where(tells, items.slopes**2, 0)
    return Brackets(
        persons,
        np.where(tells, lowest - room, np.inf).min(axis=1, initial=np.inf),
        np.where(tells, highest + room, -np.inf).max(axis=1, initial=-np.inf),
        (square @ np.where(np.isfinite(middle), middle, 0)) / square.sum(axis=1),
        CLOSE / np.sqrt(square.sum(axis=1)),
    )


def _impossible(items: Items, codes: Codes) -> NDArray[np.bool_]:
    """Who is in a category that cannot occur."""
    never = ~occurring(items)
    found = np.zeros(len(codes), dtype=bool)
    for item, category in np.argwhere(never).tolist():
        found |= codes[:, item] == category
    return found


def _thresholds(items: Items) -> tuple[Floats, Floats, Floats]:
    """Of each item the lowest and highest threshold between categories that occur, and the mean; NaN without any."""
    found = np.full((3, len(items.kinds)), np.nan)
    for item, kind in enumerate(items.kinds):
        d = items.intercepts[item]
        at = np.flatnonzero(np.isfinite(d))
        steps = np.diff(d[at], prepend=0.0) / np.diff(at, prepend=-1) if kind == Kind.PARTIAL else d[at]
        if len(at):
            places = -steps / items.slopes[item]
            found[:, item] = places.min(), places.max(), places.mean()
    return found[0], found[1], found[2]
