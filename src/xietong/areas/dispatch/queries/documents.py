"""Reads: documents, one with its course and its names, what waits for whom, the template that is in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import (
    SIGNED_STATES,
    Cycle,
    Document,
    DocumentKind,
    DocumentReceipt,
    DocumentSection,
    DocumentStep,
    Frozen,
    Letterhead,
    Meeting,
    Naming,
)
from xietong.areas.dispatch.queries.units import partners
from xietong.areas.dispatch.rules import snapshots
from xietong.areas.dispatch.rules.states import DocumentState, MeetingState
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import SCHOOLS, County, Organisation
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Deed, Stage
from xietong.kit.approvals.queries import Course, course, latest, waiting
from xietong.kit.clock.calendars import office_calendar
from xietong.kit.files.models import Attachment
from xietong.kit.files.queries import attachments
from xietong.kit.keys.codes import check_code
from xietong.kit.ring import ring

REPLY_DAYS = 3  # working days; the office may change the day
SCANS = "dispatch.document"
CODE = "dispatch.document"
SHORTEST_NAME = 3  # shorter names of units are found in words that mean something else
DEEDS = {
    "change": access.CHANGE_DOCUMENT,
    "drop": access.DROP_DOCUMENT,
    "number": access.NUMBER_DOCUMENT,
    "seal": access.SEAL_DOCUMENT,
    "send": access.SEND_DOCUMENT,
    "press": access.PRESS_DOCUMENT,
    "file": access.FILE_DOCUMENT,
    "tick": access.TICK_NAMES,
}


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with whatever hangs on it, and what the actor may do. Names and receipts are the office's to see."""

    row: Document
    namings: tuple[Naming, ...]
    receipts: tuple[DocumentReceipt, ...]
    mine: tuple[DocumentReceipt, ...]
    scans: tuple[Attachment, ...]
    steps: tuple[DocumentStep, ...]
    course: Course | None
    stage: Stage | None
    opens_rows: bool
    may: frozenset[str]

    @property
    def number(self) -> str:
        return number_said(self.row)

    @property
    def received(self) -> int:
        return sum(one.at is not None for one in self.receipts)


def documents(actor: Actor) -> QuerySet[Document]:
    """The list, each with to how many units it went and how many took note."""
    return visible(actor, access.VIEW_DOCUMENT).annotate(
        asked=Count("receipts", distinct=True),
        received=Count("receipts", filter=Q(receipts__at__isnull=False), distinct=True),
    )


def document_page(actor: Actor, pk: int) -> DocumentPage:
    row = fetch(actor, access.VIEW_DOCUMENT, pk, join=("county", "cycle", "meeting"))
    office = access.DRAFT_DOCUMENT.held_by(actor)
    inside = actor.role in access.SIGNERS
    last = latest(access.FORMS[row.kind], row.pk) if inside else None
    signs = may(actor, access.TICK_NAMES, row)
    receipts = row.receipts.select_related("unit").order_by("unit__order", "unit_id")
    return DocumentPage(
        row,
        tuple(namings_of(row)) if office or signs else (),
        tuple(receipts) if office else (),
        tuple(visible(actor, access.RECEIVE_DOCUMENT).filter(document=row).select_related("unit").order_by("pk")),
        tuple(attachments(SCANS, [row.pk])[row.pk]),
        tuple(row.steps.order_by("-at", "-pk")) if inside else (),
        course(last) if last else None,
        waiting(actor).filter(approval=last).first() if last else None,
        access.OPEN_DOCUMENT.held_by(actor),
        frozenset(name for name, permission in DEEDS.items() if may(actor, permission, row)),
    )


def document_shown(actor: Actor, pk: int) -> Document:
    return fetch(actor, access.VIEW_DOCUMENT, pk, join=("county", "cycle", "meeting"))


def document_to(actor: Actor, deed: str, pk: int) -> Document:
    return fetch(actor, DEEDS[deed], pk, join=("county", "cycle", "meeting"))


def document_opened(actor: Actor, pk: int) -> Document:
    """A document whose figures the actor may follow to their rows.

    Raises
        Http404: no such document for him, or he sees its text only.
    """
    return fetch(actor, access.OPEN_DOCUMENT, pk, join=("county", "cycle", "meeting"))


def sections_of_document(row: Document) -> QuerySet[DocumentSection]:
    return row.sections.order_by("order", "pk")


def namings_of(row: Document) -> QuerySet[Naming]:
    return row.namings.select_related("unit").order_by("is_praise", "unit__order", "unit_id")


def namings(actor: Actor) -> QuerySet[Naming]:
    """What circulars would say of one's units, and said."""
    rows = visible(actor, access.EXPLAIN_NAMING).filter(asked_at__isnull=False)
    return rows.select_related("unit", "document").order_by("-asked_at", "-pk")


def naming_of(row: Document, pk: int) -> Naming:
    found = row.namings.filter(pk=pk).select_related("unit").first()
    if found is None:
        raise Http404
    return found


def naming_to_explain(actor: Actor, pk: int) -> Naming:
    return fetch(actor, access.EXPLAIN_NAMING, pk, join=("document__cycle", "unit"))


def namings_to_explain(actor: Actor) -> QuerySet[Naming]:
    rows = visible(actor, access.EXPLAIN_NAMING).filter(
        asked_at__isnull=False, answered_at=None, document__state=DocumentState.DRAFT.value
    )
    return rows.select_related("unit", "document").order_by("reply_by", "pk")


def receipt_to_give(actor: Actor, pk: int) -> DocumentReceipt:
    return fetch(actor, access.RECEIVE_DOCUMENT, pk, join=("document", "unit"))


