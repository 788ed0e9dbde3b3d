"""Reads: a task at work, with its reports, its requests for a later day, and what waits for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import access
from xietong.areas.plans.models import Extension, Report, Step, Task
from xietong.areas.plans.queries.work import REPORT_OWNER, light_of, light_rule
from xietong.areas.plans.rules.lights import Light
from xietong.areas.plans.rules.states import ExtensionState, ReportState, TaskState
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.queries import attachments


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with its files and what may be done about it."""

    row: Report
    files: tuple[Any, ...]
    may_review: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task with its reports, its course, its light, and what the actor may do now."""

    row: Task
    light: Light
    supports: tuple[Organisation, ...]
    reports: tuple[ReportView, ...]
    steps: tuple[Step, ...]
    sources: tuple[str, ...]
    extensions: tuple[Extension, ...]
    may_receive: bool
    may_report: bool
    may_change: bool
    may_ask_later: bool
    may_answer_later: bool


def task_page(actor: Actor, pk: int, today: date) -> TaskPage:
    row = fetch(actor, access.VIEW_TASK, pk, join=("lead_unit", "clause", "owner", "phase", "plan", "county"))
    reports = list(row.reports.select_related("unit").order_by("-number"))
    files = attachments(REPORT_OWNER, [report.pk for report in reports])
    reviewer, leads = access.REVIEW_REPORT.held_by(actor), is_ours(actor, row)
    extensions = tuple(row.extensions.select_related("unit").order_by("-at", "-pk"))
    asked = any(one.state == ExtensionState.ASKED.value for one in extensions)
    views = tuple(
        ReportView(
            report,
            tuple(files.get(report.pk, ())),
            reviewer and report.state == ReportState.SUBMITTED.value,
            leads and report.state == ReportState.SUBMITTED.value,
        )
        for report in reports
    )
    return TaskPage(
        row,
        light_of(row, {row.county_id: light_rule(row.county_id, today)}),
        tuple(support.unit for support in row.supports.select_related("unit").order_by("unit__order")),
        views,
        tuple(row.steps.order_by("-at", "-pk")),
        tuple(
            row.plan.source_text[start:end]
            for start, end in row.sentences.order_by("start").values_list("start", "end")
        ),
        extensions,
        may_receive=may(actor, access.RECEIVE_TASK, row),
        may_report=leads
        and access.REPORT_TASK.unless(row) is None
        and not any(view.row.state == ReportState.SUBMITTED.value for view in views),
        may_change=may(actor, access.CHANGE_TASK, row),
        may_ask_later=leads and not asked and access.ASK_EXTENSION.unless(row) is None,
        may_answer_later=asked and access.ANSWER_EXTENSION.held_by(actor),
    )


def is_ours(actor: Actor, task: Task) -> bool:
    """Whether the actor may speak for the lead unit of a task, in whatever state it is."""
    return access.REPORT_TASK.held_by(actor) and visible(actor, access.REPORT_TASK).filter(pk=task.pk).exists()


def task_to_extend(actor: Actor, pk: int) -> Task:
    return fetch(actor, access.ASK_EXTENSION, pk, join=("lead_unit",))


def extension_to_answer(actor: Actor, pk: int) -> Extension:
    return fetch(actor, access.ANSWER_EXTENSION, pk, join=("task", "unit"))


def waiting_extensions(actor: Actor) -> QuerySet[Extension]:
    """Requests for a later day that wait for the actor's answer, the oldest first."""
    rows = visible(actor, access.ANSWER_EXTENSION).filter(state=ExtensionState.ASKED.value)
    return rows.select_related("task", "unit").order_by("at", "pk")


def report_to_withdraw(actor: Actor, pk: int) -> Report:
    return fetch(actor, access.WITHDRAW_REPORT, pk, join=("task",))


def withdrawn_text(task: Task) -> str:
    """What the last report said if it was taken back, so that nobody types it once more."""
    last = task.reports.order_by("-number").first()
    return last.text if last and last.state == ReportState.WITHDRAWN.value else ""


def task_to_receive(actor: Actor, pk: int) -> Task:
    return fetch(actor, access.RECEIVE_TASK, pk)


def is_filed(actor: Actor, pk: int, *, request_key: str) -> bool:
    """Whether this very form has been filed: sent again, it is answered as the first time, not as too late."""
    return (
        bool(request_key)
        and visible(actor, access.REPORT_TASK).filter(pk=pk, reports__request_key=request_key).exists()
    )


def task_to_report(actor: Actor, pk: int) -> Task:
    return fetch(actor, access.REPORT_TASK, pk, join=("lead_unit",))


def report_to_review(actor: Actor, pk: int) -> Report:
    return fetch(actor, access.REVIEW_REPORT, pk, join=("task", "unit"))


def waiting_reports(actor: Actor) -> QuerySet[Report]:
    """Reports that wait for the actor's verdict, the oldest first."""
    return (
        visible(actor, access.REVIEW_REPORT)
        .filter(state=ReportState.SUBMITTED.value)
        .select_related("task", "unit")
        .order_by("at", "pk")
    )


def open_duties(actor: Actor) -> QuerySet[Task]:
    """Tasks that the actor must receive or report on, without those whose report is being reviewed."""
    waiting = Report.objects.filter(state=ReportState.SUBMITTED.value, county_id__in=actor.counties).values("task_id")
    return (
        visible(actor, access.REPORT_TASK)
        .filter(state__in=[TaskState.ISSUED.value, TaskState.UNDER_WAY.value])
        .exclude(pk__in=waiting)
        .select_related("lead_unit")
        .order_by("due_on", "pk")
    )
