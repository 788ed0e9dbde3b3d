"""Abilities at which curves are compared, each with its weight."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.scale import Floats

REACH = 6
"""Standard deviations on either side of the mean."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Abilities and weights, both of shape (Q,); the weights add up to 1."""

    points: Floats
    weights: Floats


def nodes_of(points: ArrayLike, weights: ArrayLike | None = None) -> Nodes:
    """Nodes with weights in proportion to those given; left out, all are equal.

    Parameters
    ----------
    points
        Shape (Q,), finite, at least one.
    weights
        Shape (Q,), finite, from 0 up, not all 0: a density, or how many persons have that ability.

    Raises
    ------
    ValueError
        Shapes do not fit, or a node or weight cannot be; the message names the first, counted from 0.

    Examples
    --------
    >>> nodes_of([-1, 0, 1], [1, 2, 1]).weights
    array([0.25, 0.5 , 0.25])
    """
    found = np.asarray(points, dtype=np.float64)
    given = np.ones(found.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if found.ndim != 1 or not found.size or given.shape != found.shape:
        raise ValueError(f"nodes of the shape {found.shape} have weights of the shape {given.shape}; both need (Q,)")
    wrong = ~(np.isfinite(found) & (given >= 0) & (given < np.inf))
    if wrong.any():
        node = int(wrong.argmax())
        raise ValueError(f"node {node}: ability {found[node]} with weight {given[node]} is not allowed")
    if not given.any():
        raise ValueError("all nodes have the weight 0")
    return Nodes(found, given / given.sum())


def normal_nodes(mean: float = 0.0, sd: float = 1.0, count: int = 41) -> Nodes:
    """Equally spaced nodes within six standard deviations, weighted by the normal density.

    Parameters
    ----------
    mean, sd
        Of the group, on the scale of the items that it was calibrated on; sd above 0.
    count
        How many nodes, at least two.

    Raises
    ------
    ValueError
        sd is not above 0, or there are fewer than two nodes.

    Examples
    --------
    >>> nodes = normal_nodes(1.0, 2.0)
    >>> round(float(nodes.weights @ nodes.points), 6), round(float(nodes.weights @ (nodes.points - 1) ** 2), 6)
    (1.0, 4.0)
    """
    if not sd > 0 or count < 2:  # noqa: PLR2004
        raise ValueError(f"normal nodes need sd above 0 and at least two of them, not sd {sd} and {count}")
    standard = np.linspace(-REACH, REACH, count)
    return nodes_of(mean + sd * standard, np.exp(-(standard**2) / 2))
