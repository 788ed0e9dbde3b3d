"""Frequencies of whole scores, their moments, and the straight lines that equate them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.scale import Floats


@dataclass(frozen=True, slots=True)
class Line:
    """y = intercept + slope × x: the score on form Y that x on form X equals, unrounded, not cut off at its ends.

    Both are NaN where they are not defined.
    """

    slope: float
    intercept: float

    def of(self, score: Floats) -> Floats:
        """The equated scores."""
        return self.intercept + self.slope * score


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of a score in a population, in points and points²."""

    mean: float
    variance: float


def counts_of(counts: ArrayLike, what: str, dimensions: int) -> Floats:
    """How many persons have each score, as the caller counted them; weights may make them fractions.

    Raises
    ------
    ValueError
        The shape does not fit, nobody was counted, or a count cannot be: the message names the first such score.
    """
    found = np.asarray(counts, dtype=np.float64)
    if found.ndim != dimensions or not found.size:
        raise ValueError(f"{what} have the shape {found.shape}; {dimensions} axes, none empty, are needed")
    wrong = ~((found >= 0) & (found < np.inf))
    if wrong.any():
        at = tuple(np.argwhere(wrong)[0].tolist())
        raise ValueError(f"{what}, score {', '.join(map(str, at))}: {found[at]} is no count")
    if not found.any():
        raise ValueError(f"{what} count nobody")
    return found


def moments_of(counts: Floats) -> Moments:
    """Of the scores 0, 1, 2, …, divided by the number of persons; a variance of exactly 0 if all have one score."""
    score, persons = np.arange(len(counts)), counts.sum()
    lowest = int(np.flatnonzero(counts)[0])
    mean = lowest + float(counts @ (score - lowest) / persons)
    return Moments(mean, float(counts @ (score - mean) ** 2 / persons))


def line_between(of: Moments, to: Moments) -> Line:
    """The line that gives scores of one mean and variance another mean and variance; NaN if there is none."""
    if not (of.variance > 0 and to.variance >= 0):
        return Line(float("nan"), float("nan"))
    slope = float(np.sqrt(to.variance / of.variance))
    return Line(slope, to.mean - slope * of.mean)
