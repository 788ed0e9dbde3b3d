"""拟稿: a document begins with what the system counted; the office edits its words and sends it for approval."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import access, documents, queries
from xietong.areas.dispatch.actions.freezing import BY, freeze, note
from xietong.areas.dispatch.actions.naming import must_be_heard, must_be_listed, propose_names
from xietong.areas.dispatch.actions.refusals import hold
from xietong.areas.dispatch.models import Cycle, Document, DocumentSection, Meeting
from xietong.areas.dispatch.rules.snapshots import Section, unknown_names
from xietong.areas.dispatch.rules.states import CycleState, DocumentDeed, DocumentState, MeetingState
from xietong.areas.orgs import queries as orgs
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked

REBUILT = gettext_noop("按最新数据重新生成文字")


class AlreadyDrafted(Refused):
    """There is a document on the same month or meeting already; names it."""


class NothingToSay(Refused):
    """The month is not open yet, or the minutes of the meeting are not fixed."""


class UnknownFigure(Refused):
    """Something in braces is no figure; names the section and the likeliest figure."""


class NoWords(Refused):
    """A document without words, or without a title."""


def draft_document(
    actor: Actor, *, kind: str, cycle: Cycle | None = None, meeting: Meeting | None = None, now: datetime
) -> Document:
    """This function will draft a document on a month, or on a meeting whose minutes are fixed.

    Raises
        NothingToSay: the month is not open yet, the minutes are not fixed.
        AlreadyDrafted: there is one; circulars there may be several of.
    """
    must_have_a_subject(cycle, meeting)
    today = day_of(now)
    with transaction.atomic():
        locked(orgs.county(actor.home))
        there = queries.standing(actor.home, kind, cycle=cycle, meeting=meeting)
        if there and kind != "circular":
            raise AlreadyDrafted(_("已经有一份“%(title)s”，请在它上面修改。") % {"title": there.title})
        row = Document(
            county_id=actor.home,
            kind=kind,
            cycle=cycle,
            meeting=meeting,
            year=today.year,
            drafted_by=actor.label[:BY],
            drafted_at=now,
        )
        material = documents.material_of(row, today)
        row.title = material.title
        row = add(actor, row, action="dispatch.draft_document", now=now)
        keep_sections(row, material.sections)
        if kind == "circular" and cycle:
            propose_names(actor, row, cycle, now=now)
        note(actor, row, DocumentDeed.DRAFT, now=now)
    return row


def must_have_a_subject(cycle: Cycle | None, meeting: Meeting | None) -> None:
    if cycle and cycle.state == CycleState.OPENING.value:
        raise NothingToSay(_("%(cycle)s正在开启，请稍候。") % {"cycle": cycle})
    if meeting and meeting.state != MeetingState.FIXED.value:
        raise NothingToSay(_("纪要还没有定稿，定稿以后才能制发文件。"))


def keep_sections(row: Document, sections: Sequence[Section]) -> None:
    row.sections.all().delete()
    DocumentSection.objects.bulk_create(
        DocumentSection(
            county_id=row.county_id,
            document=row,
            order=order,
            heading=one.heading,
            text=one.text,
            listing=one.listing,
            graph=one.graph,
            sources=[asdict(source) for source in one.sources],
        )
        for order, one in enumerate(sections, start=1)
    )


def change_draft(
    actor: Actor,
    document: Document,
    *,
    version: int,
    title: str,
    sections: Mapping[int, Mapping[str, Any]],
    added: Mapping[str, Any] | None = None,
    now: datetime,
) -> Document:
    """This function will keep what the office wrote; a section without heading, words, list and chart goes away.

    `sections` gives the fields of a section by its key, `added` those of one more at the end.

    Raises
        MovedOn: it is no draft any more.
        UnknownFigure: something in braces is no figure.
        Stale: somebody changed it meanwhile.
    """
    with transaction.atomic():
        row = hold(document, access.CHANGE_DOCUMENT)
        must_know_figures(row, [*sections.values(), added or {}], now=now)
        row = change(actor, row, action="dispatch.change_draft", now=now, version=version, title=title.strip())
        for one in queries.sections_of_document(row):
            if one.pk in sections:
                write_section(one, sections[one.pk])
        if added and f"{added.get('heading', '')}{added.get('text', '')}".strip():
            order = 1 + max((one.order for one in queries.sections_of_document(row)), default=0)
            write_section(DocumentSection(county_id=row.county_id, document=row, order=order), added)
    return row


def write_section(section: DocumentSection, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(section, name, value.strip() if isinstance(value, str) else value)
    kept = section.heading or section.text or (section.listing and section.has_listing)
    if kept or (section.graph and section.has_graph):
        section.save()
    else:
        section.delete()


def must_know_figures(row: Document, sections: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
    known = [one.name for one in documents.material_of(row, day_of(now)).figures]
    for one in sections:
        for name, near in unknown_names(one.get("text", ""), known):
            said = {"heading": one.get("heading") or _("开头一段"), "name": name, "near": near}
            if near:
                raise UnknownFigure(_("“%(heading)s”里的{%(name)s}不是系统数据，是不是{%(near)s}？") % said)
            raise UnknownFigure(
                _("“%(heading)s”里的“%(name)s”不是系统数据的名称；花括号里只能写右侧所列的名称，且要成对。") % said
            )


def rebuild_draft(actor: Actor, document: Document, *, now: datetime) -> Document:
    """This function will write the words of a draft anew from what has come since; what was edited is lost.

    Raises
        MovedOn: it is no draft any more.
    """
    with transaction.atomic():
        row = hold(document, access.CHANGE_DOCUMENT)
        material = documents.material_of(row, day_of(now))
        row = change(actor, row, action="dispatch.rebuild_draft", now=now, title=material.title)
        keep_sections(row, material.sections)
        note(actor, row, DocumentDeed.DRAFT, said=REBUILT, now=now)
    return row


def submit_document(actor: Actor, document: Document, *, now: datetime) -> Approval:
    """This function will freeze a draft and send it on its route: what is signed is what was sent.

    Raises
        MovedOn: it is no draft any more.
        NoWords: it says nothing.
        NotHeard: a unit that it may name has not been asked, or may still explain.
        NotListed: its words name a unit that is not on the list.
        NobodyThere: a step of the route has nobody who could answer it.
    """
    with transaction.atomic():
        row, today = hold(document, access.CHANGE_DOCUMENT), day_of(now)
        snapshot = documents.as_it_stands(row, today)
        if not any(one.text for one in snapshot.sections) or not row.title:
            raise NoWords(_("文稿还没有标题或正文。"))
        if row.kind == "circular":
            must_be_heard(row, today)
            must_be_listed(row, snapshot, today)
        freeze(row, snapshot, now=now)
        row = change(actor, row, action="dispatch.submit_document", now=now, state=DocumentState.APPROVING.value)
        note(actor, row, DocumentDeed.SUBMIT, now=now)
        return approvals.start(
            actor,
            form=access.FORMS[row.kind],
            owner_id=row.pk,
            county_id=row.county_id,
            title=row.title,
            url=queries.document_url(row.pk),
            now=now,
        )


def drop_document(actor: Actor, document: Document, *, reason: str, now: datetime) -> Document:
    """This function will give a draft up; it stays on the list with the reason.

    Raises
        MovedOn: it was sent for approval, or signed.
    """
    with transaction.atomic():
        row = hold(document, access.DROP_DOCUMENT)
        values: dict[str, Any] = {"state": DocumentState.DROPPED.value, "drop_reason": reason.strip()}
        row = change(actor, row, action="dispatch.drop_document", now=now, reason=reason, **values)
        note(actor, row, DocumentDeed.DROP, said=reason.strip(), now=now)
    return row
