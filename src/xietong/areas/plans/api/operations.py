"""One query or action an operation."""

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import File, Header, Query, Status, UploadedFile

from xietong.areas.plans import access, actions, queries
from xietong.areas.plans.api import shapes
from xietong.kit.accounts.request import Request
from xietong.kit.api.operations import Operations
from xietong.kit.api.paging import Window, next_link, page_of
from xietong.kit.api.refusals import Conflict, KeyReused
from xietong.kit.api.shapes import moment
from xietong.kit.files import serving
from xietong.kit.files.actions import take_posted
from xietong.kit.files.uploading import mine
from xietong.kit.files.views import revalidated

# As the database keeps it, so that a request that is sent again is answered to the letter.
CENTS = Decimal("0.01")
READ, REPORT = "plans.read", "plans.report"
OPERATIONS = Operations("plans")
KEY = _("每次填报一个新的，如 UUID；重发时不变")
Key = Annotated[
    str, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[!-~]+$", description=KEY)
]


@OPERATIONS.read(
    "/plans",
    access.VIEW_PLAN,
    scope=READ,
    answer=shapes.Plans,
    summary=_("方案列表"),
    about=_("令牌的角色能看到的方案，按编号排列。办公室看到本县全部方案，其他角色看到已下达、已归档的。"),
)
def plans(request: Request, response: HttpResponse, window: Query[Window]) -> Any:
    page = page_of(queries.plans(request.actor), window)
    return {
        "items": [shapes.PlanShape.of(row) for row in page.rows],
        "next": next_link(request, response, page.cursor),
    }


@OPERATIONS.read(
    "/plans/{int:plan_id}",
    access.VIEW_PLAN,
    scope=READ,
    answer=shapes.PlanWhole,
    summary=_("一个方案和它的条款"),
    about=_("方案的名称、文号、状态，以及按原文顺序排列的条款。"),
)
def plan(request: Request, plan_id: int) -> Any:
    row, clauses = queries.plan_read(request.actor, plan_id)
    return shapes.PlanWhole.of(row, clauses=[shapes.ClauseShape.of(one) for one in clauses])


@OPERATIONS.read(
    "/plans/{int:plan_id}/objectives",
    access.VIEW_PLAN,
    scope=READ,
    answer=shapes.Objectives,
    summary=_("方案的目标"),
    about=_("从方案原文读出的目标：达到什么、多少、何时。原文没有写明的为空。"),
)
def objectives(request: Request, response: HttpResponse, plan_id: int, window: Query[Window]) -> Any:
    page = page_of(queries.objectives_read(request.actor, plan_id), window)
    return {
        "items": [shapes.ObjectiveShape.of(row) for row in page.rows],
        "next": next_link(request, response, page.cursor),
    }


@OPERATIONS.read(
    "/tasks",
    access.VIEW_TASK,
    scope=READ,
    answer=shapes.Tasks,
    summary=_("任务列表，可按条件筛选"),
    about=_(
        "令牌的角色能看到的任务，按编号排列，条件可以同时用几个。"
        "增量同步：记下本次开始的时间，下次作为 updated_since。"
    ),
)
def tasks(request: Request, response: HttpResponse, window: Query[shapes.TaskWindow]) -> Any:
    wanted = queries.Wanted(**window.model_dump(exclude={"limit", "cursor"}))
    page = page_of(queries.tasks_read(request.actor, wanted), window)
    lights = queries.lights_of(request.actor, page.rows, request.today)
    return {
        "items": [shapes.TaskShape.of(row, lights[row.pk]) for row in page.rows],
        "next": next_link(request, response, page.cursor),
    }


@OPERATIONS.read(
    "/tasks/{int:task_id}",
    access.VIEW_TASK,
    scope=READ,
    answer=shapes.TaskWhole,
    summary=_("一项任务和它的里程碑、各期"),
    about=_("任务的单位、期限、状态、亮灯和进度；里程碑和各期的编号在填报时使用。"),
)
def task(request: Request, task_id: int) -> Any:
    row = queries.task_read(request.actor, task_id)
    light = queries.lights_of(request.actor, [row], request.today)[task_id]
    milestones, periods = queries.parts_read(row)
    return shapes.TaskWhole.of(
        row,
        light,
        milestones=[shapes.MilestoneShape.from_orm(one) for one in milestones],
        periods=[shapes.PeriodShape.from_orm(one) for one in periods],
    )


@OPERATIONS.read(
    "/tasks/{int:task_id}/reports",
    access.VIEW_REPORT,
    scope=READ,
    answer=shapes.Reports,
    summary=_("任务的填报"),
    about=_("一项任务的历次填报，先报的在前，连同审核结果。"),
)
def reports(request: Request, response: HttpResponse, task_id: int, window: Query[Window]) -> Any:
    page = page_of(queries.reports_read(request.actor, task_id), window)
    files = queries.evidence_by_report(page.rows)
    return {
        "items": [shapes.ReportShape.of(row, len(files[row.pk])) for row in page.rows],
        "next": next_link(request, response, page.cursor),
    }


