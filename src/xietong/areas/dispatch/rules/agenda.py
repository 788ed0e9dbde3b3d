"""An agenda from facts: what is put on it, in which order, how much of each kind, and nothing twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST = 10  # of one kind; a meeting gets through no more


class Source(StrEnum):
    """Where an item comes from. What earlier meetings decided always comes first."""

    OPEN = "open"
    OVERDUE = "overdue"
    MATTER = "matter"
    RED = "red"
    STILL = "still"
    DISPUTED = "disputed"


# Kinds that are about the same rows: what stands there for one reason is not proposed for another.
SUBJECTS = {
    Source.OPEN: "decision",
    Source.OVERDUE: "decision",
    Source.MATTER: "entry",
    Source.RED: "task",
    Source.STILL: "task",
    Source.DISPUTED: "task",
}
FIRST = frozenset({Source.OPEN, Source.OVERDUE})
ORDER = tuple(Source)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a meeting may have to speak about. `source_id` is the key of its row."""

    source: Source
    source_id: int
    title: str
    note: str = ""
    speaker: str = ""
    task_id: int | None = None

    @property
    def subject(self) -> tuple[str, int]:
        return SUBJECTS[self.source], self.source_id


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is new for the agenda, in its order, and how many of each kind were left out."""

    facts: tuple[Fact, ...]
    left_out: dict[Source, int]


def subject_of(source: str, source_id: int) -> tuple[str, int]:
    return SUBJECTS[Source(source)], source_id


def proposal(facts: Iterable[Fact], known: Collection[tuple[str, int]], *, most: int = MOST) -> Proposal:
    """What of the facts is new, each subject once for its strongest reason, at most so many of a kind."""
    seen, taken, left = set(known), Counter[Source](), Counter[Source]()
    found = []
    for fact in sorted(facts, key=lambda one: ORDER.index(one.source)):
        if fact.subject in seen:
            continue
        seen.add(fact.subject)
        if taken[fact.source] < most:
            taken[fact.source] += 1
            found.append(fact)
        else:
            left[fact.source] += 1
    return Proposal(tuple(found), dict(left))


def head(sources: Sequence[str]) -> int:
    """How many items at the top of an agenda are about what was decided before: new ones go below them."""
    return next((at for at, source in enumerate(sources) if source not in FIRST), len(sources))
