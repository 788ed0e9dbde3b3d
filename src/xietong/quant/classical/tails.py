"""The best and the worst 27 % of those who saw an item, by their totals."""

from dataclasses import dataclass

import numpy as np

from xietong.quant.classical.marks import Counts, Floats

TAIL = 0.27
"""Where two normal groups differ most surely for their size (Kelley)."""


@dataclass(frozen=True, slots=True)
class Tails:
    """Which part of those at each total belongs to the best and to the worst, shape (L,), the lowest total first.

    Who stands exactly at the cut belongs in part: everybody there with the same part, so that a tail holds 27 % of
    the weight exactly, whatever the order of the rows. All NaN where nobody is better than another.
    """

    best: Floats
    worst: Floats


def levels_of(totals: Floats) -> tuple[Counts, int]:
    """The place of each total among the different ones, from the lowest, and how many places there are."""
    different, places = np.unique(totals, return_inverse=True)
    return places.reshape(-1).astype(np.int64), len(different)


def tails_of(weight: Floats) -> Tails:
    """The tails of persons with so much weight at each level, shape (L,)."""
    if np.count_nonzero(weight) < 2:  # noqa: PLR2004
        nothing = np.full_like(weight, np.nan)
        return Tails(nothing, nothing)
    return Tails(_lowest(weight[::-1])[::-1], _lowest(weight))


def _lowest(weight: Floats) -> Floats:
    """The part of each level that lies in the first 27 % of the weight."""
    room = TAIL * weight.sum() - (np.cumsum(weight) - weight)
    return np.asarray(np.clip(np.divide(room, weight, out=np.zeros_like(weight), where=weight > 0), 0, 1))
