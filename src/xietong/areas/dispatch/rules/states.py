"""What becomes of a cycle, a filing, a meeting, a decision; and whether a filing came in time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CycleState(StrEnum):
    OPENING = "opening"
    OPEN = "open"
    LOCKED = "locked"


class FilingState(StrEnum):
    DUE = "due"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    EXCUSED = "excused"


class EntryKind(StrEnum):
    """Why something stands in a filing, the strongest reason first; what is offered nobody has to write."""

    TOPIC = "topic"
    DECISION = "decision"
    RED = "red"
    MILESTONE = "milestone"
    PERIOD = "period"
    OFFERED = "offered"


class AnswerState(StrEnum):
    """Of something that was asked for: a later day, a correction."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CIRCULATED = "circulated"
    FIXED = "fixed"
    CANCELLED = "cancelled"


class DecisionState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class DocumentState(StrEnum):
    """The steps of a document: 拟稿, 核稿 to 签发 on its route, 编号, 用印, 分发, 归档."""

    DRAFT = "draft"
    APPROVING = "approving"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    SENT = "sent"
    FILED = "filed"
    DROPPED = "dropped"


class DocumentDeed(StrEnum):
    """What is done to a document, as its course tells it."""

    DRAFT = "draft"
    SUBMIT = "submit"
    BACK = "back"
    SIGN = "sign"
    NUMBER = "number"
    SEAL = "seal"
    SEND = "send"
    FILE = "file"
    DROP = "drop"


class Punctuality(StrEnum):
    """How a filing stands to its day. It is judged by its first submission: mending it later costs nobody the day."""

    EXCUSED = "excused"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"


WITH_THE_UNIT = frozenset({FilingState.DUE, FilingState.SENT_BACK})
PENDING = frozenset({DecisionState.OPEN, DecisionState.CLAIMED})
ORDER = tuple(EntryKind)
# Signed for: what it says is frozen for good.
ISSUED = frozenset(
    {
        DocumentState.SIGNED,
        DocumentState.NUMBERED,
        DocumentState.SEALED,
        DocumentState.SENT,
        DocumentState.FILED,
    }
)
# Gone out to others.
OUT = frozenset({DocumentState.SENT, DocumentState.FILED})


@dataclass(frozen=True, slots=True)
class Course:
    """The days of a filing, as the calendar counts them; None for what has not happened or is not asked."""

    state: FilingState
    due_on: date
    first_on: date | None = None
    last_on: date | None = None
    refile_by: date | None = None
    review_by: date | None = None
    answered_on: date | None = None

    def punctuality(self, today: date) -> Punctuality:
        if self.state is FilingState.EXCUSED:
            return Punctuality.EXCUSED
        if self.first_on:
            return Punctuality.ON_TIME if self.first_on <= self.due_on else Punctuality.LATE
        return Punctuality.WAITING if today <= self.due_on else Punctuality.MISSING

    def refiled_late(self, today: date) -> bool:
        """Whether what was sent back came again after its own days, or has not come although they are over."""
        if self.refile_by is None:
            return False
        waits = self.state is FilingState.SENT_BACK
        return (today if waits else self.last_on or today) > self.refile_by

    def office_late(self, today: date) -> bool:
        """Whether those who review took longer than theirs: that is not the unit's delay."""
        if self.review_by is None or self.last_on is None:
            return False
        waits = self.state is FilingState.SUBMITTED
        return (today if waits else self.answered_on or today) > self.review_by


def strongest(kinds: set[EntryKind]) -> EntryKind:
    return min(kinds, key=ORDER.index, default=EntryKind.OFFERED)


def lacks_words(kind: EntryKind, *, text: str, is_known: bool, reached: bool, carried_out: bool | None) -> bool:
    """Whether something that is asked has not been answered yet.

    What the system knows from a report is only confirmed; a milestone may be ticked, a period has its one tap.
    """
    if text.strip() or is_known or kind is EntryKind.OFFERED:
        return False
    if kind is EntryKind.MILESTONE:
        return not reached
    return carried_out is None if kind is EntryKind.PERIOD else True


def is_typed(kind: EntryKind) -> bool:
    """Whether an entry asks somebody to write: what is told by one tap does not count."""
    return kind not in {EntryKind.PERIOD, EntryKind.OFFERED}
