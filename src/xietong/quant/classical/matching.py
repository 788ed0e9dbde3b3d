"""Who is whose equal: persons who had the same items before them and reached the same total on those that count."""

import numpy as np

from xietong.quant.classical.marks import Counts, Flags, Marks

DECIMALS = 9
"""Totals that agree in so many decimals of a mark are the same."""


def strata_of(marks: Marks, booklets: Counts, counting: Flags) -> Counts:
    """A number for each booklet and total on the items that count, from 0 up, shape (N,)."""
    totals = np.round(np.nansum(marks.scores[:, counting], axis=1), DECIMALS)
    levels = np.unique(totals, return_inverse=True)[1].reshape(-1)
    pairs = booklets * (levels.max(initial=0) + 1) + levels
    return np.unique(pairs, return_inverse=True)[1].reshape(-1).astype(np.int64)
