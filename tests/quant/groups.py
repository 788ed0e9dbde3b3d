"""Totals of persons in groups, as hypothesis draws them, and the same written down otherwise."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

FULL = 20


@dataclass(frozen=True)
class Totals:
    values: Any
    groups: Any
    weights: Any
    n_groups: int

    def take(self, rows: Any) -> "Totals":
        return replace(self, values=self.values[rows], groups=self.groups[rows], weights=self.weights[rows])

    def persons(self, group: int | None = None) -> Any:
        """The total of every single person who sat, of one group or of all."""
        of = np.ones(len(self.values), bool) if group is None else self.groups == group
        alone = np.repeat(self.values[of], self.weights[of])
        return alone[~np.isnan(alone)]


@st.composite
def totals(draw: st.DrawFn) -> Totals:
    n, n_groups = draw(st.integers(0, 12)), draw(st.integers(1, 3))
    marks = st.one_of(st.integers(0, 2 * FULL).map(lambda half: half / 2), st.just(float("nan")))
    values = draw(st.lists(marks, min_size=n, max_size=n))
    groups = draw(st.lists(st.integers(0, n_groups - 1), min_size=n, max_size=n))
    weights = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    return Totals(np.array(values, float), np.array(groups, int), np.array(weights, int), n_groups)


def same_again(draw: Any, given: Totals) -> list[Totals]:
    """The same persons in another order, one by one, and with somebody of no weight besides."""
    n = len(given.values)
    shuffled = given.take(np.array(draw.draw(st.permutations(range(n))), dtype=int))
    alone = given.take(np.repeat(np.arange(n), given.weights))
    alone = replace(alone, weights=np.ones(len(alone.values), dtype=int))
    more = (np.append(given.values, FULL), np.append(given.groups, 0), np.append(given.weights, 0))
    return [shuffled, alone, Totals(*more, given.n_groups)]
