"""Where estimation begins: slope 1, and what the shares of the categories say."""

import numpy as np

from xietong.quant.irt.layout import Floats, Layout
from xietong.quant.items import Items, Kind

LEAST_SHARE = 0.01
SLOPE = {Kind.DICHOTOMOUS: 1.0, Kind.GRADED: 1.0, Kind.PARTIAL: 0.6}
STRETCH = 1.2
"""Logits of a population that is spread are nearer to 0 than those of a person in its middle."""
LOWER = 0.15


def start(layout: Layout, counts: Floats, fixed: Items | None) -> Floats:
    """The vector at which estimation begins, from the persons (J, M) in each category of each item.

    Fixed items stand in it with the parameters that they are given.
    """
    vector = np.zeros(len(layout.free))
    for batch in layout.batches:
        for own, places in zip(batch.items, batch.places, strict=True):
            item, used = layout.items[own], layout.used[own]
            if batch.is_free or fixed is None:
                there = counts[item, list(used)]
                shares = np.maximum(there / there.sum(), LEAST_SHARE)
                vector[places[: len(used)]] = [SLOPE[batch.kind], *intercepts(batch.kind, shares)]
                vector[places[len(used) :]] = LOWER
            else:
                given = fixed.intercepts[item][np.array(used[1:]) - 1]
                vector[places[: len(used)]] = [fixed.slopes[item], *given]
                if len(places) > len(used):
                    vector[places[-1]] = fixed.lower[item]
    return vector


def intercepts(kind: Kind, shares: Floats) -> Floats:
    if kind is Kind.PARTIAL:
        return np.asarray(np.log(shares[1:] / shares[0]))
    reached = np.cumsum(shares[::-1])[::-1] / shares.sum()
    return np.asarray(STRETCH * np.log(reached[1:] / (1 - reached[1:])))