@OPERATIONS.write(
    "/tasks/{int:task_id}/reports",
    access.REPORT_TASK,
    scope=REPORT,
    answer=shapes.ReportShape,
    summary=_("填报进展"),
    about=_(
        "任务须已接收，上一次填报须已审核。每次填报用一个新的 Idempotency-Key；"
        "没有收到回答就用同一个键重发，得到与第一次相同的回答。"
        "佐证先用“上传一个佐证”传好，把编号放进 uploads。"
    ),
)
def file_report(request: Request, response: HttpResponse, task_id: int, progress: shapes.Progress, key: Key) -> Any:
    kept = queries.RequestKey.of(request.actor, task_id, key, progress.content)
    filing = queries.filing(request.actor, task_id, kept)
    if not filing.is_same:
        raise KeyReused(gettext("这个 Idempotency-Key 已经用来提交过别的内容。"))
    row = filing.earlier or file_on(request, filing.task, progress, kept.whole)
    response.headers["Location"] = reverse("api:report", args=[row.pk])
    return Status(201, shapes.ReportShape.of(row, len(queries.evidence_by_report([row])[row.pk])))


def file_on(request: Request, task: Any, progress: shapes.Progress, request_key: str) -> Any:
    """What cannot be filed in the present state of the task is a conflict to a program."""
    said = progress.model_dump(include={"text", "claims_completion", "uploads"})
    try:
        return actions.report_progress(
            request.actor, task, request_key=request_key, now=request.now, **said, **parts_told(task, progress)
        )
    except actions.WrongState as error:
        raise Conflict(str(error)) from error


def parts_told(task: Any, progress: shapes.Progress) -> dict[str, Any]:
    """The milestones and the period that a report speaks of.

    Raises
        Conflict: one of them is not open, or a figure is told of a task that has no target.
    """
    milestones, periods = queries.open_milestones(task), queries.open_occurrences(task)
    period = progress.period
    for pk in progress.milestones:
        if pk not in milestones:
            raise Conflict(gettext("里程碑 %(n)d 不是这项任务还没有填报过的里程碑。") % {"n": pk})
    if period and period.id not in periods:
        raise Conflict(gettext("%(n)d 不是这项任务还没有填报过的一期。") % {"n": period.id})
    if progress.quantity is not None and task.quantity is None:
        raise Conflict(gettext("这项任务没有目标数量，不填累计完成。"))
    return {
        "milestones": [milestones[pk] for pk in progress.milestones],
        "occurrence": periods[period.id] if period else None,
        "carried_out": period.carried_out if period else None,
        "quantity": None if progress.quantity is None else Decimal(progress.quantity).quantize(CENTS),
    }


@OPERATIONS.read(
    "/reports/{int:report_id}",
    access.VIEW_REPORT,
    scope=READ,
    answer=shapes.ReportShape,
    summary=_("一次填报"),
    about=_("填报的内容、状态和审核意见；用来查询是否通过。"),
)
def report(request: Request, report_id: int) -> Any:
    row = queries.report_read(request.actor, report_id)
    return shapes.ReportShape.of(row, len(queries.evidence_by_report([row])[report_id]))


@OPERATIONS.read(
    "/reports/{int:report_id}/files",
    access.VIEW_REPORT,
    scope=READ,
    answer=shapes.Evidence,
    summary=_("填报的佐证"),
    about=_("一次填报所附文件的名称、大小和下载地址。"),
)
def evidence(request: Request, report_id: int) -> Any:
    files = queries.evidence_by_report([queries.report_read(request.actor, report_id)])[report_id]
    return {
        "items": [
            shapes.EvidenceShape(
                id=one.pk,
                name=one.name,
                size=one.size,
                content_type=one.blob.content_type,
                withdrawn_at=moment(one.withdrawn_at),
                url=reverse("api:evidence_file", args=[report_id, one.pk]),
            )
            for one in files
        ]
    }


@OPERATIONS.read(
    "/reports/{int:report_id}/files/{int:file_id}",
    access.VIEW_REPORT,
    scope=READ,
    answer=None,
    summary=_("下载一个佐证"),
    about=_("文件本身。能看到填报的角色才能下载；带 If-None-Match 时，没有变化答 304。"),
)
def evidence_file(request: Request, report_id: int, file_id: int) -> HttpResponseBase:
    found = queries.evidence_read(request.actor, report_id, file_id)
    return revalidated(request, serving.serve(request.actor, found, download=True))


@OPERATIONS.write(
    "/uploads",
    access.REPORT_TASK,
    scope=REPORT,
    answer=shapes.UploadShape,
    summary=_("上传一个佐证"),
    about=_(
        "用 multipart/form-data 的 file 字段上传一个文件，最大 50 MB，种类与网站相同；照片会去掉拍摄地点并重绘。"
        "七天内没有随填报提交的会清除。"
    ),
)
def upload(request: Request, file: File[UploadedFile]) -> Any:
    [pk] = take_posted(request.actor, [file])
    row = mine(request.actor, pk)
    return Status(201, shapes.UploadShape(id=row.pk, name=row.name, size=row.blob.size if row.blob else 0))
