"""Theil's index and the mean log deviation: inequality that falls apart into within and between groups."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.inequality.moments import moments_of
from xietong.quant.inequality.rows import Floats, Rows, rows_of


@dataclass(frozen=True, slots=True)
class Decomposition:
    """An index of inequality over all rows, taken apart.

    Attributes
    ----------
    groups
        The index within each group, shape (G, K); NaN for a group without rows or with a mean of zero.
    within, between
        The parts of the whole, shape (K,): the groups' own indices as each counts, and the index that is left if
        everybody has the mean of the group. NaN where nobody has anything.
    """

    groups: Floats
    within: Floats
    between: Floats

    @property
    def total(self) -> Floats:
        """The index over all rows as one group, shape (K,)."""
        return self.within + self.between


def theil(values: ArrayLike, weights: ArrayLike, groups: ArrayLike | None = None, n_groups: int = 1) -> Decomposition:
    """Theil's index T of each indicator, within groups and between them.

    T = Σ wᵢ rᵢ ln rᵢ ÷ W with rᵢ = xᵢ ÷ X̄, W = Σ wᵢ and 0 ln 0 = 0. With p the group's share of the weight and s
    its share of the resource, T = Σ s T_g (within) + Σ s ln(s ÷ p) (between).

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
    From 0 (all equal) to ln(W ÷ w) where one unit of weight w has everything. Summed as r ln r − r + 1, which is
    never negative and has the same sum: near equality nothing cancels.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland.
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures. Econometrica 48.

    Examples
    --------
    >>> found = theil([[1.0], [1.0], [3.0], [3.0]], [1, 1, 1, 1], [0, 0, 1, 1], 2)
    >>> found.within.item(), round(found.between.item(), 6)
    (0.0, 0.130812)
    """
    return _decomposed(rows_of(values, weights, groups, n_groups), _theil_terms, power=1)


def mean_log_deviation(
    values: ArrayLike, weights: ArrayLike, groups: ArrayLike | None = None, n_groups: int = 1
) -> Decomposition:
    """The mean log deviation L of each indicator, within groups and between them.

    L = Σ wᵢ ln(1 ÷ rᵢ) ÷ W with rᵢ = xᵢ ÷ X̄. With p the group's share of the weight and s its share of the
    resource, L = Σ p L_g (within) + Σ p ln(p ÷ s) (between). It looks harder at the bottom than T does: a unit
    that has nothing makes it infinite.

    Parameters, errors and references are those of `theil`.

    Examples
    --------
    >>> round(mean_log_deviation([[1.0], [3.0]], [1, 1]).total.item(), 6)
    0.143841
    """
    return _decomposed(rows_of(values, weights, groups, n_groups), _log_terms, power=0)


def _theil_terms(ratio: Floats) -> Floats:
    """r ln r − r + 1, which is 1 at r = 0."""
    log = np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)
    return np.maximum(ratio * log - (ratio - 1), 0)


def _log_terms(ratio: Floats) -> Floats:
    """r − 1 − ln r, which is infinite at r = 0."""
    log = np.log(ratio, out=np.full_like(ratio, -np.inf), where=ratio > 0)
    return np.maximum(ratio - 1 - log, 0)


def _decomposed(rows: Rows, terms: Callable[[Floats], Floats], *, power: int) -> Decomposition:
    """An index whose group counts by its share of the weight times its relative mean to that power."""
    moments = moments_of(rows)
    rows.refuse_negative()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = moments.weight / moments.weight.sum(axis=0)
        mean = np.nansum(share * moments.mean, axis=0)
        ratio = moments.mean / mean
        own = _means_within(rows, terms, moments.mean) / moments.weight
        within = np.nansum(share * ratio**power * own, axis=0)
        between = np.nansum(share * terms(ratio), axis=0)
    return Decomposition(own, np.where(mean > 0, within, np.nan), np.where(mean > 0, between, np.nan))


def _means_within(rows: Rows, terms: Callable[[Floats], Floats], mean: Floats) -> Floats:
    """Σ wᵢ × term of each group and indicator, with what each row has in relation to the mean of its group."""
    sums = np.empty_like(mean)
    for k in range(mean.shape[1]):
        values, weights, groups = rows.counted(k)
        sums[:, k] = np.bincount(groups, weights * terms(values / mean[groups, k]), rows.n_groups)
    return sums
