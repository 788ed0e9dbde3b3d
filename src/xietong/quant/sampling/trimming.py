"""How unequal weights are, what that costs, and what a ceiling takes away."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import ROW, Flags, Floats, numbers


@dataclass(frozen=True, slots=True, eq=False)
class Trimmed:
    """Weights with a ceiling.

    Attributes
    ----------
    weights
        Shape (m,), none above the ceiling.
    cut
        Shape (m,): which were above it.
    lost
        The sum of what was cut off, as a share of the sum of the weights.
    """

    weights: Floats
    cut: Flags
    lost: float


def trimmed(weights: ArrayLike, ceiling: float) -> Trimmed:
    """The weights cut off at a ceiling, and how much that was. Nothing of it is given to others.

    Raises
    ------
    ValueError
        The ceiling is not above 0, or a weight is not a finite number from 0 up.

    References
    ----------
    Potter, F. J. (1990). A study of procedures to identify and trim extreme sampling weights. Proceedings of the
    Survey Research Methods Section, American Statistical Association.

    Examples
    --------
    >>> found = trimmed([1, 2, 5], 4)
    >>> found.weights.tolist(), found.cut.tolist(), found.lost
    ([1.0, 2.0, 4.0], [False, False, True], 0.125)
    """
    weight = numbers(weights, "weights", ROW, lowest=0)
    if not ceiling > 0:
        raise ValueError(f"the ceiling is {ceiling}, not above 0")
    low = np.minimum(weight, ceiling)
    total = weight.sum()
    return Trimmed(low, weight > ceiling, float((total - low.sum()) / total) if total else np.nan)


def effective_size(weights: ArrayLike) -> float:
    """Kish's effective sample size (Σ w)² ÷ Σ w²; NaN if no weight is above 0.

    Raises
    ------
    ValueError
        A weight is not a finite number from 0 up.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley. Section 11.7.

    Examples
    --------
    >>> effective_size([1, 1, 2])
    2.6666666666666665
    """
    weight = numbers(weights, "weights", ROW, lowest=0)
    return float(weight.sum() ** 2 / np.square(weight).sum()) if weight.any() else np.nan


def weighting_effect(weights: ArrayLike) -> float:
    """Kish's design effect of unequal weights: n Σ w² ÷ (Σ w)² = 1 + CV²(w), over the n weights above 0.

    Errors and reference are those of `effective_size`.

    Examples
    --------
    >>> weighting_effect([1, 1, 2, 0])
    1.125
    """
    weight = numbers(weights, "weights", ROW, lowest=0)
    return float(np.count_nonzero(weight) / effective_size(weight))
