"""Weighted mean, standard deviation and coefficient of variation of groups, in one pass over the rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.compiling import compiled
from xietong.quant.inequality.rows import Codes, Floats, Rows, complaint, rows_of


@dataclass(frozen=True, slots=True)
class Moments:
    """Of each group and indicator, all of shape (G, K).

    Attributes
    ----------
    weight
        Sum of the weights of the rows that have a value; 0 for a group without any.
    mean, sd
        In the unit of the values; NaN for a group without rows.
    cv
        sd ÷ mean, without unit; NaN where the mean is zero too.
    """

    weight: Floats
    mean: Floats
    sd: Floats
    cv: Floats


def weighted(values: ArrayLike, weights: ArrayLike, groups: ArrayLike | None = None, n_groups: int = 1) -> Moments:
    """Weighted mean, standard deviation (population form) and coefficient of variation of each group.

    X̄ = Σ wᵢxᵢ ÷ Σ wᵢ, S = √(Σ wᵢ(xᵢ − X̄)² ÷ Σ wᵢ), CV = S ÷ X̄. With x the ratio of a total to pupils and w the
    pupils, X̄ is the pooled mean Σ totals ÷ Σ pupils and CV the 差异系数 of 教督〔2017〕6号.

    Parameters
    ----------
    values
        Shape (n, K): n units, K indicators. NaN is missing: the unit is left out of that indicator, weight and all.
    weights
        Shape (n,), finite, from 0 up. A unit of weight 0 has no influence.
    groups
        Shape (n,), whole numbers from 0 to n_groups − 1 in any order; left out, all units are in group 0.
    n_groups
        How many groups there are, with those that have no unit.

    Raises
    ------
    ValueError
        Shapes do not fit; or a row has a weight that is negative, NaN or infinite, a group out of range, or an
        infinite value: the message names the first such row, counted from 0.

    Notes
    -----
    Deviations are taken from the first value of a group and summed up as West does, so that a mean of 10⁹ with a
    deviation of 1 loses no digits and equal values have a deviation of exactly 0. The mean comes from the totals.

    References
    ----------
    Welford, B. P. (1962). Note on a method for calculating corrected sums of squares and products. Technometrics 4.
    West, D. H. D. (1979). Updating mean and variance estimates: an improved method. Communications of the ACM 22.

    Examples
    --------
    >>> found = weighted([[1.0], [3.0]], [3, 1])
    >>> found.mean.item(), round(found.sd.item(), 4), round(found.cv.item(), 5)
    (1.5, 0.866, 0.57735)
    """
    return moments_of(rows_of(values, weights, groups, n_groups))


def moments_of(rows: Rows) -> Moments:
    shape = (rows.n_groups, rows.values.shape[1])
    weight, total, first, shift, square = (np.zeros(shape) for _ in range(5))
    wrong = compiled(add_rows)(rows.values, rows.weights, rows.groups, weight, total, first, shift, square)
    if wrong >= 0:
        raise ValueError(complaint(rows, wrong))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where((square == 0) & (weight > 0), first, total / weight)
        sd = np.sqrt(square / weight)
        return Moments(weight, mean, sd, np.where(mean == 0, np.nan, sd / mean))


def add_rows(
    values: Floats,
    weights: Floats,
    groups: Codes,
    weight: Floats,
    total: Floats,
    first: Floats,
    shift: Floats,
    square: Floats,
) -> int:
    """Adds every row to the sums of its group; the first row that cannot be counted, else −1.

    Of each group and indicator: `weight` is Σ w, `total` Σ wx, `square` Σ w(x − X̄)², `first` the first value, and
    `shift` how far the mean lies from it. The mean itself is better taken from the total: where the first value is
    far larger than the others, what is left of it would cancel.
    """
    n_groups, indicators = weight.shape
    for row in range(len(weights)):
        group, own = groups[row], weights[row]
        if not (0 <= group < n_groups and 0 <= own < np.inf):
            return row
        if own == 0:
            continue
        for k in range(indicators):
            value = values[row, k]
            if abs(value) < np.inf:
                before = weight[group, k]
                if before == 0:
                    first[group, k] = value
                distance = value - first[group, k] - shift[group, k]
                step = distance * own / (before + own)
                weight[group, k] = before + own
                total[group, k] += own * value
                shift[group, k] += step
                square[group, k] += before * distance * step
            elif value == value:  # noqa: PLR0124  (only NaN is unequal to itself)
                return row
    return -1
