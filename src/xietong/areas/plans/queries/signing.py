"""Reads: the papers of reports — evidence with what was said of each file, signed sheets, what is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import Http404

from xietong.areas.plans import access
from xietong.areas.plans.models import FileRemark, Report, Task
from xietong.areas.plans.queries.work import REPORT_OWNER
from xietong.areas.plans.rules.states import ReportState
from xietong.kit.access.permissions import fetch
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.models import Attachment
from xietong.kit.files.queries import attachments
from xietong.kit.keys.codes import check_code
from xietong.kit.ring import ring

SIGNED_OWNER = "plans.signed"
PAPER = "plans.report.paper"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a report: what was found wrong with it, and whether the actor may take it back."""

    file: Any
    remark: str
    may_pull: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """The evidence of a report and the photographed sheets that were signed for it."""

    files: tuple[Paper, ...]
    signed: tuple[Paper, ...]
    may_sign: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as it goes on paper; `code` ties the paper to what the report said when it was printed."""

    row: Report
    files: tuple[Any, ...]
    code: str


@dataclass(frozen=True, slots=True)
class PrintedTask:
    """A task on paper, with its reports and its course."""

    row: Task
    supports: tuple[str, ...]
    reports: tuple[Printed, ...]
    steps: tuple[Any, ...]


def papers_of(actor: Actor, reports: Sequence[Report], *, leads: bool) -> dict[int, Papers]:
    """Report → its papers, in three queries however many reports there are."""
    keys = [one.pk for one in reports]
    files, signed = attachments(REPORT_OWNER, keys), attachments(SIGNED_OWNER, keys)
    said = {
        (one.report_id, one.file_id): one.text for one in FileRemark.objects.filter(report__in=keys).order_by("pk")
    }

    def shown(report: Report, rows: Sequence[Any]) -> tuple[Paper, ...]:
        return tuple(
            Paper(row, said.get((report.pk, row.pk), ""), leads and row.withdrawn_at is None) for row in rows
        )

    may_sign = leads or (access.SIGN_REPORT.held_by(actor) and access.REVIEW_REPORT.held_by(actor))
    return {
        one.pk: Papers(
            shown(one, files[one.pk]),
            shown(one, signed[one.pk]),
            may_sign and one.state != ReportState.WITHDRAWN.value,
        )
        for one in reports
    }


def report_to_sign(actor: Actor, pk: int) -> Report:
    return fetch(actor, access.SIGN_REPORT, pk, join=("task", "unit"))


def report_to_pull_from(actor: Actor, pk: int) -> Report:
    return fetch(actor, access.PULL_FILE, pk, join=("task", "unit"))


def file_of(report: Report, pk: int) -> Attachment:
    """A file of this report, evidence or signed sheet; of another one it does not exist."""
    owners = (REPORT_OWNER, SIGNED_OWNER)
    row = Attachment.objects.filter(owner_type__in=owners, owner_id=report.pk, pk=pk).first()
    if row is None:
        raise Http404
    return row


def evidence_of(report: Report) -> list[Attachment]:
    """The files that a verdict may say something about."""
    return [row for row in attachments(REPORT_OWNER, [report.pk])[report.pk] if row.withdrawn_at is None]


def report_printed(actor: Actor, pk: int) -> Printed:
    join = ("task", "task__clause", "task__plan", "task__phase", "unit", "county")
    row = fetch(actor, access.VIEW_REPORT, pk, join=join)
    return printed([row])[0]


def task_printed(actor: Actor, pk: int) -> PrintedTask:
    row = fetch(actor, access.VIEW_TASK, pk, join=("lead_unit", "clause", "owner", "phase", "plan", "county"))
    reports = row.reports.exclude(state=ReportState.WITHDRAWN.value).select_related("unit").order_by("number")
    return PrintedTask(
        row,
        tuple(str(one.unit) for one in row.supports.select_related("unit").order_by("unit__order")),
        tuple(printed(list(reports))),
        tuple(row.steps.order_by("at", "pk")),
    )


def printed(reports: Sequence[Report]) -> list[Printed]:
    files = attachments(REPORT_OWNER, [one.pk for one in reports])
    return [Printed(one, tuple(files[one.pk]), code_of(one, files[one.pk])) for one in reports]


def code_of(report: Report, files: Sequence[Attachment]) -> str:
    """核对码: another one as soon as the report is answered, or one of its files is taken back."""
    said = [report.text, report.state, report.opinion, str(report.quantity or "")]
    held = [file.blob.sha256 for file in files if file.withdrawn_at is None]
    digest = sha256("\x1f".join([*said, *held]).encode()).hexdigest()
    return check_code(ring(), f"{report.pk}:{report.version}:{digest}", scope=PAPER)
