"""Ratios from history: from grade to grade, and from births to the first grade."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.projection.checking import AREA, GRADE, YEAR, Array, checked
from xietong.quant.projection.deviations import deviating
from xietong.quant.projection.shrinkage import averaged, between_areas, over, own_share, within_areas

RECENCY = (1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True, eq=False)
class Ratios:
    """Ratios with which cohorts are carried on, areas × steps unless said otherwise.

    Parameters
    ----------
    ratio
        What to project with: the area's own, drawn towards that of all areas.
    sd
        Standard deviation of the ratio between years.
    error
        Standard error of ``ratio`` itself.
    own
        Weight of the area's own ratio in ``ratio``, n / (n + m); the rest comes from ``pooled``.
    size
        n, the pupils who speak in the area's own ratio; 0 where it has none and ``ratio`` is that of all.
    prior
        m, the pupils an area needs for its own ratio to weigh a half, by step; infinite if areas do not differ.
    pooled
        Ratio of all areas together, by step.
    alike, rho
        Correlation of the yearly deviations of two steps of an area, and of two areas.
    """

    ratio: Array
    sd: Array
    error: Array
    own: Array
    size: Array
    prior: Array
    pooled: Array
    alike: float
    rho: float


def progression(history: ArrayLike, weights: Sequence[float] = RECENCY) -> Ratios:
    r"""Grade-progression ratios of each area, small areas drawn towards the ratio of all.

    .. math::

        r_{a,t,k} = G_{a,t,k} / G_{a,t-1,k-1}, \qquad
        \hat q_{a,k} = \frac{n_{a,k} \bar r_{a,k} + m_k \bar r_k}{n_{a,k} + m_k}

    where the mean :math:`\bar r_{a,k}` over the last years weighs them by recency, :math:`\bar r_k` is the same of
    all areas together, n the pupils who speak in the area's mean and m the variance within areas over that between
    them (see `xietong.quant.projection.shrinkage`). Variances come from the whole history, with one year of
    ratios from chance alone: a count varies as its mean.

    A year in which the grade below was empty or either number is missing is left out; an area without any
    such year takes the ratio of all.

    Parameters
    ----------
    history
        Pupils, areas × years × grades, oldest year first; NaN where not known.
    weights
        Of the last years, oldest first, above 0; a shorter history uses the last of them.

    Raises
    ------
    ValueError
        If there are fewer than two years or grades, a number is negative or infinite, or no area at all has a ratio
        for a step; with area, year and grade.

    References
    ----------
    Hussar, W. J. and Bailey, T. M. (2011), *Projections of Education Statistics to 2019*, NCES 2011-017, appendix A
    (the grade progression rate method).

    Examples
    --------
    >>> progression([[[100, 90, 80], [110, 95, 88], [120, 99, 91]]], weights=(1, 1)).ratio.round(4).tolist()
    [[0.925, 0.9678]]
    """
    pupils = checked(history, "enrolment", (AREA, YEAR, GRADE), missing=True)
    if min(pupils.shape[1:]) < 2:  # noqa: PLR2004  (a ratio takes two years and two grades)
        raise ValueError(f"{pupils.shape[1]} years of {pupils.shape[2]} grades give no ratio; two of each are needed")
    steps = [f"grade {grade} to grade {grade + 1}" for grade in range(pupils.shape[2] - 1)]
    return estimated(pupils[:, :-1, :-1], pupils[:, 1:, 1:], weights, steps)


def entry(births: ArrayLike, entrants: ArrayLike, weights: Sequence[float] = RECENCY) -> Ratios:
    """Ratio of the first grade to the births of its cohort, estimated as `progression` does.

    Parameters
    ----------
    births
        Births of the cohort that enters in each year, areas × years: for the small class of a kindergarten those of
        three years before, for grade 1 those from September to August six years before. Or any other number that
        leads to the entrants, as the leavers of the stage below.
    entrants
        Pupils of the first grade, areas × years; NaN where not known.
    weights
        As for `progression`.

    Returns
    -------
    Ratios
        Of one step, so that arrays are areas × 1.

    Raises
    ------
    ValueError
        As `progression`, or if the shapes differ.

    Examples
    --------
    >>> entry([[100, 120]], [[90, 114]], weights=(1, 1)).ratio.tolist()
    [[0.925]]
    """
    born = checked(births, "births", (AREA, YEAR), missing=True)
    came = checked(entrants, "entrants", (AREA, YEAR), missing=True)
    if born.shape != came.shape:
        raise ValueError(f"births of the shape {born.shape} do not fit entrants of {came.shape}")
    return estimated(born[..., None], came[..., None], weights, ["births to the first grade"])


def estimated(base: Array, reached: Array, weights: Sequence[float], steps: Sequence[str]) -> Ratios:
    """Ratios of what was reached to what it came from, both areas × years × steps."""
    years = min(len(weights), base.shape[1])
    weight = recency(weights)[-years:]
    yearly = ratios(base, reached)
    pooled = pool(base[:, -years:], yearly[:, -years:], weight, steps)
    within = within_areas(yearly, base)
    within = np.where(np.isnan(within), pooled, within)
    mean, size = averaged(yearly[:, -years:], base[:, -years:], weight)
    between = between_areas(mean, size, within)
    own = own_share(size, within, between)
    ratio = pooled + own * (np.where(size > 0, mean, pooled) - pooled)
    error = np.sqrt((1 - own) * between + (1 - own) ** 2 * over(within, size.sum(axis=0)))
    prior = over(within, between, np.inf)
    found = deviating(yearly, base, pooled)
    return Ratios(ratio, found.sd, error, own, size, prior, pooled, found.alike, found.rho)


def recency(weights: Sequence[float]) -> Array:
    found = np.asarray(weights, dtype=np.float64)
    if found.ndim != 1 or not found.size or not (np.isfinite(found) & (found > 0)).all():
        raise ValueError(f"weights of the last years are numbers above 0, oldest first; {weights} are not")
    return found


def ratios(base: Array, reached: Array) -> Array:
    """Quotients, NaN where one is missing or nobody was there before."""
    found: Array = np.divide(reached, base, where=base > 0, out=np.full(base.shape, np.nan))
    return found


def pool(base: Array, yearly: Array, weight: Array, steps: Sequence[str]) -> Array:
    """Weighted mean of the ratios of all areas together, by step."""
    size = np.where(np.isnan(yearly), 0.0, base).sum(axis=0, keepdims=True)
    reached = np.nansum(yearly * base, axis=0, keepdims=True)
    found: Array = averaged(ratios(size, reached), size, weight)[0][0]
    for step, ratio in zip(steps, found, strict=True):
        if np.isnan(ratio):
            raise ValueError(f"no area has a ratio from {step} in the last {len(weight)} years")
    return found
