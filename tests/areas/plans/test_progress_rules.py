"""How far a task is, and which task waits for which."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.plans.rules.progress import Progress
from xietong.areas.plans.rules.states import TaskState
from xietong.areas.plans.rules.waiting import circle

pytestmark = pytest.mark.once

ON = TaskState.UNDER_WAY


@pytest.mark.parametrize(
    ("progress", "share"),
    [
        (Progress(ON), None),
        (Progress(ON, 1, 3), 33),
        (Progress(ON, 3, 3), 99),
        (Progress(TaskState.VERIFIED), 100),
        (Progress(ON, measured=Decimal(12), target=Decimal(40)), 30),
        (Progress(ON, measured=None, target=Decimal(40)), 0),
        (Progress(ON, measured=Decimal(-1), target=Decimal(40)), 0),
        (Progress(ON, 3, 3, Decimal(50), Decimal(40)), 99),
    ],
)
def test_share_follows_from_parts_or_a_measured_quantity(progress: Progress, share: int | None) -> None:
    assert progress.share == share


@pytest.mark.parametrize(
    ("waits", "found"),
    [
        ({}, []),
        ({1: [2], 2: [3], 3: []}, []),
        ({1: [2, 3], 2: [4], 3: [4]}, []),
        ({1: [1]}, [1, 1]),
        ({1: [2], 2: [3], 3: [1]}, [1, 2, 3, 1]),
        ({5: [6], 6: [7, 8], 8: [6]}, [6, 8, 6]),
    ],
)
def test_circle_names_who_waits_for_whom(waits: dict[int, list[int]], found: list[int]) -> None:
    assert circle(waits) == found


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_circle_is_found_exactly_where_one_is(edges: list[tuple[int, int]]) -> None:
    waits: dict[int, list[int]] = {}
    for task, needs in edges:
        waits.setdefault(task, []).append(needs)

    found = circle(waits)

    assert all(after in waits[before] for before, after in pairwise(found))
    assert bool(found) == any(reaches(waits, task, task) for task in waits)


def reaches(waits: dict[int, list[int]], start: int, wanted: int) -> bool:
    seen: set[int] = set()
    pending = list(waits.get(start, []))
    while pending:
        task = pending.pop()
        if task == wanted:
            return True
        if task not in seen:
            seen.add(task)
            pending += waits.get(task, [])
    return False


def test_circle_bears_a_chain_of_many_thousand_tasks() -> None:
    assert circle({n: [n + 1] for n in range(20_000)}) == []
