"""历史补录: what happened before the system was there, entered as such."""

from collections.abc import Sequence
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
    if on > day_of(now):
        raise NotPast(_("日期还没有到，补录只填已经发生的事。"))
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
