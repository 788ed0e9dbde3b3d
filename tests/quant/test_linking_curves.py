"""Haebara and Stocking–Lord against a published program, known transformations, noise and properties."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quant.anchored import (
    GROUP_NODES,
    GROUP_X,
    GROUP_Y,
    MIXED_X,
    MIXED_Y,
    NAN,
    STEPPED_X,
    STEPPED_Y,
    TABLE_X,
    TABLE_Y,
    anchors,
    covariance_of,
    dichotomous,
    estimated,
    mixed,
    right_or_wrong,
    scales,
)
from xietong.quant.linking import (
    Constants,
    Items,
    drawn_errors,
    haebara,
    items_of,
    mean_mean,
    mean_sigma,
    nodes_of,
    normal_nodes,
    stocking_lord,
)
from xietong.quant.linking.curves import by_category, by_total, criterion_of

pytestmark = pytest.mark.once

METHODS = pytest.mark.parametrize("method", [haebara, stocking_lord])
NORMAL, OTHER = normal_nodes(), normal_nodes(0.3, 0.8, 25)
TABLE = dichotomous(TABLE_X), dichotomous(TABLE_Y), nodes_of(GROUP_NODES, GROUP_Y), nodes_of(GROUP_NODES, GROUP_X)
EVEN = nodes_of(np.linspace(-3, 3, 25))
MIXED = mixed(MIXED_X, STEPPED_X), mixed(MIXED_Y, STEPPED_Y), EVEN, EVEN


def pair(constants: Constants) -> tuple[float, float]:
    return constants.stretch, constants.shift


@pytest.mark.parametrize(
    ("method", "arguments", "stretch", "shift", "criterion", "parts"),
    [
        (haebara, TABLE, 1.067800, -0.471281, 0.001506, 2 * 12),
        (stocking_lord, TABLE, 1.083417, -0.487619, 0.009666, 1),
        (haebara, MIXED, 0.805049, -0.446101, 0.001070, 2 * 12 + 3 * 3 + 2 * 4),
        (stocking_lord, MIXED, 0.815445, -0.456487, 0.057876, 1),
    ],
)
def test_curves_give_what_stuirt_prints(
    method: Any, arguments: Any, stretch: float, shift: float, criterion: float, parts: int
) -> None:
    """STUIRT standardises Haebara's criterion by the number of categories."""
    found = method(*arguments)

    assert found.converged
    assert found.symmetric
    assert pair(found.constants) == pytest.approx((stretch, shift), abs=2e-6)
    assert found.criterion / parts == pytest.approx(criterion, abs=6e-7)


@METHODS
@pytest.mark.parametrize("sides", [(NORMAL,), (NORMAL, OTHER)])
@settings(max_examples=40, deadline=None)
@given(items=anchors(), constants=scales)
def test_curves_recover_a_transformation(method: Any, sides: Any, items: Items, constants: Constants) -> None:
    found = method(items, items.transformed(constants), *sides)

    assert found.converged
    assert found.symmetric == (len(sides) == 2)
    assert pair(found.constants) == pytest.approx(pair(constants), abs=1e-8)
    assert found.criterion < 1e-20


@METHODS
@pytest.mark.parametrize("is_symmetric", [True, False])
def test_curves_turn_round_when_the_criterion_is_symmetric(method: Any, is_symmetric: bool) -> None:
    source, target, over_target, over_source = TABLE
    there = method(source, target, over_target, over_source if is_symmetric else None)
    back = method(target, source, over_source, over_target if is_symmetric else None)
    same = pair(back.constants.inverse()) == pytest.approx(pair(there.constants), rel=1e-6)

    assert same == is_symmetric
    assert (back.criterion == pytest.approx(there.criterion, rel=1e-10)) == is_symmetric


@METHODS
@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(17)))
def test_curves_know_no_order_of_items(method: Any, order: Any) -> None:
    source, target, *sides = MIXED
    found, again = method(*MIXED), method(source.take(order), target.take(order), *sides)

    assert pair(again.constants) == pytest.approx(pair(found.constants), rel=1e-7)


@METHODS
def test_curves_weigh_a_node_twice_as_two_nodes(method: Any) -> None:
    source, target, *_ = TABLE
    twice = nodes_of([-1, 0, 1], [1, 2, 1]), nodes_of([-1, 0, 1], [2, 4, 2]), nodes_of([-1, 0, 0, 1])
    found = [pair(method(source, target, nodes).constants) for nodes in twice]

    assert found[1] == found[0]
    assert found[2] == pytest.approx(found[0], rel=1e-7)


@pytest.mark.parametrize("seen", [by_category, by_total])
@settings(max_examples=40, deadline=None)
@given(source=anchors(least=2), constants=scales, at=st.tuples(st.floats(-1, 1), st.floats(-2, 2)))
def test_gradients_are_those_of_the_criteria(seen: Any, source: Items, constants: Constants, at: Any) -> None:
    criterion = criterion_of(source, source.transformed(constants), NORMAL, OTHER, seen)
    place, step = np.array(at), 1e-5
    change = [criterion.residuals(place + move) - criterion.residuals(place - move) for move in step * np.eye(2)]
    slopes = np.array(change).T / (2 * step)

    assert len(slopes) == (41 + 25) * (1 if seen is by_total else len(source.kinds) * 4)
    assert np.abs(criterion.jacobian(place) - slopes).max() < 1e-7


