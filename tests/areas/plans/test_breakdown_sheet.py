"""任务分解表 by Excel: what a file would do, doing it all or not at all, and taking it back to the letter."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, planning
from tests.kit.test_sheets_reading import workbook
from xietong.areas.plans import actions, queries, sheets
from xietong.areas.plans.models import Plan, Task, TaskSupport
from xietong.areas.plans.rules.breakdown import Deed, Planned
from xietong.areas.plans.rules.breakdown import plan as compare
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused
from xietong.kit.sheets.checking import check
from xietong.kit.sheets.models import Import

pytestmark = pytest.mark.django_db
HEADERS = ["编号", "任务", "牵头单位", "协办单位", "完成期限"]
LATE = date(2026, 12, 31)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    row = planning.draft(county=cast.county, title="提质方案")
    planning.task(
        plan=row, state="draft", number="1", title="建平台", lead_unit=cast.school, supports=(cast.university,)
    )
    planning.task(plan=row, state="draft", number="2", title="办活动", lead_unit=None, due_on=None)
    return row


def asked(cast: build.Cast, plan: Plan, data: bytes) -> list[Planned]:
    units = [cast.school, cast.other_school, cast.university]
    found = check(data, sheets.breakdown(units))
    assert found.problems == ()
    return queries.planned_import(plan, found)


def take_in(cast: build.Cast, plan: Plan, data: bytes) -> Import:
    planned = asked(cast, plan, data)
    return actions.import_breakdown(cast.office, plan, planned=planned, name="表.xlsx", data=data, now=build.NOW)


def state() -> list[Any]:
    """Everything that an import of tasks touches, to the letter."""
    return [
        list(Task.objects.order_by("pk").values()),
        sorted(TaskSupport.objects.values_list("task_id", "unit_id")),
    ]


FILE = workbook(
    HEADERS,
    ["1", "建平台", "云岭县第一小学", "二小、云岭师范学院", "2026-12-31"],
    ["2", "办好活动", "二小", None, "2026-11-30"],
    ["3", "派教师", "一小", None, None],
)


def test_compare_tells_added_changed_and_same() -> None:
    present = {"1": {"number": "1", "title": "甲", "lead_unit_id": 5, "supports": [], "due_on": None}}
    rows = [{"": 2, "number": "1", "title": "甲"}, {"": 3, "number": "2", "title": "乙"}]
    same, added = compare(rows, ("number", "title"), present)
    assert (same.deed, same.fields, added.deed, added.row) == (Deed.SAME, (), Deed.ADD, 3)
    assert added.after["lead_unit_id"] is None
    [changed] = compare([{"": 2, "number": "1", "title": "丙"}], ("number", "title"), present)
    assert (changed.deed, changed.fields) == (Deed.CHANGE, ("title",))
    assert "title" in added.fields


def test_import_breakdown_adds_and_changes_and_leaves_columns_that_the_file_lacks(
    cast: build.Cast, plan: Plan
) -> None:
    plan.tasks.filter(number="1").update(deliverable="总结")
    made = take_in(cast, plan, FILE)
    assert (made.added, made.changed, made.same, made.by) == (1, 2, 0, cast.office.label)
    first, second, third = plan.tasks.order_by("number")
    assert (first.deliverable, first.lead_unit, first.version) == ("总结", cast.school, 2)
    assert {one.unit for one in first.supports.all()} == {cast.other_school, cast.university}
    assert (second.title, second.lead_unit, second.due_on) == ("办好活动", cast.other_school, date(2026, 11, 30))
    assert (third.title, third.state, third.due_on, third.version) == ("派教师", "draft", None, 1)


def test_undo_breakdown_brings_everything_back(cast: build.Cast, plan: Plan) -> None:
    before = state()
    made = take_in(cast, plan, FILE)
    assert state() != before
    undone = actions.undo_breakdown(cast.office, made, now=build.NOW)
    assert state() == before
    assert (undone.undone_by, undone.undone_at) == (cast.office.label, build.NOW)
    after = state()
    with pytest.raises(actions.ChangedSince, match="已经撤销过了"):
        actions.undo_breakdown(cast.office, undone, now=build.NOW)
    assert state() == after
    assert take_in(cast, plan, FILE).added == 1


def test_undo_breakdown_refuses_what_was_changed_since(cast: build.Cast, plan: Plan) -> None:
    made = take_in(cast, plan, FILE)
    task = plan.tasks.get(number="3")
    actions.change_task(cast.office, task, version=1, title="改名", now=build.NOW)
    before = state()
    with pytest.raises(actions.ChangedSince, match="任务 3 在导入后又改过或去掉了"):
        actions.undo_breakdown(cast.office, made, now=build.NOW)
    actions.drop_task(cast.office, plan.tasks.get(number="3"), now=build.NOW)
    with pytest.raises(actions.ChangedSince):
        actions.undo_breakdown(cast.office, made, now=build.NOW)
    assert state()[0][0] == before[0][0]
    assert Import.objects.get().undone_at is None


def test_the_same_file_twice_does_nothing(cast: build.Cast, plan: Plan) -> None:
    planned = asked(cast, plan, FILE)
    take_in(cast, plan, FILE)
    before = state()
    with pytest.raises(actions.NotImported, match="完全相同"):
        take_in(cast, plan, FILE)
    with pytest.raises(Refused, match="这个文件已经导入过了"):
        actions.import_breakdown(cast.office, plan, planned=planned, name="表.xlsx", data=FILE, now=build.NOW)
    assert (state(), Import.objects.count()) == (before, 1)


def test_import_breakdown_is_all_or_nothing(cast: build.Cast, plan: Plan) -> None:
    plan.tasks.filter(number="2").update(starts_on=LATE)
    before, entries = state(), Entry.objects.count()
    with pytest.raises(Refused, match="完成期限不能早于开始日期"):
        take_in(cast, plan, FILE)
    assert (state(), Import.objects.count(), Entry.objects.count()) == (before, 0, entries)


def test_import_breakdown_refuses_nothing_and_too_much(cast: build.Cast, plan: Plan) -> None:
    for planned in ([], asked(cast, plan, FILE) * 700):
        with pytest.raises(actions.NotImported):
            actions.import_breakdown(cast.office, plan, planned=planned, name="表.xlsx", data=b"x", now=build.NOW)
    assert Import.objects.count() == 0


def test_import_and_undo_stop_when_the_draft_is_submitted(cast: build.Cast, plan: Plan) -> None:
    made = take_in(cast, plan, FILE)
    Plan.objects.update(state=Plan.State.APPROVING)
    before = state()
    with pytest.raises(actions.WrongState):
        actions.undo_breakdown(cast.office, made, now=build.NOW)
    other = workbook(HEADERS, ["9", "新任务", None, None, None])
    with pytest.raises(actions.WrongState):
        take_in(cast, plan, other)
    assert state() == before


def test_pages_hand_out_check_import_and_take_back(cast: build.Cast, plan: Plan) -> None:
    client = build.client(cast.office)
    page = reverse("plans:sheet", args=[plan.pk])
    assert "还没有导入过" in client.get(page).content.decode()
    handed_out = b"".join(client.get(reverse("plans:sheet_template", args=[plan.pk])))
    book = openpyxl.load_workbook(BytesIO(handed_out))
    sheet = book["任务分解表"]
    assert [cell.value for cell in sheet[2]][:4] == ["1", "建平台", "一小", "云岭师范学院"]

    sheet["C3"], sheet["F3"] = "没有这个单位", "明年"
    wrong, right = BytesIO(), BytesIO()
    book.save(wrong)
    answer = client.post(page, {"file": SimpleUploadedFile("分解表.xlsx", wrong.getvalue())})
    shown = client.get(answer["Location"]).content.decode()
    assert "C3：“没有这个单位”不在可选范围内" in shown
    assert "F3：“明年”不是日期" in shown
    assert client.post(answer["Location"]).status_code == 422
    marked = b"".join(client.get(answer["Location"] + "annotated/"))
    noted = openpyxl.load_workbook(BytesIO(marked)).worksheets[0]
    assert "不在可选范围内" in noted["C3"].comment.text
    assert not Import.objects.exists()

    sheet["C3"], sheet["F3"] = "二小", "2026-12-01"
    book.save(right)
    answer = client.post(page, {"file": SimpleUploadedFile("分解表.xlsx", right.getvalue())})
    assert "办活动" in client.get(answer["Location"]).content.decode()
    assert client.post(answer["Location"]).status_code == 302
    assert plan.tasks.get(number="2").lead_unit == cast.other_school
    assert "分解表.xlsx" in client.get(page).content.decode()
    undo = reverse("plans:import_undo", args=[Import.objects.get().pk])
    assert build.client(cast.stranger).post(undo).status_code == 404
    assert client.post(undo).status_code == 302
    assert plan.tasks.get(number="2").lead_unit is None
    assert client.get(undo).status_code == 403


def test_page_says_what_kind_of_file_it_wants(cast: build.Cast, plan: Plan) -> None:
    client, page = build.client(cast.office), reverse("plans:sheet", args=[plan.pk])
    answer = client.post(page, {"file": SimpleUploadedFile("说明.txt", "没有表格".encode())})
    assert "不是电子表格" in client.get(answer["Location"]).content.decode()
