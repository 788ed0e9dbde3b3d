"""The lines that a plan comes in: words, and what a word processor keeps beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Place(Protocol):
    """Where a line stands in a table, all numbers from 1; whoever reads files may bring a type of his own."""

    @property
    def table(self) -> int: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line. `level` is that of a heading, 0 for other lines; `cell` is its place where it stands in a table."""

    text: str
    level: int = 0
    cell: Place | None = None


def sourced(lines: Sequence[str | SourceLine]) -> list[SourceLine]:
    """Every line for itself: a line feed inside one makes two of it."""
    found: list[SourceLine] = []
    for line in lines:
        whole = SourceLine(line) if isinstance(line, str) else line
        found += [SourceLine(text, whole.level, whole.cell) for text in whole.text.split("\n")]
    return found
