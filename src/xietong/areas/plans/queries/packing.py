"""Reads: what goes into a 迎检材料包, as far as whoever asks for it may see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db.models import Count, F, Q, QuerySet, Sum

from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import access
from xietong.areas.plans.models import Clause, Plan, Report, Task
from xietong.areas.plans.queries.signing import SIGNED_OWNER
from xietong.areas.plans.queries.work import REPORT_OWNER, clauses_of
from xietong.areas.plans.rules.states import ReportState
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.files.models import Attachment
from xietong.kit.files.queries import attachments

DEEPEST = 2
"""Clauses are chosen by chapter and section; what stands below goes along."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which clauses, units and days; nothing named means all of them."""

    clauses: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    from_on: date | None = None
    to_on: date | None = None

    def payload(self) -> dict[str, Any]:
        days = [day.isoformat() if day else "" for day in (self.from_on, self.to_on)]
        return {"clauses": list(self.clauses), "units": list(self.units), "days": days}

    @classmethod
    def of(cls, payload: dict[str, Any]) -> Self:
        first, last = (date.fromisoformat(day) if day else None for day in payload["days"])
        return cls(tuple(payload["clauses"]), tuple(payload["units"]), first, last)


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was chosen: what goes in, and what is only named because it was withdrawn."""

    tasks: int
    reports: int
    files: int
    size: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class PackedReport:
    """An accepted report with its evidence and its signed sheets, withdrawn ones among them."""

    row: Report
    files: tuple[Attachment, ...]
    signed: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class PackedTask:
    """A task with what was accepted of it."""

    row: Task
    reports: tuple[PackedReport, ...]


def plan_to_pack(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.MAKE_PACKAGE, pk, join=("county",))


def sections(plan: Plan) -> dict[int, Clause]:
    """The chapters and sections that tasks hang on or below."""
    rows = clauses_of(plan)
    starts = set(plan.tasks.exclude(clause=None).values_list("clause__start", flat=True))
    return {
        row.pk: row for row in rows if row.level <= DEEPEST and any(row.start <= start < row.end for start in starts)
    }


def reporting_units(actor: Actor, plan: Plan) -> dict[int, Organisation]:
    """The units of which something was accepted, in official order."""
    units = accepted(actor, plan).values("unit_id")
    return {row.pk: row for row in Organisation.objects.filter(pk__in=units).order_by("order", "pk")}


def accepted(actor: Actor, plan: Plan) -> QuerySet[Report]:
    return visible(actor, access.VIEW_REPORT).filter(task__plan=plan, state=ReportState.ACCEPTED.value)


def packed_reports(actor: Actor, plan: Plan, choice: Choice) -> QuerySet[Report]:
    """The accepted reports of a choice that the actor sees, in the order of the text."""
    rows = accepted(actor, plan)
    if choice.clauses:
        rows = rows.filter(task__clause_id__in=with_what_stands_below(plan, choice.clauses))
    if choice.units:
        rows = rows.filter(unit_id__in=choice.units)
    if choice.from_on:
        rows = rows.filter(at__gte=midnight(choice.from_on))
    if choice.to_on:
        rows = rows.filter(at__lt=midnight(choice.to_on + timedelta(days=1)))
    return rows.order_by(F("task__clause__order").asc(nulls_last=True), "task_id", "number")


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def with_what_stands_below(plan: Plan, keys: Sequence[int]) -> list[int]:
    rows = clauses_of(plan)
    chosen = [row for row in rows if row.pk in keys]
    return [row.pk for row in rows if any(one.start <= row.start < one.end for one in chosen)]


def totals(actor: Actor, plan: Plan, choice: Choice) -> Totals:
    rows = packed_reports(actor, plan, choice)
    counted = rows.order_by().aggregate(tasks=Count("task_id", distinct=True), reports=Count("pk"))
    kept = Q(withdrawn_at=None)
    found = papers(rows).aggregate(
        files=Count("pk", filter=kept),
        size=Sum("blob__size", filter=kept, default=0),
        withdrawn=Count("pk", filter=~kept),
    )
    return Totals(**counted, **found)


def papers(rows: QuerySet[Report]) -> QuerySet[Attachment]:
    owners = rows.order_by().values("pk")
    return Attachment.objects.filter(owner_type__in=[REPORT_OWNER, SIGNED_OWNER], owner_id__in=owners)


def packed_order(actor: Actor, plan: Plan, choice: Choice) -> dict[int, list[int]]:
    """Task → its reports, all in the order of the package; keys alone, so that a large plan fits."""
    found: dict[int, list[int]] = {}
    for task, report in packed_reports(actor, plan, choice).values_list("task_id", "pk").iterator():
        found.setdefault(task, []).append(report)
    return found


def packed_task(actor: Actor, keys: Sequence[int]) -> PackedTask | None:
    """One task with those of its reports that the actor still sees; None if he sees none any more."""
    rows = list(
        visible(actor, access.VIEW_REPORT)
        .filter(pk__in=keys, state=ReportState.ACCEPTED.value)
        .select_related("task", "task__clause", "task__lead_unit", "unit")
        .order_by("number")
    )
    if not rows:
        return None
    shown = [row.pk for row in rows]
    files, signed = attachments(REPORT_OWNER, shown), attachments(SIGNED_OWNER, shown)
    return PackedTask(
        rows[0].task, tuple(PackedReport(row, tuple(files[row.pk]), tuple(signed[row.pk])) for row in rows)
    )


def every_paper(report: PackedReport) -> Iterator[tuple[Attachment, bool]]:
    """The files of a report, each with whether it is a signed sheet."""
    yield from ((file, False) for file in report.files)
    yield from ((file, True) for file in report.signed)
