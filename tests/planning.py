"""Builders of plans, tasks and reports, in the manner of `tests.build`: rows as they stand, past the actions."""

from datetime import date, datetime
from itertools import count
from typing import Any

from tests.build import LONG_AGO, NOW, TODAY, home
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models import (
    Clause,
    Comment,
    Consultation,
    Consulted,
    Extension,
    Finding,
    Objective,
    PastRecord,
    Phase,
    Plan,
    Report,
    Sentence,
    Standing,
    Step,
    Task,
    TaskSupport,
)
from xietong.areas.plans.rules.states import ReportState, TaskState
from xietong.kit.ruletable.table import load
from xietong.kit.sheets.models import Import

SERIAL = count(1)


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
    fields = {"number": next(SERIAL), "author_name": "曾小雨", "state": ReportState.SUBMITTED} | fields
    return Report.objects.create(county=task.county, task=task, text=text, unit=task.lead_unit, at=at, **fields)


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


def imported(*, plan: Plan, name: str = "分解表.xlsx", **fields: Any) -> Import:
    usual = {"book": "plans.breakdown", "county_id": plan.county_id, "owner_id": plan.pk, "state": "done"}
    told = {"sha256": f"{next(SERIAL):064}", "by": "陈启明", "at": NOW}
    return Import.objects.create(name=name, **(usual | told | fields))
