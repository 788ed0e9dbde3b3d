"""What answers say about abilities: the posterior distribution over nodes, and the likelihood of the items."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.irt.answers import Answers, answers_of
from xietong.quant.irt.population import STANDARD, Population, given_nodes, nodes_for
from xietong.quant.items import Items
from xietong.quant.logarithms import log_probabilities
from xietong.quant.responses import Codes, Responses
from xietong.quant.scale import Floats

NEVER = -1e300
"""Stands for ln 0 in matrix products, where −∞ times 0 would be NaN; lower than any sum of logarithms."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of the persons in some rows, B of them.

    Attributes
    ----------
    rows
        Which rows they are.
    shares
        Shape (B, Q): the posterior probability of each node; they add up to 1. NaN where the items cannot have had
        such answers.
    evidence
        Shape (B,): ln Σ_q w_q P(answers | θ_q); −∞ where the items cannot have had them.
    """

    rows: slice
    shares: Floats
    evidence: Floats

    def moments(self, nodes: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of each posterior, shape (B,); never below 0, however narrow it is."""
        mean = self.shares @ nodes
        distance = nodes - mean[:, None]
        return mean, np.einsum("bq,bq,bq->b", self.shares, distance, distance)


@dataclass(frozen=True, slots=True)
class Posteriors:
    """All that the posteriors of N persons are counted from, which happens in parts.

    Attributes
    ----------
    answers
        Of N persons on the items with an estimate.
    groups
        Shape (N,): the code of each person's group.
    nodes
        Shape (Q,): abilities.
    log_weights
        Shape (G, Q): of the nodes in each group.
    """

    answers: Answers
    groups: NDArray[np.int64]
    nodes: Floats
    log_weights: Floats

    def parts(self) -> Iterator[Part]:
        """The posteriors of all persons, so many rows at a time as memory easily holds."""
        table = log_table(self.answers.items, self.nodes)
        for rows in self.answers.blocks(sum(table.shape)):
            joint = log_likelihood(self.answers.codes[rows], table) + self.log_weights[self.groups[rows]]
            yield _normalised(rows, joint)


def posteriors_of(
    responses: Responses, items: Items, population: Population = STANDARD, nodes: ArrayLike | None = None
) -> Posteriors:
    """The posterior distributions of persons: p_q ∝ w_q Π_j P(x_j | θ_q).

    Parameters
    ----------
    responses
        N persons on J items, none of them omitted. An item that was not presented, or has no estimate (slope NaN),
        says nothing; a person without any answer keeps the distribution of the group.
    items
        J items. An intercept of −∞ makes a category impossible.
    population
        The groups of the persons.
    nodes
        Shape (Q,), equally spaced; left out, `nodes_for` these persons.

    Raises
    ------
    ValueError
        As for `answers_of`, `Population.codes` and `given_nodes`.

    References
    ----------
    Bock, R. D., Mislevy, R. J. (1982). Adaptive EAP estimation of ability in a microcomputer environment. Applied
    Psychological Measurement 6.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> found = posteriors_of(responses_of([[1]]), items_of(["dichotomous"], [1.0], [[0.0]]), nodes=[-1, 0, 1])
    >>> [part.shares.round(3) for part in found.parts()]
    [array([[0.147, 0.452, 0.401]])]
    """
    answers = answers_of(responses, items)
    points = nodes_for(answers.items, population, answers.most()) if nodes is None else given_nodes(nodes)
    groups = population.codes(len(answers.codes))
    return Posteriors(answers, groups, points, population.log_weights(points))


def log_table(items: Items, nodes: Floats) -> Floats:
    """ln P of every category at every node, category by category, shape (M × J, Q)."""
    found = log_probabilities(items, nodes)
    return np.ascontiguousarray(np.maximum(found, NEVER).transpose(2, 1, 0).reshape(-1, len(nodes)))


def log_likelihood(codes: Codes, table: Floats) -> Floats:
    """ln P(answers | θ) of B persons at each node, shape (B, Q): which categories they reached, times the table."""
    persons, items = codes.shape
    categories = len(table) // max(1, items)
    reached = np.empty((persons, categories, items))
    for category in range(categories):
        np.equal(codes, category, out=reached[:, category])
    return np.asarray(reached.reshape(persons, -1) @ table)


def _normalised(rows: slice, joint: Floats) -> Part:
    top = joint.max(axis=1)
    joint -= top[:, None]
    np.exp(joint, out=joint)
    total = joint.sum(axis=1)
    joint /= total[:, None]
    never = top < NEVER / 2
    joint[never] = np.nan
    return Part(rows, joint, np.where(never, -np.inf, top + np.log(total)))


def marginal_log_likelihood(
    responses: Responses, items: Items, population: Population = STANDARD, nodes: ArrayLike | None = None
) -> float:
    """Σᵢ wᵢ ln ∫ Π_j P(xᵢⱼ | θ) φ(θ) dθ: how well items explain the answers of persons with weights w.

    −∞ if the items cannot have had some answer. Estimates of different programs are compared over the same nodes,
    wide and close enough for all of them: `numpy.linspace(-8, 8, 241)` for N(0, 1).

    Parameters and errors are those of `posteriors_of`.

    References
    ----------
    Bock, R. D., Aitkin, M. (1981). Marginal maximum likelihood estimation of item parameters: application of an EM
    algorithm. Psychometrika 46.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> items = items_of(["dichotomous"], [1.0], [[0.0]])
    >>> round(marginal_log_likelihood(responses_of([[1], [0]]), items), 6)
    -1.386294
    """
    total = 0.0
    for part in posteriors_of(responses, items, population, nodes).parts():
        weights = responses.weights[part.rows]
        counted = weights > 0
        total += float(weights[counted] @ part.evidence[counted])
    return total
