"""Spread and bands of totals by hand and against counting one by one."""

from dataclasses import astuple
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.groups import FULL, Totals, same_again, totals
from xietong.quant.classical import score_bands, spread

pytestmark = pytest.mark.once

NAN = float("nan")


def spread_of(sample: Totals) -> Any:
    return astuple(spread(sample.values, sample.groups, sample.n_groups, sample.weights))


def bands_of(sample: Totals, width: float) -> Any:
    return score_bands(
        sample.values, FULL, width, groups=sample.groups, n_groups=sample.n_groups, weights=sample.weights
    )


@pytest.mark.parametrize(
    ("values", "weights", "wanted"),
    [
        ([4, 1, 3, 2], None, [4, 1, 4, 2.5, 1.25**0.5, [1.5, 2.5, 3.5]]),
        ([1, 2, 3, 4, 5], None, [5, 1, 5, 3, 2**0.5, [2, 3, 4]]),
        ([7], None, [1, 7, 7, 7, 0, [7, 7, 7]]),
        ([7, NAN], [2, 1], [2, 7, 7, 7, 0, [7, 7, 7]]),
        ([1, 9], [3, 1], [4, 1, 9, 3, 12**0.5, [1, 1, 5]]),
        ([1, 9, 99], [3, 1, 0], [4, 1, 9, 3, 12**0.5, [1, 1, 5]]),
        ([NAN], None, [0, NAN, NAN, NAN, NAN, [NAN] * 3]),
        ([], None, [0, NAN, NAN, NAN, NAN, [NAN] * 3]),
    ],
)
def test_spread_by_hand(values: Any, weights: Any, wanted: Any) -> None:
    *numbers, quartiles = astuple(spread(values, weights=weights))

    assert [array.item() for array in numbers] == pytest.approx(wanted[:-1], nan_ok=True)
    assert quartiles[0] == pytest.approx(wanted[-1], nan_ok=True)


def test_a_share_that_is_met_but_for_rounding_is_met() -> None:
    """Half of 0.3 + 0.1 + 0.2 is 0.3 and comes out a little more."""
    weights = [0.3, 0.1, 0.2]
    assert np.cumsum(weights)[-1] / 2 > 0.3

    assert spread([1, 2, 3], weights=weights).quartiles.tolist() == [[1, 1.5, 3]]


@given(totals())
def test_spread_is_that_of_the_persons_one_by_one(sample: Totals) -> None:
    sat, lowest, highest, mean, sd, quartiles = spread_of(sample)
    for group in range(sample.n_groups):
        each = sample.persons(group)
        assert sat[group] == len(each)
        if len(each):
            wanted = np.quantile(each, [0.25, 0.5, 0.75], method="averaged_inverted_cdf")
            assert quartiles[group] == pytest.approx(wanted)
            numbers = [lowest[group], highest[group], mean[group], sd[group]]
            assert numbers == pytest.approx([each.min(), each.max(), each.mean(), each.std()], abs=1e-12)
        else:
            assert np.isnan([lowest[group], highest[group], mean[group], sd[group], *quartiles[group]]).all()


@given(totals(), st.data())
def test_spread_and_bands_do_not_depend_on_how_persons_are_written_down(sample: Totals, draw: Any) -> None:
    for again in same_again(draw, sample):
        for found, wanted in zip(spread_of(again), spread_of(sample), strict=True):
            assert found == pytest.approx(wanted, abs=1e-12, nan_ok=True)
        assert bands_of(again, 3).counts.tolist() == bands_of(sample, 3).counts.tolist()


def test_no_groups_have_no_spread() -> None:
    assert spread([], None, 0).quartiles.shape == (0, 3)


def test_bands_by_hand() -> None:
    found = score_bands([0, 9.5, 10, 89.5, 90, 99.5, 100], 100, 10)

    assert found.edges.tolist() == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    assert found.counts.tolist() == [[2, 1, 0, 0, 0, 0, 0, 0, 1, 3]]


def test_the_last_band_is_narrower_where_widths_do_not_divide() -> None:
    found = score_bands([0, 50, 99.5, 100, 120], 120, 50)

    assert found.edges.tolist() == [0, 50, 100, 120]
    assert found.counts.tolist() == [[1, 2, 2]]


def test_a_total_of_tenths_reaches_its_band_though_it_rounds_down() -> None:
    total = sum([0.1] * 10)
    assert total < 1

    assert score_bands([total], 2, 1).counts.tolist() == [[0, 1]]
    assert score_bands([0.3], 0.3, 0.1).counts.tolist() == [[0, 0, 1]]


@given(totals(), st.sampled_from((3, 5, 10, 20)))
def test_bands_count_everybody_once(sample: Totals, width: int) -> None:
    found = bands_of(sample, width)
    edges = [*range(0, FULL, width), FULL]
    assert found.edges.tolist() == edges
    for group in range(sample.n_groups):
        assert found.counts[group].tolist() == np.histogram(sample.persons(group), edges)[0].tolist()


@pytest.mark.parametrize("width", [0, -1, 101, NAN])
def test_bands_refuses_a_width_that_cannot_be(width: float) -> None:
    with pytest.raises(ValueError, match="is not above 0 and at most the full mark 100"):
        score_bands([1], 100, width)


def test_bands_refuses_a_total_above_the_full_mark() -> None:
    with pytest.raises(ValueError, match="row 1: total 101.0 is not between 0 and 100"):
        score_bands([1, 101], 100, 10)
