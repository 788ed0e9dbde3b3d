"""How likely each category of an item is at an ability, and how fast that changes."""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.items import Items, Kind
from xietong.quant.scale import Floats


def probabilities(items: Items, abilities: ArrayLike) -> Floats:
    """P(X_j = k | θ), shape (Q, J, M); 0 for categories that an item does not have.

    Parameters
    ----------
    items
        J items of at most M categories.
    abilities
        Shape (Q,), on the scale of the items.

    References
    ----------
    Birnbaum, A. (1968). Some latent trait models. In Lord & Novick, Statistical Theories of Mental Test Scores.
    Samejima, F. (1969). Estimation of latent ability using a response pattern of graded scores. Psychometrika
    Monograph 17.
    Muraki, E. (1992). A generalized partial credit model. Applied Psychological Measurement 16.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> probabilities(items_of(["dichotomous"], [1.0], [[0.0]], [0.2]), [0.0])
    array([[[0.4, 0.6]]])
    """
    return curves(items, np.asarray(abilities, dtype=np.float64))[0]


def expected_scores(items: Items, abilities: ArrayLike) -> Floats:
    """Σ_k k P(X_j = k | θ), shape (Q, J), in points.

    Parameters are those of `probabilities`.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> expected_scores(items_of(["partial"], [1.0], [[0.0, 0.0]]), [0.0])
    array([[1.]])
    """
    return scored(probabilities(items, abilities))


def scored(table: Floats) -> Floats:
    """Categories (..., M) summed up with their points 0 to M − 1."""
    return np.asarray(table @ np.arange(table.shape[-1], dtype=np.float64))


def curves(items: Items, abilities: Floats) -> tuple[Floats, Floats]:
    """The probabilities and their derivatives by θ, both of shape (Q, J, M)."""
    shape = (len(abilities), len(items.kinds), items.intercepts.shape[1] + 1)
    found, rising = np.zeros(shape), np.zeros(shape)
    partial = items.of_kind(Kind.PARTIAL)
    for chosen, model in ((~partial, _cumulative), (partial, _adjacent)):
        found[:, chosen], rising[:, chosen] = model(items.take(np.flatnonzero(chosen).tolist()), abilities)
    return found, rising


def _cumulative(items: Items, abilities: Floats) -> tuple[Floats, Floats]:
    """Differences of P(X ≥ k), which is 1 for k = 0 and 0 beyond the last category."""
    shape = (len(abilities), len(items.kinds), items.intercepts.shape[1] + 2)
    reached, rising = np.zeros(shape), np.zeros(shape)
    slope, room = items.slopes[:, None], 1 - items.lower[:, None]
    # tanh overflows nowhere, other than exp
    logistic = 0.5 + 0.5 * np.tanh((abilities[:, None, None] * slope + items.intercepts) / 2)
    reached[..., 0] = 1
    missing = np.isnan(items.intercepts)
    reached[..., 1:-1] = np.where(missing, 0, items.lower[:, None] + room * logistic)
    rising[..., 1:-1] = np.where(missing, 0, room * slope * logistic * (1 - logistic))
    return -np.diff(reached, axis=-1), -np.diff(rising, axis=-1)


def _adjacent(items: Items, abilities: Floats) -> tuple[Floats, Floats]:
    """exp(k a θ + d_k) as a part of their sum."""
    whole = np.concatenate([np.zeros((len(items.kinds), 1)), items.intercepts], axis=1)
    points = np.arange(whole.shape[1])
    logit = (abilities[:, None] * items.slopes)[..., None] * points + np.where(np.isnan(whole), -np.inf, whole)
    power = np.exp(logit - logit.max(axis=-1, keepdims=True))
    found = power / power.sum(axis=-1, keepdims=True)
    return found, found * items.slopes[:, None] * (points - scored(found)[..., None])
