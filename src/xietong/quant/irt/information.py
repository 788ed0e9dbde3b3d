"""How much items and booklets tell about an ability, and how far an estimate of it errs."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.items import Items
from xietong.quant.logarithms import Relative, relative
from xietong.quant.scale import Floats


def item_information(items: Items, abilities: ArrayLike) -> Floats:
    """Fisher information I_j(θ) = Σ_k P_k' ² ÷ P_k of each item, shape (Q, J), per unit of ability squared.

    NaN for an item without an estimate.

    Parameters
    ----------
    items
        J items.
    abilities
        Shape (Q,), on the scale of the items.

    References
    ----------
    Samejima, F. (1969). Estimation of latent ability using a response pattern of graded scores. Psychometrika
    Monograph 17.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> item_information(items_of(["dichotomous"], [2.0], [[0.0]]), [0.0])
    array([[1.]])
    """
    return fisher(relative(items, np.asarray(abilities, dtype=np.float64)))


def fisher(found: Relative) -> Floats:
    """Σ_k P (P' ÷ P)², shape (Q, J)."""
    return np.asarray((found.probability * found.slope**2).sum(axis=-1))


def booklet_information(items: Items, abilities: ArrayLike, presented: ArrayLike | None = None) -> Floats:
    """Σ_j I_j(θ) of the items of a booklet; those without an estimate add nothing.

    Parameters
    ----------
    items, abilities
        As for `item_information`.
    presented
        Shape (B, J): true where an item stands in booklet b. Left out, there is one booklet with all.

    Returns
    -------
    Shape (Q,), or (B, Q) for booklets.

    Raises
    ------
    ValueError
        The booklets are not of J items.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> items = items_of(["dichotomous"] * 2, [2.0, 4.0], [[0.0], [0.0]])
    >>> booklet_information(items, [0.0]), booklet_information(items, [0.0], [[True, False]])
    (array([5.]), array([[1.]]))
    """
    found = np.nan_to_num(item_information(items, abilities))
    if presented is None:
        return np.asarray(found.sum(axis=1))
    return np.asarray(booklets(presented, len(items.kinds)).astype(np.float64) @ found.T)


def booklets(presented: ArrayLike, n: int) -> NDArray[np.bool_]:
    found = np.asarray(presented, dtype=bool)
    if found.ndim != 2 or found.shape[1] != n:  # noqa: PLR2004
        raise ValueError(f"presented items have the shape {found.shape} instead of (booklets, {n})")
    return found


def standard_error(items: Items, abilities: ArrayLike, presented: ArrayLike | None = None) -> Floats:
    """1 ÷ √I(θ), in units of ability; infinite where the booklet tells nothing.

    Parameters, shapes and errors are those of `booklet_information`.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> standard_error(items_of(["dichotomous"], [4.0], [[0.0]]), [0.0])
    array([0.5])
    """
    with np.errstate(divide="ignore"):
        return np.asarray(1 / np.sqrt(booklet_information(items, abilities, presented)))
