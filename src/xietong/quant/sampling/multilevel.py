"""Pupils in schools: how much of the variance lies between schools, and how far each school lies from the others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import PUPIL, Floats, numbers, whole
from xietong.quant.sampling.likelihood import Sums, best_ratio, profile, sums_of


@dataclass(frozen=True, slots=True, eq=False)
class Multilevel:
    """A fitted random-intercept model of pupils in S schools, with K covariates.

    Attributes
    ----------
    between, within
        Variance between schools, and between pupils of a school.
    at_boundary
        Whether the variance between schools is 0 because the likelihood falls from there: the schools differ no more
        than chance would have them. It does not say that they are alike.
    coefficients, covariance
        Intercept and slopes, shape (1 + K,), and the covariance of their errors.
    effects, errors
        How far each school lies above what its pupils let expect, shrunken, and its standard error, shape (S,); a
        school without pupils has 0 and the deviation between schools. Errors are NaN at the boundary, where 0 would
        claim certainty.
    reliability
        Share of each school's mean deviation that is no chance, shape (S,).
    deviance
        −2 × the logarithm of the likelihood, or of the restricted likelihood.
    """

    between: float
    within: float
    at_boundary: bool
    coefficients: Floats
    covariance: Floats
    effects: Floats
    errors: Floats
    reliability: Floats
    deviance: float

    @property
    def share(self) -> float:
        """The share of the variance that lies between schools, 校际差异率."""
        return self.between / (self.between + self.within)


def multilevel(
    scores: ArrayLike, schools: ArrayLike, covariates: ArrayLike | None = None, *, restricted: bool = True
) -> Multilevel:
    """Fits yᵢⱼ = β₀ + Σ βₖ xₖᵢⱼ + uⱼ + eᵢⱼ with u ~ N(0, σ²_b) between schools and e ~ N(0, σ²_w) within them.

    share        ρ = σ²_b ÷ (σ²_b + σ²_w)
    reliability  rⱼ = nⱼσ²_b ÷ (nⱼσ²_b + σ²_w)
    effect       ûⱼ = rⱼ (ȳⱼ − x̄ⱼᵀβ)
    its error    √(σ²_b (1 − rⱼ) + rⱼ² x̄ⱼᵀ V x̄ⱼ), V the covariance of the coefficients

    Without covariates the effect of a school is how far it lies from the mean of all schools; with the pupils'
    earlier scores it is what the school added to them.

    Parameters
    ----------
    scores
        Shape (n,), finite.
    schools
        Shape (n,), whole numbers from 0 to S − 1.
    covariates
        Shape (n, K), finite: what pupils brought with them.
    restricted
        Restricted maximum likelihood, which counts the coefficients that were estimated; otherwise maximum
        likelihood, whose deviances can be compared between models with different covariates.

    Raises
    ------
    ValueError
        A value is not allowed; a covariate is constant or made up of others; there are no more schools than
        coefficients between schools (one school only); or no score varies within a school.

    Notes
    -----
    Pupils count equally: there are no weights. To weight both levels takes the probability of each level and a
    scaling of the pupils' weights that changes the variance between schools; no scaling is right for small schools.
    The error of an effect does not count that the variances were estimated.

    References
    ----------
    Laird, N. M., Ware, J. H. (1982). Random-effects models for longitudinal data. Biometrics 38.
    Henderson, C. R. (1975). Best linear unbiased estimation and prediction under a selection model. Biometrics 31.
    Raudenbush, S. W., Bryk, A. S. (2002). Hierarchical Linear Models, 2nd edition. Sage.

    Examples
    --------
    >>> found = multilevel([1, 3, 5, 7, 6, 8], [0, 0, 1, 1, 2, 2])
    >>> round(found.between, 4), round(found.within, 4), round(found.share, 4), found.effects.round(3)
    (6.0, 2.0, 0.75, array([-2.571,  0.857,  1.714]))
    """
    score = numbers(scores, "scores", PUPIL)
    n = len(score)
    school = whole(schools, "schools", PUPIL, n)
    table = np.empty((n, 0)) if covariates is None else _table(covariates, n)
    if not n:
        raise ValueError("there is no pupil")
    centre, unit = table.mean(axis=0), _units(table)
    columns = np.column_stack((np.ones(n), (table - centre) / unit))
    origin = score.mean()
    return _fitted(sums_of(columns, score - origin, school), origin, centre, unit, restricted=restricted)


def _table(covariates: ArrayLike, n: int) -> Floats:
    found = np.asarray(covariates)
    if found.ndim != 2 or len(found) != n:  # noqa: PLR2004
        raise ValueError(f"covariates have the shape {found.shape} instead of ({n}, K)")
    columns = [numbers(column, f"covariate {place}", PUPIL) for place, column in enumerate(found.T)]
    return np.column_stack([np.empty((n, 0)), *columns])


def _units(table: Floats) -> Floats:
    """The standard deviation of each covariate, if they are not constant and none is made up of others."""
    unit = np.asarray(table.std(axis=0))
    constant = np.ptp(table, axis=0) == 0
    if constant.any():
        raise ValueError(f"covariate {int(constant.argmax())} is the same for all pupils")
    if table.size and np.linalg.matrix_rank((table - table.mean(axis=0)) / unit, tol=1e-10) < table.shape[1]:
        raise ValueError("a covariate is made up of the others")
    return unit


def _fitted(sums: Sums, origin: float, centre: Floats, unit: Floats, *, restricted: bool) -> Multilevel:
    ratio = best_ratio(sums, restricted=restricted)
    found = profile(sums, np.array([ratio]), restricted=restricted)
    within, inner, covariance = float(found.within[0]), found.coefficients[0], found.within[0] * found.covariance[0]
    reliability = sums.size * ratio / (1 + sums.size * ratio)
    effects = reliability * (sums.score - sums.columns @ inner)
    unsure = np.einsum("sp,pq,sq->s", sums.columns, covariance, sums.columns)
    errors = np.sqrt(within * ratio * (1 - reliability) + reliability**2 * unsure)
    back = np.diag(np.concatenate(([1.0], 1 / unit)))
    back[0, 1:] = -centre / unit
    coefficients = back @ inner
    coefficients[0] += origin
    deviance = float(found.deviance[0]) + (2 * float(np.log(unit).sum()) if restricted else 0)
    return Multilevel(
        between=within * ratio,
        within=within,
        at_boundary=ratio == 0,
        coefficients=coefficients,
        covariance=back @ covariance @ back.T,
        effects=effects,
        errors=errors if ratio else np.full(len(errors), np.nan),
        reliability=reliability,
        deviance=deviance,
    )
