"""Item parameters, their curves and what they are on another scale."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.anchored import NAN, anchors, scales
from xietong.quant.items import refuse_unpaired
from xietong.quant.linking import Constants, Items, expected_scores, items_of, nodes_of, normal_nodes, probabilities
from xietong.quant.responding import curves

pytestmark = pytest.mark.once

INF = float("inf")
ABILITIES = np.linspace(-4, 4, 17)


def test_probabilities_by_hand() -> None:
    items = items_of(
        ["dichotomous", "graded", "partial"],
        [1.0, 2.0, 0.5],
        [[0.0, NAN], [1.0, -1.0], [np.log(2), np.log(3)]],
        [0.25, 0, 0],
    )
    upper, lower = 1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))

    assert probabilities(items, [0.0])[0] == pytest.approx(
        np.array([[0.375, 0.625, 0], [1 - upper, upper - lower, lower], [1 / 6, 2 / 6, 3 / 6]])
    )
    assert expected_scores(items, [0.0])[0] == pytest.approx([0.625, upper + lower, 8 / 6])
    assert probabilities(items, [2.0])[0, 2] == pytest.approx(
        np.array([1, 2 * np.e, 3 * np.e**2]) / 28.6037, rel=1e-5
    )


def test_thresholds_by_hand() -> None:
    items = items_of(["partial", "graded", "dichotomous"], [2, 2, 4], [[1, 4], [3, -1], [2, NAN]])

    assert items.thresholds() == pytest.approx(np.array([[-0.5, -1.5], [-1.5, 0.5], [-0.5, NAN]]), nan_ok=True)
    flat = Items(items.kinds, np.zeros(3), items.intercepts, items.lower).thresholds()
    assert np.isinf(flat[:, 0]).all()


@given(anchors())
def test_probabilities_add_up_and_never_leave_their_range(items: Items) -> None:
    found = probabilities(items, ABILITIES)

    assert found.sum(axis=2) == pytest.approx(np.ones((17, len(items.kinds))), abs=1e-14)
    assert found.min() >= 0
    assert not found[:, ~np.isfinite(np.column_stack([np.zeros(len(items.kinds)), items.intercepts]))].any()


@given(anchors())
def test_derivatives_are_those_of_the_probabilities(items: Items) -> None:
    step = 1e-5
    change = probabilities(items, ABILITIES + step) - probabilities(items, ABILITIES - step)

    assert curves(items, ABILITIES)[1] == pytest.approx(change / (2 * step), abs=1e-8)


@given(anchors(), scales)
def test_transformed_items_answer_alike_at_transformed_abilities(items: Items, constants: Constants) -> None:
    there = probabilities(items.transformed(constants), constants.of(ABILITIES))

    assert there == pytest.approx(probabilities(items, ABILITIES), abs=1e-12)


@given(anchors(), scales)
def test_transformed_moves_thresholds_as_abilities_and_back(items: Items, constants: Constants) -> None:
    there = items.transformed(constants)

    assert there.thresholds() == pytest.approx(constants.of(items.thresholds()), abs=1e-10, nan_ok=True)
    assert there.slopes == pytest.approx(items.slopes / constants.stretch)
    back = there.transformed(constants.inverse())
    assert back.intercepts == pytest.approx(items.intercepts, abs=1e-10, nan_ok=True)


@given(anchors(), st.data())
def test_curves_follow_the_order_of_items(items: Items, draw: Any) -> None:
    order = draw.draw(st.permutations(range(len(items.kinds))))

    assert np.array_equal(probabilities(items.take(order), ABILITIES), probabilities(items, ABILITIES)[:, order])


@given(st.floats(0.3, 3), st.floats(-2, 2))
def test_all_models_are_one_with_a_single_step(slope: float, intercept: float) -> None:
    found = probabilities(items_of(["dichotomous", "graded", "partial"], [slope] * 3, [[intercept]] * 3), ABILITIES)

    assert found[:, 1] == pytest.approx(found[:, 0], abs=1e-14)
    assert found[:, 2] == pytest.approx(found[:, 0], abs=1e-14)


def test_steep_items_far_away_are_certain() -> None:
    items = items_of(["dichotomous", "graded", "partial"], [1e4] * 3, [[0, NAN], [1, 0], [0, 0]])
    found, rising = curves(items, np.array([-1e6, 1e6]))

    assert found[:, :, 0].tolist() == [[1, 1, 1], [0, 0, 0]]
    assert found[1].tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 1]]
    assert not rising.any()


@pytest.mark.parametrize(
    ("kinds", "slopes", "intercepts", "lower", "why"),
    [
        (["rasch"], [1], [[0]], None, "item 0: kind 'rasch' is none of dichotomous, graded, partial"),
        (["graded"], [1, 2], [[0]], None, r"slopes have the shape \(2,\) instead of \(1,\)"),
        (["graded"], [1], [0], None, r"intercepts have the shape \(1,\) instead of \(1, steps\)"),
        (["graded"], [1], [[0], [1]], None, r"intercepts have the shape \(2, 1\)"),
        (["graded"], [1], [[]], None, r"intercepts have the shape \(1, 0\)"),
        (["graded"], [1], [[0]], [[0]], r"lower asymptotes have the shape \(1, 1\)"),
        (["graded", "graded"], [1, 0], [[0], [0]], None, "item 1: slope 0.0 is no finite number above 0"),
        (["graded"], [INF], [[0]], None, "item 0: slope inf is"),
        (["graded"], [NAN], [[0]], None, "item 0: slope nan is"),
        (["graded", "graded"], [1, -1], [[NAN], [0]], None, r"item 0: intercepts \[nan\] are no finite row"),
        (["partial"], [1], [[1, NAN, 2]], None, "item 0: intercepts .* are no finite row"),
        (["partial"], [1], [[1, -INF]], None, "item 0: intercepts .* are no finite row"),
        (["dichotomous"], [1], [[1, 0]], None, "item 0: intercepts .* are too many"),
        (["partial", "graded"], [1, 1], [[0, 1], [1, 1]], None, r"item 1: intercepts \[1. 1.\] do not descend"),
        (["dichotomous"], [1], [[1]], [1], "item 0: lower asymptote 1.0 is not from 0 to below 1"),
        (["dichotomous"], [1], [[1]], [NAN], "item 0: lower asymptote nan is"),
        (["dichotomous"], [1], [[1]], [-0.1], "item 0: lower asymptote -0.1 is"),
        (["graded"], [1], [[1]], [0.1], "item 0: lower asymptote 0.1 of an item of several steps"),
    ],
)
def test_items_of_names_what_cannot_be(kinds: Any, slopes: Any, intercepts: Any, lower: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        items_of(kinds, slopes, intercepts, lower)


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ([0], [0, 1], "1 items of the source stand beside 2 of the target"),
        ([], [], "there are no common items"),
        ([0, 1], [0, 2], "item 1: graded of 2 steps in the source, graded of 1 in the target"),
        ([0], [2], "item 0: dichotomous of 1 steps in the source, graded of 1 in the target"),
    ],
)
def test_common_items_have_to_be_the_same(source: Any, target: Any, why: str) -> None:
    items = items_of(["dichotomous", "graded", "graded"], [1, 1, 1], [[0, NAN], [1, 0], [1, NAN]])

    with pytest.raises(ValueError, match=why):
        refuse_unpaired(items.take(source), items.take(target))


@pytest.mark.parametrize("constants", [(0, 1), (-1, 0), (NAN, 0), (INF, 0), (1, NAN), (1, -INF)])
def test_transformed_refuses_what_is_no_scale(constants: Any) -> None:
    with pytest.raises(ValueError, match="is no transformation of a scale"):
        items_of(["graded"], [1], [[0]]).transformed(Constants(*constants))


def test_normal_nodes_have_the_moments_of_the_group() -> None:
    nodes = normal_nodes(-1.5, 0.5, 61)

    assert nodes.weights.sum() == pytest.approx(1)
    assert nodes.points[[0, -1]].tolist() == [-4.5, 1.5]
    assert nodes.weights @ (nodes.points + 1.5) ** 4 == pytest.approx(3 * 0.5**4, rel=1e-5)


@pytest.mark.parametrize(
    ("points", "weights", "why"),
    [
        ([], None, r"nodes of the shape \(0,\) have weights of the shape \(0,\)"),
        ([[0]], None, r"nodes of the shape \(1, 1\)"),
        ([0, 1], [1], r"have weights of the shape \(1,\)"),
        ([0, INF], None, "node 1: ability inf with weight 1.0 is not allowed"),
        ([0, 1, 2], [1, 1, -1], "node 2: ability 2.0 with weight -1.0"),
        ([0], [INF], "node 0: ability 0.0 with weight inf"),
        ([0], [NAN], "node 0: ability 0.0 with weight nan"),
        ([0, 1], [0, 0], "all nodes have the weight 0"),
    ],
)
def test_nodes_of_refuses_what_cannot_be(points: Any, weights: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        nodes_of(points, weights)


@pytest.mark.parametrize("arguments", [(0, 0), (0, NAN), (0, -1), (0, 1, 1)])
def test_normal_nodes_refuse_what_is_no_spread(arguments: Any) -> None:
    with pytest.raises(ValueError, match="normal nodes need sd above 0"):
        normal_nodes(*arguments)
