"""Builders of plans, tasks and reports, in the manner of `tests.build`: rows as they stand, past the actions."""

import hashlib
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from tests.build import LONG_AGO, NOW, TODAY, home
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models import (
    Change,
    Clause,
    Comment,
    Consultation,
    Consulted,
    Contribution,
    Extension,
    Finding,
    FollowUp,
    Instruction,
    Milestone,
    Objective,
    Occurrence,
    PastRecord,
    Phase,
    Plan,
    Reminder,
    Report,
    Sentence,
    SpotCheck,
    Standing,
    Step,
    Task,
    TaskSupport,
)
from xietong.areas.plans.queries import REPORT_OWNER
from xietong.areas.plans.rules.states import ReportState, TaskState
from xietong.kit.files import storage
from xietong.kit.files.models import Attachment, Blob
from xietong.kit.ruletable.table import load
from xietong.kit.sheets.models import Import

# Far above the numbers that the product gives to tasks by itself: the two must not meet.
SERIAL = count(1001)


def rules() -> None:
    """The rules that areas ship, among them when a light turns yellow."""
    load()


def plan(*, county: County | None = None, title: str = "基础教育提质行动方案", **fields: Any) -> Plan:
    """An issued plan, a draft if `state` says so."""
    fields = {"state": Plan.State.ISSUED, "source_name": "方案.txt", "source_text": title, "read_at": NOW} | fields
    if fields["state"] == Plan.State.ISSUED:
        fields = {"issued_on": LONG_AGO} | fields
    return Plan.objects.create(county=county or home(), title=title, **fields)


def draft(**fields: Any) -> Plan:
    return plan(state=Plan.State.DRAFT, **fields)


def approved(**fields: Any) -> Plan:
    return plan(state=Plan.State.APPROVED, **fields)


def clause(*, plan: Plan, heading: str = "总体要求", **fields: Any) -> Clause:
    serial = next(SERIAL)
    words = {"number": f"三({serial})", "label": "(一)", "text": heading, "kind": "task", "level": 2}
    fields = words | {"order": serial, "start": serial, "end": serial + 1} | fields
    return Clause.objects.create(county=plan.county, plan=plan, heading=heading, **fields)


def phase(*, plan: Plan, name: str = "启动阶段", **fields: Any) -> Phase:
    fields = {"starts_on": LONG_AGO, "ends_on": TODAY, "order": next(SERIAL)} | fields
    return Phase.objects.create(county=plan.county, plan=plan, name=name, **fields)


def objective(*, plan: Plan, title: str = "建成优质学校", **fields: Any) -> Objective:
    fields = {"order": next(SERIAL), "start": 0, "end": 1} | fields
    return Objective.objects.create(county=plan.county, plan=plan, title=title, **fields)


def task(
    *,
    plan: Plan,
    lead_unit: Organisation | None = None,
    state: str = TaskState.ISSUED,
    title: str = "制定教研制度",
    due_on: date | None = date(2026, 12, 31),
    supports: tuple[Organisation, ...] = (),
    **fields: Any,
) -> Task:
    fields = {"number": f"{next(SERIAL)}"} | fields
    row = Task.objects.create(
        county=plan.county, plan=plan, lead_unit=lead_unit, state=state, title=title, due_on=due_on, **fields
    )
    for unit in supports:
        TaskSupport.objects.create(county=plan.county, task=row, unit=unit)
    return row


def support(*, task: Task, unit: Organisation) -> TaskSupport:
    return TaskSupport.objects.create(county=task.county, task=task, unit=unit)


def report(*, task: Task, text: str = "已召开启动会。", at: datetime = NOW, **fields: Any) -> Report:
    fields = {
        "number": next(SERIAL),
        "author_name": "曾小雨",
        "author_id": 1,
        "state": ReportState.SUBMITTED,
    } | fields
    return Report.objects.create(county=task.county, task=task, text=text, unit=task.lead_unit, at=at, **fields)


def unstored(*, report: Report, name: str = "签到表.pdf", **fields: Any) -> Attachment:
    """A file that hangs on a report, of which the store knows nothing."""
    blob = Blob.objects.create(sha256=f"{next(SERIAL):064}", size=9, content_type="application/pdf", stored_at=NOW)
    usual = {"county_id": report.county_id, "owner_type": REPORT_OWNER, "owner_id": report.pk, "uploaded_by": 1}
    return Attachment.objects.create(blob=blob, name=name, at=NOW, **(usual | fields))


