"""The examples in the documentation of the functions say what comes out."""

import doctest
from typing import Any

import pytest

from xietong.quant.projection import capacity, ratios, scenarios, survival

pytestmark = pytest.mark.once


@pytest.mark.parametrize("module", [survival, ratios, scenarios, capacity])
def test_every_example_says_what_comes_out(module: Any) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)
