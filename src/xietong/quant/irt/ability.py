"""Abilities of persons from their answers: means of posteriors, and weighted likelihood estimates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.irt.answers import answers_of
from xietong.quant.irt.brackets import Brackets, brackets_of
from xietong.quant.irt.equations import Equation, equation_of
from xietong.quant.irt.population import STANDARD, Population
from xietong.quant.irt.posterior import posteriors_of
from xietong.quant.items import Items
from xietong.quant.responses import Codes, Responses
from xietong.quant.scale import Floats

SECANTS = 20
"""So many steps follow the slope; then the bracket is only halved, which ends for certain."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """Of N persons, both of shape (N,), on the scale of the items.

    Attributes
    ----------
    value
        The ability; NaN where it is not defined.
    error
        Its standard error, or the standard deviation of the posterior; NaN where the value is.
    """

    value: Floats
    error: Floats


def eap(
    responses: Responses, items: Items, population: Population = STANDARD, nodes: ArrayLike | None = None
) -> Estimates:
    """Mean and standard deviation of the posterior: Σ_q p_q θ_q, and the root of Σ_q p_q (θ_q − mean)².

    Drawn to the mean of the group by 1 − reliability. A person without any answer has the mean and sd of the group;
    NaN where the items cannot have had such answers. Parameters, errors and references are those of `posteriors_of`.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> found = eap(responses_of([[1], [-1]]), items_of(["dichotomous"], [1.0], [[0.0]]))
    >>> found.value.round(4), found.error.round(4)
    (array([ 0.4132, -0.    ]), array([0.9106, 1.    ]))
    """
    posteriors = posteriors_of(responses, items, population, nodes)
    mean, variance = np.empty(len(posteriors.groups)), np.empty(len(posteriors.groups))
    for part in posteriors.parts():
        mean[part.rows], variance[part.rows] = part.moments(posteriors.nodes)
    return Estimates(mean, np.sqrt(variance))


def wle(responses: Responses, items: Items) -> Estimates:
    """Warm's weighted likelihood estimate, where l'(θ) + J(θ) ÷ (2 I(θ)) = 0, and its standard error 1 ÷ √I.

    I = Σ_j Σ_k P'² ÷ P and J = Σ_j Σ_k P' P'' ÷ P over the items that a person answered. Finite for all right and
    all wrong, however far out that is; without the bias of order 1 ÷ n that maximum likelihood has. Where there are
    several solutions (guessing; few items, far from each other) it is the one that the search reaches from the middle
    of the items: a maximum of the weighted likelihood, unless the middle itself is a solution.

    Parameters
    ----------
    responses
        N persons on J items, none of them omitted.
    items
        J items.

    Returns
    -------
    NaN for a person without an answer to an item that tells something; where the items cannot have had such answers;
    and where the estimate would lie between items so steep and far apart that nothing is known of that place (I = 0).

    Raises
    ------
    ValueError
        As for `answers_of`.

    References
    ----------
    Warm, T. A. (1989). Weighted likelihood estimation of ability in item response theory. Psychometrika 54.
    Magis, D. (2015). A note on weighted likelihood and Jeffreys modal estimation of proficiency levels in polytomous
    item response models. Psychometrika 80.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> found = wle(responses_of([[1], [0], [-1]]), items_of(["dichotomous"], [1.0], [[0.0]]))
    >>> found.value.round(4), found.error.round(4)
    (array([ 1.0986, -1.0986,     nan]), array([2.3094, 2.3094,    nan]))
    """
    answers = answers_of(responses, items)
    found = Estimates(*(np.full(len(answers.codes), np.nan) for _ in range(2)))
    equation = equation_of(answers.items)
    for rows in answers.blocks(len(answers.items.kinds)):
        codes = answers.codes[rows]
        brackets = brackets_of(answers.items, codes)
        value, error = _searched(equation, codes[brackets.persons], brackets)
        found.value[rows][brackets.persons], found.error[rows][brackets.persons] = value, error
    return found


def _searched(equation: Equation, codes: Codes, brackets: Brackets) -> tuple[Floats, Floats]:
    """Secants within brackets that close in on the solution, for all persons that have not come to theirs."""
    low, high, at = brackets.low.copy(), brackets.high.copy(), brackets.start.copy()
    value, error = np.full(len(at), np.nan), np.full(len(at), np.nan)
    before, height = np.full(len(at), np.nan), np.full(len(at), np.nan)
    left, turn = np.arange(len(at)), 0
    while left.size:
        here = at[left]
        found, information = equation(codes[left], here)
        low[left], high[left] = np.where(found >= 0, here, low[left]), np.where(found <= 0, here, high[left])
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            fall = np.where(np.isnan(before[left]), -information, (found - height[left]) / (here - before[left]))
            step = here - found / fall
        halved = (low[left] + high[left]) / 2
        follow = (fall < 0) & (low[left] < step) & (step < high[left]) & (turn < SECANTS)
        step = np.where(follow, step, halved)
        done = (np.abs(step - here) <= np.maximum(brackets.close[left], 4 * np.spacing(np.abs(here)))) | (found == 0)
        known = done & (information > 0)
        value[left[known]], error[left[known]] = here[known], 1 / np.sqrt(information[known])
        before[left], height[left], at[left] = here, found, step
        left, turn = left[~done], turn + 1
    return value, error
