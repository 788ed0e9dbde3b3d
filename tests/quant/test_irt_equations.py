"""The loop over persons and items against the arrays of the same formulas."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.answering import INF, answers, right_wrong, unfit
from xietong.quant.irt.equations import add_terms, equation_of
from xietong.quant.items import Items, Kind, items_of
from xietong.quant.logarithms import chances_of, edges_of, relative
from xietong.quant.responses import Responses

pytestmark = pytest.mark.once


def by_arrays(items: Items, codes: Any, abilities: Any) -> Any:
    found = relative(items, abilities)
    seen = codes >= 0
    own = np.take_along_axis(found.slope, np.maximum(codes, 0)[..., None].astype(int), axis=2)[..., 0]
    information = (seen * (found.probability * found.slope**2).sum(axis=2)).sum(axis=1)
    bias = (seen * (found.probability * found.slope * found.bend).sum(axis=2)).sum(axis=1)
    part = np.divide(bias, 2 * information, out=np.zeros_like(bias), where=information > 0)
    return np.array([(seen * own).sum(axis=1) + part, information])


def uncompiled(items: Items, codes: Any, abilities: Any) -> Any:
    found = np.empty((2, len(codes)))
    partial = items.of_kind(Kind.PARTIAL)
    add_terms(codes, abilities, items.slopes, edges_of(items), *chances_of(items), partial, found)
    return found


@given(answers(), st.floats(-30, 30))
def test_loop_and_arrays_agree(drawn: tuple[Items, Responses], place: float) -> None:
    items, responses = drawn
    at = np.full(len(responses.codes), place)
    wanted = by_arrays(items, responses.codes, at)

    for found in (uncompiled(items, responses.codes, at), equation_of(items)(responses.codes, at)):
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-12)


def test_categories_that_cannot_occur_add_nothing() -> None:
    items = items_of(["graded", "partial"], [1.2, 0.8], [[0.5, -0.5], [0.2, 0.1]])
    for place, row in ((0, [0.5, -INF]), (1, [-INF, 0.1])):
        items = unfit(items, place, intercepts=row)
    codes, at = np.array([[1, 2], [0, 0]], dtype=np.int8), np.array([0.3, -2.0])

    assert uncompiled(items, codes, at) == pytest.approx(by_arrays(items, codes, at))


def test_where_information_vanishes_the_likelihood_alone_says_where_to_go() -> None:
    items = right_wrong([50.0, 50.0], [0.0, -5000.0])
    codes = np.array([[1, 1], [1, 0], [0, 0]], dtype=np.int8)

    assert uncompiled(items, codes, np.full(3, 50.0)).tolist() == [[50, 0, -50], [0, 0, 0]]
