"""Units in groups as hypothesis draws them, and exact answers in fractions to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isnan, nan, sqrt
from typing import Any

import numpy as np
from hypothesis import strategies as st

PUPILS = (45, 37, 89, 76, 55)
BOOKS = (279, 137, 935, 160, 402)
"""Five schools of the published example 县域义务教育校际均衡指标计算方法, which prints CV 0.52."""
INCOMES = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
"""The vector of the examples of R's package ineq."""
SCORES, SCORE_WEIGHTS = (8, 5, 1, 3, 5, 6, 7, 6, 3), (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Vector and weights of the examples of Inequality.jl."""

VALUES = st.one_of(st.integers(0, 9), st.floats(0.01, 1e6), st.just(nan)).map(float)
WEIGHTS = st.one_of(st.integers(0, 3000), st.floats(0.1, 3000)).map(float)


def column(*values: float) -> Any:
    return np.array(values, dtype=float)[:, None]


@dataclass(frozen=True)
class Sample:
    values: Any
    weights: Any
    groups: Any
    n_groups: int

    @property
    def arguments(self) -> tuple[Any, Any, Any, int]:
        return self.values, self.weights, self.groups, self.n_groups

    def take(self, rows: Any) -> "Sample":
        return replace(self, values=self.values[rows], weights=self.weights[rows], groups=self.groups[rows])

    def column(self, group: int, k: int) -> list[tuple[Fraction, Fraction]]:
        """Value and weight of the units of a group that count for an indicator."""
        rows = zip(self.values[:, k].tolist(), self.weights.tolist(), self.groups.tolist(), strict=True)
        return [(Fraction(x), Fraction(w)) for x, w, g in rows if g == group and w > 0 and not isnan(x)]

    def cells(self) -> list[tuple[int, int]]:
        return [(group, k) for group in range(self.n_groups) for k in range(self.values.shape[1])]


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    n, indicators, n_groups = draw(st.integers(0, 12)), draw(st.integers(1, 3)), draw(st.integers(1, 4))
    cells = draw(st.lists(VALUES, min_size=n * indicators, max_size=n * indicators))
    weights = draw(st.lists(WEIGHTS, min_size=n, max_size=n))
    groups = draw(st.lists(st.integers(0, n_groups - 1), min_size=n, max_size=n))
    table = np.array(cells, dtype=float).reshape(n, indicators)
    return Sample(table, np.array(weights, dtype=float), np.array(groups, dtype=int), n_groups)


def same_again(draw: Any, sample: Sample) -> list[Sample]:
    """The same units written down otherwise: none of it may change a measure."""
    n = len(sample.weights)
    shuffled = sample.take(np.array(draw.draw(st.permutations(range(n))), dtype=int))
    twice = sample.take(np.repeat(np.arange(n), 2))
    part = draw.draw(st.sampled_from((0.0, 0.25, 0.5, 1.0)))
    parts = replace(twice, weights=twice.weights * np.tile((part, 1 - part), n))
    return [shuffled, twice, parts, replace(sample, weights=2 * sample.weights)]


def moments(rows: Sequence[tuple[Fraction, Fraction]]) -> tuple[float, float, float, float]:
    """Weight, mean, standard deviation and coefficient of variation, exact up to the last rounding."""
    weight = sum(w for _, w in rows)
    if not weight:
        return 0.0, nan, nan, nan
    mean = sum(w * x for x, w in rows) / weight
    variance = sum(w * (x - mean) ** 2 for x, w in rows) / weight
    cv = sqrt(variance / mean**2) if mean else nan
    return float(weight), float(mean), sqrt(variance), cv
