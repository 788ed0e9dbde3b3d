"""A filing is answered by the steps of its route; what it said is entered on the tasks, and nobody types it again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import access, queries
from xietong.areas.dispatch.actions.settling import claim_decision
from xietong.areas.dispatch.actions.telling import tell_unit
from xietong.areas.dispatch.models import Entry, Filing
from xietong.areas.dispatch.rules.states import DecisionState, FilingState
from xietong.areas.plans.actions import Filed, enter_filed
from xietong.areas.plans.queries import REPORT_OWNER
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval
from xietong.kit.approvals.queries import waiting
from xietong.kit.clock.calendars import office_calendar
from xietong.kit.clock.time import day_of
from xietong.kit.files.actions import give_over
from xietong.kit.records.writing import change, locked


def settle_filing(actor: Actor, *, filing_id: int, outcome: str, now: datetime) -> Filing:
    """This function will follow a filing's approval that has ended."""
    row = locked(Filing(pk=filing_id))
    if outcome == Approval.State.WITHDRAWN:
        return take_back(actor, row, now=now)
    return accept(actor, row, now=now) if outcome == Approval.State.AGREED else send_back(actor, row, now=now)


def take_back(actor: Actor, filing: Filing, *, now: datetime) -> Filing:
    """As if it had not been submitted; one that had been sent back before is with its unit again, its days run on."""
    if filing.refile_by:
        return change(actor, filing, action="dispatch.withdraw", now=now, state=FilingState.SENT_BACK.value)
    nothing: dict[str, Any] = {"first_at": None, "submitted_at": None, "review_by": None}
    return change(actor, filing, action="dispatch.withdraw", now=now, state=FilingState.DUE.value, **nothing)


def send_back(actor: Actor, filing: Filing, *, now: datetime) -> Filing:
    """The unit has working days of its own to file again."""
    today = day_of(now)
    days = queries.spans_of(filing.county_id, today).refile
    row = change(
        actor,
        filing,
        action="dispatch.send_back",
        now=now,
        state=FilingState.SENT_BACK.value,
        answered_at=now,
        opinion=queries.last_opinion(filing),
        refile_by=office_calendar(filing.county_id, today).add(today, days),
    )
    tell_unit(actor, row, gettext_noop("月报被退回，请修改后再报"), kind="send_back", now=now)
    return row


def accept(actor: Actor, filing: Filing, *, now: datetime) -> Filing:
    row = change(
        actor,
        filing,
        action="dispatch.accept",
        now=now,
        state=FilingState.ACCEPTED.value,
        answered_at=now,
        opinion=queries.last_opinion(filing),
    )
    entries = row.entries.select_related("task", "decision", "occurrence", "filing__cycle")
    for entry in entries.prefetch_related("milestones__milestone").order_by("pk"):
        if entry.task_id and queries.is_said(entry) and entry.report_id is None:
            enter(actor, row, entry, now=now)
        if entry.is_done and entry.decision and entry.decision.state == DecisionState.OPEN.value:
            claim_decision(actor, entry.decision, note=entry.text[:500], now=now)
    tell_unit(actor, row, gettext_noop("月报已通过"), kind="accept", now=now)
    return row


def enter(actor: Actor, filing: Filing, entry: Entry, *, now: datetime) -> None:
    """The words, figure and ticks of an entry on its task, with the files."""
    filed = Filed(
        text=queries.words_of(entry),
        author_name=filing.author_name,
        author_id=filing.author_id,
        at=filing.submitted_at or now,
        quantity=entry.quantity,
        milestones=[one.milestone for one in entry.milestones.all() if one.is_reached],
        occurrence=entry.occurrence if entry.carried_out is not None else None,
        carried_out=entry.carried_out,
    )
    report = enter_filed(actor, entry.task, filed, now=now) if entry.task else None
    if report is not None:
        change(actor, entry, action="dispatch.enter", now=now, report=report)
        give_over(queries.ENTRY_OWNER, entry.pk, REPORT_OWNER, report.pk)


def agree_filings(actor: Actor, filings: Iterable[Filing], *, now: datetime) -> tuple[int, int]:
    """This function will agree to the open step of each filing that waits for the actor: (agreed, left out)."""
    keys = [one.pk for one in filings]
    stages = waiting(actor).filter(approval__form__in=access.FILING_FORMS, approval__owner_id__in=keys)
    found = list(stages)
    for stage in found:
        with transaction.atomic():
            approvals.agree(actor, stage, now=now)
    return len(found), len(keys) - len(found)
