"""Common items that moved between two calibrations, and linking without them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from xietong.quant.items import Items, refuse_unpaired
from xietong.quant.linking.errors import Link
from xietong.quant.linking.nodes import Nodes
from xietong.quant.responding import expected_scores
from xietong.quant.scale import Constants, Floats

Distance = Callable[[Items, Items, Constants], Floats]
"""How far each common item moved, shape (J,), by its amount; a sign does not count."""

NORMAL_RANGE = 0.74
"""Standard deviations in an interquartile range of a normal distribution, turned over: 1 ÷ 1.349, as is custom."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Between the expected scores of each common item after linking, all of shape (J,), in points.

    Attributes
    ----------
    signed
        Mean of target − source: above 0 if the item became easier.
    absolute
        Mean of the amount: also sees curves that cross.
    root_mean_square
        Of the difference.
    """

    signed: Floats
    absolute: Floats
    root_mean_square: Floats


@dataclass(frozen=True, slots=True)
class Removal:
    """One item that was taken out.

    Attributes
    ----------
    item
        Its place among all common items, from 0.
    distance
        How far it lay off, as the caller measures, with its sign.
    constants
        Those of the round in which it was still there.
    """

    item: int
    distance: float
    constants: Constants


@dataclass(frozen=True, slots=True)
class Anchor:
    """The common items that stay.

    Attributes
    ----------
    constants
        From those that stay.
    kept
        Their places among all common items, ascending.
    removed
        Those taken out, in the order of the rounds.
    distances
        Shape (J,): of the last round; NaN for items taken out.
    """

    constants: Constants
    kept: tuple[int, ...]
    removed: tuple[Removal, ...]
    distances: Floats


def gaps(source: Items, target: Items, constants: Constants, over: Nodes) -> Gaps:
    """How far the expected scores of each common item lie apart, weighted over nodes of the target scale.

    With δ_j(θ) = E*_j(θ) − E_j((θ − B) ÷ A): Σ w δ, Σ w |δ| and √(Σ w δ²). With equal weights on equal steps, the
    length of the range times the first two is the signed and unsigned area between the curves.

    Parameters
    ----------
    source, target, constants
        The common items of both calibrations and what links them.
    over
        Abilities on the target scale; their weights add up to 1.

    Raises
    ------
    ValueError
        As for `mean_mean`.

    References
    ----------
    Raju, N. S. (1988). The area between two item characteristic curves. Psychometrika 53.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.linking.nodes import nodes_of
    >>> one, other = items_of(["dichotomous"], [1.0], [[0.0]]), items_of(["dichotomous"], [1.0], [[1.0]])
    >>> wide = nodes_of(np.linspace(-50, 50, 2001))
    >>> round(100 * gaps(one, other, Constants(1.0, 0.0), wide).signed.item(), 2)
    1.0
    """
    refuse_unpaired(source, target)
    there = constants.inverse().of(over.points)
    apart = expected_scores(target, over.points) - expected_scores(source, there)
    return Gaps(over.weights @ apart, over.weights @ np.abs(apart), np.sqrt(over.weights @ apart**2))


def robust_z(source: Items, target: Items, constants: Constants) -> Floats:
    """Robust z of the drift in difficulty, shape (J,): (D − median D) ÷ (0.74 × interquartile range of D).

    D is the mean threshold of an item in the target less the same of the source after linking. |z| above 1.645 or
    1.96 is the custom. NaN for all items where the interquartile range is 0.

    Parameters and errors are those of `gaps`.

    References
    ----------
    Huynh, H., Meyer, P. (2010). Use of robust z in detecting unstable items in item response theory models.
    Practical Assessment, Research & Evaluation 15.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> kinds, same = ["dichotomous"] * 5, [1.0] * 5
    >>> source = items_of(kinds, same, [[0.0]] * 5)
    >>> robust_z(source, items_of(kinds, same, [[2.0], [1.0], [0.0], [-1.0], [-9.0]]), Constants(1.0, 0.0)).round(2)
    array([-1.35, -0.68,  0.  ,  0.68,  6.08])
    """
    refuse_unpaired(source, target)
    own, other = (np.nanmean(items.thresholds(), axis=1) for items in (source, target))
    moved = other - constants.of(own)
    low, middle, high = np.quantile(moved, (0.25, 0.5, 0.75))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(high > low, (moved - middle) / (NORMAL_RANGE * (high - low)), np.nan)


def without_drift(
    source: Items, target: Items, link: Link, distance: Distance, *, threshold: float, least: int
) -> Anchor:
    """Links, takes out the item farthest off if it is beyond the threshold, links again, until none is.

    One item at a time: an item that moved pulls the constants towards itself, so that others seem to have moved the
    other way.

    Parameters
    ----------
    source, target
        All common items of both calibrations.
    link, distance
        The method, and how far each item lies off, such as `robust_z` or
        ``lambda *linked: gaps(*linked, nodes).signed``; both get the items that are still there.
    threshold
        An item goes if the amount of its distance is above this.
    least
        So many items have to stay, at least one.

    Raises
    ------
    ValueError
        As for `mean_mean`; a distance is NaN; or an item is beyond the threshold and no more may go: the message
        says which, and the caller decides on a wider threshold or fewer items.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.linking.moments import mean_mean
    >>> kinds, same = ["dichotomous"] * 5, [1.0] * 5
    >>> source = items_of(kinds, same, [[0.0], [0.5], [1.0], [1.5], [2.0]])
    >>> target = items_of(kinds, same, [[0.0], [0.4], [1.1], [1.5], [5.0]])
    >>> found = without_drift(source, target, mean_mean, robust_z, threshold=4.0, least=3)
    >>> found.kept, [each.item for each in found.removed]
    ((0, 1, 2, 3), [4])
    """
    refuse_unpaired(source, target)
    kept, removed = list(range(len(source.kinds))), list[Removal]()
    while True:
        pair = source.take(kept), target.take(kept)
        constants = link(*pair)
        apart = distance(*pair, constants)
        if np.isnan(apart).any():
            raise ValueError(f"item {kept[int(np.isnan(apart).argmax())]}: its distance is not defined")
        worst = int(np.abs(apart).argmax())
        if np.abs(apart[worst]) <= threshold:
            distances = np.full(len(source.kinds), np.nan)
            distances[kept] = apart
            return Anchor(constants, tuple(kept), tuple(removed), distances)
        if len(kept) <= max(least, 1):
            raise ValueError(
                f"item {kept[worst]}: its distance is {apart[worst]:g}, but only {len(kept)} items are left"
            )
        removed.append(Removal(kept.pop(worst), float(apart[worst]), constants))
