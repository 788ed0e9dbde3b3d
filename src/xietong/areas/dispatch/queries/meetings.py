"""Reads: meetings, what stands on the page of one, what the next one begins with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import AgendaItem, Attendance, Confirmation, Document, Meeting, MinutesAddition
from xietong.areas.dispatch.queries.decisions import Lit, lit_decisions
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.access import VIEW_TASK
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Denied
from xietong.kit.files.models import Attachment
from xietong.kit.files.queries import attachments

PAPERS = "dispatch.meeting"
CONFIRM_WITHIN = timedelta(days=5)
SHOWN_MINUTES = frozenset({MeetingState.CIRCULATED.value, MeetingState.FIXED.value})
DEEDS = {
    "change": access.CHANGE_MEETING,
    "hold": access.HOLD_MEETING,
    "add": access.ADD_TO_MINUTES,
}


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting as far as the actor may see it. The minutes are shown to units once they are asked about them.

    `seen` are those tasks of the agenda that he may open.
    """

    row: Meeting
    agenda: tuple[AgendaItem, ...]
    places: tuple[Attendance, ...]
    mine: tuple[Attendance, ...]
    papers: tuple[Attachment, ...]
    decisions: tuple[Lit, ...]
    confirmations: tuple[Confirmation, ...]
    additions: tuple[MinutesAddition, ...]
    documents: tuple[Document, ...]
    seen: frozenset[int]
    has_begun: bool
    is_asking: bool
    shows_minutes: bool
    is_office: bool
    may: frozenset[str]

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.places)

    @property
    def present(self) -> int:
        return self.count(Attendance.State.PRESENT)

    @property
    def open_place(self) -> bool:
        """Whether somebody who looks has not said yet whether he comes."""
        return any(one.state == Attendance.State.EXPECTED for one in self.mine)

    @property
    def may_draft(self) -> bool:
        """Whether to offer the minutes as a document: once they are fixed, and once."""
        return self.is_office and self.row.state == MeetingState.FIXED.value and not self.documents

    @property
    def lines(self) -> list[str]:
        """The minutes, a paragraph a line."""
        return [line.strip() for line in self.row.minutes.splitlines() if line.strip()]

    @property
    def mine_asked(self) -> tuple[Confirmation, ...]:
        """What one's own unit is asked about the minutes, while it is asked."""
        return () if self.is_office or not self.is_asking else self.confirmations

    @property
    def rolls(self) -> list[tuple[Any, str]]:
        """The lists at the head of the minutes: who took part, sat in, was excused, did not come."""
        came = [one for one in self.places if one.state == Attendance.State.PRESENT]
        found: list[tuple[Any, list[Attendance]]] = [
            (part.label, [one for one in came if one.part == part]) for part in Attendance.Part
        ]
        for state in (Attendance.State.EXCUSED, Attendance.State.ABSENT):
            found += [(state.label, [one for one in self.places if one.state == state])]
        return [(label, _("、").join(map(str, rows))) for label, rows in found if rows]

    @property
    def answered(self) -> int:
        return sum(one.answered_at is not None for one in self.confirmations)

    @property
    def objections(self) -> tuple[Confirmation, ...]:
        return tuple(one for one in self.confirmations if one.text)


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """The list, each with how many were asked and came, and how many decisions it made."""
    present = Count("attendances", filter=Q(attendances__state=Attendance.State.PRESENT), distinct=True)
    return visible(actor, access.VIEW_MEETING).annotate(
        asked=Count("attendances", distinct=True), present=present, decided=Count("decisions", distinct=True)
    )


