"""How good projections would have been: known years projected from the years before them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.projection.checking import AREA, GRADE, YEAR, Array, checked
from xietong.quant.projection.forecasting import forecast
from xietong.quant.projection.ratios import RECENCY, entry, progression
from xietong.quant.projection.shrinkage import over
from xietong.quant.projection.survival import totals

LEAST = 3  # years that a projection begins with: two ratios of an area, which can differ


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Errors, horizons × (groups + 1); the first row is the first year ahead. NaN where nothing was compared.

    ``mape`` is the mean of |projected - true| / true over areas and beginnings. ``bias`` is the sum of projected
    less true over the sum of true: above 0 too many were projected.
    """

    mape: Array
    bias: Array


@dataclass(frozen=True, slots=True, eq=False)
class BackTest:
    """Errors of the projection beside those of taking the last year's enrolment for every year to come.

    ``coverage`` is the share of true numbers within the band, ``compared`` how many numbers were compared: those of
    areas with pupils. Both are horizons × (groups + 1).
    """

    projected: Errors
    unchanged: Errors
    coverage: Array
    compared: NDArray[np.int64]


def back_test(
    history: ArrayLike,
    births: ArrayLike,
    *,
    held_out: int,
    seed: int,
    weights: Sequence[float] = RECENCY,
    groups: Sequence[slice] = (),
    quantiles: tuple[float, float] = (0.1, 0.9),
    draws: int = 1000,
) -> BackTest:
    """Project from every year that has three known years up to it, and compare with what came.

    Each time ratios, deviations and their correlations are estimated from the years up to then alone. Births are
    taken as known for the years held out. An area whose last enrolment or whose births are not known whole is left
    out that time.

    Parameters
    ----------
    history, weights
        As for `progression`.
    births
        As for `entry`, of the same years as ``history``.
    held_out
        How many years are projected at most; it takes three years of history more.
    quantiles
        Lower and upper end of the band whose coverage is counted.
    seed, groups, draws
        As for `forecast`.

    Raises
    ------
    ValueError
        If the history is too short; or as `progression`, `entry` and `forecast`.
    """
    pupils = checked(history, "enrolment", (AREA, YEAR, GRADE), missing=True)
    born = checked(births, "births", (AREA, YEAR), missing=True)
    years = pupils.shape[1]
    if born.shape != pupils.shape[:2]:
        raise ValueError(f"births of the shape {born.shape} do not fit enrolment of {pupils.shape}")
    if held_out < 1 or years < LEAST + held_out:
        raise ValueError(f"to hold out {held_out} years takes {LEAST + held_out} years of history; {years} are known")
    true, found = [], []
    for known in range(LEAST, years):
        until = min(known + held_out, years)
        came = totals(pupils[:, known:until], groups)
        told = projected(pupils[:, :known], born[:, :until], weights, groups, quantiles, draws, seed)
        true.append(padded(came, held_out))
        found.append(padded(told, held_out))
    return compared(np.concatenate(true), *np.concatenate(found, axis=1))


def projected(
    pupils: Array,
    births: Array,
    weights: Sequence[float],
    groups: Sequence[slice],
    quantiles: tuple[float, float],
    draws: int,
    seed: int,
) -> Array:
    """Path, last year unchanged, lower and upper end: 4 × areas × years × (groups + 1), while there are births."""
    known = pupils.shape[1]
    ratios, entering = progression(pupils, weights), entry(births[:, :known], pupils[..., 0], weights)
    start, coming = pupils[:, -1].copy(), births[:, known:].copy()
    unknown = np.flatnonzero(np.isnan(start).any(axis=1) | np.isnan(coming).any(axis=1))
    start[unknown] = coming[unknown] = 0.0
    told = forecast(start, coming, entering, ratios, seed=seed, groups=groups, quantiles=quantiles, draws=draws)
    path, ends = told.path.totals(groups), told.band.areas
    unchanged = np.broadcast_to(totals(start, groups)[:, None], path.shape)
    found = np.stack((path, unchanged, ends[..., 0], ends[..., 1]))
    found[:, unknown] = np.nan
    return found


def padded(values: Array, years: int) -> Array:
    """Values of fewer years filled up with NaN."""
    missing = years - values.shape[-2]
    return np.pad(values, [*[(0, 0)] * (values.ndim - 2), (0, missing), (0, 0)], constant_values=np.nan)


def compared(true: Array, path: Array, unchanged: Array, low: Array, high: Array) -> BackTest:
    seen = (true > 0) & ~np.isnan(path)
    count = seen.sum(axis=0)
    covered = (seen & (low <= true) & (true <= high)).sum(axis=0)
    return BackTest(errors(true, path, seen), errors(true, unchanged, seen), over(covered, count, np.nan), count)


def errors(true: Array, told: Array, seen: NDArray[np.bool_]) -> Errors:
    size, off = np.where(seen, true, 0.0), np.where(seen, told - true, 0.0)
    mape = over(over(np.abs(off), size).sum(axis=0), seen.sum(axis=0), np.nan)
    return Errors(mape, over(off.sum(axis=0), size.sum(axis=0), np.nan))
