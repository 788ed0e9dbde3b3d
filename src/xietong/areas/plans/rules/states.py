"""The course of a task and of a report on it: which step may follow which."""

from enum import StrEnum


class TaskState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    UNDER_WAY = "under_way"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    CLOSED = "closed"


class ReportState(StrEnum):
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class ExtensionState(StrEnum):
    """Of a request for a later due day."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class Deed(StrEnum):
    """What can be done to a task."""

    ISSUE = "issue"
    RECEIVE = "receive"
    REPORT = "report"
    CLAIM = "claim"
    SEND_BACK = "send_back"
    ACCEPT = "accept"
    HAND_OVER = "hand_over"
    MOVE = "move"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    ASK_LATER = "ask_later"
    GRANT = "grant"
    REFUSE = "refuse"


OPEN = frozenset({TaskState.ISSUED, TaskState.UNDER_WAY, TaskState.CLAIMED})

FOLLOWING: dict[tuple[TaskState, Deed], TaskState] = {
    (TaskState.DRAFT, Deed.ISSUE): TaskState.ISSUED,
    (TaskState.ISSUED, Deed.RECEIVE): TaskState.UNDER_WAY,
    (TaskState.UNDER_WAY, Deed.REPORT): TaskState.UNDER_WAY,
    (TaskState.UNDER_WAY, Deed.CLAIM): TaskState.CLAIMED,
    (TaskState.UNDER_WAY, Deed.SEND_BACK): TaskState.UNDER_WAY,
    (TaskState.UNDER_WAY, Deed.ACCEPT): TaskState.UNDER_WAY,
    (TaskState.CLAIMED, Deed.SEND_BACK): TaskState.UNDER_WAY,
    (TaskState.CLAIMED, Deed.ACCEPT): TaskState.VERIFIED,
    (TaskState.UNDER_WAY, Deed.WITHDRAW): TaskState.UNDER_WAY,
    (TaskState.CLAIMED, Deed.WITHDRAW): TaskState.UNDER_WAY,
    **{
        (state, deed): state
        for state in (TaskState.ISSUED, TaskState.UNDER_WAY)
        for deed in (Deed.ASK_LATER, Deed.GRANT, Deed.REFUSE)
    },
    (TaskState.ISSUED, Deed.CLOSE): TaskState.CLOSED,
    (TaskState.UNDER_WAY, Deed.CLOSE): TaskState.CLOSED,
}


def following(state: TaskState, deed: Deed) -> TaskState | None:
    """The state after a deed, or None where it cannot be done."""
    return FOLLOWING.get((state, deed))
