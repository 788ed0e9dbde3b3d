"""一分三率: mean, pass, excellent and low rate of groups, over all who should have sat."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Floats
from xietong.quant.classical.scores import SLACK, scores_of, within


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where passing, excellent and low begin, as shares of the full mark; local rules differ.

    Attributes
    ----------
    passing, excellent
        From here up.
    low
        Below here.

    Raises
    ------
    ValueError
        They are not 0 < low ≤ passing ≤ excellent ≤ 1.
    """

    passing: float = 0.60
    excellent: float = 0.85
    low: float = 0.40

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.passing <= self.excellent <= 1:
            raise ValueError(f"cuts need 0 < low ≤ passing ≤ excellent ≤ 1; they are {self}")


CUSTOMARY = Cuts()
"""60, 85 and 40 % of the full mark. Counties also take 80 or 90 % for excellent and 30 % for low."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Of each group, all of shape (G,).

    Attributes
    ----------
    sat
        How many sat, by weight.
    mean
        平均分 of those who sat, in marks; NaN where nobody did.
    scoring
        得分率: that mean as a share of the full mark.
    mean_of_registered
        Sum of all marks over those who should have sat: who was absent counts as 0.
    passing, excellent, low
        及格率, 优秀率, 低分率: shares of those who should have sat. NaN where nobody should, as all below.
    absent
        Share of those who should have sat and did not. `low` + `absent` is what no absence makes better.
    """

    sat: Floats
    mean: Floats
    scoring: Floats
    mean_of_registered: Floats
    passing: Floats
    excellent: Floats
    low: Floats
    absent: Floats


def rates(
    totals: ArrayLike,
    full: float,
    registered: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    cuts: Cuts = CUSTOMARY,
) -> Rates:
    """Mean and pass, excellent and low rate of each group, over those who should have sat (应考).

    With N who should have sat, n of them at or above a cut c × full (low: below it), rate = n ÷ N. Over those who
    did sit, a school would gain by keeping the weak away.

    Parameters
    ----------
    totals
        Shape (n,), from 0 to `full`, in marks; NaN did not sit.
    full
        The full mark of the paper.
    registered
        Shape (G,), finite: how many of each group should have sat.
    groups, weights
        Shape (n,): code of the group, 0 to G − 1 (left out: all 0), and how many persons a row stands for.
    cuts
        Shares of the full mark.

    Raises
    ------
    ValueError
        A total is not between 0 and the full mark, a row cannot be counted, or more sat in a group than should have;
        the message names the first such row or group.

    Examples
    --------
    >>> found = rates([90, 60, 30, float("nan")], 100, [5])
    >>> found.mean, found.passing, found.excellent, found.low, found.absent
    (array([60.]), array([0.4]), array([0.2]), array([0.2]), array([0.4]))
    """
    number = np.asarray(registered, dtype=np.float64)
    if number.ndim != 1:
        raise ValueError(f"registered has {number.ndim} dimensions instead of 1")
    scores = scores_of(totals, groups, len(number), weights)
    within(scores, full)
    _refuse_too_few(number, scores.sat)
    passing, excellent, low = (
        scores.values >= cut * full - SLACK for cut in (cuts.passing, cuts.excellent, cuts.low)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        summed, passed, shone, fell = (
            scores.summed(each) / number for each in (scores.values, passing, excellent, ~low)
        )
        absent = 1 - scores.sat / number
    return Rates(scores.sat, scores.mean, scores.mean / full, summed, passed, shone, fell, absent)


def _refuse_too_few(registered: Floats, sat: Floats) -> None:
    wrong = ~((registered >= sat - SLACK) & (registered < np.inf))
    if wrong.any():
        group = int(wrong.argmax())
        raise ValueError(
            f"group {group}: registered {registered[group]} is no finite number from {sat[group]} (sat) up"
        )
