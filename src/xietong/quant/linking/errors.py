"""Standard errors of linking constants from repeated calibrations: drawn, or fitted again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.items import Items, Kind, complaint
from xietong.quant.scale import Constants, Floats

Link = Callable[[Items, Items], Constants]
"""The method: constants from the common items of source and target."""

SYMMETRY = 1e-8
"""A covariance may differ from its transpose, or an eigenvalue lie below 0, by this part of the largest."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What the constants do over replications.

    Attributes
    ----------
    stretch, shift
        Standard errors of A and B: standard deviations (n − 1) over the replications that have constants.
    draws
        Shape (R, 2): A and B of each replication; NaN where the method gave none.
    failed
        How many replications have none. With more than a few, the errors are too low.
    refused
        How many draws of parameters could not be items (a slope below 0, thresholds out of order) and were drawn
        again. With more than a few, the normal distribution does not describe the calibration.
    """

    stretch: float
    shift: float
    draws: Floats
    failed: int
    refused: int


def parameters_of(items: Items) -> Floats:
    """The parameters in one row, item by item: a, then d of each step, then c if it is dichotomous.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> parameters_of(items_of(["graded", "dichotomous"], [2, 1], [[1, -1], [0, float("nan")]], [0, 0.2]))
    array([ 2. ,  1. , -1. ,  1. ,  0. ,  0.2])
    """
    table, chosen = _table(items)
    return table[chosen]


def drawn_errors(
    source: Items,
    target: Items,
    source_covariance: ArrayLike,
    target_covariance: ArrayLike,
    link: Link,
    *,
    replications: int,
    seed: int,
) -> Errors:
    """Parametric bootstrap: parameters of both calibrations drawn anew from normal distributions, and linked.

    Parameters
    ----------
    source, target
        The estimates, as for the method.
    source_covariance, target_covariance
        Shape (P, P): of the P parameters in the order of `parameters_of`. Rows and columns of fixed parameters (c of
        a model without it) are 0.
    link
        The method, such as ``mean_sigma`` or ``lambda source, target: haebara(source, target, nodes).constants``.
    replications
        At least two; 500 give a standard error that is itself uncertain by 3 %.
    seed
        Of all draws.

    Raises
    ------
    ValueError
        A covariance does not fit or is none, there are fewer than two replications, or more draws were refused
        than replications wanted.

    References
    ----------
    Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.
    Ogasawara, H. (2001). Standard errors of item response theory equating/linking by response function methods.
    Applied Psychological Measurement 25.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.linking.moments import mean_mean
    >>> items = items_of(["dichotomous"] * 2, [1.0, 1.0], [[1.0], [-1.0]])
    >>> known = np.zeros((6, 6))
    >>> drawn_errors(items, items, known, known, mean_mean, replications=2, seed=1).shift
    0.0
    """
    chance = np.random.default_rng(seed)
    refused: list[str] = []
    sides = [
        _drawn(items, covariance, what, chance, refused, replications)
        for items, covariance, what in ((source, source_covariance, "source"), (target, target_covariance, "target"))
    ]
    return _errors(zip(*sides, strict=True), link, replications, refused)


def refitted_errors(
    fit: Callable[[np.random.Generator], tuple[Items, Items]], link: Link, *, replications: int, seed: int
) -> Errors:
    """Nonparametric bootstrap: both groups drawn anew and calibrated again by the caller, and linked.

    Parameters
    ----------
    fit
        Draws persons (or whole schools, if those were sampled) with replacement through the generator that it is
        given, calibrates both groups, and returns the common items of source and target.
    link, replications, seed
        As for `drawn_errors`.

    Raises
    ------
    ValueError
        There are fewer than two replications.

    References are those of `drawn_errors`.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.linking.moments import mean_mean
    >>> def fit(chance):
    ...     anchor = items_of(["dichotomous"], [1.0], [[0.0]])
    ...     return anchor, anchor.transformed(Constants(1.0, chance.normal()))
    >>> found = refitted_errors(fit, mean_mean, replications=400, seed=1)
    >>> found.stretch, 0.9 < found.shift < 1.1
    (0.0, True)
    """
    chance = np.random.default_rng(seed)
    return _errors((fit(chance) for _ in range(replications)), link, replications, [])


def _errors(pairs: Iterator[tuple[Items, Items]], link: Link, replications: int, refused: list[str]) -> Errors:
    if replications < 2:  # noqa: PLR2004
        raise ValueError(f"{replications} replications have no standard deviation; at least two have")
    found = [link(*pair) for pair in islice(pairs, replications)]
    draws = np.array([(each.stretch, each.shift) for each in found])
    have = draws[~np.isnan(draws).any(axis=1)]
    stretch, shift = have.std(axis=0, ddof=1).tolist() if len(have) > 1 else (np.nan, np.nan)
    return Errors(stretch, shift, draws, replications - len(have), len(refused))


def _table(items: Items) -> tuple[Floats, NDArray[np.bool_]]:
    """Parameters side by side, shape (J, M + 1), and which of them an item has."""
    table = np.column_stack([items.slopes, items.intercepts, items.lower])
    chosen = ~np.isnan(table)
    chosen[:, -1] = items.of_kind(Kind.DICHOTOMOUS)
    return table, chosen


def _drawn(
    items: Items, covariance: ArrayLike, what: str, chance: np.random.Generator, refused: list[str], most: int
) -> Iterator[Items]:
    """Items without end, drawn about those given; what cannot be items is noted and drawn again."""
    table, chosen = _table(items)
    root = _root(covariance, what, int(chosen.sum()))
    while True:
        drawn = table.copy()
        drawn[chosen] += root @ chance.standard_normal(len(root))
        found = Items(items.kinds, drawn[:, 0], drawn[:, 1:-1], drawn[:, -1])
        why = complaint(found)
        if not why:
            yield found
            continue
        refused.append(why)
        if len(refused) > most:
            raise ValueError(f"the {what} covariance is too wide: {len(refused)} draws refused, the last for {why}")


def _root(covariance: ArrayLike, what: str, count: int) -> Floats:
    """A matrix whose product with its transpose is the covariance."""
    found = np.asarray(covariance, dtype=np.float64)
    if found.shape != (count, count):
        raise ValueError(f"the {what} covariance has the shape {found.shape} instead of ({count}, {count})")
    if not np.isfinite(found).all() or np.abs(found - found.T).max() > SYMMETRY * np.abs(found).max():
        raise ValueError(f"the {what} covariance is not finite and symmetric")
    values, vectors = np.linalg.eigh(found)
    if values[0] < -SYMMETRY * values[-1]:
        raise ValueError(f"the {what} covariance has the eigenvalue {values[0]:g} below 0")
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0)))
