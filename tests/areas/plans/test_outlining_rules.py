"""Correcting an outline without touching the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.plans.rules import outlining
from xietong.areas.plans.rules.outlining import Entry
from xietong.areas.plans.rules.reader.values import Kind

LENGTH = 100


def outline(*levels: int, stops: dict[int, int] | None = None) -> list[Entry]:
    """Clauses ten characters apart, of these levels."""
    return [Entry(n, f"[{n}]", f"{n}、", "", level, 10 * n, (stops or {}).get(n)) for n, level in enumerate(levels)]


def levels(entries: list[Entry] | None) -> list[int] | None:
    return None if entries is None else [entry.level for entry in entries]


def test_promote_takes_all_below_along() -> None:
    assert levels(outlining.promote(outline(1, 2, 3, 2), 1)) == [1, 1, 2, 2]


def test_promote_refuses_the_highest_level() -> None:
    assert outlining.promote(outline(1, 2), 0) is None


def test_demote_puts_a_clause_below_the_one_before() -> None:
    assert levels(outlining.demote(outline(1, 1, 2), 1)) == [1, 2, 3]


@pytest.mark.parametrize(("shape", "at"), [((1, 1), 0), ((1, 2), 1)])
def test_demote_refuses_where_nothing_could_hold_it(shape: tuple[int, ...], at: int) -> None:
    assert outlining.demote(outline(*shape), at) is None


def test_demote_refuses_to_go_deeper_than_the_deepest() -> None:
    assert outlining.demote(outline(1, 1, 2, 3, 4, 5, 6, 7, 8, 9), 1) is None


def test_nest_moves_a_clause_below_one_that_holds_the_one_before() -> None:
    assert levels(outlining.nest(outline(1, 2, 3, 1), 3, 1)) == [1, 2, 3, 3]


@pytest.mark.parametrize(("at", "under"), [(3, 1), (0, 2), (1, 2)])
def test_nest_keeps_the_order_of_the_text(at: int, under: int) -> None:
    assert outlining.nest(outline(1, 2, 2, 1), at, under) is None


def test_nest_refuses_to_go_deeper_than_the_deepest() -> None:
    deep = outline(1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2)
    assert outlining.nest(deep, 9, 8) is None


def test_merge_gives_the_words_to_the_clause_before() -> None:
    merged = outlining.merge(outline(1, 2, 3), 1)
    assert merged is not None
    assert [(entry.key, entry.level) for entry in merged] == [(0, 1), (2, 2)]
    assert [placed.end for placed in outlining.place(merged, LENGTH)] == [100, 100]


def test_merge_of_two_items_ends_where_the_second_did() -> None:
    merged = outlining.merge(outline(1, 2, 2, stops={1: 15, 2: 27}), 2)
    assert merged is not None
    assert outlining.place(merged, LENGTH)[1].end == 27


def test_merge_refuses_the_first() -> None:
    assert outlining.merge(outline(1, 1), 0) is None


def test_split_begins_a_clause_of_the_same_level() -> None:
    halves = outlining.split(outline(1, 2, 1), 1, 15, LENGTH)
    assert halves is not None
    placed = outlining.place(halves, LENGTH)
    assert [(one.entry.start, one.end, one.entry.level) for one in placed] == [
        (0, 20, 1), (10, 15, 2), (15, 20, 2), (20, 100, 1),
    ]  # fmt: skip
    assert placed[2].number == "[0]·续1"


@pytest.mark.parametrize("position", [10, 12, 20, 25])
def test_split_refuses_a_place_outside_the_own_words(position: int) -> None:
    """At the clause's number, where the next begins, and inside the next."""
    assert outlining.split(outline(1, 2, 1), 1, position, LENGTH) is None


def test_split_of_the_last_clause_reaches_to_the_end() -> None:
    halves = outlining.split(outline(1), 0, 50, LENGTH)
    assert halves is not None
    assert [one.end for one in outlining.place(halves, LENGTH)] == [50, 100]


def test_split_twice_makes_two_names() -> None:
    once = outlining.split(outline(1), 0, 50, LENGTH)
    assert once is not None
    twice = outlining.split(once, 0, 30, LENGTH)
    assert twice is not None
    assert [entry.path for entry in twice] == ["[0]", "·续2", "·续1"]


def test_place_tells_parents_numbers_ends_and_kinds() -> None:
    entries = [
        Entry(1, "一", "一、", "工作任务", 1, 0, None),
        Entry(2, "(一)", "(一)", "建平台", 2, 10, None),
        Entry(3, "·一", "一是", "", 3, 20, 28),
        Entry(4, "二", "二、", "组织保障", 1, 50, None),
    ]
    assert [(one.parent, one.number, one.end, one.kind) for one in outlining.place(entries, LENGTH)] == [
        (None, "一", 50, Kind.TASK),
        (0, "一(一)", 50, Kind.TASK),
        (1, "一(一)·一", 28, Kind.TASK),
        (None, "二", 100, Kind.GUARANTEE),
    ]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.data())
def test_every_correction_leaves_a_tree_in_the_order_of_the_text(shape: list[int], data: st.DataObject) -> None:
    entries = outlining.settled(outline(*shape))
    at = data.draw(st.integers(0, len(entries) - 1))
    under = data.draw(st.integers(0, len(entries) - 1))
    position = data.draw(st.integers(0, LENGTH + 20))
    for changed in (
        outlining.promote(entries, at),
        outlining.demote(entries, at),
        outlining.nest(entries, at, under),
        outlining.merge(entries, at),
        outlining.split(entries, at, position, LENGTH + 20),
    ):
        if changed is None:
            continue
        placed = outlining.place(changed, LENGTH + 20)
        starts = [one.entry.start for one in placed]
        assert starts == sorted(set(starts))
        for one in placed:
            assert one.entry.start < one.end
            if one.parent is None:
                assert one.entry.level == 1
            else:
                above = placed[one.parent]
                assert one.entry.level == above.entry.level + 1
                assert above.entry.start < one.entry.start
                assert one.end <= above.end
