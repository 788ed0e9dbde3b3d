"""The odds ratio that 2 × 2 tables of several strata have in common (Mantel–Haenszel)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Floats

DELTA = -2.35
"""Of a log odds ratio on the delta scale of item difficulty, whose standard deviation is 4: 4 ÷ 1.7."""


@dataclass(frozen=True, slots=True)
class CommonOdds:
    """NaN is undefined.

    Attributes
    ----------
    ratio
        α: how many times the odds of the reference group are those of the focal group; above 1 the item is easier for
        the reference group. Infinite where only its members succeed.
    chi_square, p
        Of the hypothesis that α is 1, with correction for continuity, one degree of freedom.
    log_error
        Standard error of ln α (Robins, Breslow and Greenland).
    """

    ratio: float
    chi_square: float
    p: float
    log_error: float

    @property
    def delta(self) -> float:
        """MH D-DIF, −2.35 ln α: below 0 the item is harder for the focal group than for their equals."""
        with np.errstate(divide="ignore"):
            return float(DELTA * np.log(self.ratio))

    @property
    def delta_error(self) -> float:
        """Standard error of delta."""
        return -DELTA * self.log_error


def mantel_haenszel(tables: ArrayLike) -> CommonOdds:
    """The common odds ratio of a 2 × 2 table in each of K strata, its test and its standard error.

    With a, b the right and wrong answers of the reference group, c, d those of the focal group, n all, in a stratum:

    ratio          α = Σ R ÷ Σ S,  R = ad ÷ n,  S = bc ÷ n
    chi-square     (max(|Σ a − Σ (a + b)(a + c) ÷ n| − ½, 0))² ÷ Σ (a + b)(c + d)(a + c)(b + d) ÷ (n²(n − 1))
    var ln α       Σ PR ÷ 2(Σ R)² + Σ (PS + QR) ÷ (2 Σ R Σ S) + Σ QS ÷ 2(Σ S)²,  P = (a + d) ÷ n,  Q = (b + c) ÷ n

    Parameters
    ----------
    tables
        Shape (K, 2, 2), counts from 0 up: stratum; reference, focal; wrong, right. A stratum with only one group says
        nothing.

    Raises
    ------
    ValueError
        The shape is another, or a count is no finite number from 0 up; the message names the first such stratum.

    References
    ----------
    Mantel, N., Haenszel, W. (1959). Statistical aspects of the analysis of data from retrospective studies of
    disease. Journal of the National Cancer Institute 22.
    Robins, J., Breslow, N., Greenland, S. (1986). Estimators of the Mantel-Haenszel variance consistent in both
    sparse data and large-strata limiting models. Biometrics 42.

    Examples
    --------
    >>> found = mantel_haenszel([[[3, 9], [6, 6]], [[5, 20], [9, 16]]])
    >>> round(found.ratio, 4), round(found.chi_square, 4), round(found.delta, 4)
    (2.4894, 2.2284, -2.1433)
    """
    cells = counted(tables, 2)
    (b, a), (d, c) = np.moveaxis(cells, 0, -1)
    n = a + b + c + d
    agree, differ = (a + d) / n, (b + c) / n
    for_, against = a * d / n, b * c / n
    up, down = for_.sum(), against.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (agree * for_).sum() / (2 * up**2) + (differ * against).sum() / (2 * down**2)
        variance += (agree * against + differ * for_).sum() / (2 * up * down)
        distance = abs((a - (a + b) * (a + c) / n).sum())
        spread = ((a + b) * (c + d) * (a + c) * (b + d) / (n**2 * (n - 1))).sum()
        chi_square = np.maximum(distance - 0.5, 0) ** 2 / spread
        ratio = up / down
    return CommonOdds(float(ratio), float(chi_square), p_of(chi_square), float(np.sqrt(variance)))


def counted(tables: ArrayLike, categories: int) -> Floats:
    """The tables of strata with members of both groups, shape (K', 2, m), if they can be counts."""
    given = np.asarray(tables, dtype=np.float64)
    if given.ndim != 3 or given.shape[1:] != (2, categories):  # noqa: PLR2004
        raise ValueError(f"tables have the shape {given.shape} instead of (strata, 2, {categories})")
    wrong = ~((given >= 0) & (given < np.inf)).all(axis=(1, 2))
    if wrong.any():
        stratum = int(wrong.argmax())
        raise ValueError(f"stratum {stratum}: counts {given[stratum].tolist()} are no finite numbers from 0 up")
    return np.asarray(given[(given.sum(axis=2) > 0).all(axis=1)])


def p_of(chi_square: float) -> float:
    """How often chance alone makes a chi-square of one degree of freedom so large."""
    from scipy.special import chdtrc  # noqa: PLC0415

    return float(chdtrc(1, chi_square))
