"""What each school has to do with the coefficient of variation of its county."""

from dataclasses import dataclass
from itertools import accumulate
from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.inequality.moments import moments_of
from xietong.quant.inequality.rows import Floats, Rows, rows_of

Part = tuple[float, float, float]
"""Weight, mean, and sum of weighted squares about that mean."""
NOTHING: Part = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Contributions:
    """The coefficient of a county, and its schools' part in it.

    Attributes
    ----------
    mean, sd, cv
        Of the county, as `weighted` has them.
    share
        Of each school in the variance, shape (n,); they add up to 1. NaN where there is no variance.
    derivative
        ∂CV ÷ ∂R of each school's total R, shape (n,), per unit of the total. NaN where there is no variance.
    without
        The CV of the county without the school, shape (n,).

    A school that does not count (total missing, no pupils) has NaN in all three.
    """

    mean: float
    sd: float
    cv: float
    share: Floats
    derivative: Floats
    without: Floats


def contributions(totals: ArrayLike, pupils: ArrayLike) -> Contributions:
    """The coefficient of variation of one county and indicator, and what each school does to it.

    With xᵢ = Rᵢ ÷ Pᵢ, P = Σ Pᵢ, X̄ = Σ Rᵢ ÷ P, S² = Σ Pᵢ(xᵢ − X̄)² ÷ P and CV = S ÷ X̄:

    share of the variance      Pᵢ(xᵢ − X̄)² ÷ (P S²)
    derivative, X̄ moving too   ∂CV ÷ ∂Rᵢ = ((xᵢ − X̄) ÷ S − CV) ÷ Σ R
    without school i           the same CV over the others

    So more for a school lowers CV as long as xᵢ < X̄(1 + CV²), even somewhat above the mean.

    Parameters
    ----------
    totals
        Shape (n,): what each school has (books, m², teachers). NaN is missing.
    pupils
        Shape (n,), finite, from 0 up. A school without pupils does not count, nor does its total.

    Raises
    ------
    ValueError
        As for `weighted`; the message names the first row.

    Notes
    -----
    O(n): the coefficient without a school is joined from the sums of those before it and those after it. Taking
    the school off the sum of all would cancel where it alone makes the variance.

    References
    ----------
    Chan, T. F., Golub, G. H., LeVeque, R. J. (1983). Algorithms for computing the sample variance. The American
    Statistician 37.

    Examples
    --------
    >>> found = contributions([2, 2, 8], [1, 1, 1])
    >>> found.share.round(4), found.without.round(4)
    (array([0.1667, 0.1667, 0.6667]), array([0.6, 0.6, 0. ]))
    """
    rows = _ratios(rows_of(np.asarray(totals)[..., None], pupils, None, 1))
    moments = moments_of(rows)
    mean, sd, cv = moments.mean.item(), moments.sd.item(), moments.cv.item()
    ratio, weight = rows.values[:, 0], moments.weight.item()
    with np.errstate(divide="ignore", invalid="ignore"):
        standard = (ratio - mean) / np.float64(sd)
        share = rows.weights * standard**2 / weight
        derivative = (standard - cv) / (np.float64(weight) * mean)
    return Contributions(mean, sd, cv, share, derivative, _each_left_out(ratio, rows.weights, mean))


def _ratios(rows: Rows) -> Rows:
    """The rows with totals per pupil for values, missing where there are no pupils."""
    pupils = rows.weights[:, None]
    ratio = np.divide(rows.values, pupils, out=np.full_like(rows.values, np.nan), where=pupils > 0)
    return Rows(ratio, rows.weights, rows.groups, rows.n_groups)


def _each_left_out(ratio: Floats, pupils: Floats, mean: float) -> Floats:
    """The coefficient of variation without each row; NaN for a row that does not count in the first place."""
    counted = ~np.isnan(ratio)
    distance = ratio[counted] - mean
    parts: list[Part] = [
        (own, far, 0.0) for own, far in zip(pupils[counted].tolist(), distance.tolist(), strict=True)
    ]
    before = accumulate(parts, _joined, initial=NOTHING)
    after = list(accumulate(reversed(parts), _joined, initial=NOTHING))[-2::-1]
    found = np.full(len(ratio), nan)
    found[counted] = [_cv(_joined(*both), mean) for both in zip(before, after, strict=False)]
    return found


def _joined(one: Part, other: Part) -> Part:
    """Two parts as one."""
    weight = one[0] + other[0]
    apart, fraction = other[1] - one[1], other[0] / (weight or 1.0)
    return weight, one[1] + apart * fraction, one[2] + other[2] + apart * apart * one[0] * fraction


def _cv(part: Part, origin: float) -> float:
    """The coefficient of variation of a part whose mean was measured from somewhere."""
    weight, distance, square = part
    mean = origin + distance
    return sqrt(square / weight) / mean if weight and mean else nan
