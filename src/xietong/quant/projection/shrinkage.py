"""How far a small area is drawn towards the ratio of all: the credibility estimator of Bühlmann and Straub.

The ratio of an area in a year is taken to vary around the area's own with a variance that falls with the pupils
it counts, and the areas' own to vary around that of all:

    r[a,t] = q[a] + e[a,t],   var e[a,t] = within / x[a,t],   var q[a] = between.

Arrays are areas × years × grades; those of an area areas × grades.

References
----------
Bühlmann, H. and Straub, E. (1970), "Glaubwürdigkeit für Schadensätze", *Mitteilungen der Vereinigung
schweizerischer Versicherungsmathematiker* 70, 111-133; Bühlmann, H. and Gisler, A. (2005), *A Course in
Credibility Theory and its Applications*, Springer, chapter 4.
"""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.projection.checking import Array


def averaged(yearly: Array, base: Array, weights: Array) -> tuple[Array, Array]:
    r"""Weighted mean of the ratios of an area over its years, and how many pupils speak in it.

    .. math::

        q_a = \frac{\sum_t w_t r_{a,t}}{\sum_t w_t}, \qquad
        n_a = \frac{(\sum_t w_t)^2}{\sum_t w_t^2 / x_{a,t}}

    over the years that have a ratio, so that :math:`var(q_a) = within / n_a`. Without any, NaN and 0.
    """
    seen = ~np.isnan(yearly)
    weight = np.where(seen, weights[:, None], 0.0)
    total = weight.sum(axis=1)
    inverse = over(weight**2, np.where(seen, base, 0.0)).sum(axis=1)
    mean = over((weight * np.where(seen, yearly, 0.0)).sum(axis=1), total, np.nan)
    return mean, over(total**2, inverse)


def within_areas(yearly: Array, base: Array) -> Array:
    r"""Variance of a ratio of one pupil: :math:`\sum_{a,t} x (r - \bar r_a)^2 / \sum_a (T_a - 1)`, of each grade.

    NaN for a grade where no area has two years.
    """
    seen = ~np.isnan(yearly)
    size, ratio = np.where(seen, base, 0.0), np.where(seen, yearly, 0.0)
    centre = over((size * ratio).sum(axis=1), size.sum(axis=1))
    squares = (size * (ratio - centre[:, None]) ** 2).sum(axis=(0, 1))
    return over(squares, np.maximum(seen.sum(axis=1) - 1, 0).sum(axis=0), np.nan)


def between_areas(mean: Array, size: Array, within: Array) -> Array:
    r"""Variance of the areas' own ratios by the method of moments, of each grade.

    .. math::

        between = \max\Big(0, \frac{\sum_a n_a (q_a - \bar q)^2 - (A - 1)\, within}{N - \sum_a n_a^2 / N}\Big),
        \qquad N = \sum_a n_a, \quad \bar q = \sum_a n_a q_a / N

    0 where fewer than two areas have a ratio.
    """
    ratio = np.where(size > 0, mean, 0.0)
    total = size.sum(axis=0)
    centre = over((size * ratio).sum(axis=0), total)
    squares = (size * (ratio - centre) ** 2).sum(axis=0)
    several = (size > 0).sum(axis=0) - 1
    unlike = total - over((size**2).sum(axis=0), total)
    return np.where(several > 0, over(np.maximum(0.0, squares - several * within), unlike), 0.0)


def own_share(size: Array, within: Array, between: Array) -> Array:
    """Weight of an area's own ratio, n / (n + m) with m = within / between: nothing without pupils or differences."""
    return over(size * between, size * between + within)


def over(top: ArrayLike, bottom: ArrayLike, otherwise: ArrayLike = 0.0) -> Array:
    """A quotient, with a value of its own where the denominator is 0."""
    upper, lower, instead = np.broadcast_arrays(top, bottom, otherwise)
    found: Array = np.divide(upper, lower, where=lower > 0, out=instead.astype(np.float64))
    return found
