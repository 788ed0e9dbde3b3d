"""Many rows at once."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
BATCH = 1000


def keep(rows: Iterable[M]) -> list[M]:
    """This function will insert rows of one model with few statements; they come back with their keys."""
    found = list(rows)
    if not found:
        return []
    kept: list[M] = type(found[0])._default_manager.bulk_create(found, batch_size=BATCH)
    return kept