def receipts_to_give(actor: Actor) -> QuerySet[DocumentReceipt]:
    rows = visible(actor, access.RECEIVE_DOCUMENT).filter(at=None, document__state=DocumentState.SENT.value)
    return rows.select_related("document", "unit").order_by("document__sent_at", "pk")


def under_way(actor: Actor) -> QuerySet[Document]:
    """Signed documents that wait for a number, a seal, or to be sent."""
    wait = [DocumentState.SIGNED.value, DocumentState.NUMBERED.value, DocumentState.SEALED.value]
    return visible(actor, access.NUMBER_DOCUMENT).filter(state__in=wait).order_by("signed_at", "pk")


def frozen_of(row: Document) -> Frozen | None:
    """What it said when it was frozen last."""
    return row.frozen.select_related("template").order_by("-at", "-pk").first()


def previous(row: Document) -> Document | None:
    """The one of its kind in its county that was signed before it, or last."""
    rows = Document.objects.filter(county_id=row.county_id, kind=row.kind, state__in=SIGNED_STATES).exclude(pk=row.pk)
    if row.signed_at:
        rows = rows.filter(signed_at__lt=row.signed_at)
    return rows.order_by("-signed_at", "-pk").first()


def is_intact(row: Document, frozen: Frozen) -> bool:
    """Whether a signed document still says what was signed: its digest by its content, its code by the key."""
    found = snapshots.digest(frozen.content)
    return found == frozen.digest == row.digest and code_of(found) == row.check_code


def code_of(digest: str) -> str:
    """The code on each page, which nobody makes without the key that is kept outside the database."""
    return check_code(ring(), digest, scope=CODE)


def by_code(actor: Actor, code: str) -> list[Document]:
    rows = visible(actor, access.VIEW_DOCUMENT).filter(check_code=code.strip().upper()).exclude(check_code="")
    return list(rows.order_by("-signed_at", "pk"))


def signer_of(row: Document) -> str:
    """The leader who signed on paper, where the office entered it for him."""
    last = latest(access.FORMS[row.kind], row.pk)
    deed = last.deeds.filter(kind=Deed.Kind.AGREE).order_by("-at", "-pk").first() if last else None
    return deed.signer if deed else ""


def next_issue(county_id: int, kind: str, year: int) -> int:
    """The number of one more bulletin of a year; the caller holds the county."""
    rows = Document.objects.filter(county_id=county_id, kind=kind, year=year, issue__isnull=False)
    last = rows.order_by("-issue").first()
    return (last.issue or 0) + 1 if last else 1


def standing(county_id: int, kind: str, *, cycle: Cycle | None, meeting: Meeting | None) -> Document | None:
    """A document of a kind on the same month or meeting that was not dropped."""
    rows = Document.objects.filter(county_id=county_id, kind=kind, cycle=cycle, meeting=meeting)
    return rows.exclude(state=DocumentState.DROPPED.value).order_by("pk").first()


def letterhead_of(county_id: int, kind: str) -> Letterhead | None:
    rows = Letterhead.objects.filter(county_id=county_id, kind=kind)
    return rows.select_related("template").first()


def letterheads(actor: Actor) -> dict[str, Letterhead]:
    return {one.kind: one for one in visible(actor, access.SET_LETTERHEAD)}


def meetings_for_minutes(actor: Actor) -> dict[int, Meeting]:
    """Meetings whose minutes are fixed and have not become a document."""
    taken = Document.objects.filter(meeting__isnull=False).exclude(state=DocumentState.DROPPED.value)
    rows = visible(actor, access.VIEW_MEETING).filter(state=MeetingState.FIXED.value)
    rows = rows.exclude(pk__in=taken.values("meeting_id"))
    return {one.pk: one for one in rows.order_by("-starts_at", "-pk")}


def units_in_words(text: str, county_id: int, today: date) -> list[Organisation]:
    """The schools and partners of a county whose names stand in a text."""
    units = [one for one in orgs.open_units(county_id, today) if one.kind in SCHOOLS]
    return [one for one in [*units, *partners(county_id, today).values()] if is_named(one, text)]


def is_named(unit: Organisation, text: str) -> bool:
    names = (unit.name, unit.short_name)
    return any(name in text for name in names if len(name) >= SHORTEST_NAME)


def county_of(actor: Actor) -> County:
    return orgs.county(actor.home)


def kind_label(kind: str) -> Any:
    return DocumentKind(kind).label


def reply_day(county_id: int, today: date) -> date:
    """Three working days to explain."""
    return office_calendar(county_id, today).add(today, REPLY_DAYS)


def units_to_send(row: Document) -> set[int]:
    """Whom a document concerns: who was asked in its month; who was at its meeting or is bound by it."""
    if row.cycle:
        return set(row.cycle.filings.values_list("unit_id", flat=True))
    if row.meeting is None:
        return set()
    bound = row.meeting.decisions.values_list("unit_id", flat=True)
    return {*row.meeting.attendances.values_list("unit_id", flat=True), *bound}


def document_kinds() -> list[tuple[str, Any]]:
    return list(DocumentKind.choices)


def document_states() -> list[tuple[str, Any]]:
    return list(Document._meta.get_field("state").choices or ())


def document_years(actor: Actor) -> list[tuple[int, str]]:
    years = visible(actor, access.VIEW_DOCUMENT).values_list("year", flat=True).distinct().order_by("-year")
    return [(year, str(year)) for year in years]


def number_said(row: Document) -> str:
    """第11期, or the number of the office system."""
    return _("第%(n)d期") % {"n": row.issue} if row.issue else row.document_no


def document_url(pk: int) -> str:
    return reverse("dispatch:document", args=[pk])
