"""Whether a county passes, and what is short: computed from nothing but ratios, as an inspector would."""

from dataclasses import dataclass

import numpy as np

from xietong.quant.allocation.additions.county import Flags, Floats, Standard, Units, check_county

MARGIN = 1e-9  # what a share is widened by where rounding in floating point left a ratio below its threshold


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """How units and groups stand; what is missing is met nowhere and held against nobody's floor.

    Parameters
    ----------
    met, floors : (n, K)
        Whether the ratio reaches its threshold, or its floor.
    units : (n,)
        Whether the rule for the single unit holds, or need not.
    cv : (G, K)
        Coefficient of variation; 0 where nobody has anything, NaN where nothing is known.
    groups : (G, K)
        Whether the coefficient keeps its limit.
    missing : (n, K)
        What nobody knows. Whoever shows a verdict names it.
    """

    met: Flags
    floors: Flags
    units: Flags
    cv: Floats
    groups: Flags
    missing: Flags

    @property
    def passed(self) -> bool:
        """Whether everything that is known passes."""
        return bool(self.units.all() and self.groups.all())


@dataclass(frozen=True, slots=True, eq=False)
class Shortfall:
    """What each unit would have to be given, if only its own ratios counted; NaN where its total is missing.

    Parameters
    ----------
    threshold, floor : (n, K)
        Up to the threshold, or to the floor, in any amount.
    whole_threshold, whole_floor : (n, K)
        The same in whole numbers.
    cv : (G, K)
        Coefficients of variation as they are.
    """

    threshold: Floats
    floor: Floats
    whole_threshold: Floats
    whole_floor: Floats
    cv: Floats


def passes(units: Units, standard: Standard, additions: Floats | None = None) -> Verdict:
    r"""How a county stands with what it has and the additions, if any.

    A unit passes with at least ``min_met`` ratios :math:`x_{ik} = s_k (R_{ik} + a_{ik}) / P_i` at their threshold
    :math:`T_{gk}` and every known ratio at ``floor`` times it. A group passes with, for each resource,

    .. math:: CV = S / \bar x \le L_g, \quad \bar x = s \sum R / \sum P, \quad S^2 = \sum (P_i / P)(x_i - \bar x)^2

    over the units whose total is known. Ratios are compared unrounded.

    Parameters
    ----------
    units, standard
        The county and what it is judged by.
    additions : (n, K), optional
        What is added to the totals.

    Raises
    ------
    ValueError
        For a unit without pupils, with its index, and for shapes and amounts that do not fit.

    Examples
    --------
    >>> one = Standard(np.ones(1), np.ones((1, 1)), np.array([0.5]), floor=0.85, min_met=1)
    >>> two = Units(np.array([[1.0], [3.0]]), np.ones(2), np.zeros(2, int), np.ones(2, bool))
    >>> verdict = passes(two, one)
    >>> verdict.cv, verdict.passed
    (array([[0.5]]), True)
    """
    check_county(units, standard)
    totals = units.totals if additions is None else units.totals + additions
    x = standard.scale * totals / units.pupils[:, None]
    missing, wanted = np.isnan(x), standard.thresholds[units.group]
    met, floors = x >= wanted, x >= standard.floor * wanted
    alone = (met.sum(axis=1) >= standard.min_met) & (floors | missing).all(axis=1)
    cv = coefficients(units, standard, totals)
    return Verdict(met, floors, alone | ~units.judged, cv, ~(cv > standard.limits[:, None]), missing)


def coefficients(units: Units, standard: Standard, totals: Floats) -> Floats:
    """Coefficients of variation (G, K), pupils as weights."""
    cv = np.full(standard.thresholds.shape, np.nan)
    for g, k in np.ndindex(cv.shape):
        here = (units.group == g) & ~np.isnan(totals[:, k])
        if here.any():
            cv[g, k] = coefficient(totals[here, k], units.pupils[here])
    return cv


def coefficient(totals: Floats, pupils: Floats) -> float:
    """Coefficient of variation of totals per pupil; the scale of a ratio cancels."""
    mean = totals.sum() / pupils.sum()
    if mean == 0:
        return 0.0
    return float(np.sqrt((pupils * (totals / pupils - mean) ** 2).sum() / pupils.sum()) / mean)


def shortfall(units: Units, standard: Standard) -> Shortfall:
    """What each unit is short of its thresholds and floors, and the coefficients as they are.

    An addition given here is enough when it is judged in floating point; it exceeds the exact difference by at
    most a billionth of what is wanted.

    Raises
    ------
    ValueError
        As `passes` does.

    Examples
    --------
    >>> one = Standard(np.array([100.0]), np.array([[4.2]]), np.array([0.5]), floor=0.85, min_met=1)
    >>> school = Units(np.array([[8.0]]), np.array([200.0]), np.zeros(1, int), np.ones(1, bool))
    >>> short = shortfall(school, one)
    >>> float(short.threshold[0, 0].round(3)), float(short.whole_threshold[0, 0])
    (0.4, 1.0)
    """
    check_county(units, standard)
    full = standard.thresholds[units.group]
    exact, floor = needed(units, standard, full), needed(units, standard, standard.floor * full)
    whole, whole_floor = in_whole(units, standard, full), in_whole(units, standard, standard.floor * full)
    return Shortfall(exact, floor, whole, whole_floor, coefficients(units, standard, units.totals))


def needed(units: Units, standard: Standard, wanted: Floats) -> Floats:
    """The least addition with which each ratio reaches what is wanted."""
    target = wanted * units.pupils[:, None] / standard.scale
    short = np.maximum(target - units.totals, 0)
    return np.where(reached(units, standard, short, wanted), short, short + MARGIN * target)


def in_whole(units: Units, standard: Standard, wanted: Floats) -> Floats:
    """The least whole addition with which each ratio reaches what is wanted."""
    below: Floats = np.maximum(np.ceil(needed(units, standard, wanted)) - 1, 0)
    return np.where(reached(units, standard, below, wanted), below, below + 1)


def reached(units: Units, standard: Standard, additions: Floats, wanted: Floats) -> Flags:
    """As the verdict will judge it; what is missing counts as reached, so that its NaN is left alone."""
    is_below: Flags = standard.scale * (units.totals + additions) / units.pupils[:, None] < wanted
    return ~is_below
