"""Weighted mean, deviation and coefficient of variation against published figures, fractions and properties."""

from dataclasses import astuple, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.unequal import BOOKS, PUPILS, Sample, column, moments, same_again, samples
from xietong.quant.inequality import weighted
from xietong.quant.inequality.moments import add_rows

pytestmark = pytest.mark.once

NAN, INF = float("nan"), float("inf")


def assert_exact(sample: Sample) -> None:
    found = astuple(weighted(*sample.arguments))
    for group, k in sample.cells():
        wanted = moments(sample.column(group, k))
        assert [array[group, k] for array in found] == pytest.approx(wanted, rel=1e-12, abs=0, nan_ok=True)


def test_weighted_gives_the_published_coefficient() -> None:
    found = weighted(column(*BOOKS) / column(*PUPILS), PUPILS)

    assert found.weight.item() == 302
    assert found.mean.item() == pytest.approx(6.3344371, abs=5e-8)
    assert found.sd.item() == pytest.approx(3.2638607, abs=5e-8)
    assert found.cv.item() == pytest.approx(0.5152566, abs=5e-8)


def test_weighted_without_pupils_is_the_wrong_coefficient_that_passes() -> None:
    found = weighted(column(*BOOKS) / column(*PUPILS), np.ones(5))

    assert found.cv.item() == pytest.approx(0.4887707, abs=5e-8)
    assert found.cv.item() * (5 / 4) ** 0.5 == pytest.approx(0.5464622, abs=5e-8)


@pytest.mark.parametrize(
    ("values", "weights", "wanted"),
    [
        ((1, 1, 1), (1, 1, 1), (3, 1, 0, 0)),
        ((1, 3), (1, 1), (2, 2, 1, 0.5)),
        ((1, 3), (3, 1), (4, 1.5, 0.75**0.5, 0.57735026918962576)),
        ((5,), (2,), (2, 5, 0, 0)),
        ((0.1, 0.1, 0.1), (0.3, 0.7, 1e-9), (1.000000001, 0.1, 0, 0)),
        ((0, 0), (1, 2), (3, 0, 0, NAN)),
        ((-1, 1), (1, 1), (2, 0, 1, NAN)),
        ((NAN, 2), (1, 1), (1, 2, 0, 0)),
        ((7, 2), (0, 1), (1, 2, 0, 0)),
        ((INF, 2), (0, 1), (1, 2, 0, 0)),
        ((NAN, 7), (1, 0), (0, NAN, NAN, NAN)),
        ((), (), (0, NAN, NAN, NAN)),
    ],
)
def test_weighted_by_hand(values: Any, weights: Any, wanted: Any) -> None:
    found = weighted(column(*values), weights)

    assert [array.item() for array in astuple(found)] == pytest.approx(wanted, rel=1e-15, abs=0, nan_ok=True)


def test_weighted_counts_each_indicator_over_the_rows_that_have_it() -> None:
    found = weighted([[1, NAN], [3, 5], [NAN, 9]], [1, 1, 3])

    assert found.weight.tolist() == [[2, 4]]
    assert found.mean.tolist() == [[2, 8]]


def test_weighted_has_every_group_in_the_order_of_its_code() -> None:
    found = weighted(column(4, 1, 8), [1, 1, 1], np.array([2, 0, 2], dtype=np.uint8), 4)

    assert found.weight[:, 0].tolist() == [1, 0, 2, 0]
    assert found.mean[:, 0] == pytest.approx([1, NAN, 6, NAN], nan_ok=True)
    assert found.cv[:, 0] == pytest.approx([0, NAN, 1 / 3, NAN], nan_ok=True)


def test_weighted_of_nothing_in_no_groups_is_empty() -> None:
    assert weighted(np.empty((0, 3)), [], None, 0).cv.shape == (0, 3)


@pytest.mark.parametrize("mean", [1e3, 1e9, 2.0**40])
def test_weighted_keeps_the_digits_of_a_small_deviation_from_a_huge_mean(mean: float) -> None:
    n = 500
    steps = np.random.default_rng(1).integers(-900, 900, (n, 2)) / 2**11
    assert_exact(Sample(mean + steps, np.arange(1.0, n + 1), np.arange(n) % 3, 3))


def test_weighted_is_exact_over_many_rows() -> None:
    chance = np.random.default_rng(2)
    values = chance.lognormal(0, 0.3, (3000, 4))
    values[chance.random(values.shape) < 0.01] = NAN
    assert_exact(Sample(values, chance.integers(30, 3000, 3000).astype(float), chance.integers(0, 9, 3000), 9))


@given(samples())
def test_weighted_is_exact(sample: Sample) -> None:
    assert_exact(sample)


