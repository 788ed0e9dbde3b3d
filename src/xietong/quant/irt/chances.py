"""Chances of categories at the nodes with the derivatives of their logarithms, for items of one shape at once."""

import numpy as np
from numpy.typing import NDArray

from xietong.quant.compiling import compiled
from xietong.quant.items import Kind

Floats = NDArray[np.float64]


def chances(kind: Kind, own: Floats, points: Floats, nodes: Floats) -> tuple[Floats, Floats]:
    """P and the derivatives of ln P of B items of one kind and m categories.

    Parameters
    ----------
    kind
        Their model.
    own
        Shape (B, p): slope a, intercepts d of the steps, and a lower asymptote c where the model has one.
    points
        Shape (m,): what each category counts, from 0 up.
    nodes
        Shape (Q,): abilities.

    Returns
    -------
    tuple
        Shapes (B, m, Q) and (B, m, Q, p). Nothing is divided by a chance that may be 0.
    """
    chance = np.empty((len(own), len(points), len(nodes)))
    slopes = np.zeros((*chance.shape, own.shape[1]))
    if kind is Kind.GRADED:
        compiled(graded, calling=(logistic,))(own, nodes, chance, slopes)
    elif kind is Kind.PARTIAL:
        compiled(partial)(own, points, nodes, chance, slopes)
    else:
        compiled(dichotomous, calling=(logistic,))(own, nodes, chance, slopes)
    return chance, slopes


def logistic(value: float) -> tuple[float, float]:
    """1 ÷ (1 + exp(−x)) and 1 ÷ (1 + exp(x)), exact however small they are."""
    power = np.exp(-abs(value))
    near, far = 1 / (1 + power), power / (1 + power)
    return (far, near) if value < 0 else (near, far)


def dichotomous(own: Floats, nodes: Floats, chance: Floats, slopes: Floats) -> None:
    for item in range(len(own)):
        lower = own[item, 2] if own.shape[1] > 2 else 0.0  # noqa: PLR2004
        for q in range(len(nodes)):
            right, wrong = logistic(own[item, 0] * nodes[q] + own[item, 1])
            able = lower + (1 - lower) * right
            chance[item, 0, q], chance[item, 1, q] = (1 - lower) * wrong, able
            rise = wrong if lower == 0 else (1 - lower) * wrong * right / able
            slopes[item, 0, q, 0], slopes[item, 0, q, 1] = -right * nodes[q], -right
            slopes[item, 1, q, 0], slopes[item, 1, q, 1] = rise * nodes[q], rise
            if own.shape[1] > 2:  # noqa: PLR2004
                slopes[item, 0, q, 2], slopes[item, 1, q, 2] = -1 / (1 - lower), wrong / able


def graded(own: Floats, nodes: Floats, chance: Floats, slopes: Floats) -> None:
    """P_k = s_k − s_{k+1} for s = P(≥ k), without loss where both are near 0 or 1; NaN where d does not descend."""
    last = own.shape[1] - 1
    reached, missed = np.ones((last + 2, len(nodes))), np.zeros((last + 2, len(nodes)))
    reached[-1], missed[-1] = 0, 1
    for item in range(len(own)):
        for step in range(1, last + 1):
            for q in range(len(nodes)):
                reached[step, q], missed[step, q] = logistic(own[item, 0] * nodes[q] + own[item, step])
        for k in range(last + 1):
            gap = 1.0
            if 0 < k < last:
                fall = own[item, k + 1] - own[item, k]
                gap = -np.expm1(fall) if fall < 0 else np.nan
            for q in range(len(nodes)):
                chance[item, k, q] = reached[k, q] * missed[k + 1, q] * gap
                # From the lower edge of a category its chance rises, from the upper one it falls.
                up = missed[k, q] / (missed[k + 1, q] * gap)
                down = reached[k + 1, q] / (reached[k, q] * gap)
                slopes[item, k, q, 0] = (up - down) * nodes[q]
                if k > 0:
                    slopes[item, k, q, k] = up
                if k < last:
                    slopes[item, k, q, k + 1] = -down


def partial(own: Floats, points: Floats, nodes: Floats, chance: Floats, slopes: Floats) -> None:
    for item in range(len(own)):
        for q in range(len(nodes)):
            chance[item, 0, q] = highest = 0.0
            for k in range(1, len(points)):
                chance[item, k, q] = own[item, 0] * points[k] * nodes[q] + own[item, k]
                highest = max(highest, chance[item, k, q])
            total = mean = 0.0
            for k in range(len(points)):
                chance[item, k, q] = np.exp(chance[item, k, q] - highest)
                total += chance[item, k, q]
                mean += chance[item, k, q] * points[k]
            for k in range(len(points)):
                chance[item, k, q] /= total
                slopes[item, k, q, 0] = (points[k] - mean / total) * nodes[q]
            for k in range(len(points)):
                for step in range(1, len(points)):
                    slopes[item, k, q, step] = (1.0 if k == step else 0.0) - chance[item, step, q]
