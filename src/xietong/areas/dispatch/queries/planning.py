"""Reads: what the next meeting of a series begins with, and meetings as a calendar has them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import Cycle, Meeting
from xietong.areas.dispatch.queries.meetings import meeting_url, units_of
from xietong.areas.dispatch.rules.months import after, day_in
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import Organisation
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI, day_of
from xietong.kit.feeds.days import Happening

LASTS = timedelta(hours=2)  # where nobody has said how long
USUAL_HOUR = time(9, 0)
CYCLES_OFFERED = 24
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Next:
    """What the form of a new meeting begins with."""

    starts_at: datetime
    ends_at: datetime | None
    place: str
    chair: str
    recorder: str
    cycle: Cycle | None


def next_meeting_number(county_id: int, kind: str, year: int) -> int:
    """The number of one more meeting of a kind in a year; the caller holds the county."""
    last = Meeting.objects.filter(county_id=county_id, kind=kind, year=year).order_by("-number").first()
    return last.number + 1 if last else 1


def last_of(county_id: int, kind: str, before: datetime | None = None) -> Meeting | None:
    """The latest meeting of a series that was not called off, or the latest before a moment."""
    rows = Meeting.objects.filter(county_id=county_id, kind=kind).exclude(state=MeetingState.CANCELLED.value)
    if before is not None:
        rows = rows.filter(starts_at__lt=before)
    return rows.order_by("-starts_at", "-pk").first()


def units_before(row: Meeting) -> list[Organisation]:
    """Who was asked to the meeting before it in its series."""
    before = last_of(row.county_id, row.kind, row.starts_at)
    return units_of(before) if before else []


def next_meeting(county_id: int, kind: str, today: date) -> Next:
    """A meeting like the last of its series; a monthly one a month after it, about the cycle that has none yet."""
    last = last_of(county_id, kind)
    cycle = cycle_without(county_id) if kind == Meeting.Kind.MONTHLY else None
    if last is None:
        return Next(datetime.combine(today + AHEAD, USUAL_HOUR, SHANGHAI), None, "", "", "", cycle)
    begins, ends = last.starts_at.astimezone(SHANGHAI), last.ends_at
    on = following_month(begins.date(), today) if kind == Meeting.Kind.MONTHLY else today + AHEAD
    starts_at = datetime.combine(on, begins.time(), SHANGHAI)
    ends_at = starts_at + (ends - last.starts_at) if ends else None
    return Next(starts_at, ends_at, last.place, last.chair, last.recorder, cycle)


def following_month(last: date, today: date) -> date:
    """The same day of the first month after the last that has not passed."""
    month = after(last.replace(day=1))
    while day_in(month, last.day) < today:
        month = after(month)
    return day_in(month, last.day)


def cycle_without(county_id: int) -> Cycle | None:
    """The latest monthly cycle, unless a meeting is about it already."""
    rows = Cycle.objects.filter(county_id=county_id, kind=Cycle.Kind.MONTHLY).order_by("-month", "-pk")
    last = rows.first()
    held = last and last.meetings.exclude(state=MeetingState.CANCELLED.value).exists()
    return None if held else last


def cycles_by_id(county_id: int) -> dict[int, Cycle]:
    rows = Cycle.objects.filter(county_id=county_id).order_by("-month", "-pk")
    return {one.pk: one for one in rows[:CYCLES_OFFERED]}


def happening_of(row: Meeting) -> Happening:
    """A meeting as a calendar has it."""
    return Happening(
        f"meeting-{row.pk}",
        day_of(row.starts_at),
        _("会议"),
        row.title,
        meeting_url(row.pk),
        tone="orange",
        is_done=row.state != MeetingState.PLANNED.value,
        changed_at=row.invited_at,
        hours=(row.starts_at, row.ends_at or row.starts_at + LASTS),
        room=row.place,
        edition=row.version,
    )


def feed(actor: Actor, first: date, last: date, _today: date) -> list[Happening]:
    """The meetings that people were asked to, in the calendar that a role subscribes to."""
    if not access.VIEW_MEETING.held_by(actor):
        return []
    begins, ends = (datetime.combine(day, time(), SHANGHAI) for day in (first, last + timedelta(days=1)))
    rows = visible(actor, access.VIEW_MEETING).filter(
        starts_at__gte=begins, starts_at__lt=ends, invited_at__isnull=False
    )
    return [happening_of(row) for row in rows.exclude(state=MeetingState.CANCELLED.value)]
