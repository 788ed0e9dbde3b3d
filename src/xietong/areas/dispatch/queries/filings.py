"""Reads: one filing, to be written or read, and what its actions have to know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import (
    Correction,
    Cycle,
    Entry,
    EntryMilestone,
    Filing,
    FilingExtension,
)
from xietong.areas.dispatch.queries.asking import A_YEAR, last_entries, reports_since
from xietong.areas.dispatch.rules.states import WITH_THE_UNIT, CycleState, EntryKind, is_typed
from xietong.areas.plans.models import Report
from xietong.areas.plans.queries import REPORT_OWNER
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval, Deed, Stage
from xietong.kit.approvals.queries import Course, course, waiting
from xietong.kit.files.queries import attachments
from xietong.kit.words import for_the_record

ENTRY_OWNER = "dispatch.entry"


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with what was said of it last, what is known already, and its files."""

    row: Entry
    last: Entry | None
    known: Report | None
    milestones: tuple[EntryMilestone, ...]
    files: tuple[Any, ...]
    corrections: tuple[Correction, ...]

    @property
    def is_asked(self) -> bool:
        return self.row.kind != EntryKind.OFFERED.value

    @property
    def is_typed(self) -> bool:
        return is_typed(EntryKind(self.row.kind)) and self.known is None

    @property
    def is_said(self) -> bool:
        return is_said(self.row)


@dataclass(frozen=True, slots=True)
class FilingPage:
    """A filing with its entries, those that are asked first, its course, and what the actor may do."""

    row: Filing
    asked: tuple[EntryView, ...]
    offered: tuple[EntryView, ...]
    course: Course | None
    stage: Stage | None
    extensions: tuple[FilingExtension, ...]
    today: date
    may: frozenset[str]

    @property
    def typed(self) -> int:
        """How many boxes somebody has to write in."""
        return sum(one.is_typed for one in self.asked)

    @property
    def entries(self) -> tuple[EntryView, ...]:
        return (*self.asked, *self.offered)

    @property
    def said(self) -> tuple[EntryView, ...]:
        return tuple(one for one in self.entries if one.is_said)

    @property
    def silent(self) -> int:
        """Tasks with nothing new."""
        return len(self.entries) - len(self.said)


DEEDS = {
    "write": access.WRITE_FILING,
    "withdraw": access.WITHDRAW_FILING,
    "excuse": access.EXCUSE_FILING,
    "put_off": access.ASK_EXTENSION,
}


def my_filings(actor: Actor) -> QuerySet[Filing]:
    """The filings of one's own units, the latest first."""
    rows = visible(actor, access.VIEW_FILING).filter(unit_id__in=actor.orgs)
    return rows.select_related("cycle", "unit").order_by("-cycle__month", "-cycle_id", "unit__order", "pk")


def to_write(actor: Actor) -> QuerySet[Filing]:
    """What one's units have to file now."""
    rows = visible(actor, access.WRITE_FILING).filter(state__in=sorted(WITH_THE_UNIT), unit__closed_on=None)
    rows = rows.filter(cycle__state=CycleState.OPEN.value)
    return rows.select_related("cycle", "unit").order_by("due_on", "pk")


def filing_to_write(actor: Actor, pk: int) -> Filing:
    return fetch(actor, access.WRITE_FILING, pk, join=("cycle", "unit", "county"))


def filing_to(actor: Actor, name: str, pk: int) -> Filing:
    return fetch(actor, DEEDS[name], pk, join=("cycle", "unit"))


def filing_page(actor: Actor, pk: int, today: date) -> FilingPage:
    row = fetch(actor, access.VIEW_FILING, pk, join=("cycle", "unit", "county"))
    views = entry_views(row)
    running = Approval.objects.filter(form__in=access.FILING_FORMS, owner_id=row.pk).order_by("-started_at", "-pk")
    last = running.first()
    return FilingPage(
        row,
        tuple(one for one in views if one.is_asked),
        tuple(one for one in views if not one.is_asked),
        course(last) if last else None,
        waiting(actor).filter(approval=last).first() if last else None,
        tuple(row.extensions.order_by("-at", "-pk")),
        today,
        frozenset(name for name, permission in DEEDS.items() if may(actor, permission, row)),
    )


def entries_of(filing: Filing) -> list[Entry]:
    """The entries in the order in which they are asked."""
    ticks = Prefetch(
        "milestones", queryset=EntryMilestone.objects.select_related("milestone").order_by("milestone__due_on", "pk")
    )
    rows = filing.entries.select_related("task__clause", "decision", "occurrence", "report")
    order = {kind.value: place for place, kind in enumerate(EntryKind)}
    found = list(rows.prefetch_related(ticks, "corrections").order_by("pk"))
    for one in found:
        one.filing = filing
    return sorted(found, key=lambda one: (order[one.kind], one.pk))


def entry_views(filing: Filing) -> list[EntryView]:
    rows = entries_of(filing)
    tasks, decisions = (
        [one.task_id for one in rows if one.task_id],
        [one.decision_id for one in rows if one.decision_id],
    )
    last = last_entries(filing.cycle, tasks, decisions)
    known = known_reports(filing.cycle, rows)
    files = attachments(ENTRY_OWNER, [one.pk for one in rows])
    reported = attachments(REPORT_OWNER, [one.report_id for one in rows if one.report_id])
    return [
        EntryView(
            one,
            last.get(("task" if one.task_id else "decision", one.task_id or one.decision_id or 0)),
            known.get(one.task_id or 0),
            tuple(one.milestones.all()),
            (*files[one.pk], *reported.get(one.report_id or 0, ())),
            tuple(sorted(one.corrections.all(), key=lambda row: row.pk)),
        )
        for one in rows
    ]


