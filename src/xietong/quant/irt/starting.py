"""Where estimation begins: slope 1 or −1, and what the shares of the categories say."""

import numpy as np
from numpy.typing import NDArray

from xietong.quant.classical.items import items
from xietong.quant.irt.layout import Floats, Layout
from xietong.quant.items import Items, Kind
from xietong.quant.responses import Responses

LEAST_SHARE = 0.01
SLOPE = {Kind.DICHOTOMOUS: 1.0, Kind.GRADED: 1.0, Kind.PARTIAL: 0.6}
STRETCH = 1.2
"""Logits of a population that is spread are nearer to 0 than those of a person in its middle."""
LOWER = 0.15

FEW = 1000
"""About so many persons show which way an item falls."""


def start(layout: Layout, responses: Responses, counts: Floats, fixed: Items | None) -> Floats:
    """The vector at which estimation begins, from the answers and the persons (J, M) in each category of each item.

    Fixed items stand in it with the parameters that they are given.
    """
    vector = np.zeros(len(layout.free))
    for batch in layout.batches:
        own, used = layout.items[batch.items], list(layout.used[batch.items[0]])
        slopes, steps, lowers = batch.places[:, 0], batch.places[:, 1 : len(used)], batch.places[:, len(used) :]
        if batch.is_free or fixed is None:
            there = counts[own][:, used]
            shares = np.maximum(there / there.sum(axis=1, keepdims=True), LEAST_SHARE)
            vector[slopes], vector[steps], vector[lowers] = SLOPE[batch.kind], intercepts(batch.kind, shares), LOWER
            if batch.has_lower:
                vector[slopes] *= np.where(falling(responses)[own], -1, 1)
        else:
            vector[slopes], vector[lowers] = fixed.slopes[own], fixed.lower[own][:, None]
            vector[steps] = fixed.intercepts[own][:, np.array(used[1:]) - 1]
    return vector


def falling(responses: Responses) -> NDArray[np.bool_]:
    """Which items (J,) those who do well on the others answer less often.

    An item without asymptote finds its sign by itself. With one, a slope near 0 is a trap: the asymptote takes over.
    """
    few = slice(None, None, max(1, len(responses.codes) // FEW))
    found = items(Responses(responses.codes[few], responses.categories, responses.weights[few]))
    return np.asarray(found.item_rest < 0)


def intercepts(kind: Kind, shares: Floats) -> Floats:
    """Those of items of which such shares (B, m) are in each category."""
    if kind is Kind.PARTIAL:
        return np.asarray(np.log(shares[:, 1:] / shares[:, :1]))
    reached = np.cumsum(shares[:, ::-1], axis=1)[:, ::-1] / shares.sum(axis=1, keepdims=True)
    return np.asarray(STRETCH * np.log(reached[:, 1:] / (1 - reached[:, 1:])))
