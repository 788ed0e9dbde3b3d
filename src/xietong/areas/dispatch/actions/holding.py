"""The lock under which a meeting is changed, and why it cannot be."""

from datetime import datetime

from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, queries
from xietong.areas.dispatch.models import Meeting
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change, locked


class MeetingMoved(Refused):
    """The meeting has moved on: this cannot be done to it any more."""


class NotBegun(Refused):
    """The day of the meeting has not come yet."""


class OutsideUnit(Refused):
    """A unit that neither belongs to the county nor has an agreement with it in force."""


def hold(meeting: Meeting) -> Meeting:
    """Keeps a meeting on whose minutes one may write until the transaction ends.

    Raises
        MeetingMoved: its minutes are fixed, or it was called off.
    """
    row = locked(meeting)
    if reason := access.minutes_closed(row):
        raise MeetingMoved(reason)
    return row


def begin(actor: Actor, row: Meeting, *, now: datetime) -> Meeting:
    """A meeting of which something is recorded has been held.

    Raises
        NotBegun: its day has not come.
    """
    if not queries.has_begun(row, day_of(now)):
        raise NotBegun(_("会议还没有召开，到会议当天再记录。"))
    if row.state != MeetingState.PLANNED.value:
        return row
    return change(actor, row, action="dispatch.hold_meeting", now=now, state=MeetingState.HELD.value)


def must_be_bound(unit: Organisation, county_id: int, *, now: datetime) -> None:
    """Raises OutsideUnit for a unit of elsewhere, one that was closed, and a university without an agreement."""
    if queries.is_bound(unit, county_id, day_of(now)):
        return
    if unit.county_id is None:
        raise OutsideUnit(_("与%(unit)s没有生效的合作协议，不能列为会议或议定事项的单位。") % {"unit": unit})
    if unit.county_id == county_id:
        raise OutsideUnit(_("%(unit)s已撤并，请选择承接它的单位。") % {"unit": unit})
    raise OutsideUnit(_("%(unit)s不是本县单位。") % {"unit": unit})
