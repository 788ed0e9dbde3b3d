"""Whole numbers near a point: what is added, what is taken back, which thresholds are missed."""

from typing import Any

import numpy as np
import pytest

from tests.quant.counties import standard_of, terms_of, units_of
from xietong.quant.allocation.additions.rounding import in_whole_numbers, thresholds_met
from xietong.quant.allocation.additions.task import Task, task_of

pytestmark = pytest.mark.once


def teachers(*have: float, limit: float, cost: Any = 1.0, **terms: Any) -> Task:
    """One resource in whole numbers, wanted of nobody, in units of equal size."""
    county = units_of(*((one,) for one in have))
    asked = terms_of(county, 1, integer=True, **terms)
    asked.cost[:, 0] = cost
    return task_of(county, standard_of(0, limit=limit), asked)


def rounded(task: Task, *near: float) -> list[float] | None:
    found = in_whole_numbers(task, np.array(near)[:, None], task.lower)
    return None if found is None else found[:, 0].tolist()


def test_whole_numbers_are_rounded_down_where_the_limit_allows_it() -> None:
    assert rounded(teachers(10, 10, limit=0.1), 0.9, 0.4) == [0, 0]


def test_a_value_just_below_a_whole_number_is_that_number() -> None:
    assert rounded(teachers(1, 3, limit=0.25), 0.9999999, 0) == [1, 0]


def test_one_is_added_where_it_helps_most_for_its_cost() -> None:
    """Either of the first two would do; the second costs less."""
    assert rounded(teachers(1, 1, 4, limit=0.6, cost=[3, 2, 1]), 0.5, 0.5, 0) == [0, 1, 0]


def test_the_dearest_that_the_limit_can_spare_are_taken_back() -> None:
    """With 2, 2 and 3 the coefficient is 0.2; one less in either of the first two is 0.41."""
    assert rounded(teachers(1, 1, 3, limit=0.45, cost=[3, 2, 1]), 1, 1, 0) == [0, 1, 0]
    assert rounded(teachers(1, 1, 3, limit=0.3, cost=[3, 2, 1]), 1, 1, 0) == [1, 1, 0]


def test_nothing_is_found_beyond_a_cap_or_what_units_take() -> None:
    assert rounded(teachers(1, 3, limit=0.2), 0, 0) == [1, 0]
    assert rounded(teachers(1, 3, limit=0.2, caps=0.5), 0, 0) is None
    assert rounded(teachers(1, 3, limit=0.2, upper=0.5), 0, 0) is None


def test_a_point_far_outside_is_given_up() -> None:
    """A hundred more would be needed, and only as many are tried as for points near the limit."""
    assert rounded(teachers(1, 300, limit=0.2), 0, 0) is None


def test_what_is_dearest_to_complete_is_missed() -> None:
    """Of 10, 10 and 5 short at a cost of 1, 2 and 3, half of the second and none of the others is there."""
    county = units_of((90, 90, 95), (90, 95, 100))
    task = task_of(county, standard_of(100, 100, 100, min_met=2), terms_of(county, 1, 2, 3))
    wish = np.array([[0, 0.5, 0], [1, 0, 1.0]])
    np.testing.assert_array_equal(thresholds_met(task, wish), [[True, True, False], [True, False, True]])
