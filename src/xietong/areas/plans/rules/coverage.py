"""How much of a plan's text is accounted for."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Cover(StrEnum):
    """What became of a sentence: it led to tasks, somebody said that it is context, or neither."""

    TASK = "task"
    CONTEXT = "context"
    OPEN = "open"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sentences by what became of them; headings count for nothing."""

    task: int = 0
    context: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        return self.task + self.context + self.open

    @property
    def share(self) -> Decimal | None:
        """Of all sentences those accounted for, in percent, rounded down: 100 is said only when none is open."""
        if not self.total:
            return None
        return Decimal(100 * (self.task + self.context) // self.total)


def cover_of(*, is_heading: bool, has_tasks: bool, is_context: bool) -> Cover:
    if has_tasks:
        return Cover.TASK
    if is_heading:
        return Cover.HEADING
    return Cover.CONTEXT if is_context else Cover.OPEN


def counted(covers: Iterable[Cover]) -> Coverage:
    found = list(covers)
    return Coverage(*(found.count(cover) for cover in (Cover.TASK, Cover.CONTEXT, Cover.OPEN)))
