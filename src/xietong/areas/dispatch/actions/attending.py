"""到会: the organiser's list says who came; signing in oneself is an offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access
from xietong.areas.dispatch.actions.holding import begin, hold
from xietong.areas.dispatch.models import Attendance, Meeting
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change, locked

NAME = 60
CAME = frozenset({Attendance.State.PRESENT.value, Attendance.State.ABSENT.value})


class CannotSignIn(Refused):
    """It is not the day of the meeting, or the list says something already."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many places of the list were changed, and how many not because somebody was faster."""

    changed: int
    skipped: int


def record_attendance(
    actor: Actor, meeting: Meeting, *, said: Mapping[int, Mapping[str, Any]], now: datetime
) -> Recorded:
    """This function will write what the organiser's list says of each place: state, part, name, note.

    `said` gives for a place the version that was seen and the values. A place that has changed since, as by signing
    in, stays as it is.

    Raises
        MeetingMoved: the minutes are fixed, or the meeting was called off.
        NotBegun: somebody is said to have come, or not, before the day of the meeting.
    """
    changed = skipped = 0
    with transaction.atomic():
        row = hold(meeting)
        if any(one["state"] in CAME for one in said.values()):
            row = begin(actor, row, now=now)
        for place in row.attendances.filter(pk__in=list(said)).order_by("pk"):
            values = {name: value for name, value in said[place.pk].items() if name != "version"}
            if all(getattr(place, name) == value for name, value in values.items()):
                continue
            if place.version != said[place.pk]["version"]:
                skipped += 1
                continue
            change(actor, place, action="dispatch.record_attendance", now=now, **values)
            changed += 1
    return Recorded(changed, skipped)


def all_present(actor: Actor, meeting: Meeting, *, now: datetime) -> int:
    """This function will say that everybody came of whom nothing else is known; their number.

    Raises
        MeetingMoved: the minutes are fixed, or the meeting was called off.
        NotBegun: its day has not come.
    """
    with transaction.atomic():
        row = begin(actor, hold(meeting), now=now)
        waiting = row.attendances.filter(state=Attendance.State.EXPECTED)
        keys = sorted(waiting.values_list("pk", flat=True))
        record(actor, "dispatch.all_present", row, now=now, changes={"places": (None, keys)})
        for place in waiting.order_by("pk"):
            place.state, place.version = Attendance.State.PRESENT.value, place.version + 1
            place.save(update_fields=["state", "version"])
    return len(keys)


def sign_in(actor: Actor, place: Attendance, *, now: datetime) -> Attendance:
    """This function will note that somebody is there, by his own word.

    Raises
        CannotSignIn: it is not the day of the meeting, or the list says something already.
    """
    with transaction.atomic():
        row = hold_place(place)
        if day_of(row.meeting.starts_at) != day_of(now):
            raise CannotSignIn(_("会议当天才能签到。"))
        name = row.name or ("" if row.person_id else actor.name[:NAME])
        state = Attendance.State.PRESENT.value
        return change(actor, row, action="dispatch.sign_in", now=now, state=state, name=name, signed_at=now)


def excuse(actor: Actor, place: Attendance, *, note: str = "", now: datetime) -> Attendance:
    """This function will note that somebody cannot come, and why if he says so.

    Raises
        CannotSignIn: the meeting is over, or the list says something already.
    """
    with transaction.atomic():
        row = hold_place(place)
        if day_of(row.meeting.starts_at) < day_of(now):
            raise CannotSignIn(_("会议已经开过了，请与办公室联系。"))
        state = Attendance.State.EXCUSED.value
        return change(actor, row, action="dispatch.excuse", now=now, state=state, note=note.strip())


def hold_place(place: Attendance) -> Attendance:
    """The place, held, of which the list says nothing yet. Raises CannotSignIn."""
    meeting, row = locked(place.meeting), locked(place)
    row.meeting = meeting
    reason = access.no_sign_in(row)
    if reason is None and row.state in CAME:
        reason = _("办公室已经登记为“%(state)s”，如有出入请与办公室联系。") % {"state": row.get_state_display()}
    if reason:
        raise CannotSignIn(reason)
    return row
