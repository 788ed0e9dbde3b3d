"""The examples in the docstrings of quant give what they say."""

import doctest
import importlib
import pkgutil

import pytest

import xietong.quant

pytestmark = pytest.mark.once

MODULES = [module.name for module in pkgutil.walk_packages(xietong.quant.__path__, "xietong.quant.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
