"""销项: a unit says that a decision is settled, the office closes it or sends it back, changes it or gives it up."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import access
from xietong.areas.dispatch.actions.announcing import tell_office_of, tell_unit_of
from xietong.areas.dispatch.actions.decisions import BadDecision, must_say, person_at, step
from xietong.areas.dispatch.actions.holding import must_be_bound
from xietong.areas.dispatch.models import Decision
from xietong.areas.dispatch.rules.decisions import DecisionDeed
from xietong.areas.dispatch.rules.states import PENDING, DecisionState
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change, locked

MOVED = gettext_noop("议定事项有调整，期限%(due)s")


class DecisionMoved(Refused):
    """The decision has moved on since the page was opened: somebody was faster."""


class WordsMissing(Refused):
    """What was done, why not, or the reason, has to be said."""


def claim_decision(actor: Actor, decision: Decision, *, note: str, now: datetime) -> Decision:
    """This function will ask the office to close a decision that the unit has carried out.

    Raises
        DecisionMoved: it is closed or cancelled, or an earlier claim waits.
        WordsMissing: nothing is said of what was done.
    """
    must_have(note, _("请写明落实情况。"))
    with transaction.atomic():
        row = locked(decision)
        if reason := access.not_to_claim(row):
            raise DecisionMoved(reason)
        row = moved(actor, row, DecisionDeed.CLAIM, note=note, now=now, state=DecisionState.CLAIMED.value)
        tell_office_of(actor, row, gettext_noop("有单位申请销项"), kind="claim", now=now)
    return row


def close_decision(actor: Actor, decision: Decision, *, note: str, now: datetime) -> Decision:
    """This function will close a decision with what came of it, and tell the unit.

    Raises
        DecisionMoved: somebody has closed or cancelled it.
        WordsMissing: nothing is said of what came of it.
    """
    must_have(note, _("请写明落实结果。"))
    with transaction.atomic():
        row = hold_pending(decision)
        values: dict[str, Any] = {"state": DecisionState.CLOSED.value, "closed_at": now, "closing_note": note.strip()}
        row = moved(actor, row, DecisionDeed.CLOSE, note=note, now=now, **values)
        tell_unit_of(actor, row, gettext_noop("议定事项已销项"), kind="closed", now=now)
    return row


def send_claim_back(actor: Actor, decision: Decision, *, opinion: str, now: datetime) -> Decision:
    """This function will send a claim back: the decision is open again, and the unit is told what is missing.

    Raises
        DecisionMoved: no claim waits.
        WordsMissing: no opinion.
    """
    must_have(opinion, _("退回须写明还要做什么。"))
    with transaction.atomic():
        row = hold_pending(decision)
        if row.state != DecisionState.CLAIMED.value:
            raise DecisionMoved(_("单位没有申请销项，或者已经退回了。"))
        row = moved(actor, row, DecisionDeed.SEND_BACK, note=opinion, now=now, state=DecisionState.OPEN.value)
        tell_unit_of(actor, row, gettext_noop("销项申请被退回，请继续落实"), kind="claim_back", now=now)
    return row


def cancel_decision(actor: Actor, decision: Decision, *, reason: str, now: datetime) -> Decision:
    """This function will give a decision up, with the reason; it stays in the register.

    Raises
        DecisionMoved: somebody has closed or cancelled it.
        WordsMissing: no reason.
    """
    must_have(reason, _("请写明原因。"))
    with transaction.atomic():
        row = hold_pending(decision)
        values: dict[str, Any] = {
            "state": DecisionState.CANCELLED.value,
            "closed_at": now,
            "closing_note": reason.strip(),
        }
        row = moved(actor, row, DecisionDeed.CANCEL, note=reason, now=now, **values)
        tell_unit_of(actor, row, gettext_noop("议定事项已取消"), kind="cancelled", now=now)
    return row


def change_decision(
    actor: Actor,
    decision: Decision,
    *,
    version: int,
    unit: Organisation,
    due_on: date,
    person: str = "",
    reason: str,
    now: datetime,
) -> Decision:
    """This function will give a decision to another unit or person, or another day; the audit trail has both.

    Raises
        BadDecision: nothing would change, or the day is over.
        DecisionMoved: somebody has closed or cancelled it.
        OutsideUnit: the unit neither belongs to the county nor has an agreement with it.
        Stale: somebody changed it meanwhile.
        UnknownPerson: nobody of that name holds a post at the unit.
        WordsMissing: no reason.
    """
    must_have(reason, _("调整责任单位、责任人或时限须写明原因。"))
    with transaction.atomic():
        row = hold_pending(decision)
        named = person_at(unit, person)
        if (unit.pk, named, due_on) == (row.unit_id, row.person, row.due_on):
            raise BadDecision(_("没有要调整的内容。"))
        if due_on != row.due_on:
            must_say(row.text, due_on, since=day_of(now))
        before = row.unit_id
        values: dict[str, Any] = {"unit": unit, "person": named, "due_on": due_on}
        if unit.pk != before:
            must_be_bound(unit, row.county_id, now=now)
            values["state"] = DecisionState.OPEN.value  # what the other unit claimed is not this one's
        row = moved(actor, row, DecisionDeed.CHANGE, note=reason, version=version, now=now, **values)
        for unit_id in {before, unit.pk}:
            told = None if unit_id == unit.pk else unit_id
            due = {"due": due_on.isoformat()}
            tell_unit_of(actor, row, MOVED, kind="changed", unit_id=told, values=due, now=now)
    return row


def move_decisions_to_unit(actor: Actor, *, unit_id: int, successor_id: int | None, now: datetime) -> None:
    """This function will give the open decisions of a unit that was closed to the one it was merged into.

    Raises
        Refused: it was closed without a successor and still has open decisions.
    """
    rows = Decision.objects.filter(unit_id=unit_id, state__in=sorted(PENDING))
    if successor_id is None:
        if n := rows.count():
            raise Refused(_("它还有 %(n)d 项议定事项没有销项，请指定承接单位。") % {"n": n})
        return
    successor = Organisation.objects.get(pk=successor_id)
    for row in rows.order_by("pk"):
        moved(actor, row, DecisionDeed.MOVE, note=str(successor), now=now, unit=successor, person=None)


def moved(
    actor: Actor,
    row: Decision,
    deed: DecisionDeed,
    *,
    note: str,
    now: datetime,
    version: int | None = None,
    **values: Any,
) -> Decision:
    action = f"dispatch.{deed.value}_decision"
    row = change(actor, row, action=action, now=now, version=version, reason=note.strip(), **values)
    step(actor, row, deed, note=note, now=now)
    return row


def hold_pending(decision: Decision) -> Decision:
    """The decision, held, if it is neither closed nor cancelled. Raises DecisionMoved."""
    row = locked(decision)
    if reason := access.not_pending(row):
        raise DecisionMoved(reason)
    return row


def must_have(words: str, why: str) -> None:
    if not words.strip():
        raise WordsMissing(why)
