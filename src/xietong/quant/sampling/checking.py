"""Refuses arrays that cannot be sizes, codes, weights or scores, and says where."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STRATUM, SCHOOL, PUPIL, ROW = "stratum", "school", "pupil", "row"


def numbers(values: ArrayLike, what: str, axis: str, n: int | None = None, *, lowest: float = -np.inf) -> Floats:
    """The values as an array of finite floats from `lowest` up, shape (n,) or of any length.

    Raises
    ------
    ValueError
        With the first place, counted from 0, where a value is not allowed, or if the shape does not fit.
    """
    found = shaped(np.asarray(values), what, n)
    if found.dtype.kind not in "iufb":
        raise ValueError(f"{what} are {found.dtype} instead of numbers")
    floats = np.ascontiguousarray(found, dtype=np.float64)
    refuse(~((floats >= lowest) & np.isfinite(floats)), floats, what, axis)
    return floats


def whole(values: ArrayLike, what: str, axis: str, n: int | None = None, *, lowest: int = 0) -> Ints:
    """The values as an array of whole numbers from `lowest` up; raises ValueError as `numbers` does."""
    found = shaped(np.asarray(values), what, n)
    if found.size and found.dtype.kind not in "iu":
        raise ValueError(f"{what} are {found.dtype} instead of whole numbers")
    ints = np.ascontiguousarray(found, dtype=np.int64)
    refuse(ints < lowest, ints, what, axis)
    return ints


def below(codes: Ints, n: int, what: str, axis: str) -> Ints:
    """The codes, if all of them are below n; raises ValueError with the first that is not."""
    refuse(codes >= n, codes, what, axis)
    return codes


def flags(values: ArrayLike, what: str, n: int) -> Flags:
    """The values as an array of True and False of shape (n,); raises ValueError for anything else."""
    found = shaped(np.asarray(values), what, n)
    if found.dtype != np.bool_:
        raise ValueError(f"{what} are {found.dtype} instead of True and False")
    return found.astype(np.bool_, copy=False)


def probabilities(values: ArrayLike, what: str, axis: str, n: int | None = None) -> Floats:
    """The values, if each of them is above 0 and at most 1; raises ValueError as `numbers` does."""
    found = numbers(values, what, axis, n)
    refuse((found <= 0) | (found > 1), found, what, axis)
    return found


def shaped(found: NDArray[np.generic], what: str, n: int | None) -> NDArray[np.generic]:
    if found.ndim != 1 or n not in (None, len(found)):
        raise ValueError(f"{what} have the shape {found.shape} instead of ({'n' if n is None else n},)")
    return found


def refuse(wrong: Flags, found: Floats | Ints, what: str, axis: str) -> None:
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(f"{what} of {axis} {at} cannot be {found[at]}")
