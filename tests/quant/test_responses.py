"""What counts as responses, and what is refused."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from xietong.quant.responses import NOT_PRESENTED, OMITTED, booklets_of, most_answered, responses_of

pytestmark = pytest.mark.once

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize("kind", [np.int8, np.int64, np.uint8, np.float32, np.float64])
def test_responses_of_keeps_whole_numbers_of_every_type(kind: Any) -> None:
    found = responses_of(np.array([[0, 1], [126, 0]], dtype=kind))

    assert found.codes.tolist() == [[0, 1], [126, 0]]
    assert (found.codes.dtype, found.categories.tolist()) == (np.int8, [127, 2])
    assert found.weights.tolist() == [1, 1]


def test_responses_of_booleans_and_nan() -> None:
    assert responses_of([[True, False]]).codes.tolist() == [[1, 0]]
    assert responses_of([[NAN, 1.0]]).codes.tolist() == [[NOT_PRESENTED, 1]]


def test_bytes_in_the_wrong_order_are_laid_out_by_rows() -> None:
    codes = np.asfortranarray(np.array([[0, 1, 2], [2, 1, 0]], dtype=np.int8))
    found = responses_of(codes).codes

    assert found.flags.c_contiguous
    assert found.tolist() == codes.tolist()


@pytest.mark.parametrize(("given_as", "wanted"), [(None, [3, 2]), (4, [4, 4]), ([3, 5], [3, 5])])
def test_categories_are_counted_or_given(given_as: Any, wanted: Any) -> None:
    found = responses_of([[2, 0], [1, -1]], categories=given_as)

    assert (found.categories.tolist(), found.categories.dtype) == (wanted, np.int64)


@pytest.mark.parametrize(("given_as", "wanted"), [(None, [1, 1]), (2, [2, 2]), ([0.5, 0], [0.5, 0])])
def test_weights_are_given_or_one(given_as: Any, wanted: Any) -> None:
    found = responses_of([[0], [1]], weights=given_as)

    assert (found.weights.tolist(), found.weights.dtype) == (wanted, np.float64)


def test_nobody_still_has_items() -> None:
    found = responses_of(np.zeros((0, 3)))

    assert (found.codes.shape, found.categories.tolist(), found.weights.shape) == ((0, 3), [2, 2, 2], (0,))


@given(arrays(np.int8, st.tuples(st.integers(0, 5), st.integers(1, 4)), elements=st.integers(-2, 4)))
def test_what_was_omitted_becomes_what_one_says(codes: Any) -> None:
    found = responses_of(codes, categories=5, weights=2)
    wrong, absent = found.omitted_as_wrong(), found.omitted_as_not_presented()

    assert np.array_equal(wrong.codes, np.where(codes == OMITTED, 0, codes))
    assert np.array_equal(absent.codes, np.where(codes == OMITTED, NOT_PRESENTED, codes))
    for each in (wrong, absent):
        assert each.codes.dtype == np.int8
        assert each.categories is found.categories
        assert each.weights is found.weights


@pytest.mark.parametrize(
    ("codes", "others", "why"),
    [
        ([0, 1], {}, r"codes have the shape \(2,\) instead of \(persons, items\)"),
        (np.zeros((2, 0)), {}, r"codes have the shape \(2, 0\)"),
        (np.zeros((1, 1, 1)), {}, r"codes have the shape \(1, 1, 1\)"),
        ([["a"]], {}, "codes are <U1 instead of whole numbers"),
        ([[1, 0], [0, 0.5]], {}, r"row 1, item 1: 0\.5 is no category that a byte can hold"),
        ([[1, 128]], {}, "row 0, item 1: 128 is no category that a byte can hold"),
        ([[INF]], {}, "row 0, item 0: inf is no category that a byte can hold"),
        ([[127]], {"categories": 127}, "row 0, item 0: 127 is no category from 0 to 126"),
        ([[1], [-3]], {}, "row 1, item 0: -3 is no category from 0 to 1"),
        ([[1, 1], [0, 2]], {"categories": 2}, "row 1, item 1: 2 is no category from 0 to 1"),
        ([[1, 1]], {"categories": [2, 2, 2]}, r"categories have the shape \(3,\) instead of \(2,\)"),
        ([[1, 1]], {"categories": [2, 1]}, r"an item needs 2 to 127 categories; they are \[2, 1\]"),
        ([[1, 1]], {"categories": 128}, r"an item needs 2 to 127 categories; they are \[128, 128\]"),
        ([[1], [0]], {"weights": [1]}, r"weights have the shape \(1,\) instead of \(2,\)"),
        ([[1], [0]], {"weights": [1, -1]}, r"row 1: weight -1\.0 is no finite number from 0 up"),
        ([[1], [0]], {"weights": [NAN, 1]}, "row 0: weight nan is"),
        ([[1], [0]], {"weights": [1, INF]}, "row 1: weight inf is"),
    ],
)
def test_responses_of_names_what_cannot_be(codes: Any, others: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        responses_of(codes, **others)


def test_the_highest_code_of_a_byte_needs_its_categories_given() -> None:
    assert responses_of([[126]], categories=127).categories.tolist() == [127]
    with pytest.raises(ValueError, match="row 0, item 0: 126 is no category from 0 to 125"):
        responses_of([[126]], categories=126)


@pytest.mark.parametrize(("codes", "most"), [([[0, 1], [-1, 1]], 2), ([[-1, -2], [-1, 1]], 1), ([[0, 0]], 2)])
def test_most_answered_counts_neither_what_was_not_presented_nor_what_was_omitted(codes: Any, most: int) -> None:
    assert most_answered(responses_of(codes).codes) == most
    assert most_answered(responses_of(codes).codes[:0]) == 0


@given(arrays(np.bool_, st.tuples(st.integers(0, 12), st.integers(1, 20))))
def test_booklets_are_the_different_rows_and_say_which_each_is(presented: Any) -> None:
    patterns, which = booklets_of(presented)

    assert patterns[which].tolist() == presented.tolist()
    assert len({tuple(row) for row in patterns.tolist()}) == len(patterns) == len(np.unique(which))
