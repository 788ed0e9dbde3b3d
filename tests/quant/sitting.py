"""Persons who sat a paper: published data, what hypothesis draws, and slow exact answers to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import nan, sqrt
from typing import Any

import numpy as np
from hypothesis import strategies as st

from xietong.quant.responses import Responses, responses_of

LSAT6 = (
    "00000:3 00001:6 00010:2 00011:11 00100:1 00101:1 00110:3 00111:4 01000:1 01001:8 01011:16 01101:3 01110:2 "
    "01111:15 10000:10 10001:29 10010:14 10011:81 10100:3 10101:28 10110:15 10111:80 11000:16 11001:56 11010:21 "
    "11011:173 11100:11 11101:61 11110:28 11111:298"
)
LSAT7 = (
    "00000:12 00001:19 00010:1 00011:7 00100:3 00101:19 00110:3 00111:17 01000:10 01001:5 01010:3 01011:7 01100:7 "
    "01101:23 01110:8 01111:28 10000:7 10001:39 10010:11 10011:34 10100:14 10101:51 10110:15 10111:90 11000:6 "
    "11001:25 11010:7 11011:35 11100:18 11101:136 11110:32 11111:308"
)
"""Patterns of right answers of 1000 persons to five items of the Law School Admission Test, sections 6 and 7:
Bock, R. D., Lieberman, M. (1970). Fitting a response model for n dichotomously scored items. Psychometrika 35."""

CODES = st.sampled_from((-2, -1, 0, 0, 1, 1, 2))


def published(patterns: str) -> Responses:
    rows = [each.split(":") for each in patterns.split()]
    return responses_of([[int(code) for code in row] for row, _ in rows], weights=[int(count) for _, count in rows])


@dataclass(frozen=True)
class Sitting:
    codes: Any
    weights: Any
    full: Any

    @property
    def responses(self) -> Responses:
        return responses_of(self.codes, categories=3, weights=self.weights)

    def take(self, rows: Any) -> "Sitting":
        return replace(self, codes=self.codes[rows], weights=self.weights[rows])

    def order(self, items: Any) -> "Sitting":
        return replace(self, codes=self.codes[:, items], full=self.full[items])

    def persons(self) -> list[tuple[int, list[Fraction | None]]]:
        """Weight and marks of each row that counts; None where not presented."""
        worth = [Fraction(full) / 2 for full in self.full]
        rows = zip(self.weights, self.codes, strict=True)
        return [(int(w), [_mark(int(c), x) for c, x in zip(row, worth, strict=True)]) for w, row in rows if w]


def _mark(code: int, worth: Fraction) -> Fraction | None:
    return None if code == -1 else max(code, 0) * worth


@st.composite
def sittings(draw: st.DrawFn, *, presented: bool = False, most: int = 10) -> Sitting:
    n, items = draw(st.integers(0, most)), draw(st.integers(1, 4))
    cells = draw(st.lists(CODES, min_size=n * items, max_size=n * items))
    weights = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    full = draw(st.lists(st.sampled_from((1, 2, 5)), min_size=items, max_size=items))
    codes = np.array(cells, dtype=int).reshape(n, items)
    return Sitting(np.maximum(codes, 0) if presented else codes, np.array(weights, dtype=int), np.array(full))


def same_again(draw: Any, sitting: Sitting) -> list[Sitting]:
    """The same persons written down otherwise: none of it may change an answer."""
    n, items = len(sitting.weights), len(sitting.full)
    shuffled = sitting.take(np.array(draw.draw(st.permutations(range(n))), dtype=int))
    each_alone = sitting.take(np.repeat(np.arange(n), sitting.weights))
    nobody = Sitting(
        np.vstack([sitting.codes, np.ones((1, items), int)]), np.append(sitting.weights, 0), sitting.full
    )
    return [shuffled, replace(each_alone, weights=np.ones(len(each_alone.codes), dtype=int)), nobody]


def total(marks: Sequence[Fraction | None], full: Any, without: int | None = None) -> Fraction | None:
    """The share of the full mark of what was presented."""
    had = [j for j, mark in enumerate(marks) if mark is not None and j != without]
    possible = sum(Fraction(int(full[j])) for j in had)
    return sum((marks[j] or Fraction(0) for j in had), Fraction(0)) / possible if possible else None


def correlation(rows: Sequence[tuple[Any, Any, Any]]) -> float:
    """Of weight, x and y, exact up to the last rounding."""
    weight = sum(w for w, _, _ in rows)
    if not weight:
        return nan
    x, y = (sum(row[0] * row[k] for row in rows) / Fraction(weight) for k in (1, 2))
    xx, yy = sum(w * (a - x) ** 2 for w, a, _ in rows), sum(w * (b - y) ** 2 for w, _, b in rows)
    return float(sum(w * (a - x) * (b - y) for w, a, b in rows)) / sqrt(xx * yy) if xx and yy else nan


def tail_mean(rows: Sequence[tuple[Any, Any, Any]], *, best: bool) -> Fraction:
    """Of weight, total and mark: the mean mark of the best or worst 27 %, with a part of those at the cut."""
    room = whole = Fraction(27, 100) * sum(w for w, _, _ in rows)
    reached = Fraction(0)
    for level in sorted({t for _, t, _ in rows}, reverse=best):
        here = [(w, x) for w, t, x in rows if t == level]
        weight = sum(w for w, _ in here)
        taken = min(room, Fraction(weight))
        reached += taken * sum(w * x for w, x in here) / weight
        room -= taken
    return Fraction(reached / whole)


def patterns_of(slope: Any, difficulty: Any) -> tuple[Any, Any]:
    """All patterns of right answers under a two-parameter model with normal ability, and their probabilities."""
    ability = np.linspace(-8, 8, 801)
    density = np.exp(-(ability**2) / 2)
    right = 1 / (1 + np.exp(-np.asarray(slope) * (ability[:, None] - np.asarray(difficulty))))
    rows = np.array(list(product((0, 1), repeat=len(slope))))
    chances = np.array([np.where(row, right, 1 - right).prod(axis=1) @ density for row in rows])
    return rows, chances / density.sum()
