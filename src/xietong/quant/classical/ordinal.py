"""Differences of two groups in an ordered category, stratum by stratum (Mantel), and in the mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Floats
from xietong.quant.classical.odds import counted, p_of


@dataclass(frozen=True, slots=True)
class OrdinalDifference:
    """NaN is undefined.

    Attributes
    ----------
    difference
        Standardised mean difference, in categories: the mean of the focal group less that of their equals in the
        reference group. Below 0 the item is harder for the focal group.
    chi_square, p
        Mantel's, one degree of freedom, without correction for continuity.
    """

    difference: float
    chi_square: float
    p: float


def mantel(tables: ArrayLike) -> OrdinalDifference:
    """Whether the focal group reaches other categories than their equals in the reference group.

    With n_r and n_f the numbers of both groups in a stratum, n all, m_r and m_f their mean categories, and S₁ and S₂
    the sums of the categories and of their squares over both:

    difference    Σ n_f (m_f − m_r) ÷ Σ n_f
    chi-square    (Σ n_f m_f − Σ n_f S₁ ÷ n)² ÷ Σ n_r n_f (n S₂ − S₁²) ÷ (n²(n − 1))

    Parameters
    ----------
    tables
        Shape (K, 2, m), counts from 0 up: stratum; reference, focal; category. A stratum with only one group says
        nothing.

    Raises
    ------
    ValueError
        As for `mantel_haenszel`.

    References
    ----------
    Mantel, N. (1963). Chi-square tests with one degree of freedom: extensions of the Mantel-Haenszel procedure.
    Journal of the American Statistical Association 58.
    Dorans, N. J., Schmitt, A. P. (1991). Constructed response and differential item functioning: a pragmatic
    approach. ETS Research Report 91-47.

    Examples
    --------
    >>> found = mantel([[[13, 5, 7], [5, 14, 4]], [[28, 54, 98], [1, 2, 10]]])
    >>> round(found.difference, 4), round(found.chi_square, 4)
    (0.2351, 2.6488)
    """
    cells = counted(tables, np.shape(tables)[-1] if np.ndim(tables) else 0)
    category: Floats = np.arange(cells.shape[2], dtype=np.float64)
    reference, focal = cells.sum(axis=2).T
    scored, squared = (cells.sum(axis=1) @ power for power in (category, category**2))
    own_reference, own_focal = (cells @ category).T
    n = reference + focal
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = (own_focal - focal * own_reference / reference).sum() / focal.sum()
        distance = (own_focal - focal * scored / n).sum()
        variance = (reference * focal * (n * squared - scored**2) / (n**2 * (n - 1))).sum()
        chi_square = distance**2 / variance
    return OrdinalDifference(float(difference), float(chi_square), p_of(chi_square))
