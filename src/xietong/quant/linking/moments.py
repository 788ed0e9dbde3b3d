"""Linking constants from means and standard deviations of the parameters of common items."""

import numpy as np

from xietong.quant.items import Items, refuse_unpaired
from xietong.quant.scale import UNDEFINED, Constants, Floats

ROUNDING = 1e-12
"""Difficulties that differ by no more than this, or this part of the largest, are equal but for rounding."""


def mean_mean(source: Items, target: Items) -> Constants:
    """A = mean a ÷ mean a*, B = mean b* − A mean b, with the target's parameters starred.

    Parameters
    ----------
    source, target
        The same J common items, in the same order, each from its own calibration. The mean of slopes is over the
        items, that of difficulties over all thresholds of all items, each counting once.

    Raises
    ------
    ValueError
        There are no common items, or not the same ones on both sides.

    References
    ----------
    Loyd, B. H., Hoover, H. D. (1980). Vertical equating using the Rasch model. Journal of Educational
    Measurement 17.
    Kim, S., Lee, W.-C. (2006). An extension of four IRT linking methods for mixed-format tests. Journal of
    Educational Measurement 43.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> source = items_of(["dichotomous"] * 2, [1.0, 1.0], [[1.0], [-1.0]])
    >>> mean_mean(source, source.transformed(Constants(2.0, 0.5)))
    Constants(stretch=2.0, shift=0.5)
    """
    refuse_unpaired(source, target)
    return _through_means(source, target, float(source.slopes.mean() / target.slopes.mean()))


def mean_sigma(source: Items, target: Items) -> Constants:
    """A = S(b*) ÷ S(b), B = mean b* − A mean b over all thresholds, with the target's parameters starred.

    Both constants are NaN where the difficulties of a side do not differ, as with one dichotomous item.

    Parameters and errors are those of `mean_mean`.

    References
    ----------
    Marco, G. L. (1977). Item characteristic curve solutions to three intractable testing problems. Journal of
    Educational Measurement 14.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> source = items_of(["graded"], [1.0], [[1.0, -1.0]])
    >>> mean_sigma(source, source.transformed(Constants(2.0, 0.5)))
    Constants(stretch=2.0, shift=0.5)
    """
    refuse_unpaired(source, target)
    own, other = _difficulties(source), _difficulties(target)
    if _are_equal(own) or _are_equal(other):
        return UNDEFINED
    return _through_means(source, target, float(other.std() / own.std()))


def _through_means(source: Items, target: Items, stretch: float) -> Constants:
    return Constants(stretch, float(_difficulties(target).mean() - stretch * _difficulties(source).mean()))


def _difficulties(items: Items) -> Floats:
    """All thresholds in one row."""
    found = items.thresholds()
    return found[~np.isnan(found)]


def _are_equal(difficulties: Floats) -> bool:
    return bool(np.ptp(difficulties) <= ROUNDING * max(1.0, np.abs(difficulties).max()))
