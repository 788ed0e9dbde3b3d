"""A meeting is planned, gets its papers, is put off or called off."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.actions.announcing import tell_guests
from xietong.areas.dispatch.actions.holding import hold
from xietong.areas.dispatch.models import Attendance, Cycle, Meeting
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs import queries as orgs
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import add, change, locked
from xietong.kit.words import for_the_record

TITLES = {
    Meeting.Kind.MONTHLY.value: gettext_noop("%(year)d年第%(n)d次月调度会"),
    Meeting.Kind.SPECIAL.value: gettext_noop("%(year)d年第%(n)d次专题会"),
}
CODE_BYTES = 15


class BadMeeting(Refused):
    """The meeting would end before it begins, or be called off without a reason."""


class OpenDecisions(Refused):
    """What the meeting decided is not settled yet; names it."""


def plan_meeting(
    actor: Actor,
    *,
    kind: str,
    on: date,
    at: time,
    until: time | None = None,
    title: str = "",
    place: str = "",
    chair: str = "",
    recorder: str = "",
    cycle: Cycle | None = None,
    now: datetime,
) -> Meeting:
    """This function will plan a meeting under the next number of its series; nobody is told yet.

    Raises
        BadMeeting: it would end before it begins.
    """
    starts_at, ends_at = hours(on, at, until)
    with transaction.atomic():
        locked(orgs.county(actor.home))  # two who plan at once get two numbers
        number = queries.next_meeting_number(actor.home, kind, on.year)
        row = Meeting(
            county_id=actor.home,
            kind=kind,
            year=on.year,
            number=number,
            title=title.strip() or titled(kind, on.year, number),
            cycle=cycle,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place.strip(),
            chair=chair.strip(),
            recorder=recorder.strip(),
            code=secrets.token_urlsafe(CODE_BYTES),
        )
        return add(actor, row, action="dispatch.plan_meeting", now=now)


def titled(kind: str, year: int, number: int) -> str:
    with for_the_record():
        return _(TITLES[kind]) % {"year": year, "n": number}


def hours(on: date, at: time, until: time | None) -> tuple[datetime, datetime | None]:
    if until is not None and until <= at:
        raise BadMeeting(_("结束时间须晚于开始时间。"))
    return datetime.combine(on, at, SHANGHAI), datetime.combine(on, until, SHANGHAI) if until else None


def change_meeting(
    actor: Actor,
    meeting: Meeting,
    *,
    version: int,
    on: date,
    at: time,
    until: time | None = None,
    now: datetime,
    **fields: Any,
) -> Meeting:
    """This function will change a meeting; if it is at another time or place, those who were asked are told.

    Raises
        BadMeeting: it would end before it begins.
        MeetingMoved: its minutes are fixed, or it was called off.
        Stale: somebody changed it meanwhile.
    """
    starts_at, ends_at = hours(on, at, until)
    with transaction.atomic():
        before = hold(meeting)
        values = {**fields, "starts_at": starts_at, "ends_at": ends_at}
        if not fields.get("title", before.title).strip():
            values["title"] = titled(before.kind, before.year, before.number)
        row = change(actor, meeting, action="dispatch.change_meeting", now=now, version=version, **values)
        moved = (before.starts_at, before.place) != (row.starts_at, row.place)
        if moved and row.invited_at and row.state == MeetingState.PLANNED.value:
            ask_again(actor, row, now=now)
    return row


def ask_again(actor: Actor, row: Meeting, *, now: datetime) -> None:
    """Who could not come at the old time may come at the new one."""
    row.attendances.filter(state=Attendance.State.EXCUSED).update(state=Attendance.State.EXPECTED)
    tell_guests(actor, row, gettext_noop("会议时间或地点有变化，改为%(when)s"), kind="moved", now=now)


def cancel_meeting(actor: Actor, meeting: Meeting, *, reason: str, now: datetime) -> Meeting:
    """This function will call a meeting off; it stays on the list with the reason.

    Raises
        BadMeeting: no reason.
        MeetingMoved: its minutes are fixed, or it was called off already.
        OpenDecisions: what it decided is not settled yet.
    """
    if not reason.strip():
        raise BadMeeting(_("请写明取消的原因。"))
    with transaction.atomic():
        row = hold(meeting)
        if left := list(queries.open_of(row)):
            names = _("、").join(queries.names_of(left))
            raise OpenDecisions(_("会议还有没有销项的议定事项（%(names)s），不能取消。") % {"names": names})
        values: dict[str, Any] = {"state": MeetingState.CANCELLED.value, "cancel_reason": reason.strip()}
        row = change(actor, row, action="dispatch.cancel_meeting", now=now, reason=reason, **values)
        if row.invited_at:
            tell_guests(actor, row, gettext_noop("会议取消：原定%(when)s"), kind="cancelled", now=now)
    return row


def add_papers(
    actor: Actor, meeting: Meeting, *, uploads: Sequence[str] = (), plain: Sequence[Any] = (), now: datetime
) -> Meeting:
    """This function will hang papers on a meeting for those who are asked to it.

    Raises
        BadMeeting: no file.
        MeetingMoved: its minutes are fixed, or it was called off.
    """
    ids = [*uploads, *take_posted(actor, plain)]
    if not ids:
        raise BadMeeting(_("请选择文件。"))
    with transaction.atomic():
        row = hold(meeting)
        attach(actor, owner_type=queries.PAPERS, owner_id=row.pk, county_id=row.county_id, uploads=ids, now=now)
    return row
