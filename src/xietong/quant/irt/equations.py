"""The equations whose solutions are weighted likelihood estimates: a loop, compiled when it is first needed.

The formulas are those of `logarithms.relative`. Arrays of persons × items × categories would take ten times as long.
"""

from collections.abc import Callable
from math import exp

import numpy as np
from numpy.typing import NDArray

from xietong.quant.compiling import compiled
from xietong.quant.items import Items, Kind
from xietong.quant.logarithms import chances_of, edges_of
from xietong.quant.responses import Codes
from xietong.quant.scale import Floats

prange = range  # until it is compiled

Terms = tuple[float, float, float]
"""Of one item: P' ÷ P of the category reached, Σ_k P (P' ÷ P)² and Σ_k P' P'' ÷ P."""
Flags = NDArray[np.bool_]


def cumulative(ability: float, own: int, slope: float, edges: Floats, factor: Floats, guessed: Floats) -> Terms:
    """The terms of an item that is right or wrong, or graded."""
    first = information = bias = 0.0
    above, below = 1.0, 0.0
    for k in range(len(factor)):
        logit = slope * ability + edges[k + 1]
        power = exp(-abs(logit))
        larger = 1 / (1 + power)
        reached, short = (larger, power * larger) if logit >= 0 else (power * larger, larger)
        known = above * short * factor[k]
        chance = known + guessed[k]
        part = known / chance if guessed[k] > 0 else 1.0
        rise = slope * (below - reached)
        bend = part * (rise * rise - slope * slope * (above * below + reached * short))
        rise *= part
        information += chance * rise * rise
        bias += chance * rise * bend
        if k == own:
            first = rise
        above, below = reached, short
    return first, information, bias


def adjacent(ability: float, own: int, slope: float, edges: Floats) -> Terms:
    """The terms of an item of partial credit: a (k − mean), a² and a³ times the moments of k about its mean."""
    most = 0.0
    for k in range(1, len(edges) - 1):
        most = max(most, k * slope * ability + edges[k])
    whole = exp(-most)
    total = 0.0
    for k in range(1, len(edges) - 1):
        chance = exp(k * slope * ability + edges[k] - most)
        whole += chance
        total += k * chance
    mean = total / whole
    square = mean * mean * exp(-most) / whole
    cube = -mean * square
    for k in range(1, len(edges) - 1):
        chance = exp(k * slope * ability + edges[k] - most) / whole
        square += chance * (k - mean) ** 2
        cube += chance * (k - mean) ** 3
    return slope * (own - mean), slope**2 * square, slope**3 * cube


def add_terms(
    codes: Codes,
    abilities: Floats,
    slopes: Floats,
    edges: Floats,
    factor: Floats,
    guessed: Floats,
    partial: Flags,
    found: Floats,
) -> None:
    """Writes l' + J ÷ (2 I) and I of each person to ``found``, shape (2, B); l' alone where I is 0."""
    for person in prange(len(codes)):
        first = information = bias = 0.0
        for item in range(len(slopes)):
            own = codes[person, item]
            if own >= 0:
                if partial[item]:
                    one, two, three = adjacent(abilities[person], own, slopes[item], edges[item])
                else:
                    one, two, three = cumulative(
                        abilities[person], own, slopes[item], edges[item], factor[item], guessed[item]
                    )
                first += one
                information += two
                bias += three
        found[0, person] = first + bias / (2 * information) if information > 0 else first
        found[1, person] = information


Equation = Callable[[Codes, Floats], Floats]


def equation_of(items: Items) -> Equation:
    """Of the codes of B persons, and an ability for each: l' + J ÷ (2 I) and I, shape (2, B)."""
    loop = compiled(add_terms, parallel=True, calling=(cumulative, adjacent))
    parameters = (items.slopes, edges_of(items), *chances_of(items), items.of_kind(Kind.PARTIAL))

    def equation(codes: Codes, abilities: Floats) -> Floats:
        found = np.empty((2, len(codes)))
        loop(codes, abilities, *parameters, found)
        return found

    return equation
