"""Where the mean of each group stands beside that of all together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Floats
from xietong.quant.classical.scores import scores_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Of each group, all of shape (G,).

    Attributes
    ----------
    mean
        In marks; NaN where nobody sat.
    t
        T score: 50 is the mean of all, 10 more is one standard deviation of persons more. NaN without variance.
    above
        超均率: how far the mean lies above that of all, as a share of it. NaN where that is 0.
    """

    mean: Floats
    t: Floats
    above: Floats


def standing(totals: ArrayLike, groups: ArrayLike, n_groups: int, weights: ArrayLike | None = None) -> Standing:
    """T score and 超均率 of each group, with X̄ and S over all persons together.

    T_g = 50 + 10 (X̄_g − X̄) ÷ S;  above_g = (X̄_g − X̄) ÷ X̄

    Parameters
    ----------
    totals
        Shape (n,), in marks; NaN did not sit.
    groups, n_groups, weights
        Shape (n,): code of the group, 0 to n_groups − 1, and how many persons a row stands for (left out: one).

    Raises
    ------
    ValueError
        A row cannot be counted; the message names the first.

    Notes
    -----
    S is in the population form and is that of persons, not of the means of groups: T says how far a school lies from
    the others in terms of what pupils differ by, so that schools lie close to 50.

    Examples
    --------
    >>> found = standing([40, 60, 60, 80], [0, 0, 1, 1], 2)
    >>> found.t.round(2), found.above.round(4)
    (array([42.93, 57.07]), array([-0.1667,  0.1667]))
    """
    own, all_ = scores_of(totals, groups, n_groups, weights), scores_of(totals, None, 1, weights)
    distance = own.mean - all_.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        t, above = 50 + 10 * distance / all_.sd, distance / all_.mean
    t[:] = np.where(all_.sd == 0, np.nan, t)
    above[:] = np.where(all_.mean == 0, np.nan, above)
    return Standing(own.mean, t, above)
