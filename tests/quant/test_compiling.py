"""A loop that is compiled for one thread and for several is two loops, also on disk."""

from typing import Any

import numpy as np
import pytest

from xietong.quant.compiling import compiled

pytestmark = pytest.mark.once
prange = range


def double(values: Any) -> None:
    for place in prange(len(values)):
        values[place] *= 2


def test_a_parallel_loop_is_not_taken_from_what_was_kept_of_the_other() -> None:
    alone: Any = compiled(double)
    together: Any = compiled(double, parallel=True)
    values = np.ones(3)
    for loop in (alone, together, double):
        loop(values)

    assert values.tolist() == [8, 8, 8]
    assert alone._cache._cache_file._index_name != together._cache._cache_file._index_name
    assert [bool(one.targetoptions.get("parallel")) for one in (alone, together)] == [False, True]
