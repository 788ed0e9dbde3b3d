"""A text cut for showing: nothing left out, nothing twice."""

from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.plans.rules.marking import Block, Mark, Piece, blocks, pieces


def test_pieces_give_a_stretch_to_the_shortest_mark_over_it() -> None:
    marks = [Mark(1, 2, 8), Mark(2, 4, 6)]
    assert pieces(0, 10, marks) == [
        Piece(0, 2, None), Piece(2, 4, 1), Piece(4, 6, 2), Piece(6, 8, 1), Piece(8, 10, None),
    ]  # fmt: skip


def test_pieces_cut_a_mark_that_reaches_over_the_edge() -> None:
    assert pieces(5, 9, [Mark(1, 0, 6), Mark(2, 8, 20), Mark(3, 30, 40)]) == [
        Piece(5, 6, 1), Piece(6, 8, None), Piece(8, 9, 2),
    ]  # fmt: skip


def test_pieces_of_nothing_are_none() -> None:
    assert pieces(5, 5, []) == []


def test_blocks_follow_the_text_through_clauses_in_one_another() -> None:
    assert list(blocks([(2, 20), (5, 9), (12, 15), (20, 25)], 30)) == [
        Block(None, 0, 2, False),
        Block(0, 2, 5, True),
        Block(1, 5, 9, True),
        Block(0, 9, 12, False),
        Block(2, 12, 15, True),
        Block(0, 15, 20, False),
        Block(3, 20, 25, True),
        Block(None, 25, 30, False),
    ]


def test_blocks_of_a_text_without_clauses_are_one() -> None:
    assert list(blocks([], 7)) == [Block(None, 0, 7, False)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=20), st.integers(0, 60))
def test_pieces_print_the_stretch_back(spans: list[tuple[int, int]], end: int) -> None:
    marks = [Mark(key, start, start + length) for key, (start, length) in enumerate(spans)]
    cut = pieces(0, end, marks)
    assert [at for one in cut for at in range(one.start, one.end)] == list(range(end))
