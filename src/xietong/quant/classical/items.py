"""How hard each item was, and how well it tells the better from the worse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Floats, Marks, correlation, marks_of, ratio, sums
from xietong.quant.classical.tails import levels_of, tails_of
from xietong.quant.responses import Responses


@dataclass(frozen=True, slots=True)
class Items:
    """Of each item, all of shape (J,), and of the paper.

    Attributes
    ----------
    presented
        How many persons had it before them, by weight.
    omitted
        Which share of them left it out. NaN where nobody had it, as all below.
    difficulty
        Share of the full mark that they reached: a high one is an easy item.
    discrimination
        Difficulty among the best 27 % less that among the worst 27 %. NaN where all have the same total.
    item_rest
        Correlation of the mark with the total of all other items. NaN where either does not vary.
    paper
        Difficulty of the whole paper; NaN where nobody had any item.
    """

    presented: Floats
    omitted: Floats
    difficulty: Floats
    discrimination: Floats
    item_rest: Floats
    paper: float


def items(responses: Responses, full: ArrayLike | None = None) -> Items:
    """Difficulty, discrimination and item–rest correlation of each item.

    With the mark x of those who had item j before them (left out counts as 0), the full mark f and the weights w:

    difficulty          Pⱼ = Σ w x ÷ (fⱼ Σ w)
    difficulty, paper   P = Σ Pⱼfⱼ ÷ Σ fⱼ over the items that anybody had
    discrimination      Dⱼ = Pⱼ of the best 27 % − Pⱼ of the worst 27 % of those who had j, by total
    item–rest           rⱼ = r(x, total without j) over those who had j and another item

    The total is the share of the full mark of what was presented.

    Parameters
    ----------
    responses
        Persons on items; −1 is left out of the item, −2 counts as 0.
    full
        Shape (J,), in marks: the full mark of each item; left out, its highest category.

    Raises
    ------
    ValueError
        A full mark is no finite number above 0; the message names the first such item.

    Notes
    -----
    Who stands at the cut of 27 % belongs to the tail in part, everybody there with the same part: a tail holds 27 %
    of the weight exactly and does not depend on the order of the rows. Where not all had the same items, totals
    compare booklets as if they were equally hard.

    References
    ----------
    Kelley, T. L. (1939). The selection of upper and lower groups for the validation of test items. Journal of
    Educational Psychology 30.
    Henrysson, S. (1963). Correction of item-total correlations in item analysis. Psychometrika 28.

    Examples
    --------
    >>> from xietong.quant.responses import responses_of
    >>> found = items(responses_of([[1, 1], [1, 0], [0, 0], [1, -2]]))
    >>> found.difficulty, found.omitted, found.paper
    (array([0.75, 0.25]), array([0.  , 0.25]), 0.5)
    """
    marks = marks_of(responses, full)
    presented = marks.weights @ marks.presented
    with np.errstate(invalid="ignore"):
        omitted = marks.weights @ marks.omitted / presented
        difficulty = marks.weights @ np.nan_to_num(marks.scores) / (presented * marks.full)
    return Items(
        presented, omitted, difficulty, _discriminations(marks), _item_rests(marks), _paper(difficulty, marks)
    )


def _paper(difficulty: Floats, marks: Marks) -> float:
    had = ~np.isnan(difficulty)
    return float(np.average(difficulty[had], weights=marks.full[had])) if had.any() else float("nan")


def _discriminations(marks: Marks) -> Floats:
    levels, n_levels = levels_of(marks.totals)
    found = np.empty(len(marks.full))
    for item, score in enumerate(marks.scores.T):
        seen = ~np.isnan(score)
        level, weight = levels[seen], marks.weights[seen]
        persons = sums(level, weight, n_levels)
        reached = sums(level, weight * score[seen], n_levels)
        tails = tails_of(persons)
        with np.errstate(invalid="ignore"):
            best, worst = (part @ reached / (part @ persons) for part in (tails.best, tails.worst))
            found[item] = (best - worst) / marks.full[item]
    return found


def _item_rests(marks: Marks) -> Floats:
    reached, possible = np.nansum(marks.scores, axis=1), marks.presented @ marks.full
    found = np.empty(len(marks.full))
    for item, score in enumerate(marks.scores.T):
        rest = ratio(reached - score, possible - marks.full[item])
        both = ~np.isnan(rest)
        found[item] = correlation(score[both], rest[both], marks.weights[both])
    return found
