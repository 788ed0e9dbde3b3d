"""Refuses arrays that cannot be enrolment, births or ratios, and says where."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

AREA, YEAR, GRADE = "area", "year", "grade"


def checked(
    values: ArrayLike,
    what: str,
    axes: Sequence[str],
    *,
    shape: tuple[int, ...] | None = None,
    missing: bool = False,
    negative: bool = False,
) -> Array:
    """The values as an array of floats.

    Parameters
    ----------
    values, what
        Numbers, and what they are, for the message.
    axes
        What each axis counts. Indices in messages begin at 0.
    shape
        The shape to broadcast to; without it any shape with these axes and nothing empty.
    missing, negative
        Whether NaN and numbers below 0 are allowed; infinity never is.

    Raises
    ------
    ValueError
        With the first place where a value is not allowed, or if the shape does not fit.
    """
    found = np.asarray(values, dtype=np.float64)
    if shape is not None:
        found = fitted(found, what, axes, shape)
    elif found.ndim != len(axes) or not found.size:
        raise ValueError(f"{what} needs the axes {', '.join(axes)}, none empty; its shape is {found.shape}")
    wrong = np.isinf(found)
    if not missing:
        wrong |= np.isnan(found)
    if not negative:
        wrong |= found < 0
    if wrong.any():
        at = tuple(np.argwhere(wrong)[0])
        place = ", ".join(f"{axis} {index}" for axis, index in zip(axes, at, strict=True))
        raise ValueError(f"{what} of {place} is {found[at]}")
    return found


def fitted(found: Array, what: str, axes: Sequence[str], shape: tuple[int, ...]) -> Array:
    try:
        return np.broadcast_to(found, shape)
    except ValueError as error:
        said = ", ".join(f"{axis} {count}" for axis, count in zip(axes, shape, strict=True))
        raise ValueError(f"{what} has the shape {found.shape}; it does not fit {said}") from error


def share(value: float, what: str) -> float:
    """The value, if it lies between 0 and 1.

    Raises
    ------
    ValueError
        If it does not.
    """
    if not 0 <= value <= 1:
        raise ValueError(f"{what} is {value}, not between 0 and 1")
    return float(value)
