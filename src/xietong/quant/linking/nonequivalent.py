"""Linear equating of two forms taken by groups that differ, through anchor items that both took."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.linking.scores import Line, Moments, counts_of, line_between, moments_of
from xietong.quant.scale import Floats


@dataclass(frozen=True, slots=True)
class Equated:
    """A line, and what it was drawn from.

    Attributes
    ----------
    line
        From scores on X to scores on Y. NaN where the scores on X do not vary, where a γ is not defined (in a
        group whose anchor scores do not vary, say), or where the assumptions lead to a variance below 0.
    x, y
        Mean and variance of both forms in the synthetic population, as estimated.
    """

    line: Line
    x: Moments
    y: Moments


@dataclass(frozen=True, slots=True)
class Group:
    """One group on its form and on the anchor."""

    form: Moments
    anchor: Moments
    covariance: float


def tucker(x: ArrayLike, y: ArrayLike, *, weight: float) -> Equated:
    """Tucker: the regression of the form on the anchor is the same in both groups, and so is what it leaves.

    With γ = cov(form, anchor) ÷ var(anchor) of each group, the synthetic population of both has

    mean X = X̄₁ − w₂γ₁(V̄₁ − V̄₂),  variance X = S²(X₁) − w₂γ₁²(S²(V₁) − S²(V₂)) + w₁w₂γ₁²(V̄₁ − V̄₂)²

    and for Y the same with + w₁γ₂, + w₁γ₂² and w₁w₂γ₂². The line gives X the mean and deviation of Y.

    Parameters
    ----------
    x
        Shape (K_X + 1, L + 1): how many of the first group have the score i on form X and v on the anchor.
    y
        Shape (K_Y + 1, L + 1): the second group, which took form Y.
    weight
        w₁, the part of the first group in the synthetic population, from 0 to 1; w₂ = 1 − w₁.

    Raises
    ------
    ValueError
        A count is negative, NaN or infinite, nobody was counted, the anchors have not the same scores, or the
        weight is not from 0 to 1.

    References
    ----------
    Kolen, M. J., Brennan, R. L. (2014). Test Equating, Scaling, and Linking, 3rd edition, chapter 4. Springer.

    Examples
    --------
    >>> group = [[2, 0], [1, 1], [0, 2]]
    >>> tucker(group, group, weight=0.5).line
    Line(slope=1.0, intercept=0.0)
    """
    first, second = _groups(x, y, weight)
    gammas = [_ratio(group.covariance, group.anchor.variance) for group in (first, second)]
    return _synthetic(first, second, gammas, weight)


def levine(x: ArrayLike, y: ArrayLike, *, weight: float, internal: bool) -> Equated:
    """Levine, observed scores: true scores on form and anchor lie on a line, the same in both groups.

    As `tucker`, with γ = var(form) ÷ cov(form, anchor) where the anchor counts in the form's score (internal), and
    (var(form) + cov) ÷ (var(anchor) + cov) where it does not (external). That is for forms that measure the same
    with errors in proportion to their length (congeneric).

    Parameters, errors and references are those of `tucker`.

    Examples
    --------
    >>> group = [[2, 0], [1, 1], [0, 2]]
    >>> levine(group, group, weight=0.5, internal=True).line
    Line(slope=1.0, intercept=0.0)
    """
    first, second = _groups(x, y, weight)
    gammas = []
    for group in (first, second):
        more = 0.0 if internal else group.covariance
        gammas.append(
            _ratio(group.form.variance + more, group.covariance if internal else group.anchor.variance + more)
        )
    return _synthetic(first, second, gammas, weight)


def braun_holland(x: ArrayLike, y: ArrayLike, *, weight: float) -> Equated:
    """Braun and Holland: among persons of one anchor score, both groups have the same distribution of a form.

    f_s(x) = w₁f₁(x) + w₂ Σ_v f₁(x | v) h₂(v), g_s(y) = w₁ Σ_v g₂(y | v) h₁(v) + w₂g₂(y); the line gives X the mean
    and deviation of Y. It is Tucker's where regressions are straight and what they leave is equally wide.

    Parameters, errors and references are those of `tucker`; moreover ValueError where an anchor score that one group
    has is needed of the other and nobody there has it: counts have to be smoothed, or anchor scores joined, before.

    Examples
    --------
    >>> group = [[2, 0], [1, 1], [0, 2]]
    >>> braun_holland(group, group, weight=0.5).line
    Line(slope=1.0, intercept=0.0)
    """
    first, second = _tables(x, y, weight)
    both = weight * first.sum(axis=0) + (1 - weight) * second.sum(axis=0)
    forms = [moments_of(_given_anchor(table, both, name)) for table, name in ((first, "X"), (second, "Y"))]
    return Equated(line_between(*forms), *forms)


def _given_anchor(table: Floats, anchor: Floats, name: str) -> Floats:
    """Scores on a form if the anchor were distributed otherwise."""
    own = table.sum(axis=0)
    unknown = (own == 0) & (anchor > 0)
    if unknown.any():
        raise ValueError(f"anchor score {int(unknown.argmax())}: nobody who took form {name} has it")
    return np.asarray(table @ np.divide(anchor, own, out=np.zeros_like(own), where=own > 0))


def _tables(x: ArrayLike, y: ArrayLike, weight: float) -> tuple[Floats, Floats]:
    """Both groups as parts of their sums."""
    first, second = counts_of(x, "scores of X and anchor", 2), counts_of(y, "scores of Y and anchor", 2)
    if first.shape[1] != second.shape[1]:
        raise ValueError(f"the anchor has {first.shape[1]} scores beside X and {second.shape[1]} beside Y")
    if not 0 <= weight <= 1:
        raise ValueError(f"weight {weight} is not from 0 to 1")
    return first / first.sum(), second / second.sum()


def _groups(x: ArrayLike, y: ArrayLike, weight: float) -> tuple[Group, Group]:
    first, second = (_group(table) for table in _tables(x, y, weight))
    return first, second


def _group(table: Floats) -> Group:
    form, anchor = moments_of(table.sum(axis=1)), moments_of(table.sum(axis=0))
    off = [np.arange(count) - each.mean for count, each in zip(table.shape, (form, anchor), strict=True)]
    return Group(form, anchor, float(off[0] @ table @ off[1]))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _synthetic(first: Group, second: Group, gammas: list[float], weight: float) -> Equated:
    apart = first.anchor.mean - second.anchor.mean
    wider = first.anchor.variance - second.anchor.variance
    both = weight * (1 - weight) * apart**2
    own, other = gammas
    x = Moments(
        first.form.mean - (1 - weight) * own * apart,
        first.form.variance + own**2 * (both - (1 - weight) * wider),
    )
    y = Moments(
        second.form.mean + weight * other * apart,
        second.form.variance + other**2 * (both + weight * wider),
    )
    return Equated(line_between(x, y), x, y)
