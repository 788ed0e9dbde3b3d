"""The course of a task and of a report on it: which step may follow which."""

from enum import StrEnum


class TaskState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    UNDER_WAY = "under_way"
    CLAIMED = "claimed"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    VERIFIED = "verified"
    CANCELLED = "cancelled"
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


class ChangeState(StrEnum):
    """Of a change that was proposed to an issued plan."""

    ASKED = "asked"
    MADE = "made"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class FollowUpState(StrEnum):
    """Of a supervised follow-up (督办)."""

    OPEN = "open"
    REPLIED = "replied"
    LIFTED = "lifted"


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
    RETURN = "return"
    TAKE_BACK = "take_back"
    INSIST = "insist"
    REASSIGN = "reassign"
    DELEGATE = "delegate"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    REOPEN = "reopen"
    CONTRIBUTE = "contribute"
    REMIND = "remind"
    SUPERVISE = "supervise"
    REPLY = "reply"
    REPLY_BACK = "reply_back"
    LIFT = "lift"
    INSTRUCT = "instruct"
    DECIDE = "decide"
    PROPOSE = "propose"
    AMEND = "amend"
    NOT_AMEND = "not_amend"
    PULL_FILE = "pull_file"


S, D = TaskState, Deed

# Somebody is to act on it, so it has a light.
OPEN = frozenset({S.ISSUED, S.UNDER_WAY, S.CLAIMED, S.RETURNED})
UNFINISHED = OPEN | {S.SUSPENDED}
WITH_THE_UNIT = frozenset({S.ISSUED, S.UNDER_WAY})

FOLLOWING: dict[tuple[TaskState, Deed], TaskState] = {
    (S.DRAFT, D.ISSUE): S.ISSUED,
    (S.ISSUED, D.RECEIVE): S.UNDER_WAY,
    (S.UNDER_WAY, D.REPORT): S.UNDER_WAY,
    (S.UNDER_WAY, D.CLAIM): S.CLAIMED,
    (S.UNDER_WAY, D.SEND_BACK): S.UNDER_WAY,
    (S.UNDER_WAY, D.ACCEPT): S.UNDER_WAY,
    (S.CLAIMED, D.SEND_BACK): S.UNDER_WAY,
    (S.CLAIMED, D.ACCEPT): S.VERIFIED,
    (S.UNDER_WAY, D.WITHDRAW): S.UNDER_WAY,
    (S.CLAIMED, D.WITHDRAW): S.UNDER_WAY,
    **{(state, deed): state for state in WITH_THE_UNIT for deed in (D.ASK_LATER, D.GRANT, D.REFUSE, D.DELEGATE)},
    # 退件: not ours. The office gives it to another unit, or insists.
    **{(state, D.RETURN): S.RETURNED for state in WITH_THE_UNIT},
    (S.RETURNED, D.TAKE_BACK): S.ISSUED,
    (S.RETURNED, D.INSIST): S.ISSUED,
    **{(state, D.REASSIGN): S.ISSUED for state in WITH_THE_UNIT | {S.RETURNED}},
    **{(state, D.SUSPEND): S.SUSPENDED for state in WITH_THE_UNIT | {S.RETURNED}},
    # Received once more: so the unit has noticed that it goes on.
    (S.SUSPENDED, D.RESUME): S.ISSUED,
    **{(state, D.CANCEL): S.CANCELLED for state in WITH_THE_UNIT | {S.RETURNED, S.SUSPENDED}},
    (S.VERIFIED, D.REOPEN): S.UNDER_WAY,
    **{
        (state, deed): state
        for state in OPEN
        for deed in (D.CONTRIBUTE, D.REMIND, D.SUPERVISE, D.REPLY, D.REPLY_BACK)
    },
    # What was asked is answered, and what was filed is put right, whatever has become of the task meanwhile.
    **{(state, deed): state for state in S if state is not S.DRAFT for deed in (D.LIFT, D.NOT_AMEND, D.PULL_FILE)},
    **{(state, deed): state for state in UNFINISHED for deed in (D.INSTRUCT, D.DECIDE, D.PROPOSE, D.AMEND)},
    **{(state, D.CLOSE): S.CLOSED for state in (S.ISSUED, S.UNDER_WAY, S.RETURNED, S.SUSPENDED)},
}


def following(state: TaskState, deed: Deed) -> TaskState | None:
    """The state after a deed, or None where it cannot be done."""
    return FOLLOWING.get((state, deed))
