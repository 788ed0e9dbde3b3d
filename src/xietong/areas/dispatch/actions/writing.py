"""A unit writes its filing: kept as it is typed, then submitted on its route of approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, queries
from xietong.areas.dispatch.actions.refusals import Incomplete, hold_filing
from xietong.areas.dispatch.models import Entry, EntryMilestone, Filing
from xietong.areas.dispatch.rules.states import EntryKind, FilingState, lacks_words
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval
from xietong.kit.approvals.queries import waiting
from xietong.kit.audit.record import record
from xietong.kit.clock.calendars import office_calendar
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Stale
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import change
from xietong.kit.words import for_the_record

KEPT = ("text", "problem", "quantity", "carried_out", "is_done")


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed and ticked for one entry; `reached` are keys of its milestones."""

    text: str = ""
    problem: str = ""
    quantity: Decimal | None = None
    carried_out: bool | None = None
    is_done: bool = False
    reached: frozenset[int] = frozenset()
    uploads: Sequence[str] = ()
    plain: Sequence[Any] = ()

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in KEPT} | {
            "text": self.text.strip(),
            "problem": self.problem.strip(),
        }


def keep_filing(
    actor: Actor, filing: Filing, *, version: int, said: Mapping[int, Said], highlight: str = "", now: datetime
) -> Filing:
    """This function will keep what has been typed so far; nothing has to be complete.

    Raises
        MovedOn: it cannot be written on any more.
        Stale: somebody of the unit has kept something else meanwhile.
    """
    said = with_uploads(actor, said)
    with transaction.atomic():
        row = of_version(hold_filing(filing, access.WRITE_FILING), version)
        keep_entries(actor, row, said, now=now)
        row.highlight, row.version = highlight.strip(), row.version + 1
        row.save(update_fields=["highlight", "version"])
    return row


def of_version(row: Filing, version: int) -> Filing:
    if row.version != version:
        raise Stale(_("这份月报刚刚在别处保存过，请刷新页面后接着填。"), current=row)
    return row


def with_uploads(actor: Actor, said: Mapping[int, Said]) -> dict[int, Said]:
    """Posted files as finished uploads: redrawing a picture takes seconds and is done before the transaction."""
    return {
        pk: Said(**one.values(), reached=one.reached, uploads=[*one.uploads, *take_posted(actor, one.plain)])
        for pk, one in said.items()
    }


def keep_entries(actor: Actor, filing: Filing, said: Mapping[int, Said], *, now: datetime) -> list[Entry]:
    """Every entry of the filing, changed where something else was said."""
    rows = list(filing.entries.select_related("task", "decision", "filing__cycle").order_by("pk"))
    changed = []
    for row in rows:
        if row.pk not in said:
            continue
        one = said[row.pk]
        values = one.values()
        if row.task and one.quantity == row.task.measured:
            # Confirmed, not said: a report that is accepted meanwhile must not be undone by it.
            values["quantity"] = None
        if {name: getattr(row, name) for name in KEPT} != values:
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
        if one.uploads:
            hang(actor, row, one.uploads, now=now)
    for row in changed:
        row.version += 1
    Entry.objects.bulk_update(changed, [*KEPT, "version"])
    tick(filing, said)
    return rows


def tick(filing: Filing, said: Mapping[int, Said]) -> None:
    """The milestones that are said to be reached, and those that are not any more."""
    rows = EntryMilestone.objects.filter(entry__filing=filing, entry__in=list(said))
    changed = [one for one in rows if one.is_reached != (one.pk in said[one.entry_id].reached)]
    for one in changed:
        one.is_reached = not one.is_reached
    EntryMilestone.objects.bulk_update(changed, ["is_reached"])


def hang(actor: Actor, entry: Entry, uploads: Sequence[str], *, now: datetime) -> None:
    attach(
        actor,
        owner_type=queries.ENTRY_OWNER,
        owner_id=entry.pk,
        county_id=entry.county_id,
        uploads=uploads,
        now=now,
    )