@given(samples())
def test_add_rows_uncompiled_gives_the_same(sample: Sample) -> None:
    sums = [np.zeros((sample.n_groups, sample.values.shape[1])) for _ in range(5)]

    assert add_rows(sample.values, sample.weights, sample.groups, *sums) == -1
    found = weighted(*sample.arguments)
    weight, total, first, shift, square = (array[found.weight > 0] for array in sums)
    assert weight.tolist() == found.weight[found.weight > 0].tolist()
    assert total / weight == pytest.approx(found.mean[found.weight > 0])
    assert first + shift == pytest.approx(found.mean[found.weight > 0], abs=1e-9)
    assert np.sqrt(square / weight) == pytest.approx(found.sd[found.weight > 0])


@given(samples(), st.data())
def test_weighted_does_not_depend_on_how_rows_are_written_down(sample: Sample, draw: Any) -> None:
    wanted = weighted(*sample.arguments)
    for again in same_again(draw, sample):
        found = weighted(*again.arguments)
        assert found.mean == pytest.approx(wanted.mean, rel=1e-12, nan_ok=True)
        assert found.cv == pytest.approx(wanted.cv, rel=1e-11, abs=1e-12, nan_ok=True)


@given(samples(), st.data())
def test_weighted_follows_the_codes_of_groups(sample: Sample, draw: Any) -> None:
    code = np.array(draw.draw(st.permutations(range(sample.n_groups))))
    found = weighted(*replace(sample, groups=code[sample.groups]).arguments)

    assert np.array_equal(found.cv[code], weighted(*sample.arguments).cv, equal_nan=True)


@given(samples(), st.floats(1e-3, 1e3))
def test_cv_has_no_unit(sample: Sample, unit: float) -> None:
    found = weighted(*replace(sample, values=sample.values * unit).arguments)

    assert found.cv == pytest.approx(weighted(*sample.arguments).cv, rel=1e-11, abs=1e-12, nan_ok=True)


@given(samples())
def test_weighted_groups_join_to_the_whole(sample: Sample) -> None:
    parts, whole = weighted(*sample.arguments), weighted(sample.values, sample.weights)
    total = np.nansum(parts.weight * parts.mean, axis=0)
    square = np.nansum(parts.weight * (parts.sd**2 + (parts.mean - whole.mean) ** 2), axis=0)

    assert parts.weight.sum(axis=0) == pytest.approx(whole.weight[0])
    assert total == pytest.approx(np.nan_to_num(whole.weight * whole.mean)[0])
    assert square == pytest.approx(np.nan_to_num(whole.weight * whole.sd**2)[0])


@pytest.mark.parametrize(
    ("values", "weights", "groups", "row", "why"),
    [
        ((1, 2, 3), (1, -1, -2), (0, 0, 0), 1, "weight -1.0 is no finite number from 0 up"),
        ((1, 2, 3), (1, 1, NAN), (0, 0, 0), 2, "weight nan is"),
        ((1, 2, 3), (INF, 1, 1), (0, 0, 0), 0, "weight inf is"),
        ((1, 2, 3), (1, 1, 1), (0, 2, -1), 1, "group 2 is none of 0 to 1"),
        ((1, 2, 3), (1, 0, 1), (0, -1, 5), 1, "group -1 is"),
        ((1, NAN, -INF), (1, 1, 1), (0, 0, 0), 2, "a value is infinite"),
        ((1, INF, 3), (1, 1, -1), (0, 0, 9), 1, "a value is infinite"),
    ],
)
def test_weighted_names_the_first_row_that_cannot_be_counted(
    values: Any, weights: Any, groups: Any, row: int, why: str
) -> None:
    with pytest.raises(ValueError, match=f"row {row}: {why}"):
        weighted(column(*values), weights, groups, 2)

    sums = [np.zeros((2, 1)) for _ in range(5)]
    assert add_rows(column(*values), np.array(weights, float), np.array(groups), *sums) == row


@pytest.mark.parametrize(
    ("values", "weights", "groups", "why"),
    [
        ([1, 2], [1, 1], None, "values have 1 dimensions instead of 2"),
        ([[1], [2]], [1], None, r"weights have the shape \(1,\) instead of \(2,\)"),
        ([[1], [2]], [[1], [1]], None, r"weights have the shape \(2, 1\)"),
        ([[1], [2]], [1, 1], [0], r"groups have the shape \(1,\)"),
        ([[1], [2]], [1, 1], [0.0, 1.0], "groups are float64 instead of whole numbers"),
    ],
)
def test_weighted_refuses_shapes_that_do_not_fit(values: Any, weights: Any, groups: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        weighted(values, weights, groups)
