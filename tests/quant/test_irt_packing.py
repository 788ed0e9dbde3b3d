"""Answers packed into bytes, and unpacked again."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from xietong.quant.compiling import compiled
from xietong.quant.irt.errors import states_of
from xietong.quant.irt.layout import layout_of
from xietong.quant.irt.models import Model
from xietong.quant.irt.packing import PATTERNS, Packed, pack, packed, split, state_of_code, tallied, tally
from xietong.quant.responses import Responses, responses_of

pytestmark = pytest.mark.once


def packed_of(responses: Responses) -> tuple[Packed, Any]:
    """All items that anybody with a weight answered, and what each of those has done."""
    used = [tuple(np.flatnonzero(row).tolist()) for row in tallied(responses)]
    there = np.array([bool(each) for each in used])
    layout = layout_of([Model.GPCM] * len(used), used, there, ~there, [False])
    return packed(responses, layout, np.zeros(len(responses.codes), dtype=np.int64)), layout


@st.composite
def answers(draw: st.DrawFn) -> Responses:
    shape = draw(st.tuples(st.integers(0, 5), st.integers(1, 12)))
    codes = draw(arrays(np.int8, shape, elements=st.integers(-1, 6)))
    weights = draw(st.lists(st.integers(0, 2), min_size=shape[0], max_size=shape[0]))
    return responses_of(codes, weights=weights)


@given(answers())
def test_what_was_packed_can_be_unpacked(responses: Responses) -> None:
    found, layout = packed_of(responses)
    states = states_of(found)

    for row in np.flatnonzero(responses.weights > 0):
        for own, item in enumerate(layout.items):
            code, used = responses.codes[row, item], layout.used[own]
            assert states[row, own] == (len(used) if code < 0 else used.index(code))


@given(answers())
def test_bytes_hold_as_many_items_as_they_can(responses: Responses) -> None:
    found, _ = packed_of(responses)
    sizes = [
        int(np.prod(found.states[begin:end])) for begin, end in zip(found.starts, found.starts[1:], strict=False)
    ]

    assert max(sizes) <= PATTERNS
    assert all(size * found.states[end] > PATTERNS for size, end in zip(sizes, found.starts[1:-1], strict=False))
    assert found.starts[-1] == len(found.order)
    assert found.states.tolist() == sorted(found.states)


def test_split_by_hand() -> None:
    assert split([]) == [0, 0]
    assert split([2] * 8) == [0, 8]
    assert split([2] * 9) == [0, 8, 9]
    assert split([3] * 11) == [0, 5, 10, 11]
    assert split([2, 2, 200]) == [0, 2, 3]
    assert split([16, 16, 2]) == [0, 2, 3]


def test_an_item_that_everybody_answered_has_no_state_of_nothing_known() -> None:
    found, _ = packed_of(responses_of([[1, 1], [0, -1], [1, 0]]))

    assert found.states.tolist() == [2, 3]
    assert found.patterns.ravel().tolist() == [1 * 3 + 1, 0 * 3 + 2, 1 * 3 + 0]


def test_codes_of_rows_without_weight_do_not_reach_beyond_the_table() -> None:
    responses = responses_of([[0, 1], [1, 0], [126, 1]], weights=[1, 1, 0])
    found, layout = packed_of(responses)

    assert layout.used == ((0, 1), (0, 1))
    assert state_of_code(layout, found.states, 127).shape == (2, 129)
    assert found.patterns[2] == 0 * 2 + 1


def test_rows_are_taken_with_all_that_belongs_to_them() -> None:
    responses = responses_of([[0], [1], [0]], weights=[1, 2, 3])
    found = packed(responses, packed_of(responses)[1], np.array([0, 1, 2])).rows(slice(1, None))

    assert (found.patterns.tolist(), found.weights.tolist(), found.groups.tolist()) == ([[1], [0]], [2, 3], [1, 2])


@given(arrays(np.int8, (4, 3), elements=st.integers(-2, 5)), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_tally_counts_weights_of_categories(codes: Any, weights: Any) -> None:
    responses = responses_of(codes, categories=6, weights=weights)
    wanted = [[float(responses.weights[codes[:, item] == code].sum()) for code in range(6)] for item in range(3)]
    plain = np.zeros((3, 8))
    tally(responses.codes, responses.weights, plain)

    assert tallied(responses).tolist() == wanted
    assert plain[:, 2:].tolist() == wanted


@given(answers())
def test_pack_is_the_same_without_a_compiler(responses: Responses) -> None:
    found, layout = packed_of(responses)
    states = np.empty_like(found.states)
    states[found.order] = found.states
    lookup = state_of_code(layout, states, int(responses.categories.max()))
    plain = np.zeros_like(found.patterns)
    pack(responses.codes, layout.items[found.order], lookup[found.order], found.states, found.starts, plain)

    assert np.array_equal(plain, found.patterns)
    assert compiled(pack, parallel=True) is compiled(pack, parallel=True)