def submit_filing(
    actor: Actor, filing: Filing, *, version: int, said: Mapping[int, Said], highlight: str = "", now: datetime
) -> Filing:
    """This function will submit a filing; what was reported on a task in these days counts as said.

    The first submission is what a filing is judged by. Whoever submits and is the first to sign has signed with it.

    Raises
        Incomplete: something that is asked has no answer; nothing was kept.
        MovedOn: it cannot be written on any more.
        Stale: somebody of the unit has kept something else meanwhile.
        NobodyThere: a step of the route has nobody who could answer it.
    """
    said = with_uploads(actor, said)
    with transaction.atomic():
        row = of_version(hold_filing(filing, access.WRITE_FILING), version)
        entries = keep_entries(actor, row, said, now=now)
        take_reports(row, entries)
        must_be_complete(row, entries)
        row = change(
            actor,
            row,
            action="dispatch.submit",
            now=now,
            state=FilingState.SUBMITTED.value,
            highlight=highlight.strip(),
            is_nothing_new=not queries.any_said(row),
            author_name=actor.acting_name[:120],
            author_id=actor.person_id,
            first_at=row.first_at or now,
            submitted_at=now,
            answered_at=None,
            opinion="",
            review_by=review_day(row, now),
        )
        for entry in entries:
            if entry.text:
                record(actor, "dispatch.say", entry, now=now, changes={"text": (None, entry.text)})
        send_on_route(actor, row, now=now)
        row.refresh_from_db()
    return row


def take_reports(filing: Filing, entries: Sequence[Entry]) -> None:
    """What was reported on a task within these days is not asked again: an entry without words takes it over.

    With a tick or a figure of its own it says more than the report, and is entered beside it.
    """
    known, reached = queries.known_reports(filing.cycle, entries), queries.entries_reached(filing)
    taken = []
    for entry in entries:
        report = known.get(entry.task_id or 0)
        if report is not None and entry.text in {"", report.text}:
            says_more = entry.pk in reached or entry.carried_out is not None or entry.quantity is not None
            entry.text, entry.report = report.text, None if says_more else report
            taken.append(entry)
        elif entry.report_id:  # taken over before, and said in other words since
            entry.report = None
            taken.append(entry)
    Entry.objects.bulk_update(taken, ["text", "report"])


def must_be_complete(filing: Filing, entries: Sequence[Entry]) -> None:
    reached = queries.entries_reached(filing)
    lacking = [
        one
        for one in entries
        if lacks_words(
            EntryKind(one.kind),
            text=one.text,
            is_known=one.report_id is not None,
            reached=one.pk in reached,
            carried_out=one.carried_out,
        )
    ]
    if lacking:
        raise Incomplete(lacking)


def review_day(filing: Filing, now: datetime) -> Any:
    today = day_of(now)
    return office_calendar(filing.county_id, today).add(today, queries.spans_of(filing.county_id, today).review)


def send_on_route(actor: Actor, filing: Filing, *, now: datetime) -> None:
    """Starts the approval, and answers for whoever submits those first steps that wait for himself."""
    with for_the_record():
        title = _("%(unit)s %(cycle)s月报") % {"unit": filing.unit, "cycle": filing.cycle}
        opinion = _("本人报送")
    approvals.start(
        actor,
        form=access.SCHOOL_FORM if filing.unit.is_school else access.UNIT_FORM,
        owner_id=filing.pk,
        county_id=filing.county_id,
        unit_id=filing.unit_id,
        title=title,
        url=reverse("dispatch:filing", args=[filing.pk]),
        now=now,
    )
    while own := waiting(actor).filter(approval__owner_id=filing.pk, approval__form__in=access.FILING_FORMS).first():
        approvals.agree(actor, own, opinion=opinion, now=now)


def withdraw_filing(actor: Actor, filing: Filing, *, now: datetime) -> Filing:
    """This function will take a filing back before anybody has answered; then it counts as not filed yet.

    Raises
        MovedOn: it is not under review.
        TooLate: the first step has been answered.
    """
    with transaction.atomic():
        row = hold_filing(filing, access.WITHDRAW_FILING)
        approvals.withdraw(actor, running(row), now=now)
        row.refresh_from_db()
    return row


def running(filing: Filing) -> Approval:
    return Approval.objects.get(form__in=access.FILING_FORMS, owner_id=filing.pk, state=Approval.State.RUNNING)
