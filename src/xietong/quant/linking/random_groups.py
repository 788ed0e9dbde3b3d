"""Equating of two forms taken by groups that chance has made alike."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.linking.scores import Line, counts_of, line_between, moments_of
from xietong.quant.scale import Floats

Places = NDArray[np.int64]


def mean_equating(x: ArrayLike, y: ArrayLike) -> Line:
    """y = x + Ȳ − X̄: the forms differ by as many points everywhere.

    Parameters
    ----------
    x, y
        Shapes (K_X + 1,) and (K_Y + 1,): how many persons have the score 0, 1, 2, … on each form.

    Raises
    ------
    ValueError
        A count is negative, NaN or infinite, or nobody was counted.

    References
    ----------
    Kolen, M. J., Brennan, R. L. (2014). Test Equating, Scaling, and Linking, 3rd edition, chapter 2. Springer.

    Examples
    --------
    >>> mean_equating([1, 1], [0, 1, 1])
    Line(slope=1.0, intercept=1.0)
    """
    own, other = (moments_of(counts_of(*form, 1)) for form in ((x, "scores of X"), (y, "scores of Y")))
    return Line(1.0, other.mean - own.mean)


def linear_equating(x: ArrayLike, y: ArrayLike) -> Line:
    """(y − Ȳ) ÷ S_Y = (x − X̄) ÷ S_X: equal standard scores are equal.

    NaN where the scores on X do not vary. Parameters, errors and references are those of `mean_equating`.

    Examples
    --------
    >>> linear_equating([1, 0, 1], [1, 0, 0, 0, 1])
    Line(slope=2.0, intercept=0.0)
    """
    return line_between(*(moments_of(counts_of(*form, 1)) for form in ((x, "scores of X"), (y, "scores of Y"))))


def equipercentile(x: ArrayLike, y: ArrayLike) -> Floats:
    """The score on Y with the same percentile rank as 0, 1, …, K_X on X, shape (K_X + 1,).

    A whole score stands for what lies half a point about it, evenly spread: the rank of x is P = F(x − 1) + f(x) ÷ 2,
    and y is where the rank on Y is P. Between the first score with G > P and the last with G < P, when others lie
    between because nobody has them, it is the middle of both answers. From −½ to K_Y + ½, unrounded, unsmoothed.

    Parameters, errors and references are those of `mean_equating`.

    Examples
    --------
    >>> equipercentile([1, 1], [1, 2, 1])
    array([0.5, 1.5])
    """
    own, other = counts_of(x, "scores of X", 1), counts_of(y, "scores of Y", 1)
    # ranks times the persons of both groups: whole numbers, so that equal ranks are exactly equal
    at = (np.cumsum(own) - own / 2) * other.sum()
    inside = np.cumsum(np.concatenate([[0.0], other])) * own.sum()
    reached = np.concatenate([[-1.0], inside, [inside[-1] + 1.0]])
    upper, lower = np.searchsorted(reached, at, side="right"), np.searchsorted(reached, at, side="left")
    return (_within(reached, at, upper) + _within(reached, at, lower)) / 2


def _within(reached: Floats, at: Floats, piece: Places) -> Floats:
    """The score at a rank on the piece of the broken line that ends there."""
    low, high = reached[piece - 1], reached[piece]
    return np.asarray(piece - 2.5 + (at - low) / (high - low))
