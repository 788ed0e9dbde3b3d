"""How far the totals of a paper would come out the same again: Cronbach's alpha and what follows from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import DIGITS, Floats, Marks, marks_of
from xietong.quant.responses import Responses

NOISE = 1e-12
"""A variance of totals that is less than so much of the variances of the items is nothing but rounding."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of a paper; NaN is undefined.

    Attributes
    ----------
    alpha
        Cronbach's alpha; below 0 where items go against each other.
    lower, upper
        Ends of its confidence interval; NaN where not everybody had every item.
    standardised
        Alpha if every item had the same variance.
    sd, sem
        Standard deviation of the total and standard error of measurement of one person's total, in marks.
    without
        Alpha of the paper without each item, shape (J,).
    """

    alpha: float
    lower: float
    upper: float
    standardised: float
    sd: float
    sem: float
    without: Floats


def reliability(responses: Responses, full: ArrayLike | None = None, *, level: float = 0.95) -> Reliability:
    """Cronbach's alpha with Feldt's interval, alpha without each item, and the standard error of measurement.

    With C the covariances of the marks on the J items, σ² = Σ Σ C the variance of the total, r̄ the mean correlation
    of two items, n persons and F the quantile of the F distribution with n − 1 and (n − 1)(J − 1) degrees of freedom:

    alpha             α = J ÷ (J − 1) × (1 − Σ Cⱼⱼ ÷ σ²)
    interval          1 − (1 − α) F((1 + level) ÷ 2)  to  1 − (1 − α) F((1 − level) ÷ 2)
    standardised      J r̄ ÷ (1 + (J − 1) r̄)
    error             SEM = σ √(1 − α)

    Parameters
    ----------
    responses
        Persons on items; −2 counts as 0. With −1 (not presented), each covariance is that of the persons who had both
        items; where two items were never had together nothing is defined.
    full
        Shape (J,), in marks: the full mark of each item; left out, its highest category.
    level
        How sure the interval shall be, above 0 and below 1.

    Raises
    ------
    ValueError
        `level` is out of range, or as for `items`.

    Notes
    -----
    Variances are in the population form (divided by the weight); alpha does not depend on it. n is the sum of the
    weights: the interval holds for weights that count persons.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16.
    Feldt, L. S., Woodruff, D. J., Salih, F. A. (1987). Statistical inference for coefficient alpha. Applied
    Psychological Measurement 11.

    Examples
    --------
    >>> from xietong.quant.responses import responses_of
    >>> found = reliability(responses_of([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]))
    >>> found.alpha, round(found.lower, 3), round(found.upper, 3), round(found.sem, 3)
    (0.75, -0.65, 0.983, 0.559)
    """
    marks = marks_of(responses, full)
    covariances = _covariances(marks)
    alpha = _alpha(covariances)
    persons = float(marks.weights.sum()) if marks.presented.all() else float("nan")
    lower, upper = feldt(alpha, persons, len(marks.full), level=level)
    each = range(len(marks.full))
    without = np.array([_alpha(np.delete(np.delete(covariances, j, axis=0), j, axis=1)) for j in each])
    with np.errstate(invalid="ignore"):
        sd = float(np.sqrt(covariances.sum()))
        sem = sd * float(np.sqrt(np.round(1 - alpha, DIGITS)))
    return Reliability(alpha, lower, upper, _alpha(_correlations(covariances)), sd, sem, without)


def feldt(alpha: float, persons: float, items: int, *, level: float = 0.95) -> tuple[float, float]:
    """The ends of Feldt's confidence interval of alpha; NaN for an undefined alpha and for fewer than two persons.

    Parameters
    ----------
    alpha, persons, items, level
        What was found, with how many persons and items, and how sure the interval shall be, above 0 and below 1.

    Raises
    ------
    ValueError
        `level` is out of range.

    References
    ----------
    Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty.
    Psychometrika 30.

    Examples
    --------
    >>> lower, upper = feldt(0.913, 873, 20)
    >>> round(lower, 4), round(upper, 4)
    (0.9044, 0.9212)
    """
    from scipy.special import fdtri  # noqa: PLC0415

    if not 0 < level < 1:
        raise ValueError(f"level is {level}, not between 0 and 1")
    if np.isnan(alpha) or not persons > 1:
        return float("nan"), float("nan")
    freedom = persons - 1, (persons - 1) * (items - 1)
    lower, upper = (1 - (1 - alpha) * float(fdtri(*freedom, (1 + side * level) / 2)) for side in (1, -1))
    return lower, upper


def spearman_brown(reliability: float, length: float) -> float:
    """The reliability of a paper that is `length` times as long, of items of the same kind: nρ ÷ (1 + (n − 1)ρ).

    NaN where that divides by zero.

    Raises
    ------
    ValueError
        `length` is not above 0.

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. British Journal of Psychology 3.

    Examples
    --------
    >>> round(spearman_brown(0.6, 2), 4)
    0.75
    """
    if not length > 0:
        raise ValueError(f"length is {length}, not above 0")
    below = 1 + (length - 1) * reliability
    return length * reliability / below if below else float("nan")


def _covariances(marks: Marks) -> Floats:
    """Weighted covariances of each two items over those who had both, shape (J, J); NaN where nobody did."""
    # From the lowest mark, so that an item that does not vary has a variance of exactly 0.
    distance = marks.scores - np.fmin.reduce(marks.scores, axis=0, initial=np.inf)
    seen, marked = marks.presented.astype(np.float64), np.where(marks.presented, distance, 0)
    weighted = marks.weights[:, None]
    with np.errstate(invalid="ignore"):
        persons = seen.T @ (seen * weighted)
        means = marked.T @ (seen * weighted) / persons
        return np.asarray(marked.T @ (marked * weighted) / persons - means * means.T)


def _correlations(covariances: Floats) -> Floats:
    deviation = np.sqrt(np.diag(covariances))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(covariances / np.outer(deviation, deviation))


def _alpha(covariances: Floats) -> float:
    items, own, whole = len(covariances), np.trace(covariances), covariances.sum()
    if items < 2 or not whole > NOISE * own:  # noqa: PLR2004
        return float("nan")
    return float(items / (items - 1) * (1 - own / whole))
