"""Gini coefficient and Lorenz curve against published figures, fractions and properties."""

from dataclasses import replace
from fractions import Fraction
from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.unequal import INCOMES, SCORE_WEIGHTS, SCORES, Sample, column, same_again, samples
from xietong.quant.inequality import gini, lorenz
from xietong.quant.inequality.concentration import add_ascending

pytestmark = pytest.mark.once


def exact_gini(rows: list[tuple[Fraction, Fraction]]) -> float:
    differences = sum(v * w * abs(x - y) for x, v in rows for y, w in rows)
    mass = 2 * sum(w for _, w in rows) * sum(w * x for x, w in rows)
    return float(differences / mass) if mass else nan


@pytest.mark.parametrize(
    ("values", "weights", "wanted"),
    [
        (SCORES, np.ones(9), 0.2373737373737374),
        (SCORES, SCORE_WEIGHTS, 0.20652395514780775),
        ((0, 1), (1, 1), 0.5),
        ((0, 0, 0, 1), (1, 1, 1, 1), 0.75),
        ((4, 4, 4), (1, 2, 3), 0),
        ((0.1, 0.1, 0.1), (0.1, 0.2, 0.3), 0),
        ((7,), (3,), 0),
        ((nan, 0, 1, 9), (5, 1, 1, 0), 0.5),
        ((-1, 0, 1), (0, 1, 1), 0.5),
        ((0, 0), (1, 1), nan),
        ((), (), nan),
    ],
)
def test_gini_of_reference(values: Any, weights: Any, wanted: float) -> None:
    assert gini(column(*values), weights).item() == pytest.approx(wanted, abs=1e-15, nan_ok=True)


def test_gini_of_the_example_of_r() -> None:
    assert gini(column(*INCOMES), np.ones(10)).item() == pytest.approx(0.4620911, abs=5e-8)


@given(samples())
def test_gini_is_exact(sample: Sample) -> None:
    found = gini(*sample.arguments)
    for group, k in sample.cells():
        wanted = exact_gini(sample.column(group, k))
        assert found[group, k] == pytest.approx(wanted, rel=1e-12, abs=0, nan_ok=True)
        assert isnan(wanted) or 0 <= found[group, k] < 1


@given(samples())
def test_add_ascending_uncompiled_gives_the_same(sample: Sample) -> None:
    rows = [row for row in range(len(sample.weights)) if sample.weights[row] > 0 and sample.values[row, 0] >= 0]
    chosen = sample.take(np.array(sorted(rows, key=lambda row: sample.values[row, 0]), dtype=int))
    pairs, depth, below, level = (np.zeros(sample.n_groups) for _ in range(4))
    add_ascending(chosen.values[:, 0], chosen.weights, chosen.groups, pairs, depth, below, level)

    for group in range(sample.n_groups):
        wanted = exact_gini(sample.column(group, 0))
        mass = float(sum(w for _, w in sample.column(group, 0)) * sum(w * x for x, w in sample.column(group, 0)))
        assert pairs[group] == pytest.approx(wanted * mass if mass else 0, rel=1e-12)


@given(samples(), st.data())
def test_gini_does_not_depend_on_how_rows_are_written_down(sample: Sample, draw: Any) -> None:
    wanted = gini(*sample.arguments)
    for again in same_again(draw, sample):
        assert gini(*again.arguments) == pytest.approx(wanted, rel=1e-11, abs=1e-14, nan_ok=True)


@given(samples(), st.floats(1e-3, 1e3), st.data())
def test_gini_knows_neither_units_nor_codes(sample: Sample, unit: float, draw: Any) -> None:
    code = np.array(draw.draw(st.permutations(range(sample.n_groups))))
    found = gini(*replace(sample, values=sample.values * unit, groups=code[sample.groups]).arguments)

    assert found[code] == pytest.approx(gini(*sample.arguments), rel=1e-11, abs=1e-12, nan_ok=True)


def test_lorenz_of_reference() -> None:
    found = lorenz(SCORES, np.ones(9))

    assert found.population == pytest.approx(np.arange(10) / 9)
    assert found.resource == pytest.approx(np.array([0, 1, 4, 7, 12, 17, 23, 29, 36, 44]) / 44)


def test_lorenz_leaves_out_what_does_not_count() -> None:
    found = lorenz([5, nan, 1, 2], [2, 7, 6, 0])

    assert found.population.tolist() == [0, 0.75, 1]
    assert found.resource.tolist() == [0, 0.375, 1]


def test_lorenz_of_nothing_has_no_shares() -> None:
    assert lorenz([0, 0], [1, 3]).population.tolist() == [0, 0.25, 1]
    assert np.isnan(lorenz([0, 0], [1, 3]).resource).all()
    assert np.isnan(lorenz([], []).population).all()


@given(samples())
def test_gini_is_one_minus_twice_the_area_below_the_lorenz_curve(sample: Sample) -> None:
    found = gini(sample.values[:, :1], sample.weights).item()
    curve = lorenz(sample.values[:, 0], sample.weights)

    assert isnan(found) or found == pytest.approx(1 - 2 * np.trapezoid(curve.resource, curve.population), abs=1e-12)


@given(samples())
def test_lorenz_is_convex_from_corner_to_corner(sample: Sample) -> None:
    curve = lorenz(sample.values[:, 0], sample.weights)
    if not np.isnan(curve.resource).any():
        slopes = np.diff(curve.resource) / np.diff(curve.population)
        assert (curve.population[0], curve.resource[0], curve.population[-1], curve.resource[-1]) == (0, 0, 1, 1)
        assert (np.diff(slopes) >= -1e-9 * slopes.max()).all()


def test_gini_and_lorenz_name_the_first_negative_row() -> None:
    with pytest.raises(ValueError, match="row 2: a value is negative"):
        gini([[1, 2], [-1, 3], [3, -2], [-1, -1]], [1, 0, 1, 1])
    with pytest.raises(ValueError, match="row 1: a value is negative"):
        lorenz([1, -1], [1, 1])
    with pytest.raises(ValueError, match="row 0: weight nan"):
        lorenz([1, -1], [nan, 1])
