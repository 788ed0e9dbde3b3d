"""Gini coefficient and Lorenz curve: which part of the whole the least endowed have."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.compiling import compiled
from xietong.quant.inequality.moments import moments_of
from xietong.quant.inequality.rows import Codes, Floats, rows_of


@dataclass(frozen=True, slots=True)
class Lorenz:
    """Points of a Lorenz curve from (0, 0) to (1, 1), both of shape (m + 1,) for the m units that count.

    Attributes
    ----------
    population
        Share of the weight that the units so far have, the least endowed first.
    resource
        Their share of the resource; NaN where there is none at all.
    """

    population: Floats
    resource: Floats


def gini(values: ArrayLike, weights: ArrayLike, groups: ArrayLike | None = None, n_groups: int = 1) -> Floats:
    """The weighted Gini coefficient of each group and indicator, shape (G, K).

    G = Σᵢ Σⱼ wᵢwⱼ|xᵢ − xⱼ| ÷ (2W²X̄) with W = Σ wᵢ: half the mean difference of two pupils, as a part of the mean.
    From 0 (all equal) to below 1; NaN for a group without rows or with a mean of zero.

    Parameters
    ----------
    values, weights, groups, n_groups
        As for `weighted`; values from 0 up.

    Raises
    ------
    ValueError
        As for `weighted`, and for a negative value in a row that counts; the message names the first such row.

    Notes
    -----
    Once values ascend, Σᵢ wᵢ(xⱼ − xᵢ) over those below j grows from one j to the next by (weight below) × (rise
    of x): no term is negative, so that nothing cancels.

    References
    ----------
    Lerman, R. I., Yitzhaki, S. (1989). Improving the accuracy of estimates of Gini coefficients. Journal of
    Econometrics 42.

    Examples
    --------
    >>> gini([[0.0], [1.0]], [1, 1]).item()
    0.5
    """
    rows = rows_of(values, weights, groups, n_groups)
    moments = moments_of(rows)
    rows.refuse_negative()
    pairs = np.zeros_like(moments.weight)
    for k in range(pairs.shape[1]):
        value, weight, group = rows.counted(k)
        order = np.argsort(value)
        depth, below, level = (np.zeros(n_groups) for _ in range(3))
        compiled(add_ascending)(value[order], weight[order], group[order], pairs[:, k], depth, below, level)
    with np.errstate(invalid="ignore"):
        return np.asarray(pairs / (moments.weight**2 * moments.mean))


def add_ascending(
    values: Floats, weights: Floats, groups: Codes, pairs: Floats, depth: Floats, below: Floats, level: Floats
) -> None:
    """Adds the differences of each row, values ascending, to the rows of its group that come before it.

    Of each group: `pairs` is Σ wᵢwⱼ(xⱼ − xᵢ) over i before j, `level` the last value, `below` the weight so far,
    `depth` how far that weight lies below the level, Σ wᵢ(level − xᵢ).
    """
    for row in range(len(values)):
        group, own = groups[row], weights[row]
        depth[group] += below[group] * (values[row] - level[group])
        pairs[group] += own * depth[group]
        below[group] += own
        level[group] = values[row]


def lorenz(values: ArrayLike, weights: ArrayLike) -> Lorenz:
    """The Lorenz curve of one indicator over one group.

    Point j is (Σ wᵢ ÷ W, Σ wᵢxᵢ ÷ WX̄) over the j units of smallest x. The Gini coefficient is one minus twice
    the area below the curve.

    Parameters
    ----------
    values, weights
        Shape (n,); otherwise as for `gini`.

    Raises
    ------
    ValueError
        As for `gini`.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. Publications of the American
    Statistical Association 9.

    Examples
    --------
    >>> lorenz([3.0, 1.0], [1, 1]).resource
    array([0.  , 0.25, 1.  ])
    """
    rows = rows_of(np.asarray(values)[..., None], weights, None, 1)
    moments_of(rows)
    rows.refuse_negative()
    value, weight, _ = rows.counted(0)
    order = np.argsort(value)
    return Lorenz(_shares(weight[order]), _shares((weight * value)[order]))


def _shares(parts: Floats) -> Floats:
    """The running sum as a share of the whole, from 0 to 1."""
    running = np.concatenate(([0.0], np.cumsum(parts)))
    with np.errstate(invalid="ignore"):
        return np.asarray(running / running[-1])
