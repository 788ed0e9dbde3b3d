"""Reads: which meetings and minutes wait for whom."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import Attendance, Confirmation, Meeting
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI


def invitations(actor: Actor, today: date) -> QuerySet[Attendance]:
    """One's places at meetings to come about which one has said nothing yet."""
    begins = datetime.combine(today, time(), SHANGHAI)
    rows = visible(actor, access.SIGN_IN).filter(
        state=Attendance.State.EXPECTED, meeting__state=MeetingState.PLANNED.value, meeting__starts_at__gte=begins
    )
    return rows.select_related("meeting", "unit").order_by("meeting__starts_at", "pk")


def minutes_to_confirm(actor: Actor, today: date) -> QuerySet[Confirmation]:
    """Minutes about which one's unit is asked and has not answered."""
    rows = visible(actor, access.CONFIRM_MINUTES).filter(
        answered_at=None, meeting__state=MeetingState.CIRCULATED.value, meeting__confirm_by__gte=today
    )
    return rows.select_related("meeting", "unit").order_by("meeting__confirm_by", "pk")


def meetings_of_today(actor: Actor, today: date) -> QuerySet[Meeting]:
    begins = datetime.combine(today, time(), SHANGHAI)
    rows = visible(actor, access.HOLD_MEETING).filter(
        state=MeetingState.PLANNED.value, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1)
    )
    return rows.order_by("starts_at", "pk")


def minutes_to_fix(actor: Actor, today: date) -> QuerySet[Meeting]:
    """Minutes whose day for opinions is over."""
    rows = visible(actor, access.HOLD_MEETING).filter(state=MeetingState.CIRCULATED.value, confirm_by__lt=today)
    return rows.order_by("confirm_by", "pk")
