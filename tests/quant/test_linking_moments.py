"""Constants from moments against a published program, known transformations and properties."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.quant.anchored import (
    MIXED_X,
    MIXED_Y,
    NAN,
    STEPPED_X,
    STEPPED_Y,
    TABLE_X,
    TABLE_Y,
    anchors,
    dichotomous,
    mixed,
    scales,
)
from xietong.quant.linking import Constants, Items, items_of, mean_mean, mean_sigma

pytestmark = pytest.mark.once

METHODS = pytest.mark.parametrize("method", [mean_mean, mean_sigma])


@pytest.mark.parametrize(
    ("method", "items", "stretch", "shift"),
    [
        (mean_sigma, (dichotomous(TABLE_X), dichotomous(TABLE_Y)), 1.168891, -0.515543),
        (mean_mean, (dichotomous(TABLE_X), dichotomous(TABLE_Y)), 1.217266, -0.557156),
        (mean_sigma, (mixed(MIXED_X, STEPPED_X), mixed(MIXED_Y, STEPPED_Y)), 0.887294, -0.560159),
        (mean_mean, (mixed(MIXED_X, STEPPED_X), mixed(MIXED_Y, STEPPED_Y)), 0.875095, -0.543611),
    ],
)
def test_moments_give_what_stuirt_prints(method: Any, items: Any, stretch: float, shift: float) -> None:
    found = method(*items)

    assert found.stretch == pytest.approx(stretch, abs=5e-7)
    assert found.shift == pytest.approx(shift, abs=1.1e-6)


def test_moments_by_hand() -> None:
    source = items_of(["dichotomous"] * 2, [1, 3], [[1], [-3]])
    target = items_of(["dichotomous"] * 2, [1, 1], [[2], [-4]])

    assert mean_mean(source, target) == Constants(2.0, 1.0)
    assert mean_sigma(source, target) == Constants(3.0, 1.0)


@METHODS
@given(anchors(least=2), scales)
def test_moments_recover_a_transformation(method: Any, items: Items, constants: Constants) -> None:
    assume(np.nanstd(items.thresholds()) > 1e-3)
    found = method(items, items.transformed(constants))

    assert found.stretch == pytest.approx(constants.stretch, rel=1e-8)
    assert found.shift == pytest.approx(constants.shift, abs=1e-8)


@METHODS
@given(st.data())
def test_moments_know_no_order_and_turn_round(method: Any, draw: Any) -> None:
    order = draw.draw(st.permutations(range(17)))
    source, target = mixed(MIXED_X, STEPPED_X), mixed(MIXED_Y, STEPPED_Y)
    found, back = method(source.take(order), target.take(order)), method(target, source)

    assert (found.stretch, found.shift) == pytest.approx((back.inverse().stretch, back.inverse().shift), rel=1e-12)


@pytest.mark.parametrize("slopes", [[1.0], [0.3, 0.7, 1.9]])
@pytest.mark.parametrize("is_source", [True, False])
def test_mean_sigma_of_equal_difficulties_is_not_defined(slopes: Any, is_source: bool) -> None:
    kinds, place = ["dichotomous"] * len(slopes), 0.1
    equal = items_of(kinds, slopes, [[-slope * place] for slope in slopes])
    other = items_of(kinds, slopes, [[0.3 + slope] for slope in slopes])
    pair = (equal, other) if is_source else (other, equal)

    found = mean_sigma(*pair)
    assert (found.stretch, found.shift) == pytest.approx((NAN, NAN), nan_ok=True)
    assert mean_mean(*pair).stretch == 1


def test_mean_mean_carries_one_item_over() -> None:
    assert mean_mean(items_of(["dichotomous"], [2], [[2]]), items_of(["dichotomous"], [1], [[3]])) == Constants(2, -1)


@METHODS
def test_moments_refuse_other_items(method: Any) -> None:
    items = items_of(["dichotomous", "graded"], [1, 1], [[0], [0]])

    with pytest.raises(ValueError, match="item 0: dichotomous of 1 steps in the source"):
        method(items, items.take([1, 0]))
    with pytest.raises(ValueError, match="there are no common items"):
        method(items.take([]), items.take([]))