@METHODS
def test_criterion_is_least_where_the_search_ends(method: Any) -> None:
    found = method(*MIXED)
    criterion = criterion_of(*MIXED, by_category if method is haebara else by_total)
    place = np.array([np.log(found.constants.stretch), found.constants.shift])

    assert criterion.value(place) == pytest.approx(found.criterion, rel=1e-12)
    assert criterion.jacobian(place).T @ criterion.residuals(place) == pytest.approx([0, 0], abs=1e-8)
    for angle in np.linspace(0, 2 * np.pi, 12):
        assert criterion.value(place + 0.01 * np.array([np.cos(angle), np.sin(angle)])) > found.criterion


def test_calibrations_with_noise_are_linked_within_their_errors() -> None:
    constants, persons, chance = Constants(1.2, 0.5), 1000, np.random.default_rng(11)
    items = right_or_wrong(20, seed=1)
    source, target = (estimated(each, persons, chance) for each in (items, items.transformed(constants)))
    for method in (
        mean_mean,
        mean_sigma,
        lambda *anchor: haebara(*anchor, NORMAL, NORMAL).constants,
        lambda *anchor: stocking_lord(*anchor, NORMAL, NORMAL).constants,
    ):
        found = method(source, target)
        errors = drawn_errors(
            source,
            target,
            covariance_of(source, persons),
            covariance_of(target, persons),
            method,
            replications=60,
            seed=2,
        )
        assert errors.failed == 0
        assert abs(found.stretch - 1.2) < 4 * errors.stretch
        assert abs(found.shift - 0.5) < 4 * errors.shift


def test_curves_beat_mean_sigma_on_noisy_items() -> None:
    """Over 100 replications the ratio of two mean squares of one is uncertain by some 2 √(2 ÷ 100) = 28 %."""
    constants, chance = Constants(1.2, 0.5), np.random.default_rng(3)
    items = right_or_wrong(20, seed=1)
    there = items.transformed(constants)
    off = []
    for _ in range(100):
        anchor = estimated(items, 1000, chance), estimated(there, 1000, chance)
        found = (
            mean_sigma(*anchor),
            *(method(*anchor, NORMAL, NORMAL).constants for method in (haebara, stocking_lord)),
        )
        off.append([(each.stretch - 1.2, each.shift - 0.5) for each in found])
    sigma, *curves = np.mean(np.square(off), axis=0)

    for each in curves:
        assert (each < 0.5 * sigma).all()
        assert abs(np.mean(off, axis=0)[1:]).max() < 4 * np.sqrt(each.max() / 100)


@METHODS
def test_curves_link_through_one_item(method: Any) -> None:
    items = items_of(["dichotomous"], [1.5], [[0.7]])

    assert mean_sigma(items, items).stretch == pytest.approx(NAN, nan_ok=True)
    found = method(items, items.transformed(Constants(0.5, -1)), NORMAL)
    assert pair(found.constants) == pytest.approx((0.5, -1), abs=1e-8)


@METHODS
def test_curves_do_not_mind_an_item_that_is_almost_flat(method: Any) -> None:
    constants = Constants(1.3, -0.4)
    items = items_of(["dichotomous"] * 5, [1, 1.2, 0.8, 1.5, 1e-7], [[0], [1], [-1], [-0.5], [0.2]])
    target = items.transformed(constants)
    target.intercepts[4] += 0.01

    assert abs(mean_sigma(items, target).stretch - 1.3) > 0.05
    assert abs(mean_mean(items, target).shift + 0.4) > 1000
    assert pair(method(items, target, NORMAL).constants) == pytest.approx((1.3, -0.4), abs=0.02)


@METHODS
@pytest.mark.parametrize(
    ("slope", "sides"),
    [
        (1.0, (nodes_of([0.3]),)),
        (1.0, (nodes_of([0.3, 0.3]),)),
        (1e5, (nodes_of([-2, 2]), nodes_of([-1, 1]))),
    ],
)
def test_curves_that_determine_nothing_leave_it_undefined(method: Any, slope: float, sides: Any) -> None:
    items = items_of(["dichotomous"] * 2, [slope, slope], [[0], [0.1]])
    found = method(items, items, *sides)

    assert not found.converged
    assert found.criterion == 0
    assert pair(found.constants) == pytest.approx((NAN, NAN), nan_ok=True)


def test_a_search_without_end_is_not_converged() -> None:
    """No item that starts at 0.3 comes near one that stays below 0.01: the criterion falls as it moves away."""
    source = items_of(["dichotomous"], [1.0], [[0.0]], [0.3])
    found = haebara(source, items_of(["dichotomous"], [0.01], [[-5.0]]), NORMAL)

    assert not found.converged
    assert found.constants.stretch == pytest.approx(NAN, nan_ok=True)
    assert found.criterion > 0.15


@METHODS
@settings(max_examples=40, deadline=None)
@given(source=anchors(), draw=st.data())
def test_curves_of_items_that_have_nothing_in_common_are_finite_or_undefined(
    method: Any, source: Items, draw: Any
) -> None:
    shift = draw.draw(st.lists(st.floats(-8, 8), min_size=len(source.kinds), max_size=len(source.kinds)))
    target = Items(
        source.kinds, source.slopes[::-1].copy(), source.intercepts + np.array(shift)[:, None], source.lower
    )
    found = method(source, target, NORMAL, OTHER)

    assert np.isfinite(found.criterion)
    assert np.isfinite(pair(found.constants)).all() == found.converged
    assert not found.constants.stretch <= 0


@METHODS
def test_curves_refuse_other_items(method: Any) -> None:
    items = items_of(["dichotomous", "graded"], [1, 1], [[0], [0]])

    with pytest.raises(ValueError, match="item 0: dichotomous of 1 steps in the source"):
        method(items, items.take([1, 0]), NORMAL)
    with pytest.raises(ValueError, match="there are no common items"):
        method(items.take([]), items.take([]), NORMAL)
