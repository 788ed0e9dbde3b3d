"""What is asked: the units as they are, the standard that judges them, and the terms of what may be added."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """n units (a school, or one stage of it) with K resources each.

    Parameters
    ----------
    totals : (n, K)
        What each unit has, in the unit of the resource; NaN where nobody knows.
    pupils : (n,)
        Pupils of each unit, at least one.
    group : (n,)
        Row of the standard that the unit is judged by (primary, middle), from 0.
    judged : (n,)
        Whether the rule for the single unit holds for it; it counts in its group's coefficients either way.
    """

    totals: Floats
    pupils: Floats
    group: NDArray[np.intp]
    judged: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """The two rules of a balanced county, for G groups and K resources.

    Parameters
    ----------
    scale : (K,)
        What a ratio is given per: 100 for teachers per hundred pupils, 1 for area per pupil.
    thresholds : (G, K)
        What a ratio must reach.
    limits : (G,)
        The largest coefficient of variation of any resource, above 0.
    floor
        The share of its threshold that every ratio must reach.
    min_met
        How many thresholds a unit must meet.
    """

    scale: Floats
    thresholds: Floats
    limits: Floats
    floor: float
    min_met: int


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What an addition costs and how much may be added.

    Parameters
    ----------
    cost : (n, K)
        Of one more of the resource in the unit, at least 0.
    upper : (n, K)
        The most that the unit can take, ``inf`` for no end.
    integer : (K,)
        Whether the resource comes in whole numbers (teachers, rooms).
    caps : (K,)
        The most that all units together can be given, ``inf`` for no end.
    budget
        The most that all may cost.
    """

    cost: Floats
    upper: Floats
    integer: Flags
    caps: Floats
    budget: float = np.inf


def check_county(units: Units, standard: Standard) -> None:
    """This function will refuse what cannot be judged: shapes that differ, no pupils, negative amounts."""
    n, k = shape = units.totals.shape
    groups = len(standard.limits)
    check_shapes(
        ("pupils", units.pupils, (n,)),
        ("group", units.group, (n,)),
        ("judged", units.judged, (n,)),
        ("scale", standard.scale, (k,)),
        ("thresholds", standard.thresholds, (groups, k)),
    )
    for i in np.flatnonzero(~(units.pupils > 0)):
        raise ValueError(f"unit {i} has no pupils")
    for i in np.flatnonzero((units.group < 0) | (units.group >= groups)):
        raise ValueError(f"unit {i} is of group {units.group[i]}, for which there is no standard")
    for i, j in np.argwhere((units.totals < 0) | np.isinf(units.totals)):
        raise ValueError(f"unit {i} has {units.totals[i, j]} of resource {j}")
    if not (standard.scale > 0).all() or not (standard.thresholds >= 0).all() or not (standard.limits > 0).all():
        raise ValueError("scales and limits are above 0, thresholds not below")
    if not 0 <= standard.floor <= 1 or not 0 <= standard.min_met <= shape[1]:
        raise ValueError("the floor is a share, and no more thresholds can be met than there are")


def check_terms(units: Units, terms: Terms) -> None:
    """This function will refuse terms of other shapes or with negative costs and amounts."""
    shape = units.totals.shape
    check_shapes(
        ("cost", terms.cost, shape),
        ("upper", terms.upper, shape),
        ("integer", terms.integer, shape[1:]),
        ("caps", terms.caps, shape[1:]),
    )
    if not ((terms.cost >= 0) & np.isfinite(terms.cost)).all():
        raise ValueError("a cost is a number not below 0")
    if not (terms.upper >= 0).all() or not (terms.caps >= 0).all() or not terms.budget >= 0:
        raise ValueError("what may be added or spent is not below 0")


def check_shapes(*named: tuple[str, NDArray[np.generic], tuple[int, ...]]) -> None:
    for name, array, shape in named:
        if array.shape != shape:
            raise ValueError(f"{name} has shape {array.shape}, not {shape}")
