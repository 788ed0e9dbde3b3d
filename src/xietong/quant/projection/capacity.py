"""What a number of pupils asks for: classes, teachers, places; and how it compares with what there is."""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.projection.checking import Array

ROUNDING = 1e-9  # of a class: what sums of floats may be off


def classes_needed(pupils: ArrayLike, class_size: ArrayLike) -> Array:
    """Classes of at most so many pupils, rounded up: of each grade on its own, as grades are not taught together.

    Parameters
    ----------
    pupils
        Pupils of each grade; any shape.
    class_size
        Pupils of a class at most, above 0; broadcasts to ``pupils``.

    Raises
    ------
    ValueError
        If pupils are negative, infinite or missing, or a class size is not above 0.

    Examples
    --------
    >>> classes_needed([90, 91, 0], 45).tolist()
    [2.0, 3.0, 0.0]
    """
    return np.maximum(np.ceil(each(pupils, class_size, "class size") - ROUNDING), 0.0)


def teachers_needed(pupils: ArrayLike, pupils_per_teacher: ArrayLike) -> Array:
    """Pupils over pupils per teacher, not rounded: posts are rounded where they are given out.

    Raises
    ------
    ValueError
        As `classes_needed`.

    Examples
    --------
    >>> teachers_needed([1900, 1350], [19, 13.5]).tolist()
    [100.0, 100.0]
    """
    return each(pupils, pupils_per_teacher, "pupils per teacher")


def gap(demand: ArrayLike, capacity: ArrayLike) -> Array:
    """Demand less capacity: above 0 what is missing, below 0 what is left over.

    Raises
    ------
    ValueError
        If a number is negative, infinite or missing.

    Examples
    --------
    >>> gap([950, 700], [900, 1000]).tolist()
    [50.0, -300.0]
    """
    return amounts(demand, "demand") - amounts(capacity, "capacity")


def utilisation(demand: ArrayLike, capacity: ArrayLike) -> Array:
    """Demand over capacity; NaN where there is no capacity, of which `gap` says what is missing.

    Raises
    ------
    ValueError
        As `gap`.

    Examples
    --------
    >>> utilisation([950, 700], [1000, 0]).tolist()
    [0.95, nan]
    """
    wanted, places = np.broadcast_arrays(amounts(demand, "demand"), amounts(capacity, "capacity"))
    found: Array = np.divide(wanted, places, where=places > 0, out=np.full(places.shape, np.nan))
    return found


def each(pupils: ArrayLike, size: ArrayLike, what: str) -> Array:
    divisor = amounts(size, what)
    if (divisor == 0).any():
        raise ValueError(f"{what} is 0")
    return amounts(pupils, "pupils") / divisor


def amounts(values: ArrayLike, what: str) -> Array:
    found = np.asarray(values, dtype=np.float64)
    wrong = ~(np.isfinite(found) & (found >= 0))
    if wrong.any():
        at = tuple(int(index) for index in np.argwhere(wrong)[0])
        raise ValueError(f"{what} at {at} is {found[at]}")
    return found
