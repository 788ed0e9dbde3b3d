"""The likelihood of pupils in schools as a function of one number: variance between ÷ variance within schools."""

from dataclasses import dataclass
from math import pi
from typing import NamedTuple

import numpy as np

from xietong.quant.sampling.checking import Floats, Ints

NO_VARIANCE = 1e-26
"""Squares within schools below this share of the squares of the scores are rounding."""
POINTS, SPAN = 200, 1e8
"""Grid of ratios on which the valleys of the deviance are looked for before their lowest points are found exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the likelihood needs to know of n pupils in S schools, with p columns of which the first is ones.

    Attributes
    ----------
    size
        Pupils of each school, shape (S,).
    columns, score
        Means of each school, shapes (S, p) and (S,); 0 for a school without pupils.
    within, slopes, rest
        Of the deviations from those means: cross products of the columns, shape (p, p); coefficients of the score on
        the columns, shape (p,); sum of squares that these leave.
    """

    size: Floats
    columns: Floats
    score: Floats
    within: Floats
    slopes: Floats
    rest: float


class Profile(NamedTuple):
    """At each of L ratios λ.

    Coefficients, shape (L, p); their covariance ÷ variance within; that variance; deviance, and its slope in λ.
    """

    coefficients: Floats
    covariance: Floats
    within: Floats
    deviance: Floats
    slope: Floats


def sums_of(columns: Floats, score: Floats, school: Ints) -> Sums:
    """The sums of pupils, columns of shape (n, p).

    Raises
    ------
    ValueError
        Nothing varies within schools, or there are too few schools for what is constant in each.
    """
    size = np.bincount(school).astype(np.float64)
    pupils = np.maximum(size, 1)
    centre = np.stack([np.bincount(school, column) / pupils for column in columns.T], axis=1)
    level = np.bincount(school, score) / pupils
    inner, own = columns - centre[school], score - level[school]
    slopes, _, rank, _ = np.linalg.lstsq(inner, own, rcond=1e-10)
    rest = float(np.square(own - inner @ slopes).sum())
    schools, constant = int((size > 0).sum()), columns.shape[1] - int(rank)
    if schools <= constant:
        raise ValueError(f"{schools} schools with {constant} coefficients between them leave no variance to estimate")
    if len(score) - schools - int(rank) <= 0 or rest <= NO_VARIANCE * np.square(score).sum():
        raise ValueError("the scores do not vary within schools, so that the two variances cannot be told apart")
    return Sums(size, centre, level, inner.T @ inner, np.asarray(slopes, dtype=np.float64), rest)


def profile(sums: Sums, ratio: Floats, *, restricted: bool) -> Profile:
    """The best fit at each ratio λ, shape (L,), and how well it fits.

    With g = n ÷ (1 + nλ) of each school, A = W + Σ g x̄x̄ᵀ, Q the squares within plus Σ g(ȳ − x̄ᵀβ)², and N = n, for
    restricted likelihood n − p:

    deviance  N (1 + ln(2π Q ÷ N)) + Σ ln(1 + nλ), for restricted likelihood + ln|A|
    slope     −N Σ g²(ȳ − x̄ᵀβ)² ÷ Q + Σ g, for restricted likelihood − tr(A⁻¹ Σ g² x̄x̄ᵀ)
    """
    means = sums.columns
    spread = 1 + sums.size * ratio[:, None]
    g = sums.size / spread
    matrix = sums.within + np.einsum("ls,sp,sq->lpq", g, means, means)
    right = sums.within @ sums.slopes + (g * sums.score) @ means
    inverse = np.linalg.inv(matrix)
    coefficients = np.einsum("lpq,lq->lp", inverse, right)
    away, apart = coefficients - sums.slopes, np.square(sums.score - coefficients @ means.T)
    squares = sums.rest + np.einsum("lp,pq,lq->l", away, sums.within, away) + (g * apart).sum(axis=1)
    count = sums.size.sum() - (means.shape[1] if restricted else 0)
    deviance = count * (1 + np.log(2 * pi * squares / count)) + np.log(spread).sum(axis=1)
    slope = g.sum(axis=1) - count * (g**2 * apart).sum(axis=1) / squares
    if restricted:
        deviance += np.linalg.slogdet(matrix)[1]
        slope -= np.einsum("lpq,ls,sp,sq->l", inverse, g**2, means, means, optimize=True)
    return Profile(coefficients, inverse, squares / count, deviance, slope)


def best_ratio(sums: Sums, *, restricted: bool) -> float:
    """The ratio of the lowest deviance, exactly 0 where that is at the boundary."""
    from scipy.optimize import brentq  # noqa: PLC0415

    def slope(ratio: float) -> float:
        return float(profile(sums, np.array([ratio]), restricted=restricted).slope[0])

    highest = 1.0
    while slope(highest) <= 0:
        highest *= 4
    grid = np.concatenate(([0.0], np.geomspace(highest / SPAN, highest, POINTS)))
    slopes = profile(sums, grid, restricted=restricted).slope
    turns = np.flatnonzero((slopes[:-1] < 0) & (slopes[1:] >= 0))
    lows = [0.0, *(float(brentq(slope, grid[turn], grid[turn + 1], xtol=1e-20)) for turn in turns)]
    return lows[int(profile(sums, np.array(lows), restricted=restricted).deviance.argmin())]
