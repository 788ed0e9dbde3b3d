"""Which items go together beyond what the ability explains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.irt.ability import eap
from xietong.quant.irt.answers import Answers, answers_of
from xietong.quant.irt.population import STANDARD, Population
from xietong.quant.items import Items
from xietong.quant.responding import expected_scores
from xietong.quant.responses import Responses
from xietong.quant.scale import Floats

ROUNDING = 1e-12
"""A variance below so much of the mean square is none: it is what rounding leaves."""
PAIR = 2
"""So many persons have a correlation at least."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """Q3 of J items, shape (J, J), symmetric.

    Attributes
    ----------
    correlation
        Q3; 1 on the diagonal. NaN where fewer than two persons have both items, where an item has no estimate, or
        where residuals do not differ.
    persons
        How many persons have both items.
    """

    correlation: Floats
    persons: NDArray[np.int64]

    def adjusted(self) -> Floats:
        """Q3*: Q3 less the mean of all pairs of items that have one; NaN on the diagonal.

        References
        ----------
        Christensen, K. B., Makransky, G., Horton, M. (2017). Critical values for Yen's Q3: identification of local
        dependence in the Rasch model using residual correlations. Applied Psychological Measurement 41.
        """
        pairs = self.correlation.copy()
        np.fill_diagonal(pairs, np.nan)
        known = ~np.isnan(pairs)
        return pairs - pairs[known].mean() if known.any() else pairs


def q3(
    responses: Responses,
    items: Items,
    population: Population = STANDARD,
    *,
    abilities: ArrayLike | None = None,
) -> Dependence:
    """Yen's Q3: the correlation of the residuals x − E(X | θ̂) of two items over the persons who have both.

    Parameters
    ----------
    responses, items, population
        As for `posteriors_of`; rows count by their weights.
    abilities
        Shape (N,): θ̂; a person with NaN does not count. Left out, `eap` of these responses.

    Raises
    ------
    ValueError
        As for `posteriors_of`, or the abilities are of another number of persons.

    Notes
    -----
    Without dependence Q3 lies near −1 ÷ (J − 1), because θ̂ comes from the same answers: judge Q3* rather than Q3.

    References
    ----------
    Yen, W. M. (1984). Effects of local item dependence on the fit and equating performance of the three-parameter
    logistic model. Applied Psychological Measurement 8.

    Examples
    --------
    >>> from xietong.quant.items import items_of
    >>> from xietong.quant.responses import responses_of
    >>> items = items_of(["dichotomous"] * 2, [1.0, 1.0], [[0.0], [0.0]])
    >>> q3(responses_of([[1, 0], [0, 1], [1, 1]]), items, abilities=[0, 0, 0]).correlation
    array([[ 1. , -0.5],
           [-0.5,  1. ]])
    """
    answers = answers_of(responses, items)
    given = np.asarray(eap(responses, items, population).value if abilities is None else abilities, dtype=np.float64)
    if given.shape != (len(answers.codes),):
        raise ValueError(f"abilities have the shape {given.shape} instead of ({len(answers.codes)},)")
    sums, persons = _summed(answers, given, responses.weights)
    n = len(items.kinds)
    found, counts = np.full((n, n), np.nan), np.zeros((n, n), dtype=np.int64)
    at = np.ix_(answers.places, answers.places)
    found[at], counts[at] = np.where(persons >= PAIR, _correlations(*sums), np.nan), persons
    return Dependence(found, counts)


def _summed(answers: Answers, abilities: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Over the persons with both items i and j: Σ w, Σ w rᵢ, Σ w rᵢ², Σ w rᵢ rⱼ, shape (4, K, K); and how many."""
    n = len(answers.items.kinds)
    sums, persons = np.zeros((4, n, n)), np.zeros((n, n))
    for rows in answers.blocks(answers.items.intercepts.size + 4 * n):
        codes, at, weight = answers.codes[rows], abilities[rows], weights[rows]
        seen = ((codes >= 0) & ((weight > 0) & ~np.isnan(at))[:, None]).astype(np.float64)
        expected = expected_scores(answers.items, np.nan_to_num(at))
        residual = seen * (codes - expected)
        weighed = residual * weight[:, None]
        persons += seen.T @ seen
        sums[0] += (seen * weight[:, None]).T @ seen
        sums[1] += weighed.T @ seen
        sums[2] += (weighed * residual).T @ seen
        sums[3] += weighed.T @ residual
    return sums, persons


def _correlations(weight: Floats, first: Floats, square: Floats, product: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean, raw = first / weight, square / weight
        variance = raw - mean**2
        variance[variance <= ROUNDING * raw] = np.nan
        found = (product / weight - mean * mean.T) / np.sqrt(variance * variance.T)
    return np.asarray(found)
