"""A low, a middle and a high path, for births and migration that nobody knows yet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.projection.checking import AREA, YEAR, checked
from xietong.quant.projection.survival import Path, survive


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """What entrants and arrivals are multiplied by: one number, or one for each year to come.

    Children already born do not become fewer: let the factor of births be 1 until the first cohort that is not
    born yet. Where more leave than come, arrivals are below 0 and a larger factor means fewer pupils.
    """

    births: ArrayLike = 1.0
    migration: ArrayLike = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Variants:
    """Three paths under the same ratios; no probability belongs to any of them."""

    low: Path
    middle: Path
    high: Path


def variants(
    enrolment: ArrayLike,
    entrants: ArrayLike,
    ratios: ArrayLike,
    arrivals: ArrayLike = 0.0,
    *,
    low: Factors,
    high: Factors,
    middle: Factors = Factors(),
) -> Variants:
    """Paths of `survive` with entrants and arrivals times the factors of each variant.

    Raises
    ------
    ValueError
        As `survive`; or if a factor is negative, infinite or missing, or does not fit the years.

    Examples
    --------
    >>> found = variants([[100, 90]], [[100, 100]], [[0.9]], low=Factors([1, 0.8]), high=Factors([1, 1.1]))
    >>> [path.totals()[0, :, 0].tolist() for path in (found.low, found.middle, found.high)]
    [[190.0, 170.0], [190.0, 190.0], [190.0, 200.0]]
    """
    coming = checked(entrants, "entrants", (AREA, YEAR))
    years = coming.shape[1]
    moved = np.atleast_3d(np.asarray(arrivals, dtype=np.float64))

    def path(factors: Factors) -> Path:
        births = checked(factors.births, "factor of births", (YEAR,), shape=(years,))
        migration = checked(factors.migration, "factor of migration", (YEAR,), shape=(years,))
        return survive(enrolment, coming * births, ratios, moved * migration[:, None])

    return Variants(path(low), path(middle), path(high))
