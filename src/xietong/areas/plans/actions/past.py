"""历史补录: what happened before the system was there, entered as such."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.plans import queries
from xietong.areas.plans.access import closed_plan
from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.models import PastRecord, Plan
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import add, locked
from xietong.kit.sheets.journal import Journal


class NotPast(Refused):
    """The day is still to come: nothing to be entered afterwards."""


def add_past(
    actor: Actor,
    plan: Plan,
    *,
    on: date,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
    **fields: Any,
) -> PastRecord:
    """This function will enter a past meeting, document, activity or piece of progress, with its scans.

    Raises
        NotPast: the day is still to come.
        WrongState: the plan is closed.
        Refused: the number is taken.
    """
    must_be_past(on, now)
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        hold_open(plan)
        row = PastRecord(
            county_id=plan.county_id, plan=plan, on=on, entered_by=actor.label[:200], entered_at=now, **fields
        )
        add(actor, row, action="plans.add_past", now=now)
        attach(
            actor,
            owner_type=queries.PAST_OWNER,
            owner_id=row.pk,
            county_id=plan.county_id,
            uploads=uploads,
            now=now,
        )
    return row


def write_past(
    journal: Journal, plan: Plan, pk: int | None, values: Mapping[str, str], *, by: str, now: datetime
) -> PastRecord:
    """This function will enter or change what a row of a workbook says of the past; all its values are texts.

    Raises
        NotPast: the day is still to come.
    """
    on = date.fromisoformat(values["on"])
    must_be_past(on, now)
    fields: dict[str, Any] = {
        **{name: values[name] for name in ("code", "kind", "title", "text", "document_no")},
        "on": on,
        "task_id": int(values["task"]) if values["task"] else None,
        "unit_id": int(values["unit"]) if values["unit"] else None,
    }
    if pk is None:
        entered = {"entered_by": by[:200], "entered_at": now}
        return journal.add(PastRecord(county_id=plan.county_id, plan=plan, **fields, **entered))
    return journal.change(plan.past.get(pk=pk), **fields)


def must_be_past(on: date, now: datetime) -> None:
    if on > day_of(now):
        raise NotPast(_("日期还没有到，补录只填已经发生的事。"))


def drop_past(actor: Actor, row: PastRecord, *, reason: str, now: datetime) -> None:
    """This function will take back an entry that was a mistake; the record of it stays in the audit trail.

    Raises
        WrongState: the plan is closed.
    """
    with transaction.atomic():
        hold_open(row.plan)
        record(actor, "plans.drop_past", row, now=now, reason=reason)
        row.delete()


def hold_open(plan: Plan) -> None:
    """Keeps a plan from being closed until the transaction ends."""
    reason = closed_plan(locked(plan))
    if reason:
        raise WrongState(reason)
