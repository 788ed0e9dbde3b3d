"""Where each parameter stands in the one vector that is estimated; what is equal stands there once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.irt.models import Model
from xietong.quant.items import Items, Kind

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Items of one kind and the same categories, which are counted together.

    Attributes
    ----------
    kind
        Their model.
    items
        Shape (B,): which of the items that are estimated.
    points
        Shape (m,): the categories that occur.
    places
        Shape (B, p): where slope, intercepts and lower asymptote stand in the vector.
    is_free, shares_slope
        Whether they are estimated, and with one slope together.
    """

    kind: Kind
    items: Places
    points: Floats
    places: Places
    is_free: bool
    shares_slope: bool

    @property
    def has_lower(self) -> bool:
        return bool(self.places.shape[1] > len(self.points))


@dataclass(frozen=True, slots=True)
class Layout:
    """The items with data, in batches, and the populations.

    Attributes
    ----------
    batches
        All items that have an estimate, each in one of them.
    used
        Of each of these items the categories that occur, ascending.
    items
        Shape (J',): which of the caller's items they are.
    means, log_sds
        Shape (G,): where the parameters of the populations stand.
    free
        Shape (P,): which places of the vector are estimated.
    lowers
        The places that hold a lower asymptote, which is never below 0.
    """

    batches: tuple[Batch, ...]
    used: tuple[tuple[int, ...], ...]
    items: Places
    means: Places
    log_sds: Places
    free: NDArray[np.bool_]
    lowers: Places

    def is_like(self, other: "Layout") -> bool:
        """Whether the same parameters stand at the same places."""
        own, theirs = (
            (
                one.used,
                one.items.tolist(),
                one.free.tolist(),
                [(each.kind, each.places.tolist()) for each in one.batches],
            )
            for one in (self, other)
        )
        return own == theirs

    @property
    def most(self) -> int:
        return max(map(len, self.used), default=0)


def layout_of(
    models: Sequence[Model],
    used: Sequence[tuple[int, ...]],
    estimable: NDArray[np.bool_],
    is_fixed: NDArray[np.bool_],
    free_groups: Sequence[bool],
) -> Layout:
    """Places for the parameters of the estimable items and of the populations."""
    items = np.flatnonzero(estimable)
    shared = -1
    places: list[list[int]] = []
    lowers: list[int] = []
    free: list[bool] = []

    def place(*, is_free: bool) -> int:
        free.append(is_free)
        return len(free) - 1

    for item in items.tolist():
        is_free, model = not is_fixed[item], models[item]
        if model.shares_slope and is_free:
            shared = place(is_free=True) if shared < 0 else shared
            own = [shared]
        else:
            own = [place(is_free=is_free)]
        own += [place(is_free=is_free) for _ in used[item][1:]]
        if model is Model.THREE:
            own.append(place(is_free=is_free))
            lowers.append(own[-1])
        places.append(own)
    means = [place(is_free=is_free) for is_free in free_groups]
    log_sds = [place(is_free=is_free) for is_free in free_groups]
    return Layout(
        batches_of(models, used, items, is_fixed, places),
        tuple(used[item] for item in items.tolist()),
        items,
        np.array(means, dtype=np.int64),
        np.array(log_sds, dtype=np.int64),
        np.array(free, dtype=bool),
        np.array(lowers, dtype=np.int64),
    )


def batches_of(
    models: Sequence[Model],
    used: Sequence[tuple[int, ...]],
    items: Places,
    is_fixed: NDArray[np.bool_],
    places: Sequence[Sequence[int]],
) -> tuple[Batch, ...]:
    alike: dict[tuple[Kind, tuple[int, ...], int, bool, bool], list[int]] = {}
    for own, item in enumerate(items.tolist()):
        model, is_free = models[item], not is_fixed[item]
        key = (model.kind, used[item], len(places[own]), is_free, model.shares_slope and is_free)
        alike.setdefault(key, []).append(own)
    return tuple(
        Batch(
            kind,
            np.array(own, dtype=np.int64),
            np.array(points, dtype=np.float64),
            np.array([places[one] for one in own], dtype=np.int64),
            is_free,
            shares,
        )
        for (kind, points, _size, is_free, shares), own in alike.items()
    )


def items_from(layout: Layout, vector: Floats, kinds: Sequence[Kind], categories: Places) -> Items:
    """The parameters as items of the caller; NaN for an item without an estimate and beyond its categories.

    A category that nobody reached has chance 0: −inf in a partial credit item, and in a graded one the intercept of
    the next that somebody did, or −inf if there is none above and +inf if there is none below.
    """
    n = len(kinds)
    slopes, lower = np.full(n, np.nan), np.zeros(n)
    intercepts = np.full((n, int(categories.max()) - 1), np.nan)
    for batch in layout.batches:
        steps = len(batch.points) - 1
        for own, places in zip(batch.items, batch.places, strict=True):
            item, values = layout.items[own], vector[places]
            slopes[item] = values[0]
            row = intercepts[item, : categories[item] - 1]
            row[:] = spread(batch.kind, layout.used[own], values[1 : 1 + steps], len(row))
            if len(values) > 1 + steps:
                lower[item] = values[-1]
    return Items(tuple(kinds), slopes, intercepts, lower)


def spread(kind: Kind, used: tuple[int, ...], own: Floats, steps: int) -> Floats:
    """Intercepts of the categories that occur, laid out over all so many of the item."""
    found = np.empty(steps)
    for category in range(1, steps + 1):
        above = [place for place, one in enumerate(used) if one >= category]
        if kind is Kind.PARTIAL:
            found[category - 1] = own[used.index(category) - 1] if category in used else -np.inf
        elif not above:
            found[category - 1] = -np.inf
        else:
            found[category - 1] = own[above[0] - 1] if above[0] else np.inf
    return found
