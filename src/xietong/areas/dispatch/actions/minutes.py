"""纪要: written, sent round, agreed to, fixed; afterwards only added to."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import access, queries
from xietong.areas.dispatch.actions.announcing import tell_guests
from xietong.areas.dispatch.actions.holding import MeetingMoved, begin, hold
from xietong.areas.dispatch.actions.refusals import BadDay
from xietong.areas.dispatch.models import Attendance, Confirmation, Meeting, MinutesAddition
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import Role
from xietong.areas.people import queries as people
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked

BY = 120


class NoMinutes(Refused):
    """Nothing is written yet, or nobody is known to have come."""


class TooLate(Refused):
    """The day until which units could say something is over."""


class NotSettled(Refused):
    """Units have not answered yet, or what they objected to has not been dealt with."""


def record_minutes(actor: Actor, meeting: Meeting, *, version: int, minutes: str, now: datetime) -> Meeting:
    """This function will write down what was said at a meeting, while it lasts or afterwards.

    Raises
        MeetingMoved: the minutes are fixed, or the meeting was called off.
        NotBegun: its day has not come.
        Stale: somebody has written meanwhile.
    """
    with transaction.atomic():
        hold(meeting)
        action, words = "dispatch.record_minutes", minutes.strip()
        row = change(actor, meeting, action=action, now=now, version=version, minutes=words)
        return begin(actor, row, now=now)


def circulate(actor: Actor, meeting: Meeting, *, confirm_by: date, now: datetime) -> Meeting:
    """This function will ask the units that came whether the minutes are right; a second time they are asked anew.

    Raises
        BadDay: a day in the past.
        MeetingMoved: the minutes are fixed, or the meeting was called off.
        NoMinutes: nothing is written yet, or nobody is known to have come.
    """
    if confirm_by < day_of(now):
        raise BadDay(_("截止日期已经过去，请改为今天或以后的日期。"))
    with transaction.atomic():
        row = hold(meeting)
        came = set(row.attendances.filter(state=Attendance.State.PRESENT).values_list("unit_id", flat=True))
        if not row.minutes or not came:
            raise NoMinutes(_("请先写会议记录，并登记到会情况。"))
        state = MeetingState.CIRCULATED.value
        row = change(actor, row, action="dispatch.circulate", now=now, state=state, confirm_by=confirm_by)
        row.confirmations.exclude(unit_id__in=came).delete()
        row.confirmations.update(text="", answered_at=None, answered_by="")
        asked = set(row.confirmations.values_list("unit_id", flat=True))
        Confirmation.objects.bulk_create(
            Confirmation(county_id=row.county_id, meeting=row, unit_id=pk) for pk in sorted(came - asked)
        )
        tell_guests(actor, row, gettext_noop("会议纪要请核对确认"), kind="confirm", units=came, now=now)
    return row


def remind_units(actor: Actor, meeting: Meeting, *, now: datetime) -> int:
    """This function will ask those units once more that have not said anything about the minutes; their number.

    Raises
        MeetingMoved: the minutes are not being circulated.
    """
    with transaction.atomic():
        row = hold_circulated(meeting)
        waiting = list(row.confirmations.filter(answered_at=None).values_list("unit_id", flat=True))
        tell_guests(
            actor, row, gettext_noop("会议纪要还没有确认，请尽快核对"), kind="confirm", units=waiting, now=now
        )
    return len(waiting)


def confirm(actor: Actor, confirmation: Confirmation, *, text: str = "", now: datetime) -> Confirmation:
    """This function will note what a unit says of the minutes; no words are: they are right.

    Raises
        MeetingMoved: the minutes are not being circulated.
        TooLate: the last day is over.
    """
    with transaction.atomic():
        meeting, row = hold_circulated(confirmation.meeting), locked(confirmation)
        if meeting.confirm_by and day_of(now) > meeting.confirm_by:
            raise TooLate(_("反馈已于%(day)s截止，有意见请直接与办公室联系。") % {"day": meeting.confirm_by})
        values: dict[str, Any] = {"text": text.strip(), "answered_at": now, "answered_by": actor.label[:BY]}
        row = change(actor, row, action="dispatch.confirm_minutes", now=now, **values)
        if row.text:
            tell_office(actor, meeting, body=f"{row.unit} {row.text}", now=now)
    return row


def tell_office(actor: Actor, meeting: Meeting, *, body: str, now: datetime) -> None:
    notify(
        actor,
        accounts=people.accounts_of_role(meeting.county_id, Role.OFFICE, day_of(now)),
        title=gettext_noop("单位对会议纪要有意见"),
        body=body,
        url=queries.meeting_url(meeting.pk),
        kind="dispatch.objection",
        county_id=meeting.county_id,
        now=now,
    )


def fix_minutes(actor: Actor, meeting: Meeting, *, version: int, settled: bool = False, now: datetime) -> Meeting:
    """This function will fix the minutes: from now on they are only added to.

    `settled` says that whatever units objected to was dealt with.

    Raises
        MeetingMoved: the minutes are not being circulated.
        NotSettled: units may still answer, or what they objected to was not dealt with.
        Stale: somebody changed them meanwhile.
    """
    with transaction.atomic():
        row = hold_circulated(meeting)
        waiting = row.confirmations.filter(answered_at=None).count()
        if waiting and row.confirm_by and day_of(now) <= row.confirm_by:
            raise NotSettled(_("还有 %(n)d 个单位没有反馈，截止以后才能定稿。") % {"n": waiting})
        objections = row.confirmations.exclude(text="").count()
        if objections and not settled:
            raise NotSettled(_("有 %(n)d 个单位提了意见，请处理后勾选“意见都已处理”。") % {"n": objections})
        state = MeetingState.FIXED.value
        row = change(actor, row, action="dispatch.fix_minutes", now=now, version=version, state=state, fixed_at=now)
        tell_guests(actor, row, gettext_noop("会议纪要已定稿"), kind="fixed", now=now)
    return row


def hold_circulated(meeting: Meeting) -> Meeting:
    """The meeting whose units are being asked, held. Raises MeetingMoved."""
    row = hold(meeting)
    if row.state != MeetingState.CIRCULATED.value:
        raise MeetingMoved(_("纪要现在没有在征求意见。"))
    return row


def add_to_minutes(actor: Actor, meeting: Meeting, *, text: str, now: datetime) -> MinutesAddition:
    """This function will add to minutes that are fixed; those who were there are told.

    Raises
        MeetingMoved: they are not fixed yet.
    """
    with transaction.atomic():
        row = locked(meeting)
        if reason := access.not_fixed(row):
            raise MeetingMoved(reason)
        said = MinutesAddition(
            county_id=row.county_id, meeting=row, text=text.strip(), by=actor.acting_name[:BY], at=now
        )
        add(actor, said, action="dispatch.add_to_minutes", now=now)
        tell_guests(actor, row, gettext_noop("会议纪要有更正说明"), kind="addition", now=now)
    return said
