"""What meetings and decisions put on the workbench and on the page of a unit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, queries
from xietong.areas.plans.access import WATCHERS
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.pages.panels import Todo

MOST = 30
FEW = 6
COUNTY_WIDE = frozenset(WATCHERS) | {"office"}


def meeting_todos(actor: Actor, today: date) -> Iterator[Todo]:
    if access.SIGN_IN.held_by(actor):
        yield from for_a_guest(actor, today)
    if access.CLAIM_DECISION.held_by(actor):
        yield from to_settle(actor, today)
    if access.HOLD_MEETING.held_by(actor):
        yield from for_the_office(actor, today)


def for_a_guest(actor: Actor, today: date) -> Iterator[Todo]:
    """Meetings to come, and minutes that one is asked about."""
    for place in queries.invitations(actor, today)[:MOST]:
        yield Todo(
            label=_("参加会议"),
            tone="blue",
            title=place.meeting.title,
            url=queries.meeting_url(place.meeting_id),
            org=str(place.unit),
            due_on=day_of(place.meeting.starts_at),
            is_offered=True,
        )
    for row in queries.minutes_to_confirm(actor, today)[:MOST]:
        yield Todo(
            label=_("纪要待确认"),
            tone="orange",
            title=row.meeting.title,
            url=queries.meeting_url(row.meeting_id),
            org=str(row.unit),
            due_on=row.meeting.confirm_by,
        )


def to_settle(actor: Actor, today: date) -> Iterator[Todo]:
    """Decisions of one's unit that are due soon, or overdue."""
    found = list(queries.due_soon(actor, today)[:MOST])
    for one in queries.lit(found, today):
        yield Todo(
            label=_("议定事项"),
            tone="red" if one.row.due_on < today else "blue",
            title=one.row.text,
            url=queries.decision_url(one.row.pk),
            org=str(one.row.unit),
            due_on=one.row.due_on,
            light=one.light.value,
        )


def for_the_office(actor: Actor, today: date) -> Iterator[Todo]:
    """Claims, the meeting of the day, and minutes whose day for opinions is over."""
    for row in queries.claims(actor)[:MOST]:
        yield Todo(
            label=_("销项待处理"),
            tone="orange",
            title=row.text,
            url=queries.decision_url(row.pk),
            org=str(row.unit),
            due_on=row.due_on,
        )
    for meeting in queries.meetings_of_today(actor, today)[:MOST]:
        yield Todo(
            label=_("今天的会议"),
            tone="blue",
            title=meeting.title,
            url=queries.meeting_url(meeting.pk),
            org=meeting.place,
            due_on=today,
        )
    for meeting in queries.minutes_to_fix(actor, today)[:MOST]:
        yield Todo(
            label=_("纪要待定稿"),
            tone="orange",
            title=meeting.title,
            url=queries.meeting_url(meeting.pk),
            due_on=meeting.confirm_by,
        )


def last_decided(actor: Actor, today: date) -> dict[str, Any] | None:
    """What the last meeting decided and is not settled, for whoever looks after all of the county."""
    if actor.role not in COUNTY_WIDE or not access.VIEW_DECISION.held_by(actor):
        return None
    meeting = queries.last_decided(actor)
    if meeting is None:
        return None
    rows = queries.lit_decisions(actor, queries.open_of(meeting), today)
    url = f"{reverse('dispatch:decisions')}?state=open"
    return {"meeting": meeting, "rows": rows[:FEW], "more": len(rows) - FEW, "url": url}


def unit_decisions(actor: Actor, today: date, unit: int) -> dict[str, Any] | None:
    """Shown only where there are some: what a unit has to settle."""
    if not access.VIEW_DECISION.held_by(actor):
        return None
    found = list(queries.pending(actor).filter(unit_id=unit)[: FEW + 1])
    url = f"{reverse('dispatch:decisions')}?unit={unit}"
    return {"rows": queries.lit(found[:FEW], today), "more": len(found) > FEW, "url": url} if found else None
