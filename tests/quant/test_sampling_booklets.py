"""Booklets that are balanced, sentences about those that are not, and what a booklet leaves of the responses."""

import re
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.quant.responses import responses_of
from xietong.quant.sampling import (
    Design,
    assign_booklets,
    balanced_design,
    imbalances,
    in_booklets,
    misplacements,
    presented,
)
from xietong.quant.sampling.booklets import CYCLIC, LISTED

pytestmark = pytest.mark.once

# Colbourn, C. J., Dinitz, J. H. (2007). Handbook of Combinatorial Designs, 2nd edition, table II.1.28.
KNOWN = {
    (7, 3): (7, 3, 1),
    (9, 3): (12, 4, 1),
    (13, 4): (13, 4, 1),
    (6, 3): (10, 5, 2),
    (21, 5): (21, 5, 1),
    (11, 5): (11, 5, 2),
    (13, 3): (26, 6, 1),
    (7, 4): (7, 4, 2),
    (31, 6): (31, 6, 1),
    (9, 4): (18, 8, 3),
    (8, 4): (14, 7, 3),
    (15, 7): (15, 7, 3),
}
PAIRS = {(v, 2): (v * (v - 1) // 2, v - 1, 1) for v in range(3, 21)}
ALL = {(4, 3): (4, 3, 2), (5, 3): (10, 6, 3), (10, 3): (120, 36, 8), (6, 4): (15, 10, 6), (8, 7): (8, 7, 6)}


@pytest.mark.parametrize(("key", "wanted"), (KNOWN | PAIRS | ALL).items())
def test_designs_are_balanced_and_of_the_known_size(key: tuple[int, int], wanted: tuple[int, int, int]) -> None:
    found = balanced_design(*key)

    assert (len(found.booklets), found.repeats, found.meetings) == wanted
    assert found.booklets.shape[1] == key[1]
    assert imbalances(found.booklets, key[0]) == ()
    assert len({frozenset(each) for each in found.booklets.tolist()}) == len(found.booklets)


def test_every_known_design_is_in_the_table() -> None:
    assert set(CYCLIC) | set(LISTED) == set(KNOWN)


@pytest.mark.parametrize("key", [*CYCLIC, (3, 2), (5, 2), (9, 2), (4, 3), (5, 3), (10, 3), (8, 7)])
def test_cycles_have_every_block_equally_often_at_each_position(key: tuple[int, int]) -> None:
    found = balanced_design(*key)

    assert (found.positions == found.repeats // key[1]).all()
    assert misplacements(found.booklets, key[0]) == ()


def test_four_blocks_in_pairs_are_six_booklets_that_no_order_balances() -> None:
    found = balanced_design(4, 2)

    assert {frozenset(each) for each in found.booklets.tolist()} == set(map(frozenset, combinations(range(4), 2)))
    assert found.positions.sum(axis=1).tolist() == [3, 3, 3, 3]
    assert len(misplacements(found.booklets, 4)) == 4


def test_seven_blocks_are_the_design_of_the_textbooks() -> None:
    lines = [(0, 1, 3), (1, 2, 4), (2, 3, 5), (3, 4, 6), (4, 5, 0), (5, 6, 1), (6, 0, 2)]

    assert list(map(tuple, balanced_design(7, 3).booklets.tolist())) == lines


@pytest.mark.parametrize(
    ("blocks", "per_booklet", "why"),
    [
        (7, 1, "booklets of 1 out of 7 blocks"),
        (7, 7, "booklets of 7 out of 7 blocks"),
        (2, 3, "booklets of 3 out of 2 blocks"),
        (16, 6, "all combinations would be 8008 booklets"),
        (21, 2, "all combinations would be 210 booklets"),
    ],
)
def test_balanced_design_refuses(blocks: int, per_booklet: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        balanced_design(blocks, per_booklet)


@pytest.mark.parametrize(
    ("booklets", "blocks", "said"),
    [
        ([[0, 1], [1, 2], [2, 3], [3, 0]], 4, ["blocks 0 and 2 meet in 0 booklets, blocks 0 and 1 in 1"]),
        ([[0, 0], [0, 1]], 2, ["block 0 is 2 times in booklet 0", "block 1 is in 1 booklets, block 0 in 2"]),
        ([[0, 1]], 3, ["block 2 is in 0 booklets, block 0 in 1", "blocks 0 and 2 meet in 0 .* 0 and 1 in 1"]),
        ([[0, 1, 2], [0, 1, 3]], 4, ["block 2 is in 1 .*block 0 in 2", "blocks 2 and 3 meet in 0 .* 0 and 1 in 2"]),
        ([[0]], 1, []),
        ([[0, 1], [1, 0]], 2, []),
    ],
)
def test_imbalances_say_why(booklets: Any, blocks: int, said: list[str]) -> None:
    found = imbalances(booklets, blocks)

    assert len(found) == len(said)
    for sentence, wanted in zip(found, said, strict=True):
        assert re.match(wanted, sentence)


@given(st.sampled_from([(7, 3), (13, 4), (9, 3), (4, 2)]), st.data())
def test_any_block_changed_in_a_balanced_design_is_found(key: tuple[int, int], draw: Any) -> None:
    booklets = balanced_design(*key).booklets.copy()
    book, place = draw.draw(st.integers(0, len(booklets) - 1)), draw.draw(st.integers(0, key[1] - 1))
    booklets[book, place] = (booklets[book, place] + draw.draw(st.integers(1, key[0] - 1))) % key[0]

    assert imbalances(booklets, key[0])


@given(st.permutations(range(9)), st.permutations(range(12)))
def test_balance_does_not_depend_on_names_and_order(names: list[int], order: list[int]) -> None:
    booklets = np.array(names)[balanced_design(9, 3).booklets[order]]

    assert imbalances(booklets, 9) == ()


@pytest.mark.parametrize(
    ("booklets", "why"),
    [
        ([[0, 1], [1, 3]], "blocks of booklet 1 of position 1 cannot be 3"),
        ([[0, -1]], "blocks of booklet 0 of position 1 cannot be -1"),
        ([0, 1], r"booklets have the shape \(2,\)"),
        (np.empty((0, 2), dtype=int), r"booklets have the shape \(0, 2\)"),
    ],
)
def test_checks_refuse_what_are_no_booklets(booklets: Any, why: str) -> None:
    for check in (imbalances, misplacements):
        with pytest.raises(ValueError, match=why):
            check(booklets, 3)


@given(st.lists(st.integers(0, 3), max_size=40), st.integers(1, 8), st.integers(0, 99))
def test_booklets_go_round_within_each_school(schools: list[int], booklets: int, seed: int) -> None:
    found = assign_booklets(np.array(schools, dtype=int), booklets, seed)

    for school in set(schools):
        own = found[np.array(schools) == school]
        assert ((own[1:] - own[:-1]) % booklets == 1 % booklets).all()
        assert np.ptp(np.bincount(own, minlength=booklets)) <= 1


def test_each_school_starts_anywhere() -> None:
    starts = assign_booklets(np.arange(7000), 7, seed=9)
    error = (7000 * 1 / 7 * 6 / 7) ** 0.5

    assert (np.abs(np.bincount(starts, minlength=7) - 1000) <= 4 * error).all()
    assert assign_booklets(np.arange(50), 7, seed=9).tolist() == assign_booklets(np.arange(50), 7, seed=9).tolist()


def test_assign_booklets_refuses() -> None:
    with pytest.raises(ValueError, match="there are 0 booklets"):
        assign_booklets([1], 0, seed=1)
    with pytest.raises(ValueError, match="schools of pupil 1 cannot be -1"):
        assign_booklets([1, -1], 3, seed=1)


@pytest.mark.parametrize("key", [(7, 3), (4, 2), (13, 4)])
def test_every_two_items_of_different_blocks_are_seen_together_as_often_as_blocks_meet(key: tuple[int, int]) -> None:
    design = balanced_design(*key)
    there = presented(design, np.repeat(np.arange(key[0]), 2), np.arange(len(design.booklets))).astype(int)
    together = there.T @ there
    same = np.arange(2 * key[0])[:, None] // 2 == np.arange(2 * key[0]) // 2

    assert (together[same] == design.repeats).all()
    assert (together[~same] == design.meetings).all()
    assert (there.sum(axis=1) == 2 * key[1]).all()


def test_blanks_are_told_apart_and_answers_stay() -> None:
    design = Design(np.array([[0, 1], [1, 2], [2, 0]]), 3)
    table = [[1, -1, -2, 3], [-2, 0, 2, -1], [-1, -1, 1, -2], [np.nan, -2, np.nan, 2]]
    given_ = responses_of(np.array(table, dtype=float), categories=5, weights=[1, 2, 3, 4])
    found = in_booklets(given_, design, [0, 1, 2, 0], [0, 1, 2, 2])

    assert found.codes.tolist() == [[1, -2, -1, 3], [-1, 0, 2, -1], [-2, -1, 1, -2], [-2, -1, -2, 2]]
    assert found.codes.dtype == np.int8
    assert found.weights.tolist() == [1, 2, 3, 4]
    assert found.categories.tolist() == [5] * 4
    assert given_.codes[0].tolist() == [1, -1, -2, 3]


def test_in_booklets_refuses() -> None:
    design = balanced_design(4, 2)
    table = responses_of([[1, -1, -1, -1], [-1, -1, -1, 0]])
    with pytest.raises(ValueError, match="pupil 1, item 3: an answer, but the item was not in the booklet"):
        in_booklets(table, design, [0, 1, 2, 3], [0, 0])
    with pytest.raises(ValueError, match=r"codes have the shape \(2, 4\); blocks and booklets are of \(2, 3\)"):
        in_booklets(table, design, [0, 1, 2], [0, 0])
    with pytest.raises(ValueError, match="booklets of pupil 1 cannot be 6"):
        presented(design, [0], [0, 6])
    with pytest.raises(ValueError, match="blocks of item 0 cannot be 4"):
        presented(design, [4], [0])


def test_combinations_up_to_the_limit_are_all_made() -> None:
    assert comb(20, 2) == len(balanced_design(20, 2).booklets) == 190
