"""Item parameters of one calibration, of mixed models, and what they are on another scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.scale import Constants, Floats


class Kind(StrEnum):
    DICHOTOMOUS = "dichotomous"
    """P(right) = c + (1 − c) logistic(aθ + d)."""
    GRADED = "graded"
    """P(X ≥ k) = logistic(aθ + d_k), d descending."""
    PARTIAL = "partial"
    """ln P(X = k) = k a θ + d_k + constant, d_0 = 0."""


@dataclass(frozen=True, slots=True)
class Items:
    """J items on one scale, as `items_of` checks them.

    Attributes
    ----------
    kinds
        The model of each item, J of them.
    slopes
        Shape (J,): a, above 0, per unit of ability (logit, without 1.7).
    intercepts
        Shape (J, M − 1): d of the categories 1 to m − 1; NaN beyond those that an item has.
    lower
        Shape (J,): the lower asymptote c from 0 to below 1; 0 for an item of several steps.
    """

    kinds: tuple[Kind, ...]
    slopes: Floats
    intercepts: Floats
    lower: Floats

    def of_kind(self, kind: Kind) -> NDArray[np.bool_]:
        return np.array([each == kind for each in self.kinds], dtype=bool)

    def thresholds(self) -> Floats:
        """Difficulties b, shape (J, M − 1), NaN beyond those that an item has.

        −d_k ÷ a where the model is dichotomous or graded, −(d_k − d_{k−1}) ÷ a where it is partial credit. Infinite
        or NaN where a is 0.
        """
        steps = np.diff(self.intercepts, axis=1, prepend=0.0)
        chosen = np.where(self.of_kind(Kind.PARTIAL)[:, None], steps, self.intercepts)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(-chosen / self.slopes[:, None])

    def transformed(self, constants: Constants) -> "Items":
        """The same items on the scale θ* = Aθ + B: a* = a ÷ A, d* = d − a* B, for partial credit d_k − k a* B.

        Raises
        ------
        ValueError
            A is not above 0, or one of both is not finite.
        """
        if not (0 < constants.stretch < np.inf and np.isfinite(constants.shift)):
            raise ValueError(f"A = {constants.stretch}, B = {constants.shift} is no transformation of a scale")
        slopes = self.slopes / constants.stretch
        steps = np.arange(1, self.intercepts.shape[1] + 1)
        times = np.where(self.of_kind(Kind.PARTIAL)[:, None], steps, 1)
        moved = self.intercepts - times * (slopes * constants.shift)[:, None]
        return Items(self.kinds, slopes, moved, self.lower)

    def take(self, places: Sequence[int]) -> "Items":
        """The items at those places, in that order."""
        at = np.asarray(places, dtype=np.int64)
        return Items(tuple(self.kinds[j] for j in at), self.slopes[at], self.intercepts[at], self.lower[at])


def items_of(kinds: Sequence[str], slopes: ArrayLike, intercepts: ArrayLike, lower: ArrayLike | None = None) -> Items:
    """The item parameters that a caller gave, if they can be such.

    Parameters
    ----------
    kinds
        J times "dichotomous", "graded" or "partial".
    slopes
        Shape (J,): a > 0.
    intercepts
        Shape (J, M − 1): d, with NaN beyond the categories of an item.
    lower
        Shape (J,): c; left out, all are 0.

    Raises
    ------
    ValueError
        A shape does not fit, or a parameter cannot be; the message names the first such item, counted from 0.

    Examples
    --------
    >>> nan = float("nan")
    >>> items_of(["dichotomous", "graded"], [1.0, 2.0], [[0.5, nan], [1.0, -1.0]]).thresholds()
    array([[-0.5,  nan],
           [-0.5,  0.5]])
    """
    known = [each.value for each in Kind]
    for item, kind in enumerate(kinds):
        if kind not in known:
            raise ValueError(f"item {item}: kind {kind!r} is none of {', '.join(known)}")
    n = len(kinds)
    table = np.asarray(intercepts, dtype=np.float64)
    if table.ndim != 2 or len(table) != n or not table.shape[1]:  # noqa: PLR2004
        raise ValueError(f"intercepts have the shape {table.shape} instead of ({n}, steps), with at least one step")
    found = Items(
        tuple(Kind(kind) for kind in kinds),
        shaped(slopes, "slopes", n),
        table,
        np.zeros(n) if lower is None else shaped(lower, "lower asymptotes", n),
    )
    why = complaint(found)
    if why:
        raise ValueError(why)
    return found


def shaped(values: ArrayLike, what: str, n: int) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if found.shape != (n,):
        raise ValueError(f"{what} have the shape {found.shape} instead of ({n},)")
    return found


def complaint(items: Items) -> str:
    """What is wrong with the first item that cannot be; nothing if all can."""
    missing = np.isnan(items.intercepts)
    some, gap = ~missing[:, 0], (missing[:, :-1] & ~missing[:, 1:]).any(axis=1)
    several = ~items.of_kind(Kind.DICHOTOMOUS)
    rising = (np.diff(items.intercepts, axis=1) >= 0).any(axis=1)
    rules: list[tuple[NDArray[np.bool_], str, NDArray[Any]]] = [
        (~((items.slopes > 0) & (items.slopes < np.inf)), "slope {} is no finite number above 0", items.slopes),
        (~some | gap | np.isinf(items.intercepts).any(axis=1), "intercepts {} are no finite row", items.intercepts),
        (~several & ~missing[:, 1:].all(axis=1), "intercepts {} are too many", items.intercepts),
        (items.of_kind(Kind.GRADED) & rising, "intercepts {} do not descend", items.intercepts),
        (~((items.lower >= 0) & (items.lower < 1)), "lower asymptote {} is not from 0 to below 1", items.lower),
        (several & (items.lower != 0), "lower asymptote {} of an item of several steps", items.lower),
    ]
    wrong = np.array([broken for broken, _, _ in rules])
    if not wrong.any():
        return ""
    item = int(wrong.any(axis=0).argmax())
    _, why, values = rules[int(wrong[:, item].argmax())]
    return f"item {item}: {why.format(values[item])}"


def refuse_unpaired(source: Items, target: Items) -> None:
    """Raises ValueError unless both have the same common items: as many, each of one kind and as many categories."""
    if len(source.kinds) != len(target.kinds):
        raise ValueError(f"{len(source.kinds)} items of the source stand beside {len(target.kinds)} of the target")
    if not source.kinds:
        raise ValueError("there are no common items")
    counts = [(~np.isnan(items.intercepts)).sum(axis=1).tolist() for items in (source, target)]
    sides = zip(zip(source.kinds, counts[0], strict=True), zip(target.kinds, counts[1], strict=True), strict=True)
    for item, (one, other) in enumerate(sides):
        if one != other:
            raise ValueError(
                f"item {item}: {one[0]} of {one[1]} steps in the source, {other[0]} of {other[1]} in the target"
            )
