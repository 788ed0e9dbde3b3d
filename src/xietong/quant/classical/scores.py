"""What the measures of groups take: total marks of persons, each with a weight and the code of his group."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Counts, Floats, sums
from xietong.quant.inequality import weighted

SLACK = 1e-9
"""Marks that rounding may cost: 0.55 × 100 is a little more than 55, and ten times a tenth less than 1."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Who sat: persons with a total and a weight above 0.

    Attributes
    ----------
    rows, values, weights, groups
        Shape (N,): place among the rows given, total in marks, weight, code of the group.
    sat, mean, sd
        Shape (G,): weight, mean and standard deviation (population form) of each group; NaN without anybody.
    """

    rows: Counts
    values: Floats
    weights: Floats
    groups: Counts
    sat: Floats
    mean: Floats
    sd: Floats

    def summed(self, counts: ArrayLike) -> Floats:
        """The weight of those who count, group by group."""
        return sums(self.groups, self.weights * np.asarray(counts), len(self.sat))


def scores_of(totals: ArrayLike, groups: ArrayLike | None, n_groups: int, weights: ArrayLike | None) -> Scores:
    """The totals that a caller gave, without those who did not sit (NaN) and those of weight 0.

    Raises
    ------
    ValueError
        Shapes do not fit, or a row has an infinite total, a group out of range or a weight that is no finite number
        from 0 up; the message names the first such row.
    """
    values = np.asarray(totals, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"totals have {values.ndim} dimensions instead of 1")
    given = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=np.float64)
    codes = np.zeros(len(values), dtype=np.int64) if groups is None else np.asarray(groups)
    found = weighted(values[:, None], given, codes, n_groups)
    rows = np.flatnonzero((given > 0) & ~np.isnan(values))
    each = found.weight[:, 0], found.mean[:, 0], found.sd[:, 0]
    return Scores(rows, values[rows], given[rows], codes[rows].astype(np.int64), *each)


def within(scores: Scores, full: float) -> None:
    """Raises ValueError if the full mark is none, or for the first row whose total does not lie from 0 to there."""
    if not 0 < full < np.inf:
        raise ValueError(f"full mark {full} is no finite number above 0")
    wrong = ~((scores.values >= 0) & (scores.values <= full + SLACK))
    if wrong.any():
        first = int(wrong.argmax())
        raise ValueError(f"row {scores.rows[first]}: total {scores.values[first]} is not between 0 and {full}")
