"""How much a ratio varies from year to year, and how much of that grades and areas have in common."""

from dataclasses import dataclass

import numpy as np

from xietong.quant.projection.checking import Array
from xietong.quant.projection.shrinkage import over


@dataclass(frozen=True, slots=True, eq=False)
class Deviations:
    """Standard deviations of yearly ratios, areas × grades, and the correlations of two grades and of two areas."""

    sd: Array
    alike: float
    rho: float


def deviating(yearly: Array, base: Array, otherwise: Array) -> Deviations:
    r"""Standard deviations of the ratios of an area, from all areas together.

    The variance of a ratio of x pupils is taken to be :math:`steady + single / x`: what moves everybody, and the
    chance of single children. The variance v between the years of an area gives a point of the straight line
    :math:`v x = steady \cdot x + single`. x is the harmonic mean of the pupils that the area's ratios count; an
    area without any deviates like one of average size.

    Parameters
    ----------
    yearly, base
        Ratios and the pupils they count, areas × years × grades.
    otherwise
        ``single`` of each grade where no area has ratios of two years.
    """
    seen = ~np.isnan(yearly)
    years = seen.sum(axis=1)
    size = over(years, over(1.0, np.where(seen, base, 0.0)).sum(axis=1))
    centre = over(np.where(seen, yearly, 0.0).sum(axis=1), np.where(years > 1, years, 0), np.nan)
    residual = yearly - centre[:, None]
    steady, single = line(size, np.nansum(residual**2, axis=1), np.maximum(years - 1, 0), otherwise)
    usual = over(size.sum(axis=0), (years > 0).sum(axis=0))
    sd = np.sqrt(steady + over(single, np.where(years > 0, size, usual)))
    standard = over(residual, sd[:, None])
    return Deviations(sd, likeness(standard, axis=2), likeness(standard, axis=0))


def line(size: Array, squares: Array, freedom: Array, otherwise: Array) -> tuple[Array, Array]:
    """Slope and intercept, neither below 0, of variance times size on size, of each grade.

    An area weighs as its degrees of freedom over its size, since the points of large areas scatter more.
    """
    weight = over(freedom, size)
    total = weight.sum(axis=0)
    height = over(squares, freedom) * size
    across, up = over((weight * size).sum(axis=0), total), over((weight * height).sum(axis=0), total, otherwise)
    covariance = (weight * (size - across) * (height - up)).sum(axis=0)
    slope = np.maximum(0.0, over(covariance, (weight * (size - across) ** 2).sum(axis=0)))
    through = over((weight * size * height).sum(axis=0), (weight * size**2).sum(axis=0))
    slope = np.where(slope * across > up, through, slope)
    return slope, np.maximum(0.0, up - slope * across)


def likeness(standard: Array, axis: int) -> float:
    """Correlation of two grades of an area and year (axis 2), or of two areas in a grade and year (axis 0).

    The mean product of two different standardised residuals over the mean square, between 0 and 1; 0 without pairs.
    """
    seen = ~np.isnan(standard)
    residual = np.where(seen, standard, 0.0)
    squares, count = (residual**2).sum(axis=axis), seen.sum(axis=axis)
    products = (residual.sum(axis=axis) ** 2 - squares).sum()
    pairs = (count * (count - 1)).sum()
    return float(np.clip(over(products * count.sum(), pairs * squares.sum()), 0.0, 1.0))
