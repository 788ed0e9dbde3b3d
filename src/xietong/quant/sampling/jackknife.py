"""The standard error of any statistic of a sample, and of one that rests on plausible values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import Floats
from xietong.quant.sampling.replication import Replicates


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A statistic of shape (…), with its values over R replicates.

    Attributes
    ----------
    value
        Of the sample, shape (…).
    replicates
        Of each replicate, shape (R, …).
    coefficients, freedom
        Those of the replicates.
    """

    value: Floats
    replicates: Floats
    coefficients: Floats
    freedom: int

    @property
    def variance(self) -> Floats:
        """Σ cᵣ(θᵣ − θ)², shape (…); NaN where a replicate has NaN."""
        return np.asarray(np.tensordot(self.coefficients, np.square(self.replicates - self.value), 1))

    @property
    def error(self) -> Floats:
        """The standard error, shape (…)."""
        return np.sqrt(self.variance)

    @property
    def covariance(self) -> Floats:
        """Shape (p, p) for a statistic of p numbers, taken row by row."""
        deviations = (self.replicates - self.value).reshape(len(self.coefficients), -1)
        return np.asarray(deviations.T * self.coefficients @ deviations)


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """A statistic over M sets of plausible values, all of shape (…).

    Attributes
    ----------
    value
        The mean of the M values.
    sampling, imputation, variance
        Mean of the M variances, (1 + 1 ÷ M) times the variance of the M values, and the sum of both.
    freedom
        Degrees of freedom, for an interval after Student's t.
    """

    value: Floats
    sampling: Floats
    imputation: Floats
    variance: Floats
    freedom: Floats

    @property
    def error(self) -> Floats:
        """The standard error."""
        return np.sqrt(self.variance)


def jackknife(statistic: Callable[[Floats], ArrayLike], replicates: Replicates) -> Estimate:
    """Any statistic, and how far it moves when schools are left out.

    v(θ) = Σ cᵣ(θᵣ − θ)², with θ from the weights of the sample and θᵣ from those of replicate r.

    Parameters
    ----------
    statistic
        Takes weights of shape (n,), which it leaves as they are, and gives a number or an array, always of the same
        shape. It may fit a model anew; rows of weight 0 have to be without influence on it.
    replicates
        From `jk1`, `jkn` or `jk2`.

    Raises
    ------
    ValueError
        The statistic has another shape over a replicate.

    Notes
    -----
    Right for smooth statistics (means, ratios, coefficients, fitted models). The jackknife of a median that leaves
    out one row at a time is not consistent; of one that leaves out whole schools it is acceptable.

    References
    ----------
    Quenouille, M. H. (1956). Notes on bias in estimation. Biometrika 43.
    Wolter, K. M. (2007). Introduction to Variance Estimation, 2nd edition. Springer. Chapter 4.

    Examples
    --------
    >>> from xietong.quant.sampling.replication import jk1
    >>> score = np.array([1.0, 2.0, 6.0])
    >>> found = jackknife(lambda weights: weights @ score / weights.sum(), jk1([1, 1, 1], [0, 1, 2]))
    >>> found.value.item(), round(found.error.item() ** 2, 10)
    (3.0, 2.3333333333)
    """
    value = np.asarray(statistic(replicates.full), dtype=np.float64)
    values = np.empty((len(replicates.weights), *value.shape))
    for place, weights in enumerate(replicates.weights):
        found = np.asarray(statistic(weights), dtype=np.float64)
        if found.shape != value.shape:
            raise ValueError(f"replicate {place}: the statistic has the shape {found.shape} instead of {value.shape}")
        values[place] = found
    return Estimate(value, values, replicates.coefficients, replicates.freedom)


def combined(estimates: Sequence[Estimate]) -> Combined:
    """One estimate of M sets of plausible values: Rubin's rules.

    With Ū the mean of the M sampling variances and B the variance (by M − 1) of the M values:

    T = Ū + (1 + 1 ÷ M) B,   γ = (1 + 1 ÷ M) B ÷ T
    1 ÷ ν = γ² ÷ (M − 1) + 1 ÷ ((ν₀ + 1) ÷ (ν₀ + 3) × ν₀ (1 − γ))

    with ν₀ the degrees of freedom of the sampling variance.

    Parameters
    ----------
    estimates
        From `jackknife`, one for each set of plausible values, over the same replicates.

    Raises
    ------
    ValueError
        There are fewer than two, or one does not fit the first.

    References
    ----------
    Rubin, D. B. (1987). Multiple Imputation for Nonresponse in Surveys. Wiley.
    Barnard, J., Rubin, D. B. (1999). Small-sample degrees of freedom with multiple imputation. Biometrika 86.

    Examples
    --------
    >>> one, other = (Estimate(np.array(x), np.array([x - 1, x + 1]), np.ones(2) / 2, 10) for x in (4.0, 5.0))
    >>> found = combined([one, other])
    >>> found.value.item(), found.sampling.item(), found.imputation.item(), found.freedom.item().__round__(3)
    (4.5, 1.0, 0.75, 2.561)
    """
    many = len(estimates)
    if many < 2:  # noqa: PLR2004
        raise ValueError(f"{many} set of plausible values says nothing about their spread: at least two are needed")
    for place, each in enumerate(estimates):
        if each.value.shape != estimates[0].value.shape or each.freedom != estimates[0].freedom:
            raise ValueError(f"estimate {place} has another shape or other replicates than estimate 0")
    values = np.stack([each.value for each in estimates])
    sampling = np.mean([each.variance for each in estimates], axis=0)
    imputation = np.asarray((1 + 1 / many) * values.var(axis=0, ddof=1))
    total = sampling + imputation
    freedom = _freedom(imputation, total, many, estimates[0].freedom)
    return Combined(values.mean(axis=0), np.asarray(sampling), imputation, np.asarray(total), freedom)


def _freedom(imputation: Floats, total: Floats, many: int, complete: int) -> Floats:
    """Of Barnard and Rubin; NaN where there is no variance at all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = imputation / total
        observed = (complete + 1) / (complete + 3) * complete * (1 - share)
        return np.asarray(1 / (share**2 / (many - 1) + 1 / observed))
