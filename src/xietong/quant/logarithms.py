"""Probabilities of categories without loss in the tails: their logarithms, and their derivatives as parts of them.

Differences of P(X ≥ k) are 0 where a steep item is far away. Likelihoods need what is left.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.items import Items, Kind
from xietong.quant.scale import Floats


@dataclass(frozen=True, slots=True)
class Relative:
    """Of each category at each ability, all of shape (Q, J, M).

    Attributes
    ----------
    probability
        P, 0 for a category that cannot occur.
    slope
        P' ÷ P, the derivative of ln P by θ.
    bend
        P'' ÷ P.
    """

    probability: Floats
    slope: Floats
    bend: Floats


def log_probabilities(items: Items, abilities: Floats) -> Floats:
    """ln P(X_j = k | θ), shape (Q, J, M); −∞ for categories that cannot occur, and for nothing else.

    With z_k = aθ + d_k a graded category has P = σ(z_k) σ(−z_{k+1}) (1 − exp(d_{k+1} − d_k)), where nothing
    cancels; an item that is right or wrong has two of them.
    """
    found = np.empty((len(abilities), len(items.kinds), items.intercepts.shape[1] + 1))
    partial = items.of_kind(Kind.PARTIAL)
    for chosen, model in ((~partial, _log_cumulative), (partial, _log_adjacent)):
        found[:, chosen] = model(items.take(np.flatnonzero(chosen).tolist()), abilities)
    return found


def relative(items: Items, abilities: Floats) -> Relative:
    """P, P' ÷ P and P'' ÷ P of each category, each accurate in relation to itself."""
    shape = (len(abilities), len(items.kinds), items.intercepts.shape[1] + 1)
    found = Relative(np.empty(shape), np.empty(shape), np.empty(shape))
    partial = items.of_kind(Kind.PARTIAL)
    for chosen, model in ((~partial, _cumulative), (partial, _adjacent)):
        part = model(items.take(np.flatnonzero(chosen).tolist()), abilities)
        for whole, own in zip((found.probability, found.slope, found.bend), part, strict=True):
            whole[:, chosen] = own
    return found


def occurring(items: Items) -> NDArray[np.bool_]:
    """Which categories can occur, shape (J, M)."""
    chances, _ = chances_of(items)
    finite = np.concatenate([np.ones((len(items.kinds), 1)), np.isfinite(items.intercepts)], axis=1)
    return np.asarray(np.where(items.of_kind(Kind.PARTIAL)[:, None], finite, chances) > 0)


def edges_of(items: Items) -> Floats:
    """d of P(X ≥ k) for k = 0 to M, shape (J, M + 1): ∞ at first, −∞ where a category is never reached."""
    inner = np.where(np.isnan(items.intercepts), -np.inf, items.intercepts)
    outer = np.full((len(inner), 1), np.inf)
    return np.concatenate([outer, inner, -outer], axis=1)


def chances_of(items: Items) -> tuple[Floats, Floats]:
    """What a category has besides σ(z_k) σ(−z_{k+1}): its factor, with 1 − c in it, and what guessing adds to it."""
    edges = edges_of(items)
    # intercepts of partial credit may ascend; what is found of them here is not used
    with np.errstate(invalid="ignore", over="ignore"):
        room = np.where(edges[:, :-1] == -np.inf, 0, -np.expm1(edges[:, 1:] - edges[:, :-1]))
    guessed = np.zeros(room.shape)
    guessed[:, 1] = items.lower
    return room * (1 - items.lower[:, None]), guessed


def _log_cumulative(items: Items, abilities: Floats) -> Floats:
    z = abilities[:, None, None] * items.slopes[:, None] + edges_of(items)
    with np.errstate(divide="ignore"):
        factor, guessed = (np.log(each) for each in chances_of(items))
    known = -np.logaddexp(0, -z[..., :-1]) - np.logaddexp(0, z[..., 1:]) + factor
    return np.asarray(np.logaddexp(known, guessed))


def _cumulative(items: Items, abilities: Floats) -> tuple[Floats, Floats, Floats]:
    slope = items.slopes[:, None]
    with np.errstate(over="ignore", invalid="ignore"):
        power = np.exp(-(abilities[:, None, None] * slope + edges_of(items)))
        reached = 1 / (1 + power)
        # not 1 − reached, which is 0 long before
        short = np.where(power == np.inf, 1, power * reached)
    factor, guessed = chances_of(items)
    known = reached[..., :-1] * short[..., 1:] * factor
    found = known + guessed
    # of those in the category, how many by what they know: only this part changes with the ability
    part = np.divide(known, found, out=np.ones_like(found), where=guessed > 0)
    first = slope * (short[..., :-1] - reached[..., 1:])
    spread = slope**2 * reached * short
    return found, part * first, part * (first**2 - spread[..., :-1] - spread[..., 1:])


def _logits(items: Items, abilities: Floats) -> Floats:
    """k a θ + d_k, less the highest of an item."""
    whole = edges_of(items)[:, :-1].copy()
    whole[:, 0] = 0
    logit = (abilities[:, None] * items.slopes)[..., None] * np.arange(whole.shape[1]) + whole
    return np.asarray(logit - logit.max(axis=-1, keepdims=True))


def _log_adjacent(items: Items, abilities: Floats) -> Floats:
    logit = _logits(items, abilities)
    return np.asarray(logit - np.log(np.exp(logit).sum(axis=-1, keepdims=True)))


def _adjacent(items: Items, abilities: Floats) -> tuple[Floats, Floats, Floats]:
    power = np.exp(_logits(items, abilities))
    found = power / power.sum(axis=-1, keepdims=True)
    points = np.arange(found.shape[-1], dtype=np.float64)
    distance = points - (found @ points)[..., None]
    spread = (found * distance**2).sum(axis=-1, keepdims=True)
    slope = items.slopes[:, None]
    return found, slope * distance, slope**2 * (distance**2 - spread)
