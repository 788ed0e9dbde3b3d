"""The normal populations that persons come from, and the abilities at which their densities are summed up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.irt.information import item_information
from xietong.quant.items import Items
from xietong.quant.responses import groups_of
from xietong.quant.scale import Floats

REACH = 6
"""Standard deviations on either side of the mean."""
APART = 0.3
"""Standard deviations between nodes, at most."""
FINE = 241
"""So many abilities between the ends show where a test tells most."""
MANY = 100_000
"""More nodes are not taken unasked."""


@dataclass(frozen=True, slots=True)
class Population:
    """G normal groups.

    Attributes
    ----------
    mean, sd
        Shape (G,), on the scale of the items.
    groups
        Shape (N,): the code of each person's group, from 0 up; None if all are of group 0.
    """

    mean: Floats
    sd: Floats
    groups: NDArray[np.int64] | None = None

    def codes(self, n: int) -> NDArray[np.int64]:
        """The group of each of n persons.

        Raises
        ------
        ValueError
            The groups are those of another number of persons.
        """
        if self.groups is None:
            return np.zeros(n, dtype=np.int64)
        if self.groups.shape != (n,):
            raise ValueError(f"groups have the shape {self.groups.shape} instead of ({n},)")
        return self.groups

    def log_weights(self, nodes: Floats) -> Floats:
        """The logarithm of each group's density over the nodes, shape (G, Q); the weights add up to 1."""
        distance = -(((nodes - self.mean[:, None]) / self.sd[:, None]) ** 2) / 2
        top = distance.max(axis=1, keepdims=True)
        return np.asarray(distance - top - np.log(np.exp(distance - top).sum(axis=1, keepdims=True)))


STANDARD = Population(np.zeros(1), np.ones(1))
"""One group, N(0, 1)."""


def population_of(mean: ArrayLike = 0.0, sd: ArrayLike = 1.0, groups: ArrayLike | None = None) -> Population:
    """The groups that a caller gave, if they can be such.

    Parameters
    ----------
    mean, sd
        Shape (G,), or a number for one group; finite, sd above 0.
    groups
        Shape (N,), whole numbers from 0 to G − 1; left out, all persons are of group 0.

    Raises
    ------
    ValueError
        Shapes do not fit, or a mean, sd or group cannot be; the message names the first, counted from 0.

    Examples
    --------
    >>> population_of([0, 0.5], [1, 1.2], [1, 0]).codes(2)
    array([1, 0])
    """
    means, sds = np.broadcast_arrays(*(np.atleast_1d(np.asarray(each, dtype=np.float64)) for each in (mean, sd)))
    if means.ndim != 1 or not means.size:
        raise ValueError(f"mean and sd have the shape {means.shape} instead of (groups,), with at least one group")
    wrong = ~(np.isfinite(means) & (sds > 0) & (sds < np.inf))
    if wrong.any():
        group = int(wrong.argmax())
        raise ValueError(f"group {group}: N({means[group]}, {sds[group]}²) is no population")
    return Population(means, sds, None if groups is None else groups_of(groups, len(means)))


def nodes_for(items: Items, population: Population = STANDARD, most: int | None = None) -> Floats:
    """Equally spaced abilities that sums over a posterior need, shape (Q,).

    They span six standard deviations about the mean of every group. They lie 0.3 of the least sd apart, or one
    posterior SD, 1 ÷ √(1 ÷ sd² + I(θ)), of the most informative test where that is less: sums over a bell curve with
    nodes one SD apart are exact to 10⁻⁸, with nodes much wider apart a long test is scored and calibrated wrongly.

    Parameters
    ----------
    items
        J items; those without an estimate do not count.
    population
        The groups.
    most
        How many items a person answers at most: as many of the most informative make up the test. Left out, all.

    Raises
    ------
    ValueError
        An item is so steep that more than 100,000 nodes would be needed.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> len(nodes_for(items_of(["dichotomous"], [1.0], [[0.0]])))
    41
    """
    least, reach = float(population.sd.min()), REACH * population.sd
    low, high = float((population.mean - reach).min()), float((population.mean + reach).max())
    apart = min(APART * least, 1 / np.sqrt(1 / least**2 + _most_information(items, low, high, most)))
    count = int(np.ceil((high - low) / apart - 1e-9)) + 1
    if count > MANY:
        item = int(np.nanargmax(np.abs(items.slopes)))
        raise ValueError(f"item {item}: with the slope {items.slopes[item]} {count} nodes are needed; give them")
    return np.linspace(low, high, count)


def _most_information(items: Items, low: float, high: float, most: int | None) -> float:
    """The greatest information of so many items at one ability: on a grid, and at thresholds that it would miss."""
    grid = np.linspace(low, high, FINE)
    with np.errstate(invalid="ignore"):
        steep = items.thresholds()[np.abs(items.slopes) * (grid[1] - grid[0]) > 1].ravel()
    at = np.concatenate([grid, steep[(steep > low) & (steep < high)]])
    found = np.sort(np.nan_to_num(item_information(items, at)), axis=1)[:, ::-1]
    return float(found[:, :most].sum(axis=1).max())


def given_nodes(nodes: ArrayLike) -> Floats:
    """The nodes that a caller gave.

    Raises
    ------
    ValueError
        They are fewer than two, do not rise, or are not equally spaced.
    """
    found = np.asarray(nodes, dtype=np.float64)
    if found.ndim != 1 or len(found) < 2:  # noqa: PLR2004
        raise ValueError(f"nodes have the shape {found.shape} instead of (Q,), at least two of them")
    gaps = np.diff(found)
    apart = (found[-1] - found[0]) / (len(found) - 1)
    wrong = ~((gaps > 0) & (np.abs(gaps - apart) <= 1e-6 * apart))
    if wrong.any():
        node = int(wrong.argmax())
        raise ValueError(f"node {node}: from {found[node]} to {found[node + 1]} is no step of equal length upwards")
    return found
