"""Linking constants that bring the curves of common items, or of the whole anchor, together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from xietong.quant.items import Items, refuse_unpaired
from xietong.quant.linking.moments import mean_mean, mean_sigma
from xietong.quant.linking.nodes import Nodes
from xietong.quant.responding import curves, scored
from xietong.quant.scale import UNDEFINED, Constants, Floats

Seen = Callable[[Items, Floats], tuple[Floats, Floats]]
"""What is compared at each node, shape (Q, C), and its derivative by ability."""

CLOSE = 1e-15
"""The search ends when a step changes the criterion, or ln A and B, by no more than this part. About its least the
criterion is square: A and B are then off by some 10⁻⁸ of what noise in the curves moves them."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Constants at the least of a criterion.

    Attributes
    ----------
    constants
        A and B; NaN if the search did not converge.
    criterion
        Its value where the search ended: squared differences, averaged over nodes, summed over the sides.
    converged
        Whether a least was found that the curves determine: at one node, or if the curves are flat there, A and B
        can move together without any change.
    symmetric
        Whether curves were compared on both scales, or on the target scale only.
    """

    constants: Constants
    criterion: float
    converged: bool
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One scale at whose nodes the curves that stay are compared with those that are brought there."""

    moved: Items
    nodes: Nodes
    stays: Floats
    is_target: bool

    def abilities(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """The nodes on the scale of the items that are moved, and their derivatives by ln A and by B."""
        stretch, shift = np.exp(at[0]), at[1]
        points = self.nodes.points
        if self.is_target:
            there = (points - shift) / stretch
            return there, -there, np.full_like(points, -1 / stretch)
        return stretch * points + shift, stretch * points, np.ones_like(points)

    def residuals(self, at: Floats, seen: Seen) -> Floats:
        there, _, _ = self.abilities(at)
        return np.asarray(np.sqrt(self.nodes.weights)[:, None] * (self.stays - seen(self.moved, there)[0])).ravel()

    def jacobian(self, at: Floats, seen: Seen) -> Floats:
        there, by_stretch, by_shift = self.abilities(at)
        rising = -np.sqrt(self.nodes.weights)[:, None] * seen(self.moved, there)[1]
        return np.stack([(rising * by[:, None]).ravel() for by in (by_stretch, by_shift)], axis=1)


@dataclass(frozen=True, slots=True)
class Criterion:
    """Squared differences as a function of ln A and B, shape (2,), over one or both scales."""

    seen: Seen
    sides: tuple[Side, ...]

    def residuals(self, at: Floats) -> Floats:
        return np.concatenate([side.residuals(at, self.seen) for side in self.sides])

    def jacobian(self, at: Floats) -> Floats:
        return np.concatenate([side.jacobian(at, self.seen) for side in self.sides])

    def value(self, at: Floats) -> float:
        return float(np.sum(self.residuals(at) ** 2))

    def determines(self, at: Floats) -> bool:
        """Whether no move of ln A and B together leaves all curves where they are."""
        return bool(np.linalg.matrix_rank(self.jacobian(at)) == len(at))


def haebara(source: Items, target: Items, over_target: Nodes, over_source: Nodes | None = None) -> Fitted:
    """A and B that bring the curve of every category of every common item as close as they can come.

    H = Σ_q w_q Σ_j Σ_k [P*_jk(θ_q) − P_jk((θ_q − B) ÷ A)]² over the nodes of the target scale and, if nodes of the
    source scale are given too, plus Σ_q v_q Σ_j Σ_k [P_jk(θ_q) − P*_jk(Aθ_q + B)]² (symmetric).

    Parameters
    ----------
    source, target
        As for `mean_mean`; P are the curves of the source, P* those of the target.
    over_target
        Abilities of the target group on its scale.
    over_source
        Abilities of the source group on its own scale; left out, the criterion is one-sided. With both, linking
        the target to the source (nodes exchanged) gives the inverse.

    Raises
    ------
    ValueError
        As for `mean_mean`.

    Notes
    -----
    Least squares in ln A and B with the exact derivatives, from the best of mean/sigma, mean/mean and A = 1, B = 0:
    an almost flat item has a difficulty far off that spoils the first two, but hardly a curve.

    References
    ----------
    Haebara, T. (1980). Equating logistic ability scales by a weighted least squares method. Japanese Psychological
    Research 22.
    Kim, S., Lee, W.-C. (2006). An extension of four IRT linking methods for mixed-format tests. Journal of
    Educational Measurement 43.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.linking.nodes import normal_nodes
    >>> source = items_of(["dichotomous"] * 2, [1.0, 1.5], [[1.0], [-1.0]])
    >>> found = haebara(source, source.transformed(Constants(2.0, 0.5)), normal_nodes())
    >>> round(found.constants.stretch, 8), round(found.constants.shift, 8), found.converged
    (2.0, 0.5, True)
    """
    return _fitted(source, target, over_target, over_source, by_category)


def stocking_lord(source: Items, target: Items, over_target: Nodes, over_source: Nodes | None = None) -> Fitted:
    """A and B that bring the expected scores on all common items together as close as they can come.

    F = Σ_q w_q [T*(θ_q) − T((θ_q − B) ÷ A)]² with T = Σ_j Σ_k k P_jk, and for the source scale as `haebara` has it.
    Differences between items that cancel each other do not count.

    Parameters, errors and notes are those of `haebara`.

    References
    ----------
    Stocking, M. L., Lord, F. M. (1983). Developing a common metric in item response theory. Applied Psychological
    Measurement 7.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.linking.nodes import normal_nodes
    >>> source = items_of(["dichotomous"] * 2, [1.0, 1.5], [[1.0], [-1.0]])
    >>> found = stocking_lord(source, source.transformed(Constants(2.0, 0.5)), normal_nodes(), normal_nodes())
    >>> round(found.constants.stretch, 8), round(found.constants.shift, 8), found.symmetric
    (2.0, 0.5, True)
    """
    return _fitted(source, target, over_target, over_source, by_total)


def by_category(items: Items, abilities: Floats) -> tuple[Floats, Floats]:
    found, rising = curves(items, abilities)
    return found.reshape(len(abilities), -1), rising.reshape(len(abilities), -1)


def by_total(items: Items, abilities: Floats) -> tuple[Floats, Floats]:
    found, rising = curves(items, abilities)
    return scored(found).sum(axis=1, keepdims=True), scored(rising).sum(axis=1, keepdims=True)


def criterion_of(
    source: Items, target: Items, over_target: Nodes, over_source: Nodes | None, seen: Seen
) -> Criterion:
    one = Side(source, over_target, seen(target, over_target.points)[0], is_target=True)
    if over_source is None:
        return Criterion(seen, (one,))
    return Criterion(seen, (one, Side(target, over_source, seen(source, over_source.points)[0], is_target=False)))


def _fitted(source: Items, target: Items, over_target: Nodes, over_source: Nodes | None, seen: Seen) -> Fitted:
    from scipy.optimize import least_squares  # noqa: PLC0415

    refuse_unpaired(source, target)
    criterion = criterion_of(source, target, over_target, over_source, seen)
    at, converged = min(_starts(source, target), key=criterion.value), False
    if criterion.determines(at):
        found = least_squares(
            criterion.residuals, at, criterion.jacobian, method="lm", xtol=CLOSE, ftol=CLOSE, gtol=CLOSE
        )
        at, converged = found.x, bool(found.success) and criterion.determines(found.x)
    constants = Constants(float(np.exp(at[0])), float(at[1])) if converged else UNDEFINED
    return Fitted(constants, criterion.value(at), converged, over_source is not None)


def _starts(source: Items, target: Items) -> list[Floats]:
    tried = mean_sigma(source, target), mean_mean(source, target), Constants(1.0, 0.0)
    return [np.array([np.log(each.stretch), each.shift]) for each in tried if not np.isnan(each.stretch)]
