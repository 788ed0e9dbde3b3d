"""Who is asked to a meeting: units, the people named for them, and the invitation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch.actions.announcing import tell_guests
from xietong.areas.dispatch.actions.holding import MeetingMoved, hold, must_be_bound
from xietong.areas.dispatch.actions.refusals import NobodyAsked
from xietong.areas.dispatch.models import Attendance, Meeting
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import Organisation
from xietong.areas.people.models import Person
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change


class AlreadyAnswered(Refused):
    """Somebody who is to be taken off the list has come already, or has asked to be excused."""


def seat_units(actor: Actor, meeting: Meeting, *, units: Sequence[Organisation], now: datetime) -> Meeting:
    """This function will say which units are asked to a meeting; those added after the invitation are told at once.

    Raises
        AlreadyAnswered: a unit to be taken off has come already, or was excused.
        MeetingMoved: its minutes are fixed, or it was called off.
        OutsideUnit: a unit neither belongs to the county nor has an agreement with it.
    """
    with transaction.atomic():
        row = hold(meeting)
        wanted = {one.pk: one for one in units}
        there = set(row.attendances.values_list("unit_id", flat=True))
        added = [one for pk, one in wanted.items() if pk not in there]
        for unit in added:
            must_be_bound(unit, row.county_id, now=now)
        drop_places(row.attendances.exclude(unit_id__in=list(wanted)))
        Attendance.objects.bulk_create(
            Attendance(county_id=row.county_id, meeting=row, unit=one, part=part_of(one)) for one in added
        )
        record(actor, "dispatch.seat_units", row, now=now, changes={"units": (sorted(there), sorted(wanted))})
        if added and row.invited_at:
            invite_units(actor, row, [one.pk for one in added], now=now)
    return row


def part_of(unit: Organisation) -> str:
    """Schools sit in unless somebody says otherwise."""
    return Attendance.Part.GUEST.value if unit.is_school else Attendance.Part.MEMBER.value


def drop_places(rows: Any) -> None:
    answered = rows.exclude(state=Attendance.State.EXPECTED).select_related("unit").order_by("pk").first()
    if answered:
        raise AlreadyAnswered(_("%(unit)s已经登记到会情况，不能从名单中去掉。") % {"unit": answered.unit})
    rows.delete()


def name_people(
    actor: Actor, meeting: Meeting, unit: Organisation, *, people: Sequence[Person], now: datetime
) -> Meeting:
    """This function will name who is asked to come for a unit; nobody named leaves it to the unit.

    Raises
        AlreadyAnswered: somebody to be taken off has come already, or was excused.
        MeetingMoved: its minutes are fixed, or it was called off.
        NobodyAsked: the unit is not on the list.
    """
    with transaction.atomic():
        row = hold(meeting)
        there = {one.person_id: one for one in row.attendances.filter(unit=unit)}
        if not there:
            raise NobodyAsked(_("%(unit)s不在会议名单中，请先选择单位。") % {"unit": unit})
        wanted: set[int | None] = {one.pk for one in people} or {None}
        part = next(iter(there.values())).part
        drop_places(row.attendances.filter(pk__in=[one.pk for key, one in there.items() if key not in wanted]))
        Attendance.objects.bulk_create(
            Attendance(county_id=row.county_id, meeting=row, unit=unit, person_id=key, part=part)
            for key in sorted(wanted - there.keys(), key=lambda key: key or 0)
        )
        named = (sorted(key for key in there if key), sorted(key for key in wanted if key))
        record(actor, "dispatch.name_people", row, now=now, changes={str(unit): named})
        if named[0] != named[1] and row.invited_at:
            invite_units(actor, row, [unit.pk], now=now)
    return row


def invite(actor: Actor, meeting: Meeting, *, now: datetime) -> Meeting:
    """This function will tell everybody on the list of a meeting when and where it is.

    Raises
        MeetingMoved: it has been held or called off.
        NobodyAsked: nobody is on the list.
    """
    with transaction.atomic():
        row = hold(meeting)
        if row.state != MeetingState.PLANNED.value:
            raise MeetingMoved(_("会议已经召开，不再发通知。"))
        if not row.attendances.exists():
            raise NobodyAsked(_("名单是空的，请先选择参会单位。"))
        row = change(actor, row, action="dispatch.invite", now=now, invited_at=now)
        invite_units(actor, row, None, now=now)
    return row


def invite_units(actor: Actor, row: Meeting, units: Sequence[int] | None, *, now: datetime) -> None:
    title = gettext_noop("会议通知：%(when)s")
    tell_guests(actor, row, title, kind="invite", units=units, now=now)
