"""Path and band at once, from births, enrolment and the ratios that were estimated."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.projection.bands import QUANTILES, Band, band
from xietong.quant.projection.checking import AREA, YEAR, checked
from xietong.quant.projection.ratios import Ratios
from xietong.quant.projection.shrinkage import over
from xietong.quant.projection.survival import Path, survive


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """The path of the estimated ratios, and the band around it."""

    path: Path
    band: Band


def forecast(
    enrolment: ArrayLike,
    births: ArrayLike,
    entering: Ratios,
    ratios: Ratios,
    *,
    seed: int,
    arrivals: ArrayLike = 0.0,
    groups: Sequence[slice] = (),
    quantiles: Sequence[float] = QUANTILES,
    draws: int = 1000,
    keys: Sequence[int] | None = None,
) -> Forecast:
    """Project with what `entry` and `progression` found: ratios, deviations, errors and correlations.

    Parameters
    ----------
    enrolment
        Pupils of the last known year, areas × grades.
    births
        Of the cohorts that enter in the years to come, areas × years.
    entering, ratios
        From `entry` and `progression`.
    arrivals, seed, groups, quantiles, draws, keys
        As for `band`.

    Raises
    ------
    ValueError
        As `band`.
    """
    entrants = checked(births, "births", (AREA, YEAR)) * entering.ratio
    path = survive(enrolment, entrants, ratios.ratio, arrivals)
    around = band(
        enrolment,
        entrants,
        ratios.ratio,
        ratios.sd,
        seed=seed,
        error=ratios.error,
        sd_entrants=over(entering.sd, entering.ratio),
        error_entrants=over(entering.error, entering.ratio),
        arrivals=arrivals,
        alike=ratios.alike,
        rho=np.array([entering.rho, *[ratios.rho] * len(ratios.pooled)]),
        groups=groups,
        quantiles=quantiles,
        draws=draws,
        keys=keys,
    )
    return Forecast(path, around)
