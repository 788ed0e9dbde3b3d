"""Groups, and the nodes that their persons and items need."""

from typing import Any

import numpy as np
import pytest

from tests.quant.answering import INF, NAN, mixed_items, right_wrong, unfit
from xietong.quant.irt.information import booklet_information
from xietong.quant.irt.population import STANDARD, given_nodes, nodes_for, population_of

pytestmark = pytest.mark.once


def test_weights_are_those_of_the_normal_distributions() -> None:
    nodes = np.linspace(-8, 8, 81)
    weights = np.exp(population_of([0, 1], [1, 0.5]).log_weights(nodes))

    assert weights.sum(axis=1) == pytest.approx([1, 1])
    assert weights @ nodes == pytest.approx([0, 1])
    assert weights @ nodes**2 - (weights @ nodes) ** 2 == pytest.approx([1, 0.25])


def test_weights_are_finite_far_from_every_node() -> None:
    assert np.exp(population_of(1e4, 0.1).log_weights(np.array([0.0, 1.0]))).tolist() == [[0, 1]]


def test_nodes_span_all_groups() -> None:
    found = nodes_for(right_wrong([0.1], [0.0]), population_of([-1, 2], [1, 0.5]))

    assert found[0] == -7
    assert found[-1] == 5
    assert np.diff(found) == pytest.approx(np.full(len(found) - 1, 0.15))


@pytest.mark.parametrize(("count", "most"), [(60, None), (600, 60), (600, None)])
def test_nodes_are_no_further_apart_than_one_posterior_deviation(count: int, most: int | None) -> None:
    items = mixed_items(count, 3)
    found = nodes_for(items, STANDARD, most)
    apart = found[1] - found[0]
    at = np.linspace(-6, 6, 1001)
    least = 1 / np.sqrt(1 + booklet_information(items, at).max())

    assert 0.9 < apart / least < 1.01 if most is None else 1.2 * least < apart < 0.3


def test_nodes_follow_a_steep_item_between_the_nodes() -> None:
    found = nodes_for(right_wrong([400.0], [-400 * 0.0123]))

    assert found[1] - found[0] == pytest.approx(1 / np.sqrt(1 + 200**2), rel=1e-3)


def test_nodes_of_flat_items_or_none_follow_the_population() -> None:
    items = unfit(right_wrong([0.1, 1.0], [0.0, 0.0]), 1, slopes=NAN, intercepts=NAN)

    assert len(nodes_for(items)) == len(nodes_for(items.take([]))) == 41


def test_nodes_know_categories_that_cannot_occur() -> None:
    assert len(nodes_for(unfit(mixed_items(3, 1), 2, intercepts=[-INF, -INF, 0.3]))) >= 41


def test_nodes_of_an_almost_vertical_item_must_be_given() -> None:
    with pytest.raises(ValueError, match=r"item 1: with the slope 1000000.0 \d+ nodes are needed; give them"):
        nodes_for(right_wrong([1.0, 1e6], [0.0, 0.0]))


@pytest.mark.parametrize(
    ("nodes", "why"),
    [
        ([0.0], r"nodes have the shape \(1,\)"),
        ([[0.0, 1.0]], r"nodes have the shape \(1, 2\)"),
        ([0.0, 1.0, 3.0], "node 0: from 0.0 to 1.0 is no step"),
        ([1.0, 0.0], "node 0: from 1.0 to 0.0 is no step"),
        ([0.0, NAN], "node 0: from 0.0 to nan"),
    ],
)
def test_given_nodes_are_equally_spaced(nodes: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        given_nodes(nodes)


@pytest.mark.parametrize(
    ("mean", "sd", "groups", "why"),
    [
        ([0, NAN], 1, None, "group 1: N\\(nan, 1.0²\\) is no population"),
        (0, 0, None, "group 0: N\\(0.0, 0.0²\\)"),
        (0, [1, INF], None, "group 1"),
        (INF, 1, None, "group 0"),
        ([], 1, None, r"mean and sd have the shape \(0,\)"),
        ([[0]], 1, None, r"mean and sd have the shape \(1, 1\)"),
        ([0, 0], 1, [0, 2, -1], "row 1: group 2 is none of 0 to 1"),
        ([0, 0], 1, [0, -1], "row 1: group -1"),
        (0, 1, [0.0], "groups are float64"),
        (0, 1, [[0]], r"groups are int64 of the shape \(1, 1\)"),
    ],
)
def test_population_refuses_what_cannot_be(mean: Any, sd: Any, groups: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        population_of(mean, sd, groups)


def test_population_refuses_other_persons() -> None:
    with pytest.raises(ValueError, match=r"groups have the shape \(2,\) instead of \(3,\)"):
        population_of([0, 1], 1, [0, 1]).codes(3)
