"""Common items that moved: areas in closed form, robust z by hand, and removal on seeded calibrations."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.anchored import NAN, anchors, estimated, right_or_wrong, scales
from xietong.quant.linking import (
    Constants,
    Items,
    gaps,
    haebara,
    items_of,
    mean_mean,
    mean_sigma,
    nodes_of,
    normal_nodes,
    robust_z,
    without_drift,
)

pytestmark = pytest.mark.once

SAME = Constants(1.0, 0.0)
WIDE = nodes_of(np.linspace(-60, 60, 120_001))
NODES = normal_nodes()


def one(slope: float, place: float, lower: float = 0.0) -> Items:
    return items_of(["dichotomous"], [slope], [[-slope * place]], [lower])


@pytest.mark.parametrize(("first", "second", "lower"), [((1, 0), (1, 0.5), 0.2), ((0.8, -0.3), (1.7, 0.4), 0.25)])
def test_gaps_are_the_areas_in_closed_form(first: Any, second: Any, lower: float) -> None:
    """Raju (1988): (1 − c)(b₂ − b₁), and (1 − c)|2 ln(1 + eʰ) ÷ s − (b₂ − b₁)| with h = s (b₂ − b₁)."""
    found = gaps(one(*first, lower), one(*second, lower), SAME, WIDE)
    apart = second[1] - first[1]
    assert 120 * found.signed.item() == pytest.approx(-(1 - lower) * apart, abs=1e-4)
    if first[0] == second[0]:
        assert 120 * found.absolute.item() == pytest.approx((1 - lower) * abs(apart), abs=1e-4)
    else:
        s = first[0] * second[0] / (second[0] - first[0])
        unsigned = (1 - lower) * abs(2 / s * np.log(1 + np.exp(s * apart)) - apart)
        assert 120 * found.absolute.item() == pytest.approx(unsigned, abs=1e-4)


def test_gaps_by_hand() -> None:
    source = items_of(["dichotomous", "graded"], [1, 1], [[0, NAN], [1, 0]])
    target = items_of(["dichotomous", "graded"], [1, 1], [[np.log(3), NAN], [1, 0]])
    found = gaps(source, target, SAME, nodes_of([0.0, -np.log(3)], [3, 1]))

    assert found.signed == pytest.approx([0.25 * 0.75 + 0.25 * 0.25, 0])
    assert found.root_mean_square == pytest.approx([0.25, 0])
    crossing = gaps(one(1, 0), one(2, 0), SAME, nodes_of([-1, 1]))
    assert crossing.signed == pytest.approx([0], abs=1e-15)
    assert crossing.absolute == pytest.approx(crossing.root_mean_square)
    assert crossing.absolute.item() > 0.1


@given(anchors(), scales)
def test_linked_items_have_no_gaps(items: Items, constants: Constants) -> None:
    found = gaps(items, items.transformed(constants), constants, NODES)

    assert found.absolute == pytest.approx(np.zeros(len(items.kinds)), abs=1e-12)


def test_robust_z_by_hand() -> None:
    """D is 0, 1, 2, 4, 10 after linking: median 2, quartiles 1 and 4."""
    places = np.array([0.0, 1, -1, 2, 0.5])
    source = items_of(["dichotomous"] * 5, [2.0] * 5, (-2 * places)[:, None])
    moved = 2 * places + 3 + np.array([0, 1, 2, 4, 10])
    target = items_of(["dichotomous"] * 5, [1.0] * 5, (-moved)[:, None])

    assert robust_z(source, target, Constants(2.0, 3.0)) == pytest.approx(np.array([-2, -1, 0, 2, 8]) / (0.74 * 3))


def test_robust_z_takes_the_mean_threshold_of_an_item() -> None:
    kinds = ["graded", "partial", "dichotomous"]
    source = items_of(kinds, [1, 1, 1], [[0, 0 - 1, NAN], [0, 0, 0], [0, NAN, NAN]])
    target = items_of(kinds, [1, 1, 1], [[1, -3, NAN], [-1, -3, -6], [0, NAN, NAN]])

    assert robust_z(source, target, SAME) == pytest.approx(np.array([0, 1.5, -0.5]) / (0.74 * 1))


@given(st.floats(-3, 3))
def test_robust_z_does_not_depend_on_where_zero_is(shift: float) -> None:
    source, target = right_or_wrong(7, 1), right_or_wrong(7, 2)

    assert robust_z(source, target, Constants(1.1, shift)) == pytest.approx(
        robust_z(source, target, Constants(1.1, 0.0))
    )


def test_robust_z_without_any_spread_is_not_defined() -> None:
    items = right_or_wrong(5, 1)

    assert np.isnan(robust_z(items, items, SAME)).all()
    assert np.isnan(robust_z(items, right_or_wrong(5, 2), mean_sigma(one(1, 0), one(1, 0)))).all()
    assert np.isnan(gaps(items, items, mean_sigma(one(1, 0), one(1, 0)), NODES).absolute).all()


def shifted(items: Items, moved: dict[int, float]) -> Items:
    """The items with some of them harder by so much."""
    harder = np.zeros(len(items.kinds))
    harder[list(moved)] = list(moved.values())
    return replace(items, intercepts=items.intercepts - (items.slopes * harder)[:, None])


def link(source: Items, target: Items) -> Constants:
    return haebara(source, target, NODES, NODES).constants


def off(source: Items, target: Items, constants: Constants) -> Any:
    return gaps(source, target, constants, NODES).signed


def test_items_that_moved_are_taken_out_one_by_one() -> None:
    """0.1 points is five standard errors of a proportion among 500 persons of each group, and more."""
    chance, constants = np.random.default_rng(5), Constants(1.1, 0.4)
    items = right_or_wrong(20, seed=1)
    source, target = (
        estimated(each, 2000, chance) for each in (items, shifted(items.transformed(constants), {3: 1.5, 11: -1.2}))
    )
    found = without_drift(source, target, link, off, threshold=0.1, least=10)

    assert [each.item for each in found.removed] == [3, 11]
    assert found.removed[0].distance < -0.1
    assert found.removed[1].distance > 0.1
    assert found.removed[0].constants == link(source, target)
    assert found.kept == tuple(sorted({*range(20)} - {3, 11}))
    assert found.constants == link(source.take(found.kept), target.take(found.kept))
    assert np.flatnonzero(np.isnan(found.distances)).tolist() == [3, 11]
    assert np.nanmax(np.abs(found.distances)) <= 0.1
    assert found.constants.shift == pytest.approx(0.4, abs=0.1)
    assert abs(link(source, target).stretch - 1.1) > abs(found.constants.stretch - 1.1)


@given(st.permutations(range(8)))
def test_removal_follows_the_order_of_items(order: Any) -> None:
    source = right_or_wrong(8, seed=3)
    target = shifted(source, {2: 1.0, 5: 2.0})
    wanted = without_drift(source, target, mean_mean, off, threshold=0.05, least=2)
    found = without_drift(source.take(order), target.take(order), mean_mean, off, threshold=0.05, least=2)

    assert [each.item for each in wanted.removed] == [5, 2]
    assert [order[each.item] for each in found.removed] == [5, 2]
    assert sorted(order[item] for item in found.kept) == list(wanted.kept)


def test_nothing_is_taken_out_within_the_threshold() -> None:
    source = right_or_wrong(6, seed=3)
    target = shifted(source, {2: 1.0})
    most = np.abs(off(source, target, mean_mean(source, target))).max()
    found = without_drift(source, target, mean_mean, off, threshold=most, least=6)

    assert found.removed == ()
    assert found.kept == (0, 1, 2, 3, 4, 5)
    assert found.distances == pytest.approx(off(source, target, mean_mean(source, target)))


@pytest.mark.parametrize(("least", "left"), [(5, 5), (1, 1), (0, 1)])
def test_an_anchor_that_becomes_too_small_is_refused(least: int, left: int) -> None:
    source, target = right_or_wrong(6, seed=3), right_or_wrong(6, seed=4)

    with pytest.raises(ValueError, match=f"item .: its distance is .*, but only {left} items are left"):
        without_drift(
            source, target, mean_mean, lambda *linked: np.ones(len(linked[0].kinds)), threshold=0, least=least
        )


def test_a_distance_that_is_not_defined_is_refused() -> None:
    items = right_or_wrong(4, seed=3)

    with pytest.raises(ValueError, match="item 0: its distance is not defined"):
        without_drift(items, items, mean_mean, robust_z, threshold=2, least=2)
    with pytest.raises(ValueError, match="item 1: its distance is not defined"):
        without_drift(items, items, mean_mean, lambda *linked: np.array([9, NAN, 0, 0]), threshold=2, least=2)


def test_other_items_are_refused() -> None:
    items = items_of(["dichotomous", "graded"], [1, 1], [[0], [0]])
    turned, none = items.take([1, 0]), items.take([])

    for fails in (
        lambda *pair: gaps(*pair, SAME, NODES),
        lambda *pair: robust_z(*pair, SAME),
        lambda *pair: without_drift(*pair, lambda *_: SAME, off, threshold=1, least=1),
    ):
        with pytest.raises(ValueError, match="item 0: dichotomous of 1 steps"):
            fails(items, turned)
        with pytest.raises(ValueError, match="there are no common items"):
            fails(none, none)
