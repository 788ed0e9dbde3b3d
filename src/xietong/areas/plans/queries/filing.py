"""Reads: a task at work, with its reports, its requests for a later day, and what waits for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xietong.areas.mechanisms.models import Mechanism
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import access
from xietong.areas.plans.models import Change, Extension, Report, Step, Task
from xietong.areas.plans.queries.changing import Altered, against_baseline, changes_of
from xietong.areas.plans.queries.mechanisms import mechanisms_of
from xietong.areas.plans.queries.parts import PartsPage, Supporter, merged_text, parts_page, progress_of, supporters
from xietong.areas.plans.queries.routing import Waiting, waiting_at
from xietong.areas.plans.queries.signing import Papers, papers_of
from xietong.areas.plans.queries.work import light_of, light_rule
from xietong.areas.plans.rules.lights import Light
from xietong.areas.plans.rules.progress import Progress
from xietong.areas.plans.rules.states import ExtensionState, ReportState, TaskState
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with its files and what may be done about it."""

    row: Report
    papers: Papers
    may_review: bool
    may_withdraw: bool
    waiting: Waiting | None


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
    may: frozenset[str]
    progress: Progress
    parts: PartsPage
    supporters: tuple[Supporter, ...]
    altered: tuple[Altered, ...]
    mechanisms: tuple[Mechanism, ...]
    changes: tuple[Change, ...]

    @property
    def has_parts(self) -> bool:
        parts = self.parts
        rows = parts.milestones or parts.occurrences or parts.children or parts.waits
        return bool(rows) or self.progress.share is not None

    @property
    def more(self) -> list[tuple[str, str, str, Any]]:
        """The rarer deeds: name, address, drawing, label."""
        return [
            (name, reverse(f"plans:{url}", args=[self.row.pk]), drawing, label)
            for name, url, drawing, label in MORE
            if name in self.may
        ]


MORE = (
    ("delegate", "task_delegate", "users", gettext_lazy("转办")),
    ("return", "task_return", "arrow-back-up", gettext_lazy("退件")),
    ("split", "task_split", "stack-2", gettext_lazy("分解子任务")),
    ("parts", "milestone_add", "flag", gettext_lazy("增加里程碑")),
    ("reassign", "task_reassign", "arrows-exchange", gettext_lazy("改派")),
    ("propose", "task_amend", "pencil", gettext_lazy("提出变更")),
    ("propose", "task_cancel", "x", gettext_lazy("取消任务")),
    ("suspend", "task_suspend", "ban", gettext_lazy("暂停")),
    ("reopen", "task_reopen", "refresh", gettext_lazy("重新办理")),
    ("apply", "task_mechanisms", "book-2", gettext_lazy("适用制度")),
)


def task_page(actor: Actor, pk: int, today: date) -> TaskPage:
    joined = ("lead_unit", "clause", "owner", "phase", "plan", "county", "parent")
    row = fetch(actor, access.VIEW_TASK, pk, join=joined)
    reports = list(row.reports.select_related("unit").order_by("-number"))
    reviewer, leads = access.REVIEW_REPORT.held_by(actor), is_ours(actor, row)
    papers = papers_of(actor, reports, leads=leads)
    extensions = tuple(row.extensions.select_related("unit").order_by("-at", "-pk"))
    asked = any(one.state == ExtensionState.ASKED.value for one in extensions)
    steps = waiting_at(actor, reports)
    waiting = any(report.state == ReportState.SUBMITTED.value for report in reports)
    views = tuple(
        ReportView(
            report,
            papers[report.pk],
            reviewer and access.REVIEW_REPORT.unless(report) is None,
            leads and report.state == ReportState.SUBMITTED.value,
            steps.get(report.pk),
        )
        for report in reports
    )
    supported = supporters(row)
    return TaskPage(
        row,
        light_of(row, {row.county_id: light_rule(row.county_id, today)}),
        tuple(one.unit for one in supported),
        views,
        tuple(row.steps.order_by("-at", "-pk")),
        tuple(
            row.plan.source_text[start:end]
            for start, end in row.sentences.order_by("start").values_list("start", "end")
        ),
        extensions,
        may_receive=may(actor, access.RECEIVE_TASK, row),
        may_report=leads and access.REPORT_TASK.unless(row) is None and not waiting,
        may_change=may(actor, access.CHANGE_TASK, row),
        may_ask_later=leads and not asked and access.ASK_EXTENSION.unless(row) is None,
        may_answer_later=asked and access.ANSWER_EXTENSION.held_by(actor),
        may=deeds(actor, row, leads=leads, waiting=waiting),
        progress=progress_of(row),
        parts=parts_page(row),
        supporters=supported,
        altered=against_baseline(row),
        mechanisms=mechanisms_of(actor, row),
        changes=changes_of(row),
    )


def deeds(actor: Actor, task: Task, *, leads: bool, waiting: bool) -> frozenset[str]:
    """What else may be done to a task at hand; a report under review keeps it where it is."""
    office = access.REASSIGN_TASK.held_by(actor) and task.county_id == actor.county_id
    ours = {name for name, right in UNIT_DEEDS.items() if leads and right.held_by(actor) and not right.unless(task)}
    theirs = {name for name, right in OFFICE_DEEDS.items() if office and not right.unless(task)}
    supports = access.CONTRIBUTE.held_by(actor) and not access.CONTRIBUTE.unless(task)
    if supports and task.supports.filter(unit_id__in=actor.orgs).exists():
        ours.add("contribute")
    return frozenset((ours | theirs) - (STILL if waiting else set()))


UNIT_DEEDS = {
    "return": access.RETURN_TASK,
    "take_back": access.TAKE_BACK_RETURN,
    "delegate": access.DELEGATE_TASK,
    "parts": access.CHANGE_PARTS,
    "split": access.SPLIT_TASK,
}
OFFICE_DEEDS = {
    "insist": access.INSIST_TASK,
    "reassign": access.REASSIGN_TASK,
    "suspend": access.SUSPEND_TASK,
    "resume": access.RESUME_TASK,
    "reopen": access.REOPEN_TASK,
    "parts": access.CHANGE_PARTS,
    "split": access.SPLIT_TASK,
    "propose": access.PROPOSE_CHANGE,
    "apply": access.APPLY_MECHANISMS,
}
STILL = {"return", "reassign", "suspend"}


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


def text_to_begin(task: Task) -> str:
    """What a report begins with, so that nobody types it once more: the last one if it was taken back, else the parts
    that supporting units have filed."""
    last = task.reports.order_by("-number").first()
    return last.text if last and last.state == ReportState.WITHDRAWN.value else merged_text(task)


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
        .filter(state=ReportState.SUBMITTED.value, by_route=False)
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
        .order_by("light_on", "pk")
    )
