"""Small counties for the tests of allocation."""

from typing import Any

import numpy as np

from xietong.quant.allocation.additions import Standard, Terms, Units


def units_of(*rows: tuple[float, ...], pupils: Any = 1.0) -> Units:
    """Units of one group with these totals, as many pupils in each unless told one by one."""
    n = len(rows)
    weights = np.broadcast_to(np.asarray(pupils, float), n).copy()
    return Units(np.array(rows, float), weights, np.zeros(n, int), np.ones(n, bool))


def standard_of(*thresholds: float, limit: float = 0.5, floor: float = 0.85, min_met: int | None = None) -> Standard:
    """A standard of one group, per pupil; all thresholds are to be met unless told."""
    k = len(thresholds)
    wanted = k if min_met is None else min_met
    return Standard(np.ones(k), np.array([thresholds], float), np.array([limit]), floor=floor, min_met=wanted)


def terms_of(
    units: Units,
    *cost: float,
    upper: Any = np.inf,
    integer: Any = False,
    caps: Any = np.inf,
    budget: float = np.inf,
) -> Terms:
    """The same costs in every unit."""
    shape = units.totals.shape
    return Terms(
        np.broadcast_to(np.array(cost, float), shape).copy(),
        np.broadcast_to(np.asarray(upper, float), shape).copy(),
        np.broadcast_to(np.asarray(integer, bool), shape[1:]).copy(),
        np.broadcast_to(np.asarray(caps, float), shape[1:]).copy(),
        budget,
    )
