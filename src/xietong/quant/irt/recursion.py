"""How likely each sum score of a test is at an ability."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.items import Items
from xietong.quant.logarithms import relative
from xietong.quant.scale import Floats


def score_distribution(items: Items, abilities: ArrayLike, chosen: Sequence[int] | None = None) -> Floats:
    """P(Σ_j X_j = s | θ) for s = 0 to Σ_j (m_j − 1), shape (Q, S + 1).

    Item by item, P_{r}(s) = Σ_k P_{r−1}(s − k) P(X_r = k): Lord and Wingersky's recursion, for any categories.

    Parameters
    ----------
    items
        J items, those chosen with an estimate; category k counts k points.
    abilities
        Shape (Q,), on the scale of the items.
    chosen
        The places of the items that make up the score; left out, all.

    Raises
    ------
    ValueError
        A chosen item has no estimate.

    References
    ----------
    Lord, F. M., Wingersky, M. S. (1984). Comparison of IRT true-score and equipercentile observed-score "equatings".
    Applied Psychological Measurement 8.
    Thissen, D., Pommerich, M., Billeaud, K., Williams, V. S. L. (1995). Item response theory for scores on tests
    including polytomous items with ordered responses. Applied Psychological Measurement 19.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> score_distribution(items_of(["dichotomous"] * 2, [1.0, 1.0], [[0.0], [0.0]]), [0.0])
    array([[0.25, 0.5 , 0.25]])
    """
    places = range(len(items.kinds)) if chosen is None else chosen
    for item in places:
        if np.isnan(items.slopes[item]):
            raise ValueError(f"item {item} has no estimate: no score with it has a distribution")
    own = items.take(list(places))
    table = relative(own, np.asarray(abilities, dtype=np.float64)).probability
    found = np.zeros((len(table), 1, most_points(own) + 1))
    found[..., 0] = 1
    for item in range(len(own.kinds)):
        add_item(found, table[:, item])
    return found[:, 0]


def without_each(items: Items, table: Floats) -> Floats:
    """The distribution of the score without item j, for every j, shape (Q, J, S + 1).

    Parameters
    ----------
    items
        J items, all with an estimate.
    table
        Shape (Q, J, M): their probabilities.
    """
    n = len(items.kinds)
    found = np.zeros((len(table), n, most_points(items) + 1))
    found[..., 0] = 1
    for item in range(n):
        add_item(found[:, :item], table[:, item])
        add_item(found[:, item + 1 :], table[:, item])
    return found


def most_points(items: Items) -> int:
    return int((~np.isnan(items.intercepts)).sum())


def add_item(scores: Floats, categories: Floats) -> None:
    """Adds one item with categories of shape (Q, M) to distributions of shape (Q, any, S + 1), in their place."""
    before = scores.copy()
    scores *= categories[:, None, :1]
    for points in range(1, min(categories.shape[1], scores.shape[-1])):
        scores[..., points:] += before[..., :-points] * categories[:, None, points : points + 1]
