"""Distributions of scores against all patterns written out."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.anchored import anchors
from tests.quant.answering import NAN, mixed_items, right_wrong, unfit
from xietong.quant.irt.recursion import score_distribution, without_each
from xietong.quant.items import Items
from xietong.quant.logarithms import relative
from xietong.quant.responding import expected_scores

pytestmark = pytest.mark.once

AT = np.array([-1.5, 0.2, 2.0])


def enumerated(items: Items, abilities: Any) -> Any:
    """P(score | θ), pattern by pattern."""
    table = relative(items, abilities).probability
    most = (~np.isnan(items.intercepts)).sum(axis=1).tolist()
    found = np.zeros((len(abilities), sum(most) + 1))
    for row in product(*(range(points + 1) for points in most)):
        found[:, sum(row)] += np.prod([table[:, item, code] for item, code in enumerate(row)], axis=0)
    return found


@given(anchors())
def test_recursion_is_the_sum_over_patterns(items: Items) -> None:
    found = score_distribution(items, AT)

    assert found == pytest.approx(enumerated(items, AT), abs=1e-13)
    assert found @ np.arange(found.shape[1]) == pytest.approx(expected_scores(items, AT).sum(axis=1))


@given(anchors(least=2))
def test_recursion_without_each_item(items: Items) -> None:
    found = without_each(items, relative(items, AT).probability)
    for item in range(len(items.kinds)):
        rest = [place for place in range(len(items.kinds)) if place != item]
        wanted = score_distribution(items, AT, rest)
        assert found[:, item, : wanted.shape[1]] == pytest.approx(wanted, abs=1e-13)
        assert (found[:, item, wanted.shape[1] :] == 0).all()


@given(anchors(), st.data())
def test_recursion_knows_no_order(items: Items, draw: Any) -> None:
    order = draw.draw(st.permutations(range(len(items.kinds))))

    assert score_distribution(items, AT, order) == pytest.approx(score_distribution(items, AT), abs=1e-14)


def test_like_items_have_a_binomial_score() -> None:
    found = score_distribution(right_wrong([1.0] * 4, [0.0] * 4), [np.log(3)])

    assert found[0] == pytest.approx(np.array([1, 12, 54, 108, 81]) / 256)


def test_a_long_test_of_many_points_loses_nothing() -> None:
    items = mixed_items(90, 1)
    found = score_distribution(items, AT)

    assert found.shape == (3, 30 * 7 + 1)
    assert found.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-12)
    assert (found >= 0).all()


def test_no_items_have_the_score_zero() -> None:
    assert score_distribution(right_wrong([1.0], [0.0]), AT, []).tolist() == [[1]] * 3


def test_an_item_without_estimate_is_refused_unless_left_out() -> None:
    items = unfit(right_wrong([1.0, 1.0], [0.0, 0.0]), 1, slopes=NAN, intercepts=NAN)

    assert score_distribution(items, [0.0], [0]).tolist() == [[0.5, 0.5]]
    with pytest.raises(ValueError, match="item 1 has no estimate"):
        score_distribution(items, [0.0])