def stored(*, report: Report, content: bytes, **fields: Any) -> Attachment:
    """A file that hangs on a report and lies in the store."""
    made = unstored(report=report, **fields)
    Blob.objects.filter(pk=made.blob_id).update(sha256=sha256(content).hexdigest(), size=len(content))
    path = storage.blob_path(sha256(content).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return made


def evidence(
    *, report: Report, name: str = "总结.pdf", data: bytes = b"", kind: str = "application/pdf", **fields: Any
) -> Attachment:
    """A file on a report, its content in the store; `owner_type` says what else it is than evidence."""
    data = data or f"{name} {next(SERIAL)}".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    path = storage.blob_path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    known = {"size": len(data), "content_type": kind, "stored_at": NOW}
    blob, _made = Blob.objects.get_or_create(sha256=sha256, defaults=known)
    hung = {"owner_type": REPORT_OWNER, "owner_id": report.pk, "county_id": report.county_id, "uploaded_by": 1}
    return Attachment.objects.create(blob=blob, name=name, **{**hung, "at": NOW, **fields})


def check(*, report: Report, draw: str = "20260901-20260930-1-abc123", **fields: Any) -> SpotCheck:
    fields = {"drawn_at": NOW, "drawn_by": "陈启明"} | fields
    return SpotCheck.objects.create(county=report.county, report=report, draw=draw, **fields)


def step(*, task: Task, note: str = "", **fields: Any) -> Step:
    fields = {"at": NOW, "action": "report", "who": "曾小雨"} | fields
    return Step.objects.create(county=task.county, task=task, note=note, **fields)


def standing(*, plan: Plan, **fields: Any) -> Standing:
    return Standing.objects.create(county=plan.county, plan=plan, **({"as_of": TODAY} | fields))


def finding(*, plan: Plan, text: str = "县教体局", **fields: Any) -> Finding:
    serial = next(SERIAL)
    fields = {"kind": "organisation", "start": serial, "end": serial + len(text)} | fields
    return Finding.objects.create(county=plan.county, plan=plan, text=text, **fields)


def sentence(*, plan: Plan, start: int = 0, end: int = 1, **fields: Any) -> Sentence:
    return Sentence.objects.create(county=plan.county, plan=plan, start=start, end=end, **fields)


def consultation(*, plan: Plan, **fields: Any) -> Consultation:
    fields = {"number": next(SERIAL), "opened_on": LONG_AGO, "due_on": TODAY} | fields
    return Consultation.objects.create(county=plan.county, plan=plan, **fields)


def consulted(*, consultation: Consultation, unit: Organisation, **fields: Any) -> Consulted:
    return Consulted.objects.create(county=consultation.county, consultation=consultation, unit=unit, **fields)


def comment(*, consulted: Consulted, text: str = "期限太紧", **fields: Any) -> Comment:
    fields = {"author": "曾小雨", "at": NOW} | fields
    return Comment.objects.create(county=consulted.county, consulted=consulted, text=text, **fields)


def past(*, plan: Plan, title: str = "启动会", **fields: Any) -> PastRecord:
    fields = {
        "code": f"{next(SERIAL)}", "kind": "meeting", "on": LONG_AGO, "entered_by": "陈启明", "entered_at": NOW,
    } | fields  # fmt: skip
    return PastRecord.objects.create(county=plan.county, plan=plan, title=title, **fields)


def extension(*, task: Task, reason: str = "场地还没有交付。", **fields: Any) -> Extension:
    usual = {
        "due_on": task.due_on,
        "until": date(2027, 12, 31),
        "unit": task.lead_unit,
        "asked_by": "李敏",
        "at": NOW,
    }
    return Extension.objects.create(county_id=task.county_id, task=task, reason=reason, **(usual | fields))


def milestone(*, task: Task, title: str = "完成方案", **fields: Any) -> Milestone:
    return Milestone.objects.create(county_id=task.county_id, task=task, title=title, **({"due_on": TODAY} | fields))


def occurrence(*, task: Task, label: str = "2026-09", **fields: Any) -> Occurrence:
    fields = {"starts_on": date(2026, 9, 1), "due_on": date(2026, 9, 30)} | fields
    return Occurrence.objects.create(county_id=task.county_id, task=task, label=label, **fields)


def contribution(*, task: Task, unit: Organisation, text: str = "提供场地。", **fields: Any) -> Contribution:
    fields = {"author_name": "李敏", "at": NOW} | fields
    return Contribution.objects.create(county_id=task.county_id, task=task, unit=unit, text=text, **fields)


def change(*, task: Task, reason: str = "场地调整。", **fields: Any) -> Change:
    usual = {"kind": "amend", "values": {}, "asked_by": "陈启明", "at": NOW}
    return Change.objects.create(
        county_id=task.county_id, plan=task.plan, task=task, reason=reason, **(usual | fields)
    )


def imported(*, plan: Plan, name: str = "分解表.xlsx", **fields: Any) -> Import:
    usual = {"book": "plans.breakdown", "county_id": plan.county_id, "owner_id": plan.pk, "state": "done"}
    told = {"sha256": f"{next(SERIAL):064}", "by": "陈启明", "at": NOW}
    return Import.objects.create(name=name, **(usual | told | fields))


def reminder(*, task: Task, text: str = "请尽快填报进展。", **fields: Any) -> Reminder:
    fields = {"unit": task.lead_unit, "who": "陈启明", "at": NOW} | fields
    return Reminder.objects.create(county_id=task.county_id, task=task, text=text, **fields)


def follow_up(*, task: Task, demand: str = "请说明没有完成的原因。", **fields: Any) -> FollowUp:
    usual = {
        "unit": task.lead_unit,
        "year": 2026,
        "number": next(SERIAL),
        "due_on": TODAY,
        "issued_by": "陈启明",
        "at": NOW,
    }
    return FollowUp.objects.create(county_id=task.county_id, task=task, demand=demand, **(usual | fields))


def instruction(*, task: Task, text: str = "请抓紧落实。", **fields: Any) -> Instruction:
    usual = {"leader": "王县长", "on": LONG_AGO, "entered_by": "陈启明", "entered_at": NOW}
    return Instruction.objects.create(
        county_id=task.county_id, plan_id=task.plan_id, task=task, text=text, **(usual | fields)
    )
