"""Reliabilities by hand, and of simulated persons whose abilities are known."""

from typing import Any

import numpy as np
import pytest

from tests.quant.answering import NAN, answered, mixed_items
from xietong.quant.irt.ability import Estimates, eap, wle
from xietong.quant.irt.reliability import marginal_reliability, separation_reliability

pytestmark = pytest.mark.once

BOTH = pytest.mark.parametrize("reliability", [marginal_reliability, separation_reliability])


def estimates(value: Any, error: Any) -> Estimates:
    return Estimates(np.array(value, dtype=float), np.array(error, dtype=float))


@pytest.mark.parametrize(
    ("value", "error", "weights", "marginal", "separation"),
    [
        ([-1, 1], [0.5, 0.5], None, 0.8, 0.75),
        ([-1, 1, NAN], [0.5, 0.5, NAN], None, 0.8, 0.75),
        ([0, 3], [1, 2], [2, 1], 2 / 4, 0),
        ([0, 3, 9], [1, 2, 9], [2, 1, 0], 2 / 4, 0),
        ([-1, 1], [2, 2], None, 0.2, -3),
        ([0.1, 0.1, 0.1], [1, 1, 1], [1, 2, 3], 0, NAN),
        ([0.3], [1], None, 0, NAN),
        ([-1, 1], [0, 0], None, 1, 1),
        ([1, 1], [0, 0], None, NAN, NAN),
        ([1, 2], [1, 1], [0, 0], NAN, NAN),
        ([NAN], [NAN], None, NAN, NAN),
        ([], [], None, NAN, NAN),
    ],
)
def test_reliability_by_hand(value: Any, error: Any, weights: Any, marginal: float, separation: float) -> None:
    found = estimates(value, error)

    assert marginal_reliability(found, weights) == pytest.approx(marginal, nan_ok=True)
    assert separation_reliability(found, weights) == pytest.approx(separation, nan_ok=True)


def test_reliability_is_the_squared_correlation_with_the_ability() -> None:
    items, persons = mixed_items(20, 4), 8000
    chance = np.random.default_rng(5)
    abilities = chance.normal(size=persons)
    responses = answered(items, abilities, chance)
    near = 4 * 2 / np.sqrt(persons)
    for method, reliability in ((eap, marginal_reliability), (wle, separation_reliability)):
        found = method(responses, items)
        wanted = np.corrcoef(found.value, abilities)[0, 1] ** 2
        assert reliability(found) == pytest.approx(wanted, abs=near * (1 - wanted))


@BOTH
def test_a_weight_of_two_is_the_row_twice(reliability: Any) -> None:
    once = estimates([-1, 0.5, 2], [0.5, 0.6, 0.7])
    twice = estimates([-1, 0.5, 0.5, 2], [0.5, 0.6, 0.6, 0.7])

    assert reliability(once, [1, 2, 1]) == pytest.approx(reliability(twice))


@BOTH
@pytest.mark.parametrize(
    ("weights", "why"),
    [
        ([1], r"weights have the shape \(1,\) instead of \(2,\)"),
        ([1, -1], "row 1: weight -1.0 is no finite number from 0 up"),
        ([NAN, 1], "row 0: weight nan"),
        ([1, float("inf")], "row 1: weight inf"),
    ],
)
def test_reliability_refuses(reliability: Any, weights: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        reliability(estimates([0, 1], [1, 1]), weights)