def known_reports(cycle: Cycle, entries: Iterable[Entry]) -> dict[int, Report]:
    """Task → the last report on it in the days of a cycle, unless it was sent back: that need not be told again."""
    rows = reports_since((one.task_id for one in entries if one.task_id), cycle.span_from, cycle=cycle)
    return {one.task_id: one for one in rows.order_by("number")}


def entries_reached(filing: Filing) -> set[int]:
    """The entries that say of one of their milestones that it is reached."""
    return set(
        EntryMilestone.objects.filter(entry__filing=filing, is_reached=True).values_list("entry_id", flat=True)
    )


SAID = (
    ~Q(text="")
    | ~Q(problem="")
    | Q(carried_out__isnull=False)
    | Q(quantity__isnull=False)
    | Q(milestones__is_reached=True)
)


def is_said(entry: Entry) -> bool:
    """Whether an entry says anything; a task with nothing new does not."""
    reached = any(one.is_reached for one in entry.milestones.all())
    told = (entry.carried_out, entry.quantity)
    return bool(entry.text or entry.problem) or any(one is not None for one in told) or reached


def any_said(filing: Filing) -> bool:
    return filing.entries.filter(SAID).exists()


def words_of(entry: Entry) -> str:
    """What an entry says: its words, or what its ticks mean, in the language of the records."""
    if entry.text:
        return entry.text
    with for_the_record():
        return "".join([*ticked_words(entry), entry.problem])


def ticked_words(entry: Entry) -> list[str]:
    """What the ticks and the figure of an entry mean."""
    parts = [
        _("里程碑“%(title)s”已达到。") % {"title": one.milestone} for one in entry.milestones.all() if one.is_reached
    ]
    if entry.carried_out is not None:
        parts.append(_("本期已开展。") if entry.carried_out else _("本期未开展。"))
    if entry.quantity is not None and entry.task:
        said = {"n": f"{entry.quantity.normalize():f}", "measure": entry.task.measure}
        parts.append(_("累计完成 %(n)s %(measure)s。") % said)
    return parts


def last_opinion(filing: Filing) -> str:
    """The last words that were written on a step of its route."""
    deeds = Deed.objects.filter(approval__form__in=access.FILING_FORMS, approval__owner_id=filing.pk)
    last = deeds.filter(kind__in=[Deed.Kind.AGREE, Deed.Kind.SEND_BACK]).order_by("-at", "-pk").first()
    return last.opinion if last else ""


def filings_with_unit(unit_id: int) -> list[Filing]:
    """What a unit has still to file in the months that are open."""
    rows = Filing.objects.filter(unit_id=unit_id, state__in=sorted(WITH_THE_UNIT))
    rows = rows.exclude(cycle__state=CycleState.LOCKED.value)
    return list(rows.select_related("cycle").order_by("pk"))


def to_remind(cycle: Cycle, filings: Sequence[int]) -> list[Filing]:
    """Of these, those that are still with their unit."""
    rows = cycle.filings.filter(pk__in=filings, state__in=sorted(WITH_THE_UNIT)).select_related("unit")
    return list(rows.order_by("unit__order", "pk"))


def extension_to_answer(actor: Actor, pk: int) -> FilingExtension:
    return fetch(actor, access.ANSWER_EXTENSION, pk, join=("filing__unit", "filing__cycle"))


def extensions_to_answer(actor: Actor) -> QuerySet[FilingExtension]:
    rows = visible(actor, access.ANSWER_EXTENSION).filter(state="asked")
    return rows.select_related("filing__unit", "filing__cycle").order_by("at", "pk")


def entry_to_correct(actor: Actor, pk: int) -> Entry:
    return fetch(actor, access.ASK_CORRECTION, pk, join=("filing__unit", "filing__cycle", "task", "decision"))


def correction_to_answer(actor: Actor, pk: int) -> Correction:
    return fetch(actor, access.ANSWER_CORRECTION, pk, join=("entry__filing__unit", "entry__filing__cycle"))


def corrections_to_answer(actor: Actor) -> QuerySet[Correction]:
    rows = visible(actor, access.ANSWER_CORRECTION).filter(state="asked")
    return rows.select_related("entry__filing__unit", "entry__filing__cycle").order_by("at", "pk")


def filings_to_sign(actor: Actor) -> set[int]:
    """The filings whose open step waits for the actor."""
    rows = waiting(actor).filter(approval__form__in=access.FILING_FORMS)
    return set(rows.values_list("approval__owner_id", flat=True))


def filing_states() -> list[tuple[str, Any]]:
    return list(Filing.STATES)


def due_by_rule(cycle: Cycle, today: date, soon: date) -> list[Filing]:
    """What is still with its unit and due today or on the day that the rule names, and not reminded today."""
    rows = cycle.filings.filter(state__in=sorted(WITH_THE_UNIT), due_on__in={today, soon})
    rows = rows.exclude(reminded_at__date=today).select_related("unit")
    return list(rows.order_by("unit__order", "pk"))


def open_cycles(today: date) -> list[Cycle]:
    """The cycles of every county in which something may fall due soon."""
    return list(
        Cycle.objects.filter(state=CycleState.OPEN.value, due_on__gte=today - A_YEAR).order_by("county", "pk")
    )


def may_correct(actor: Actor, filing: Filing) -> bool:
    """Whether the entries of a filing may be corrected: it was accepted, its month is locked, it is one's own."""
    ours = access.ASK_CORRECTION.held_by(actor) and filing.unit_id in actor.orgs
    return ours and access.not_to_correct(Entry(filing=filing)) is None