def meeting_page(actor: Actor, pk: int, today: date) -> MeetingPage:
    row = fetch(actor, access.VIEW_MEETING, pk, join=("cycle", "county"))
    office = access.HOLD_MEETING.held_by(actor)
    shows = office or row.state in SHOWN_MINUTES
    asked = row.confirmations.select_related("unit").order_by("unit__order", "unit_id") if shows else ()
    agenda = tuple(agenda_of(row))
    tasks = visible(actor, VIEW_TASK).filter(pk__in=[one.task_id for one in agenda if one.task_id])
    return MeetingPage(
        row,
        agenda,
        tuple(places_of(row)),
        tuple(my_places(actor, row)),
        tuple(attachments(PAPERS, [row.pk])[row.pk]),
        lit_decisions(actor, row.decisions.order_by("number"), today),
        tuple(one for one in asked if office or one.unit_id in actor.orgs),
        tuple(row.additions.order_by("at", "pk")) if shows else (),
        tuple(visible(actor, access.VIEW_DOCUMENT).filter(meeting=row).order_by("drafted_at", "pk")),
        frozenset(tasks.values_list("pk", flat=True)),
        has_begun(row, today),
        row.state == MeetingState.CIRCULATED.value and today <= (row.confirm_by or today),
        shows,
        office,
        frozenset(name for name, right in DEEDS.items() if may(actor, right, row)),
    )


def has_begun(row: Meeting, today: date) -> bool:
    return day_of(row.starts_at) <= today


def agenda_of(row: Meeting) -> QuerySet[AgendaItem]:
    rows = row.agenda.filter(is_dropped=False).select_related("task")
    return rows.annotate(decided=Count("decisions")).order_by("order", "pk")


def places_of(row: Meeting) -> QuerySet[Attendance]:
    """Who was asked: those who take part before those who sit in, in official order."""
    rows = row.attendances.select_related("unit", "person")
    return rows.order_by("-part", "unit__order", "unit_id", "person__pinyin", "pk")


def units_of(row: Meeting) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=row.attendances.values("unit_id")).order_by("order", "pk"))


def my_places(actor: Actor, row: Meeting) -> QuerySet[Attendance]:
    rows = visible(actor, access.SIGN_IN).filter(meeting=row)
    return rows.select_related("unit", "person", "meeting").order_by("unit__order", "pk")


def places_by_code(actor: Actor, code: str) -> list[Attendance]:
    """One's own places at the meeting of an address that those present open.

    Raises
        Http404: no such meeting, or one was not asked to it.
    """
    rows = visible(actor, access.SIGN_IN).filter(meeting__code=code).select_related("unit", "person", "meeting")
    found = list(rows.order_by("unit__order", "pk"))
    if not found:
        raise Http404
    return found


def meeting_shown(actor: Actor, pk: int) -> Meeting:
    return fetch(actor, access.VIEW_MEETING, pk)


def meeting_to(actor: Actor, deed: str, pk: int) -> Meeting:
    return fetch(actor, DEEDS[deed], pk, join=("cycle",))


def item_of(row: Meeting, pk: int) -> AgendaItem:
    found = row.agenda.filter(pk=pk, is_dropped=False).first()
    if found is None:
        raise Http404
    return found


def place_of(row: Meeting, pk: int) -> Attendance:
    found = row.attendances.filter(pk=pk).select_related("unit", "person").first()
    if found is None:
        raise Http404
    return found


def confirmation_to_give(actor: Actor, pk: int) -> Confirmation:
    return fetch(actor, access.CONFIRM_MINUTES, pk, join=("meeting", "unit"))


def minutes_page(actor: Actor, pk: int, today: date) -> MeetingPage:
    """The page of a meeting whose minutes the actor may read.

    Raises
        Http404: the meeting does not exist for him.
        Denied: its minutes have not been sent round yet.
    """
    found = meeting_page(actor, pk, today)
    if not found.shows_minutes:
        raise Denied(_("纪要还没有发出。"))
    return found


def source_label(source: str) -> Any:
    return AgendaItem.Source(source).label


def kind_choices() -> list[tuple[str, Any]]:
    return list(Meeting.Kind.choices)


def state_choices() -> list[tuple[str, Any]]:
    return list(Meeting.STATES)


def year_choices(actor: Actor) -> list[tuple[int, str]]:
    years = visible(actor, access.VIEW_MEETING).values_list("year", flat=True).distinct().order_by("-year")
    return [(year, str(year)) for year in years]


def part_choices() -> list[tuple[str, Any]]:
    return list(Attendance.Part.choices)


def place_state_choices() -> list[tuple[str, Any]]:
    return list(Attendance.State.choices)


def meeting_url(pk: int) -> str:
    return reverse("dispatch:meeting", args=[pk])
