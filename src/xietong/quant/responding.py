"""How likely each category of an item is at an ability, and how fast that changes."""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.items import Items
from xietong.quant.logarithms import relative
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
    found = relative(items, abilities)
    return found.probability, found.probability * found.slope
