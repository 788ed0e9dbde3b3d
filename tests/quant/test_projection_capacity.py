"""Classes, teachers and places for a number of pupils."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.quant.projection import classes_needed, gap, teachers_needed, utilisation

pytestmark = pytest.mark.once


def test_classes_are_counted_by_grade_and_not_by_rounding_errors() -> None:
    assert classes_needed([[45, 46], [0, 135]], 45).tolist() == [[1, 2], [0, 3]]
    assert classes_needed([0.1 * 3 * 150], 45).tolist() == [1]
    assert classes_needed([45.2], 45).tolist() == [2]
    assert classes_needed([50, 70], [25, 35]).tolist() == [2, 2]


@given(st.integers(0, 10_000), st.integers(1, 60))
def test_classes_hold_everybody_and_none_is_left_empty(pupils: int, size: int) -> None:
    classes = float(classes_needed(pupils, size))
    assert classes * size >= pupils > (classes - 1) * size or pupils == classes == 0


def test_teachers_gap_and_utilisation() -> None:
    assert teachers_needed([190, 1350], [19, 13.5]).tolist() == [10, 100]
    assert gap([10, 100], [12, 80]).tolist() == [-2, 20]
    np.testing.assert_array_equal(utilisation([9, 0, 5], [10, 0, 0]), [0.9, np.nan, np.nan])
    assert utilisation([5, 10], 10).tolist() == [0.5, 1]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: classes_needed([3, -1], 45), "pupils at (1,) is -1.0"),
        (lambda: classes_needed([3], 0), "class size is 0"),
        (lambda: teachers_needed([3], np.nan), "pupils per teacher at () is nan"),
        (lambda: gap([[1], [np.inf]], 1), "demand at (1, 0) is inf"),
        (lambda: utilisation(1, -1), "capacity at () is -1.0"),
    ],
)
def test_capacity_refuses(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        call()
