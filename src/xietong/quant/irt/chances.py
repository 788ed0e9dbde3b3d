"""Chances of categories at the nodes with the derivatives of their logarithms, for items of one shape at once."""

import numpy as np
from numpy.typing import NDArray

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
    if kind is Kind.GRADED:
        return graded(own, nodes)
    if kind is Kind.PARTIAL:
        return partial(own, points, nodes)
    return dichotomous(own, nodes)


def logistic(values: Floats) -> Floats:
    """1 ÷ (1 + exp(−x)), exact however small it is."""
    power = np.exp(-np.abs(values))
    return np.asarray(np.where(values < 0, power, 1) / (1 + power))


def dichotomous(own: Floats, nodes: Floats) -> tuple[Floats, Floats]:
    logit = own[:, :1] * nodes + own[:, 1:2]
    right, wrong = logistic(logit), logistic(-logit)
    shape = (*right.shape, own.shape[1])
    rising, falling = np.empty(shape), np.empty(shape)
    if own.shape[1] == 2:  # noqa: PLR2004
        chance, other = right, wrong
        by_logit = wrong
    else:
        lower = own[:, 2:]
        chance, other = lower + (1 - lower) * right, (1 - lower) * wrong
        by_logit = other * right / chance
        rising[..., 2], falling[..., 2] = wrong / chance, -1 / (1 - lower)
    rising[..., 0], rising[..., 1] = by_logit * nodes, by_logit
    falling[..., 0], falling[..., 1] = -right * nodes, -right
    return np.stack([other, chance], axis=1), np.stack([falling, rising], axis=1)


def graded(own: Floats, nodes: Floats) -> tuple[Floats, Floats]:
    """P_k = s_k − s_{k+1} for s = P(≥ k), without loss where both are near 0 or 1; NaN where d does not descend."""
    items, steps = own.shape[0], own.shape[1] - 1
    logit = own[:, :1, None] * nodes + own[:, 1:, None]
    edge = np.full((items, 1, len(nodes)), np.inf)
    above = np.concatenate([edge, logit], axis=1)
    below = np.concatenate([logit, -edge], axis=1)
    reached, passed = logistic(above), logistic(below)
    missed, short = logistic(-above), logistic(-below)
    gap = np.full((items, steps + 1, 1), 1.0)
    with np.errstate(invalid="ignore"):
        fall = own[:, 2:] - own[:, 1:-1]
        gap[:, 1:-1, 0] = np.where(fall < 0, -np.expm1(np.minimum(fall, 0)), np.nan)
    chance = reached * short * gap
    # From the lower edge of a category its chance rises, from the upper one it falls.
    up, down = missed / (short * gap), passed / (reached * gap)
    slopes = np.zeros((*chance.shape, own.shape[1]))
    slopes[..., 0] = (up - down) * nodes
    for step in range(steps):
        slopes[:, step + 1, :, step + 1] += up[:, step + 1]
        slopes[:, step, :, step + 1] -= down[:, step]
    return chance, slopes


def partial(own: Floats, points: Floats, nodes: Floats) -> tuple[Floats, Floats]:
    steps = own.shape[1] - 1
    whole = np.concatenate([np.zeros((len(own), 1)), own[:, 1:]], axis=1)
    logit = own[:, :1, None] * points[:, None] * nodes + whole[:, :, None]
    power = np.exp(logit - logit.max(axis=1, keepdims=True))
    chance = power / power.sum(axis=1, keepdims=True)
    mean = (chance * points[:, None]).sum(axis=1, keepdims=True)
    slopes = np.empty((*chance.shape, own.shape[1]))
    slopes[..., 0] = (points[:, None] - mean) * nodes
    for step in range(steps):
        slopes[..., step + 1] = -chance[:, None, step + 1]
        slopes[:, step + 1, :, step + 1] += 1
    return chance, slopes
