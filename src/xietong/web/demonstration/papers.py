"""The documents of 云岭县: two bulletins that went out, minutes, and a circular whose units have been asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from xietong.areas.dispatch import actions, queries
from xietong.areas.dispatch.models import Cycle, Document, Meeting
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Stage
from xietong.web.demonstration.moments import NOW
from xietong.web.demonstration.plan_work import actor_of

SIGNERS = {
    "office": ("office", Role.OFFICE),
    "bureau_leader": ("bureau_leader", Role.BUREAU_LEADER),
    "group_head": ("group_head", Role.GROUP_HEAD),
}
EXPLAINED = "网络检修，已于次日补报。（演示）"


def lay_papers(months: Sequence[Cycle]) -> None:
    """This function will make documents of the last two months that are over, as the office would have."""
    office = actor_of("office", Role.OFFICE)
    last_but_one, last = months[-2:]
    for cycle, at in ((last_but_one, NOW - timedelta(days=33)), (last, NOW - timedelta(days=6))):
        send(office, number(office, signed(office, "bulletin", at, cycle=cycle), at), at)
    meeting = Meeting.objects.filter(cycle__in=months, state=MeetingState.FIXED.value).order_by("-starts_at")[0]
    at = NOW - timedelta(days=5)
    row = signed(office, "minutes", at, meeting=meeting)
    send(office, number(office, row, at, document_no=f"演示字〔{at.year}〕6号"), at)
    ask_units(office, last)


def signed(
    office: Actor, kind: str, at: datetime, *, cycle: Cycle | None = None, meeting: Meeting | None = None
) -> Document:
    row = actions.draft_document(office, kind=kind, cycle=cycle, meeting=meeting, now=at)
    actions.submit_document(office, row, now=at)
    while stage := Stage.objects.filter(
        approval__owner_id=row.pk, approval__form=f"dispatch.{kind}", state="open"
    ).first():
        approvals.agree(actor_of(*SIGNERS[stage.role]), stage, now=at)
    row.refresh_from_db()
    return row


def number(office: Actor, row: Document, at: datetime, *, document_no: str = "") -> Document:
    return actions.number_document(office, row, document_no=document_no, now=at)


def send(office: Actor, row: Document, at: datetime) -> None:
    """Most units have taken note of it."""
    wanted = queries.units_to_send(row)
    offered = queries.units_offered(row.county_id, at.date()).values()
    units = [unit for rows in offered for pk, unit in rows.items() if pk in wanted]
    row = actions.send_document(office, row, units=units, now=at)
    taken = [one for n, one in enumerate(row.receipts.order_by("pk")) if n % 5]
    for one in taken:
        one.at, one.by = at + timedelta(hours=3), "演示签收人"
        one.save(update_fields=["at", "by"])


def ask_units(office: Actor, cycle: Cycle) -> None:
    """A circular that would name who filed late; one unit has explained."""
    at = NOW - timedelta(days=2)
    row = actions.draft_document(office, kind="circular", cycle=cycle, now=at)
    if not row.namings.exists():
        return
    actions.ask_namings(office, row, reply_by=NOW.date() + timedelta(days=1), now=at)
    first = row.namings.order_by("pk")[0]
    first.text, first.answered_at, first.answered_by = EXPLAINED, NOW - timedelta(days=1), "演示联络员"
    first.save(update_fields=["text", "answered_at", "answered_by"])
