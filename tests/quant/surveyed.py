"""Published tables, and plain ways to the same answers: fractions, whole matrices, all samples of a design."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

DYESTUFF = np.array(
    [
        *(1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560),
        *(1445, 1440, 1595, 1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445),
    ],
    dtype=float,
)
"""Yield of six batches of five: Davies, O. L., Goldsmith, P. L. (1972). Statistical Methods in Research and
Production, 4th edition."""
DYESTUFF2 = np.array(
    [
        *(
            7.298,
            3.846,
            2.434,
            9.566,
            7.990,
            5.220,
            6.556,
            0.608,
            11.788,
            -0.892,
            0.110,
            10.386,
            13.434,
            5.510,
            8.166,
        ),
        *(2.212, 4.852, 7.092, 9.288, 4.980, 0.282, 9.014, 4.458, 9.446, 7.198, 1.722, 4.782, 8.106, 0.758, 3.758),
    ]
)
"""The same for simulated batches without a difference: Box, G. E. P., Tiao, G. C. (1973). Bayesian Inference."""
BATCHES = np.repeat(np.arange(6), 5)

BOYS = """26 25 29 31 21.5 22.5 23 26.5 23 22.5 24 27.5 25.5 27.5 26.5 27 20 23.5 22.5 26 24.5 25.5 27 28.5
    22 22 24.5 26.5 24 21.5 24.5 25.5 23 20.5 31 26 27.5 28 31 31.5 23 23 23.5 25 21.5 23.5 24 28
    17 24.5 26 29.5 22.5 25.5 25.5 26 23 24.5 26 30 22 21.5 23.5 25"""
GIRLS = """21 20 21.5 23 21 21.5 24 25.5 20.5 24 24.5 26 23.5 24.5 25 26.5 21.5 23 22.5 23.5 20 21 21 22.5
    21.5 22.5 23 25 23 23 23.5 24 20 21 22 21.5 16.5 19 19 19.5 24.5 25 28 28"""
DISTANCES = np.array((BOYS + " " + GIRLS).split(), dtype=float)
"""Distance in mm of 27 children at 8, 10, 12 and 14 years: Potthoff, R. F., Roy, S. N. (1964). Biometrika 51."""
CHILDREN = np.repeat(np.arange(27), 4)
AGES = np.tile([8.0, 10.0, 12.0, 14.0], 27)
FEMALE = (CHILDREN >= 16).astype(float)

LSAT = np.array([576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594], dtype=float)
GPA = np.array([3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96])
"""Fifteen law schools: Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Table 3.1."""


def exact_probabilities(sizes: list[int], number: int) -> list[Fraction]:
    """The probabilities of inclusion by size, certain ones taken out one at a time, the largest first."""
    found = [Fraction(0)] * len(sizes)
    left, rest = number, sorted(range(len(sizes)), key=lambda place: -sizes[place])
    while rest and left and sizes[rest[0]] * left >= sum(sizes[place] for place in rest):
        found[rest.pop(0)] = Fraction(1)
        left -= 1
    total = sum(sizes[place] for place in rest)
    for place in rest:
        found[place] = Fraction(left * sizes[place], total) if left else Fraction(0)
    return found


def starts(sizes: list[int], number: int) -> list[tuple[Fraction, Fraction]]:
    """Start and length of each stretch of starts that draw the same sample: the middle of it, and its probability."""
    total, run, edges = sum(sizes), 0, {Fraction(0), Fraction(1)}
    for size in sizes:
        run += size
        edges.add(Fraction(run * number, total) % 1)
    ends = sorted(edges)
    return [((low + high) / 2, high - low) for low, high in pairwise(ends)]


@dataclass(frozen=True)
class Dense:
    """The random-intercept model with its whole covariance matrix, for a ratio of variances that is given."""

    deviance: float
    coefficients: Any
    covariance: Any
    within: float
    effects: Any
    errors: Any


def dense(scores: Any, schools: Any, columns: Any, ratio: float, *, restricted: bool) -> Dense:
    """Normal likelihood as it is defined, effects and errors from Henderson's mixed model equations."""
    n, p = columns.shape
    member = (schools[:, None] == np.arange(schools.max() + 1)).astype(float)
    matrix = np.eye(n) + ratio * member @ member.T
    inverse = np.linalg.inv(matrix)
    information = columns.T @ inverse @ columns
    coefficients = np.linalg.solve(information, columns.T @ inverse @ scores)
    rest = scores - columns @ coefficients
    count = n - p if restricted else n
    within = rest @ inverse @ rest / count
    deviance = count * np.log(2 * np.pi * within) + np.linalg.slogdet(matrix)[1] + count
    if restricted:
        deviance += np.linalg.slogdet(information)[1]
    effects = ratio * member.T @ inverse @ rest
    if ratio == 0:
        return Dense(deviance, coefficients, within * np.linalg.inv(information), within, effects, effects * np.nan)
    corner = member.T @ member + np.eye(member.shape[1]) / ratio
    equations = np.block([[columns.T @ columns, columns.T @ member], [member.T @ columns, corner]])
    errors = np.sqrt(within * np.diag(np.linalg.inv(equations))[p:])
    return Dense(deviance, coefficients, within * np.linalg.inv(information), within, effects, errors)


def nested(seed: int, schools: int, between: float, within: float, most: int = 9) -> tuple[Any, Any, Any]:
    """Scores, schools of unequal size, and the true effects."""
    chance = np.random.default_rng(seed)
    school = np.repeat(np.arange(schools), chance.integers(1, most + 1, schools))
    effects = chance.normal(0, between**0.5, schools)
    return 50 + effects[school] + chance.normal(0, within**0.5, len(school)), school, effects
