"""A demonstration is built once for all tests of a module; each looks at it in a transaction of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any

import pytest
from django.db import transaction

from xietong.web.demonstration.building import build_county, build_province

NEW = ("甲子县", "甲丑县")


@contextmanager
def standing(blocker: Any, building: Callable[[], None]) -> Iterator[None]:
    with blocker.unblock(), transaction.atomic():
        with redirect_stdout(StringIO()):
            building()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def county_built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker, lambda: build_county(seed=2026)):
        yield


@pytest.fixture(scope="module")
def province_built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The counties of the county's demonstration, and two more."""
    with standing(django_db_blocker, lambda: build_province(seed=2026, counties=len(NEW))):
        yield
