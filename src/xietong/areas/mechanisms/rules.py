"""How a text of rules comes into force, and when it is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum


class EditionState(StrEnum):
    """The states of an edition of a text. What is enacted stays so; whether it is in force is a matter of days."""

    DRAFT = "draft"
    CONSULTING = "consulting"
    APPROVING = "approving"
    APPROVED = "approved"
    ENACTED = "enacted"


PREPARED = frozenset({EditionState.DRAFT, EditionState.CONSULTING, EditionState.APPROVING, EditionState.APPROVED})


class Force(StrEnum):
    """Whether an enacted edition is in force on a day."""

    AHEAD = "ahead"
    IN_FORCE = "in_force"
    ENDED = "ended"


def force_on(today: date, begins: date, ends: date | None) -> Force:
    """`ends` is the last day in force, if there is one."""
    if today < begins:
        return Force.AHEAD
    return Force.ENDED if ends and today > ends else Force.IN_FORCE


class Mark(StrEnum):
    """What became of a paragraph between two editions."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Paragraph:
    mark: Mark
    text: str


def compared(before: str, after: str) -> list[Paragraph]:
    """Two texts paragraph by paragraph, in the order of the later one; what was removed stands before what took its
    place."""
    old, new = paragraphs(before), paragraphs(after)
    found: list[Paragraph] = []
    for code, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            found += [Paragraph(Mark.SAME, text) for text in new[start:end]]
            continue
        found += [Paragraph(Mark.REMOVED, text) for text in old[first:last]]
        found += [Paragraph(Mark.ADDED, text) for text in new[start:end]]
    return found


def paragraphs(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
