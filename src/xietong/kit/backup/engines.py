"""Which of the two modules knows how to copy the database at hand."""

from pathlib import Path
from typing import Protocol

from django.db import connection

from xietong.kit.backup import postgres, sqlite
from xietong.kit.backup.manifest import Facts


class Engine(Protocol):
    """What both modules offer."""

    PART: str

    def dump(self, target: Path) -> Facts: ...

    def is_empty(self) -> bool: ...

    def load(self, source: Path, expected: dict[str, int]) -> None: ...


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgres}


def engine() -> Engine:
    return ENGINES[connection.vendor]
