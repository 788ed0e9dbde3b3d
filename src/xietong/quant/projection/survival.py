"""The deterministic path: each grade of next year is the grade below it of this year, times a ratio."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.projection.checking import AREA, GRADE, YEAR, Array, checked


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Pupils by area, year and grade, not rounded."""

    pupils: Array

    def totals(self, groups: Sequence[slice] = ()) -> Array:
        """Pupils of each group of grades, then of all grades: areas × years × (groups + 1)."""
        return totals(self.pupils, groups)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What moves the cohorts on, checked: ``factors`` has the entrants in grade 0 and ratios above it."""

    enrolment: Array
    factors: Array
    arrivals: Array


def survive(enrolment: ArrayLike, entrants: ArrayLike, ratios: ArrayLike, arrivals: ArrayLike = 0.0) -> Path:
    r"""Carry every cohort one grade on each year.

    .. math::

        G_{a,t,0} = \max(0, E_{a,t} + M_{a,t,0}), \qquad
        G_{a,t,k} = \max(0, G_{a,t-1,k-1} \, q_{a,t,k} + M_{a,t,k})

    A change of stage is a ratio like any other: the share that goes on to grade 7, the share of general high
    schools for grade 10. The highest grade leaves.

    Parameters
    ----------
    enrolment
        Pupils of the last known year, areas × grades.
    entrants
        Pupils who enter grade 0, areas × years to come.
    ratios
        Areas × (grades - 1), or areas × years × (grades - 1) if they change; ``ratios[..., k]`` leads from grade k
        to grade k + 1.
    arrivals
        Net arrivals by migration and new housing on top of the ratios, areas × years × grades; may be negative.

    Raises
    ------
    ValueError
        If a shape does not fit, or a value is negative, infinite or missing; with its area, year and grade.

    References
    ----------
    Webster, W. J. (1970), "The cohort-survival ratio method in the projection of school attendance",
    *Journal of Experimental Education* 39(1), 89-96.

    Examples
    --------
    >>> survive([[120, 99, 91]], [[125, 130]], [[0.925, 0.96]]).pupils[0].round(2).tolist()
    [[125.0, 111.0, 95.04], [130.0, 115.62, 106.56]]
    """
    course = coursed(enrolment, entrants, ratios, arrivals)
    before, pupils = course.enrolment, np.empty_like(course.factors)
    for year in range(pupils.shape[1]):
        below = np.insert(before[:, :-1], 0, 1.0, axis=1)
        before = np.maximum(below * course.factors[:, year] + course.arrivals[:, year], 0.0)
        pupils[:, year] = before
    return Path(pupils)


def coursed(enrolment: ArrayLike, entrants: ArrayLike, ratios: ArrayLike, arrivals: ArrayLike) -> Course:
    """The input of a path, checked and brought to areas × years × grades."""
    start = checked(enrolment, "enrolment", (AREA, GRADE))
    coming = checked(entrants, "entrants", (AREA, YEAR))
    (areas, grades), years = start.shape, coming.shape[1]
    if len(coming) != areas:
        raise ValueError(f"entrants of {len(coming)} areas do not fit enrolment of {areas}")
    shape = (areas, years, grades)
    moved = checked(arrivals, "arrivals", (AREA, YEAR, GRADE), shape=shape, negative=True)
    return Course(start, np.concatenate((coming[..., None], yearly(ratios, "ratio", shape)), axis=2), moved)


def yearly(values: ArrayLike, what: str, shape: tuple[int, int, int]) -> Array:
    """Values of the steps between grades, areas × years × (grades - 1), the same every year if they name none."""
    found = np.asarray(values, dtype=np.float64)
    if found.ndim == 2:  # noqa: PLR2004  (areas × steps)
        found = found[:, None]
    return checked(found, what, (AREA, YEAR, GRADE), shape=(*shape[:2], shape[2] - 1))


def totals(pupils: Array, groups: Sequence[slice] = ()) -> Array:
    """Sums over groups of grades, then over all, added grade by grade from the lowest."""
    parts = bounds(groups, pupils.shape[-1])
    return np.stack([sum(pupils[..., grade] for grade in range(*part)) for part in parts], axis=-1)


def bounds(groups: Sequence[slice], grades: int) -> NDArray[np.int64]:
    """First grade and the one after the last, for each group and for all grades.

    Raises
    ------
    ValueError
        If a group has no grade, leaves grades out or reaches beyond the last.
    """
    for number, group in enumerate(groups):
        first, beyond, step = group.indices(grades)
        if first >= beyond or step != 1 or (group.stop or 0) > grades:
            raise ValueError(f"group {number}, {group}, is no run of the {grades} grades")
    return np.array([group.indices(grades)[:2] for group in (*groups, slice(None))], dtype=np.int64)
