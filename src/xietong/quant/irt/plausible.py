"""Draws from the posteriors of persons, from which a population is described as it is."""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.irt.population import STANDARD, Population
from xietong.quant.irt.posterior import Part, posteriors_of
from xietong.quant.items import Items
from xietong.quant.responses import Responses
from xietong.quant.scale import Floats


def plausible_values(
    responses: Responses,
    items: Items,
    population: Population = STANDARD,
    nodes: ArrayLike | None = None,
    *,
    count: int = 5,
    seed: int | np.random.Generator,
) -> Floats:
    """Abilities drawn from each person's posterior, shape (N, count).

    A node is the middle of a cell as wide as the distance h of nodes, over which its posterior probability is evenly
    spread; a draw is where a random number lies in that distribution function. What the cells add to the variance,
    h² ÷ 12, is taken off by drawing all in towards the mean of the person's posterior. So mean and variance of a
    person's draws have the expectations of `eap`, and those of all persons' draws are mean and variance of the
    population, which neither EAP (too close together) nor WLE (too far apart) give. Count a result with each column
    by itself and take the mean of the results: the mean of the columns is EAP again. They are no marks for persons.

    Parameters
    ----------
    responses, items, population, nodes
        As for `posteriors_of`.
    count
        How many draws, at least one.
    seed
        Of the draws; the same seed gives the same draws.

    Returns
    -------
    NaN for a person whose answers the items cannot have had.

    Raises
    ------
    ValueError
        As for `posteriors_of`, and if count is below 1.

    References
    ----------
    Mislevy, R. J. (1991). Randomization-based inference about latent variables from complex samples.
    Psychometrika 56.
    Silverman, B. W. (1986). Density Estimation for Statistics and Data Analysis, section 6.4.1. Chapman and Hall.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> answers = responses_of([[1], [0]])
    >>> plausible_values(answers, items_of(["dichotomous"], [1.0], [[0.0]]), count=3, seed=1).shape
    (2, 3)
    """
    if count < 1:
        raise ValueError(f"{count} plausible values cannot be drawn")
    chance = np.random.default_rng(seed)
    posteriors = posteriors_of(responses, items, population, nodes)
    found = np.empty((len(posteriors.groups), count))
    for part in posteriors.parts():
        found[part.rows] = _drawn(part, posteriors.nodes, chance.random((len(part.evidence), count)))
    return found


def _drawn(part: Part, nodes: Floats, at: Floats) -> Floats:
    """Where the numbers from 0 to 1 lie in the distribution functions of persons, shape (B, count)."""
    reached = part.shares.cumsum(axis=1)
    reached[:, -1] = 1
    width = nodes[1] - nodes[0]
    draws = np.empty_like(at)
    for column, level in enumerate(at.T):
        cell = (reached <= level[:, None]).sum(axis=1) % len(nodes)
        own, upper = (np.take_along_axis(each, cell[:, None], axis=1)[:, 0] for each in (part.shares, reached))
        draws[:, column] = nodes[cell] + width * (0.5 - (upper - level) / own)
    mean, variance = part.moments(nodes)
    inward = np.sqrt(variance / (variance + width**2 / 12))
    return np.asarray(mean[:, None] + inward[:, None] * (draws - mean[:, None]))
