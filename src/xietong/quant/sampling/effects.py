"""What the design of a sample costs: how many pupils drawn singly would have told as much."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import ROW, Floats, numbers
from xietong.quant.sampling.jackknife import jackknife
from xietong.quant.sampling.replication import Replicates


@dataclass(frozen=True, slots=True)
class MeanEffect:
    """A mean under the design, and under simple random sampling of as many pupils.

    Attributes
    ----------
    mean, error
        Weighted mean and its jackknife standard error.
    simple
        The standard error of simple random sampling.
    effect
        Design effect, (error ÷ simple)²; NaN where all values are equal.
    effective
        Pupils drawn singly that would have told as much: n ÷ effect.
    """

    mean: float
    error: float
    simple: float
    effect: float
    effective: float


def mean_effect(values: ArrayLike, replicates: Replicates) -> MeanEffect:
    """The design effect of a mean.

    deff = v(x̄) ÷ (s² ÷ n),   s² = n ÷ (n − 1) × Σ w(x − x̄)² ÷ Σ w,   v of the jackknife, n rows of weight above 0

    Parameters
    ----------
    values
        Shape (n,), finite.
    replicates
        From `jk1`, `jkn` or `jk2`.

    Raises
    ------
    ValueError
        A value is not finite.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley. Chapter 8.
    Kish, L. (1995). Methods for design effects. Journal of Official Statistics 11.

    Examples
    --------
    >>> from xietong.quant.sampling.replication import jk1
    >>> found = mean_effect([1, 1, 2, 2], jk1([1, 1, 1, 1], [0, 0, 1, 1]))
    >>> found.mean, round(found.error, 4), round(found.effect, 4), round(found.effective, 4)
    (1.5, 0.5, 3.0, 1.3333)
    """
    full = replicates.full
    score = numbers(values, "values", ROW, len(full))
    origin = score[0]
    away = score - origin
    found = jackknife(lambda weights: _mean(away, weights), replicates)
    n = np.count_nonzero(full)
    with np.errstate(divide="ignore", invalid="ignore"):
        simple = np.float64(_mean(np.square(away - found.value), full)) / (n - 1)
        effect = found.variance / simple
        effective = n / effect
    mean, error = float(origin + found.value), found.error.item()
    return MeanEffect(mean, error, float(np.sqrt(simple)), float(effect), float(effective))


def _mean(score: Floats, weights: Floats) -> float:
    return float(weights @ score / weights.sum())


def clustering_effect(pupils: ArrayLike, share: ArrayLike) -> Floats:
    """Kish's design effect of drawing m pupils a school: 1 + (m − 1) ρ.

    Parameters
    ----------
    pupils
        Pupils drawn in a school, from 1 up; any shape.
    share
        ρ, the share of the variance that lies between schools, from 0 to 1; any shape that fits.

    Raises
    ------
    ValueError
        A number is not allowed.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley. Section 5.4.

    Examples
    --------
    >>> clustering_effect(30, [0.0, 0.15]).tolist()
    [1.0, 5.35]
    """
    many, rho = np.asarray(pupils, dtype=np.float64), np.asarray(share, dtype=np.float64)
    if not ((many >= 1) & np.isfinite(many)).all():
        raise ValueError(f"pupils of a school cannot be {many.tolist()}: at least one is drawn")
    if not ((rho >= 0) & (rho <= 1)).all():
        raise ValueError(f"shares between schools cannot be {rho.tolist()}: they lie from 0 to 1")
    return np.asarray(1 + (many - 1) * rho)
