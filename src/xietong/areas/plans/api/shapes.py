"""The shapes of plans, tasks and reports as other systems read and send them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field

from xietong.areas.plans import queries
from xietong.areas.plans.rules.lights import Light
from xietong.areas.plans.rules.progress import attained
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.api.paging import Window
from xietong.kit.api.shapes import Coded, Day, Moment, Named, moment
from xietong.kit.pages.templatetags.pages import LIGHTS

BIGGEST = 2**53 - 1
# Some letter, and no character that a database or a page cannot hold.
WORDS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*[^\s\x00-\x1f][^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
FIGURE = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"
UPLOAD_ID = r"^[0-9a-f]{32}$"


class PlanShape(Schema):
    id: int
    title: str = Field(description=_("名称"))
    document_no: str = Field(description=_("文号，可为空"))
    state: Coded
    county: Named | None
    issued_on: date | None = Field(description=_("下达日期"))
    closed_on: date | None = Field(description=_("归档日期"))

    @classmethod
    def of(cls, row: Any, **more: Any) -> "PlanShape":
        return cls(
            id=row.pk,
            title=row.title,
            document_no=row.document_no,
            state=Coded.of(row.state, row.get_state_display()),
            county=Named.of(row.county),
            issued_on=row.issued_on,
            closed_on=row.closed_on,
            **more,
        )


class ClauseShape(Schema):
    id: int
    parent_id: int | None = Field(description=_("上级条款"))
    number: str = Field(description=_("编号，如 三(一)2"))
    heading: str
    text: str = Field(description=_("原文"))
    kind: Coded
    level: int = Field(description=_("层级，1 为章"))

    @classmethod
    def of(cls, row: Any) -> "ClauseShape":
        return cls(
            id=row.pk,
            parent_id=row.parent_id,
            number=row.number,
            heading=row.heading,
            text=row.text,
            kind=Coded.of(row.kind, row.get_kind_display()),
            level=row.level,
        )


class PlanWhole(PlanShape):
    """A plan with its clauses."""

    clauses: list[ClauseShape] = Field(description=_("按原文顺序"))


class ObjectiveShape(Schema):
    id: int
    title: str
    comparison: Coded | None = Field(description=_("与目标值怎样比较"))
    target: Decimal | None = Field(description=_("目标值，十进制数写成字符串"))
    unit: str = Field(description=_("计量单位，可为空"))
    due_on: date | None
    baseline: Decimal | None = Field(description=_("基线值"))
    reached: Decimal | None = Field(description=_("现状值"))
    reached_on: date | None = Field(description=_("现状日期"))
    source: str = Field(description=_("现状值的来源，可为空"))
    progress: int | None = Field(description=_("从基线到目标完成的百分比；缺数值的为 null"))
    clause_id: int | None

    @classmethod
    def of(cls, row: Any) -> "ObjectiveShape":
        return cls(
            id=row.pk,
            title=row.title,
            comparison=Coded.of(row.comparison, row.get_comparison_display()) if row.comparison else None,
            target=row.target,
            unit=row.unit,
            due_on=row.due_on,
            baseline=row.baseline,
            reached=row.reached,
            reached_on=row.reached_on,
            source=row.source,
            progress=attained(row.baseline, row.target, row.reached),
            clause_id=row.clause_id,
        )


class TaskShape(Schema):
    id: int
    plan_id: int
    parent_id: int | None = Field(description=_("上级任务"))
    number: str = Field(description=_("在方案中的编号"))
    title: str
    state: Coded
    light: Coded | None = Field(description=_("期限亮灯；草稿、已完成的没有"))
    lead_unit: Named | None = Field(description=_("牵头单位"))
    supports: list[Named] = Field(description=_("协办单位"))
    owner: Named | None = Field(description=_("负责人"))
    clause_id: int | None
    phase: Named | None
    starts_on: date | None
    due_on: date | None = Field(description=_("完成期限"))
    rhythm: str = Field(description=_("频次，可为空"))
    deliverable: str = Field(description=_("成果，可为空"))
    for_everyone: bool = Field(description=_("面向各单位"))
    quantity: Decimal | None = Field(description=_("目标数量，以数量完成的任务才有"))
    measure: str = Field(description=_("计量单位，可为空"))
    measured: Decimal | None = Field(description=_("已通过的填报中的累计完成"))
    progress: int | None = Field(description=_("由里程碑、各期、子任务或数量得出的百分比；无从计算的为 null"))
    next_due_on: date | None = Field(description=_("未完成的里程碑、本期中最近的一个日子"))
    updated_at: str | None = Field(description=_("最近动态的时间"), json_schema_extra={"format": "date-time"})

    @classmethod
    def of(cls, row: Any, light: Light, **more: Any) -> "TaskShape":
        return cls(
            id=row.pk,
            plan_id=row.plan_id,
            parent_id=row.parent_id,
            number=row.number,
            title=row.title,
            state=Coded.of(row.state, row.get_state_display()),
            light=Coded.of(light.value, LIGHTS[light.value]) if light.value in LIGHTS else None,
            lead_unit=Named.of(row.lead_unit),
            supports=[Named(id=one.unit_id, name=one.unit.name) for one in row.supports.all()],
            owner=Named.of(row.owner),
            clause_id=row.clause_id,
            phase=Named.of(row.phase),
            starts_on=row.starts_on,
            due_on=row.due_on,
            rhythm=row.rhythm,
            deliverable=row.deliverable,
            for_everyone=row.for_everyone,
            quantity=row.quantity,
            measure=row.measure,
            measured=row.measured,
            progress=queries.progress_of(row).share,
            next_due_on=row.next_due_on,
            updated_at=moment(row.moved_at),
            **more,
        )


class MilestoneShape(Schema):
    id: int
    title: str
    due_on: date
    reached_on: date | None = Field(description=_("达到的日期；未达到的为 null"))


class PeriodShape(Schema):
    id: int
    label: str = Field(description=_("哪一期，如 2026-09"))
    starts_on: date
    due_on: date
    carried_out: bool | None = Field(description=_("本期是否开展；没有填报的为 null"))
    done_on: date | None


class TaskWhole(TaskShape):
    """A task with its milestones and periods."""

    milestones: list[MilestoneShape] = Field(description=_("按日期"))
    periods: list[PeriodShape] = Field(description=_("按日期"))


class EvidenceShape(Schema):
    id: int
    name: str = Field(description=_("文件名"))
    size: int = Field(description=_("字节数"))
    content_type: str
    withdrawn_at: str | None = Field(
        description=_("撤回的时间；撤回的不再提供内容"), json_schema_extra={"format": "date-time"}
    )
    url: str = Field(description=_("下载地址，同样要令牌"), json_schema_extra={"format": "uri-reference"})


class ReportShape(Schema):
    id: int
    task_id: int
    number: int = Field(description=_("这项任务的第几次填报"))
    text: str = Field(description=_("进展情况"))
    claims_completion: bool = Field(description=_("是否申请办结"))
    quantity: Decimal | None = Field(description=_("填报的累计完成"))
    state: Coded
    unit: Named | None
    author: str = Field(description=_("填报人"))
    reported_at: str | None = Field(json_schema_extra={"format": "date-time"})
    opinion: str = Field(description=_("审核意见，可为空"))
    reviewed_at: str | None = Field(json_schema_extra={"format": "date-time"})
    files: int = Field(description=_("佐证的个数"))

    @classmethod
    def of(cls, row: Any, files: int) -> "ReportShape":
        return cls(
            id=row.pk,
            task_id=row.task_id,
            number=row.number,
            text=row.text,
            claims_completion=row.claims_completion,
            quantity=row.quantity,
            state=Coded.of(row.state, row.get_state_display()),
            unit=Named.of(row.unit),
            author=row.author_name,
            reported_at=moment(row.at),
            opinion=row.opinion,
            reviewed_at=moment(row.reviewed_at),
            files=files,
        )


class UploadShape(Schema):
    id: str = Field(description=_("填报时放进 uploads"))
    name: str
    size: int = Field(description=_("保存的字节数；图片会重绘"))


class Plans(Schema):
    items: list[PlanShape]
    next: str | None = Field(description=_("下一页的地址，最后一页为 null"))


class Objectives(Schema):
    items: list[ObjectiveShape]
    next: str | None = Field(description=_("下一页的地址，最后一页为 null"))


class Tasks(Schema):
    items: list[TaskShape]
    next: str | None = Field(description=_("下一页的地址，最后一页为 null"))


class Reports(Schema):
    items: list[ReportShape]
    next: str | None = Field(description=_("下一页的地址，最后一页为 null"))


class Evidence(Schema):
    items: list[EvidenceShape]


class TaskWindow(Window):
    """Which tasks are asked for."""

    plan: int | None = Field(None, ge=1, le=BIGGEST, description=_("方案"))
    state: TaskState | None = Field(None, description=_("状态"))
    unit: int | None = Field(None, ge=1, le=BIGGEST, description=_("牵头单位"))
    due_from: Day | None = Field(None, description=_("完成期限不早于这一天"))
    due_until: Day | None = Field(None, description=_("完成期限不晚于这一天"))
    updated_since: Moment | None = Field(None, description=_("最近动态不早于这一刻，带时区"))


class PeriodTold(Schema):
    """The period that a report is about."""

    model_config = ConfigDict(extra="forbid")

    id: int = Field(ge=1, le=BIGGEST, description=_("periods 中没有填报过的一期"))
    carried_out: bool = Field(default=True, description=_("本期是否开展"))


class Progress(Schema):
    """What is reported on a task."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=2000, pattern=WORDS, description=_("进展情况，一两句话即可"))
    claims_completion: bool = Field(default=False, description=_("任务已全部完成，申请办结"))
    quantity: Annotated[str, Field(pattern=FIGURE)] | None = Field(
        None, description=_("累计完成，含协办单位的，十进制数写成字符串；有目标数量的任务才填")
    )
    milestones: list[Annotated[int, Field(ge=1, le=BIGGEST)]] = Field(
        default_factory=list, max_length=20, description=_("这次达到的里程碑")
    )
    period: PeriodTold | None = Field(None, description=_("这次填报属于哪一期"))
    uploads: list[Annotated[str, Field(pattern=UPLOAD_ID)]] = Field(
        default_factory=list, max_length=20, description=_("已上传的佐证的编号")
    )

    @property
    def content(self) -> str:
        return self.model_dump_json()
