"""任务分解表 by Excel: what a file would do, doing it all or not at all, and taking it back to the letter."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, planning, taking, timing
from tests.kit.test_sheets_reading import workbook
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Task, TaskSupport
from xietong.areas.plans.sheets import BreakdownBook
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused
from xietong.kit.sheets.journal import ChangedSince
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.planning import Deed
from xietong.kit.sheets.taking import NotImported, undo

pytestmark = pytest.mark.django_db
HEADERS = ["编号", "任务", "牵头单位", "协办单位", "完成期限"]
LATE = date(2026, 12, 31)
BOOK = BreakdownBook()


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


def take_in(cast: build.Cast, plan: Plan, data: bytes) -> Import:
    return taking.take_in(BOOK, cast.office, plan, data)


def state() -> list[Any]:
    """Everything that an import of tasks touches, to the letter."""
    return [
        list(Task.objects.order_by("pk").values()),
        sorted(TaskSupport.objects.values_list("pk", "task_id", "unit_id")),
    ]


FILE = workbook(
    HEADERS,
    ["1", "建平台", "云岭县第一小学", "二小、云岭师范学院", "2026-12-31"],
    ["2", "办好活动", "二小", None, "2026-11-30"],
    ["3", "派教师", "一小", None, None],
)


def test_a_file_adds_and_changes_and_leaves_columns_that_it_lacks(cast: build.Cast, plan: Plan) -> None:
    plan.tasks.filter(number="1").update(deliverable="总结", for_everyone=True)
    made = take_in(cast, plan, FILE)
    assert (made.state, made.added, made.changed, made.same, made.by) == ("done", 1, 2, 0, cast.office.label)
    first, second, third = plan.tasks.order_by("number")
    assert (first.deliverable, first.lead_unit, first.version, first.for_everyone) == ("总结", cast.school, 2, True)
    assert {one.unit for one in first.supports.all()} == {cast.other_school, cast.university}
    assert (second.title, second.lead_unit, second.due_on) == ("办好活动", cast.other_school, date(2026, 11, 30))
    assert (third.title, third.state, third.due_on, third.version) == ("派教师", "draft", None, 1)


def test_a_file_takes_units_away_where_it_names_others(cast: build.Cast, plan: Plan) -> None:
    before = state()
    made = take_in(cast, plan, workbook(HEADERS[:4], ["1", "建平台", "一小", "二小"]))
    assert [one.unit for one in plan.tasks.get(number="1").supports.all()] == [cast.other_school]
    undo(cast.office, BOOK, plan, made, now=build.NOW)
    assert state() == before


def test_a_file_says_what_was_done_before_the_system(cast: build.Cast, plan: Plan) -> None:
    headers = ["编号", "任务", "是否已完成"]
    take_in(cast, plan, workbook(headers, ["1", "建平台", "是"], ["2", "办活动", None], ["3", "派教师", "√"]))
    assert list(plan.tasks.order_by("number").values_list("is_past", flat=True)) == [True, False, True]


PARTS = ["编号", "任务", "上级任务", "目标数量", "计量单位", "频次"]


def test_sub_tasks_stand_below_their_task_in_whatever_order_the_rows_come(cast: build.Cast, plan: Plan) -> None:
    before = state()
    data = workbook(
        PARTS,
        ["1-1-1", "签到", "1-1", None, None, None],
        ["1-1", "培训", "1", "40", "人次", "每学期"],
        ["1", "建平台", None, None, None, None],
    )
    made = take_in(cast, plan, data)
    assert [(one.number, str(one.parent or "")) for one in plan.tasks.order_by("number")] == [
        ("1", ""), ("1-1", "1 建平台"), ("1-1-1", "1-1 培训"), ("2", ""),
    ]  # fmt: skip
    training = plan.tasks.get(number="1-1")
    assert (training.quantity, training.measure, training.rhythm) == (40, "人次", "每学期")
    again = taking.look(BOOK, cast.office, plan, workbook(PARTS[:4], ["1-1", "培训", "1", "40"]))
    assert [one.deed for one in again.planned] == [Deed.SAME]
    undo(cast.office, BOOK, plan, made, now=build.NOW)
    assert state() == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["3", "甲", "9"]], "第2行：“上级任务”里的“9”既不在方案的任务里，也不在这个文件里"),
        ([["3", "甲", "4"], ["4", "乙", "3"]], "第2行：任务之间互相等待：3 → 4 → 3"),
        ([["1", "建平台", "1"]], "第2行：任务之间互相等待：1 → 1"),
        ([["1", "建平台", "2"]], "第2行：任务之间互相等待：1 → 2 → 1"),
    ],
)
def test_a_parent_that_cannot_be_is_named_and_nothing_is_kept(
    cast: build.Cast, plan: Plan, rows: list[Any], said: str
) -> None:
    timing.dependency(task=plan.tasks.get(number="1"), needs=plan.tasks.get(number="2"))
    before = state()
    data = workbook(PARTS[:3], *rows)
    shown = taking.look(BOOK, cast.office, plan, data)
    assert [said in text for text in taking.told(shown)] == [True]
    with pytest.raises(NotImported):
        take_in(cast, plan, data)
    assert state() == before


def test_a_file_does_not_write_over_what_was_reported(cast: build.Cast, plan: Plan) -> None:
    looked = taking.look(BOOK, cast.office, plan, FILE)
    Plan.objects.update(state=Plan.State.ISSUED, issued_on=LATE)
    plan.tasks.update(state="under_way", due_on=LATE, lead_unit=cast.school, issued_at=build.NOW)
    task = plan.tasks.get(number="1")
    planning.report(task=task, text="已完成三分之一。")
    before = state()
    with pytest.raises(actions.WrongState, match="方案已经下达"):
        taking.take_in(BOOK, cast.office, plan, FILE, looked=looked)
    page = build.client(cast.office).get(reverse("plans:sheet", args=[plan.pk]))
    assert page.status_code == 403
    assert "方案已经下达，修改须走变更程序" in page.content.decode()
    assert (state(), task.reports.get().text) == (before, "已完成三分之一。")


def test_the_file_that_was_handed_out_changes_nothing(cast: build.Cast, plan: Plan) -> None:
    response = build.client(cast.office).get(reverse("plans:sheet_template", args=[plan.pk]))
    looked = taking.look(BOOK, cast.office, plan, b"".join(response))
    assert [one.deed for one in looked.planned] == [Deed.SAME, Deed.SAME]


def test_undo_brings_everything_back(cast: build.Cast, plan: Plan) -> None:
    before = state()
    made = take_in(cast, plan, FILE)
    assert state() != before
    undone = undo(cast.office, BOOK, plan, made, now=build.NOW)
    assert state() == before
    assert (undone.state, undone.undone_by, undone.undone_at) == ("undone", cast.office.label, build.NOW)
    with pytest.raises(ChangedSince, match="已经撤销过了"):
        undo(cast.office, BOOK, plan, undone, now=build.NOW)
    assert state() == before
    assert take_in(cast, plan, FILE).added == 1


def test_undo_refuses_what_was_changed_since(cast: build.Cast, plan: Plan) -> None:
    made = take_in(cast, plan, FILE)
    task = plan.tasks.get(number="3")
    actions.change_task(cast.office, task, version=1, title="改名", now=build.NOW)
    before = state()
    with pytest.raises(ChangedSince, match="在导入后又改过或去掉了"):
        undo(cast.office, BOOK, plan, made, now=build.NOW)
    actions.drop_task(cast.office, plan.tasks.get(number="3"), now=build.NOW)
    with pytest.raises(ChangedSince):
        undo(cast.office, BOOK, plan, made, now=build.NOW)
    assert state()[0][0] == before[0][0]
    assert Import.objects.get().state == "done"


def test_the_same_file_twice_does_nothing(cast: build.Cast, plan: Plan) -> None:
    looked = taking.look(BOOK, cast.office, plan, FILE)
    take_in(cast, plan, FILE)
    before = state()
    with pytest.raises(NotImported, match="完全相同"):
        take_in(cast, plan, FILE)
    with pytest.raises(NotImported, match="请重新核对"):
        taking.take_in(BOOK, cast.office, plan, FILE, looked=looked)
    plan.tasks.filter(number="3").update(title="改名")
    before = state()
    with pytest.raises(Refused, match="这个文件已经导入过了"):
        take_in(cast, plan, FILE)
    assert (state(), Import.objects.count()) == (before, 1)


def test_a_task_that_somebody_changed_meanwhile_is_not_written_over(cast: build.Cast, plan: Plan) -> None:
    looked = taking.look(BOOK, cast.office, plan, FILE)
    actions.change_task(cast.office, plan.tasks.get(number="2"), version=1, title="另有安排", now=build.NOW)
    before = state()
    with pytest.raises(NotImported, match="现有的记录有了变化"):
        taking.take_in(BOOK, cast.office, plan, FILE, looked=looked)
    assert (state(), Import.objects.count()) == (before, 0)


def test_a_file_is_taken_in_whole_or_not_at_all(cast: build.Cast, plan: Plan) -> None:
    plan.tasks.filter(number="2").update(starts_on=LATE)
    before, entries = state(), Entry.objects.count()
    with pytest.raises(NotImported, match="第3行：完成期限不能早于开始日期"):
        take_in(cast, plan, FILE)
    assert (state(), Import.objects.count(), Entry.objects.count()) == (before, 0, entries)


def test_rows_with_faults_are_left_out_when_somebody_says_so(cast: build.Cast, plan: Plan) -> None:
    plan.tasks.filter(number="2").update(starts_on=LATE)
    data = workbook(
        HEADERS,
        ["1", "建平台", "没有这个单位", None, None],
        ["2", "办好活动", "二小", None, "2026-11-30"],
        ["3", "派教师", "一小", None, None],
    )
    with pytest.raises(NotImported, match="文件还有问题"):
        take_in(cast, plan, data)
    made = taking.take_in(BOOK, cast.office, plan, data, skips=True)
    assert (made.added, made.changed, made.handled, made.total) == (1, 0, 2, 2)
    assert [row for row, _why in made.left_out] == [2, 3]
    assert "完成期限不能早于开始日期" in made.left_out[1][1]
    assert [task.title for task in plan.tasks.order_by("number")] == ["建平台", "办活动", "派教师"]


def test_taking_in_and_undoing_stop_when_the_draft_is_submitted(cast: build.Cast, plan: Plan) -> None:
    made = take_in(cast, plan, FILE)
    Plan.objects.update(state=Plan.State.APPROVING)
    before = state()
    with pytest.raises(actions.WrongState):
        undo(cast.office, BOOK, plan, made, now=build.NOW)
    with pytest.raises(actions.WrongState):
        take_in(cast, plan, workbook(HEADERS, ["9", "新任务", None, None, None]))
    assert state() == before


def test_pages_hand_out_check_take_in_and_take_back(cast: build.Cast, plan: Plan) -> None:
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
    preview = client.get(answer["Location"])
    assert "办活动" in preview.content.decode()
    assert "<del>（空）</del> → 二小" in preview.content.decode()
    assert client.post(answer["Location"], {"seen": "x"}).status_code == 422
    seen = preview.context["looked"].digest
    taken = client.post(answer["Location"], {"seen": seen})
    assert "已导入" in client.get(taken["Location"]).content.decode()
    assert plan.tasks.get(number="2").lead_unit == cast.other_school
    assert "分解表.xlsx" in client.get(page).content.decode()
    undo_url = taken["Location"] + "undo/"
    assert build.client(cast.stranger).post(undo_url).status_code == 404
    assert client.post(undo_url).status_code == 302
    assert plan.tasks.get(number="2").lead_unit is None
    assert client.post(undo_url).status_code == 422


def test_columns_are_named_once_and_kept(cast: build.Cast, plan: Plan) -> None:
    client, page = build.client(cast.office), reverse("plans:sheet", args=[plan.pk])
    data = workbook(["代号", "要做的事", "归口", "完成期限"], ["7", "建台账", "一小", "尽快"])
    answer = client.post(page, {"file": SimpleUploadedFile("表.xlsx", data)})
    assert "缺少“编号”一列" in client.get(answer["Location"]).content.decode()
    columns = answer["Location"] + "columns/"
    assert "归口" in client.get(columns).content.decode()
    assert client.post(columns, {"number": "=没有这一列"}).status_code == 422
    said = {"number": "=代号", "title": "=要做的事", "lead_unit": "=归口", "due_on": "-"}
    assert client.post(columns, said)["Location"] == answer["Location"]
    preview = client.get(answer["Location"])
    assert "7 建台账" in preview.content.decode()
    assert 'value="=归口" selected' in client.get(columns).content.decode()
    client.post(answer["Location"], {"seen": preview.context["looked"].digest})
    assert plan.tasks.get(number="7").lead_unit == cast.school

    again = workbook(["代号", "要做的事", "归口"], ["8", "再建一个", "二小"])
    answer = client.post(page, {"file": SimpleUploadedFile("表2.xlsx", again)})
    assert "8 再建一个" in client.get(answer["Location"]).content.decode()


def test_page_says_what_kind_of_file_it_wants(cast: build.Cast, plan: Plan) -> None:
    client, page = build.client(cast.office), reverse("plans:sheet", args=[plan.pk])
    answer = client.post(page, {"file": SimpleUploadedFile("说明.txt", "没有表格".encode())})
    assert "不是电子表格" in client.get(answer["Location"]).content.decode()
