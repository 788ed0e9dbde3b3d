"""The abilities that are summed over: far enough for every population, and fine enough for the sharpest posterior."""

import numpy as np

from xietong.quant.irt.chances import chances
from xietong.quant.irt.layout import Floats, Layout

REACH = 6.0
"""Nodes reach so many standard deviations to both sides of every population."""

SPACING = 12 / 39
"""In standard deviations of the narrowest population, unless the test tells finer."""

FINEST = 1.25
"""Nodes lie at most so many standard deviations of the sharpest posterior apart: the sum over them is then exact to
about 2 exp(−2π² ÷ 1.25²), some millionths of a person's likelihood."""


def quadrature(layout: Layout, vector: Floats, held: Floats | None = None, most: int | None = None) -> Floats:
    """Equally spaced abilities that reach beyond every population and are as fine as the sharpest posterior needs.

    That is of a person who answered so many items, all unless told, which tell most of his ability. Nodes that are
    held stay if they do.
    """
    means, sds = vector[layout.means], np.exp(vector[layout.log_sds])
    lowest, highest = float((means - REACH * sds).min()), float((means + REACH * sds).max())
    if held is None:
        return spread(lowest, highest, float(SPACING * sds.min()))
    narrow = held[0] > (means - (REACH - 1) * sds).min() or held[-1] < (means + (REACH - 1) * sds).max()
    information = np.sort(information_at(layout, vector, held), axis=0)[::-1][:most].sum(axis=0)
    sharpest = float((1 / np.sqrt(information + 1 / sds.max() ** 2)).min())
    step, finest = float(held[1] - held[0]), FINEST * sharpest
    coarse = step > finest * (1 + 1e-9) or step > 2 * SPACING * sds.min()
    if not narrow and not coarse:
        return held
    return spread(min(lowest, held[0]), max(highest, held[-1]), min(step, finest * 0.9, float(SPACING * sds.min())))


def spread(lowest: float, highest: float, step: float) -> Floats:
    """Nodes as many as processors take at once without a rest: a multiple of eight."""
    least = int(np.ceil((highest - lowest) / step - 1e-9)) + 1
    return np.linspace(lowest, highest, -(-least // 8) * 8)


def information_at(layout: Layout, vector: Floats, nodes: Floats) -> Floats:
    """What each item tells of an ability, shape (J', Q)."""
    found = np.zeros((len(layout.items), len(nodes)))
    for batch in layout.batches:
        # The derivative by θ is that by the slope, times a ÷ θ; where θ is 0 it is taken beside it.
        theta = np.where(nodes == 0, 1e-9, nodes)
        chance, slopes = chances(batch.kind, vector[batch.places], batch.points, theta)
        rising = slopes[..., 0] * vector[batch.places[:, :1]][:, :, None] / theta
        found[batch.items] = (chance * rising**2).sum(axis=1)
    return found
