"""Probabilities in the tails against hundreds of digits, and their derivatives against differences."""

from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.anchored import anchors
from tests.quant.answering import INF, NAN, mixed_items, right_wrong, unfit
from xietong.quant.items import Items, Kind, items_of
from xietong.quant.logarithms import log_probabilities, occurring, relative
from xietong.quant.responding import curves, probabilities

pytestmark = pytest.mark.once

PLACES = st.lists(st.floats(-40, 40), min_size=1, max_size=3).map(np.array)


def exact(items: Items, item: int, ability: float) -> list[Decimal]:
    """The probabilities of an item's categories, to as many digits as the context has."""
    a, lower = Decimal(float(items.slopes[item])), Decimal(float(items.lower[item]))
    d = [Decimal(float(each)) for each in items.intercepts[item] if not np.isnan(each)]
    theta = Decimal(float(ability))
    if items.kinds[item] == Kind.PARTIAL:
        powers = [Decimal(1), *(((k + 1) * a * theta + each).exp() for k, each in enumerate(d))]
        return [power / sum(powers) for power in powers]
    reached = [Decimal(1), *(lower + (1 - lower) / (1 + (-(a * theta + each)).exp()) for each in d), Decimal(0)]
    return [one - other for one, other in pairwise(reached)]


@given(anchors(), PLACES)
def test_logarithms_are_exact_in_the_tails(items: Items, places: Any) -> None:
    found, parts = log_probabilities(items, places), relative(items, places).probability
    with localcontext() as context:
        context.prec = 400
        for at, place in enumerate(places):
            for item in range(len(items.kinds)):
                wanted = exact(items, item, place)
                logs = [float(each.ln()) for each in wanted]
                assert found[at, item, : len(wanted)] == pytest.approx(logs, rel=1e-11, abs=1e-13)
                assert parts[at, item, : len(wanted)] == pytest.approx([float(p) for p in wanted], rel=1e-10, abs=0)
                assert (found[at, item, len(wanted) :] == -INF).all()
                assert (parts[at, item, len(wanted) :] == 0).all()


@given(anchors(), st.floats(-4, 4))
def test_derivatives_are_those_of_the_curves(items: Items, place: float) -> None:
    step = 1e-4
    at = np.array([place - step, place, place + step])
    found = relative(items, at)
    chance, rising = curves(items, at)
    has = chance[1] > 0

    assert found.probability == pytest.approx(chance, abs=1e-14)
    assert (found.probability * found.slope) == pytest.approx(rising, abs=1e-13)
    second = (rising[2] - rising[0]) / (2 * step)
    assert (found.probability * found.bend)[1] == pytest.approx(second, abs=1e-5)
    assert found.slope[1][has] == pytest.approx(
        ((log_probabilities(items, at)[2][has] - log_probabilities(items, at)[0][has]) / (2 * step)), abs=1e-5
    )


def test_derivatives_hold_where_differences_vanish() -> None:
    found = relative(right_wrong([3.0], [0.0]), np.array([-100.0, 100.0]))

    assert found.slope[0, 0] == pytest.approx([-3 * np.exp(-300), 3], rel=1e-12, abs=0)
    assert found.slope[1, 0] == pytest.approx([-3, 3 * np.exp(-300)], rel=1e-12, abs=0)
    assert found.bend[0, 0, 1] == pytest.approx(9)
    assert found.bend[1, 0, 0] == pytest.approx(9)


def test_guessing_leaves_a_right_answer_possible_everywhere() -> None:
    found = relative(right_wrong([2.0], [0.0], [0.25]), np.array([-500.0]))

    assert found.probability[0, 0].tolist() == [0.75, 0.25]
    assert found.slope[0, 0].tolist() == [0, 0]
    assert log_probabilities(right_wrong([2.0], [0.0], [0.25]), np.array([-500.0]))[0, 0, 1] == np.log(0.25)


@pytest.mark.parametrize(
    ("kind", "row", "without", "kept"),
    [
        ("graded", [0.5, -INF, -INF], [0.5, NAN, NAN], [0, 1]),
        ("graded", [0.5, -0.5, -INF], [0.5, -0.5, NAN], [0, 1, 2]),
        ("partial", [0.5, -INF, -INF], [0.5, NAN, NAN], [0, 1]),
        ("dichotomous", [-INF, NAN, NAN], None, [0]),
    ],
)
def test_a_category_that_cannot_occur_is_as_if_it_were_not_there(
    kind: str, row: Any, without: Any, kept: list[int]
) -> None:
    items = items_of([kind], [1.3], [[0.5, NAN, NAN]])
    never = unfit(items, 0, intercepts=row)
    at = np.array([-1.0, 0.4])
    found, logs = relative(never, at), log_probabilities(never, at)

    assert occurring(never)[0].tolist() == [k in kept for k in range(4)]
    assert (logs[:, 0] == -INF).tolist() == [[k not in kept for k in range(4)]] * 2
    assert found.probability.sum(axis=2) == pytest.approx(np.ones((2, 1)))
    if without is not None:
        plain = relative(unfit(items, 0, intercepts=without), at)
        for one, other in (
            (found.probability, plain.probability),
            (found.slope, plain.slope),
            (found.bend, plain.bend),
        ):
            assert one[..., kept] == pytest.approx(other[..., kept], abs=1e-15)


def test_a_partial_credit_item_can_lack_a_category_in_the_middle() -> None:
    found = relative(unfit(items_of(["partial"], [1.0], [[0.0, 0.0]]), 0, intercepts=[-INF, 0.4]), np.array([0.3]))
    plain = relative(right_wrong([2.0], [0.4]), np.array([0.3]))

    assert found.probability[0, 0, [0, 2]] == pytest.approx(plain.probability[0, 0])
    assert found.slope[0, 0, [0, 2]] == pytest.approx(plain.slope[0, 0])


def test_an_item_without_estimate_has_no_curves() -> None:
    items = unfit(mixed_items(3, 1), 1, slopes=NAN, intercepts=NAN)
    found = relative(items, np.zeros(2))

    assert np.isnan(found.slope[:, 1]).all()
    assert found.slope[:, [0, 2]] == pytest.approx(relative(items.take([0, 2]), np.zeros(2)).slope)


def test_steps_of_partial_credit_may_lie_in_any_order() -> None:
    """Far apart too, as on a scale of 500 and 100."""
    items = items_of(["partial"], [1.0], [[-900.0, 0.0]])
    found = relative(items, np.array([-1.0, 1.0]))

    assert found.probability[:, 0, [0, 2]] == pytest.approx(
        relative(right_wrong([2.0], [0.0]), np.array([-1.0, 1.0])).probability[:, 0]
    )
    assert occurring(items).all()


def test_logarithms_agree_with_probabilities_in_the_middle() -> None:
    items, at = mixed_items(9, 2), np.linspace(-2, 2, 5)

    assert np.exp(log_probabilities(items, at)) == pytest.approx(probabilities(items, at), abs=1e-14)
