"""Forty planted errors in a 任务分解表 and a staff roster come back; corrected and undone, all is as before."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.apps import apps

from tests import build, planning, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.people.sheets import PeopleBook
from xietong.areas.plans.models import Plan
from xietong.areas.plans.sheets import BreakdownBook
from xietong.kit.sheets.annotating import SUMMARY, annotated, key_of
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.taking import undo

pytestmark = pytest.mark.django_db

TASKS = ["编号", "任务", "牵头单位", "协办单位", "开始日期", "完成期限", "频次", "成果", "面向各单位"]
GOOD_TASK = ["", "建平台", "一小", "二小", "2026-03-01", "2026-12-31", "每学期", "总结", "否"]
# Row by row: which column is spoilt, how, and what the message says of it.
SPOILT_TASKS: list[tuple[str, Any, str]] = [
    ("编号", None, "“编号”不能为空"),
    ("编号", "甲" * 21, "最多 20 字"),
    ("任务", None, "“任务”不能为空"),
    ("任务", "长" * 201, "最多 200 字"),
    ("任务", "   ", "“任务”不能为空"),
    ("牵头单位", "第九十九中学", "不在可选范围内"),
    ("牵头单位", "一小、二小", "不在可选范围内"),
    ("协办单位", "二小、没有的局", "“没有的局”不在可选范围内"),
    ("协办单位", "二小；无名单位", "“无名单位”不在可选范围内"),
    ("开始日期", "明年春季", "不是日期"),
    ("开始日期", "2026-02-30", "日历上没有"),
    ("完成期限", "2026年13月1日", "日历上没有"),
    ("完成期限", "年底前", "不是日期"),
    ("完成期限", "2026/12", "不是日期"),
    ("完成期限", "12月31日", "不是日期"),
    ("频次", "每周一三五和每月最后一个工作日的上午各一次", "最多 20 字"),
    ("成果", "表" * 201, "最多 200 字"),
    ("面向各单位", "大概", "请填“是”或“否”"),
    ("面向各单位", "2", "请填“是”或“否”"),
    ("编号", "T5", "编号相同"),
]

PEOPLE = ["姓名", "身份证号", "手机号", "性别", "工号", "单位", "岗位", "性质", "任教学科", "任职日期"]
NUMBERS = [build.identity_number(n) for n in range(700, 724)]
SPOILT_PEOPLE: list[tuple[str, Any, str]] = [
    ("姓名", None, "“姓名”不能为空"),
    ("姓名", "名" * 61, "最多 60 字"),
    ("身份证号", NUMBERS[2][:17], "应为18位，现为17位"),
    ("身份证号", NUMBERS[3] + "1", "应为18位，现为19位"),
    ("身份证号", NUMBERS[4][:17] + ("0" if NUMBERS[4][17] != "0" else "1"), "校验位不符"),
    ("身份证号", NUMBERS[5][:10] + "A" + NUMBERS[5][11:], "前17位应为数字"),
    ("身份证号", NUMBERS[6][:6] + "19901332" + NUMBERS[6][14:], "出生日期不存在"),
    ("身份证号", float(NUMBERS[7][:15] + "000"), "末尾数字已被 Excel 舍去"),
    ("手机号", "1390000", "手机号应为11位"),
    ("手机号", "0791-8888888", "手机号应为11位"),
    ("手机号", "23900000001", "手机号应为11位"),
    ("性别", "妇", "不在可选范围内"),
    ("工号", "9" * 21, "最多 20 字"),
    ("单位", None, "“单位”不能为空"),
    ("单位", "不存在的学校", "不在可选范围内"),
    ("岗位", None, "“岗位”不能为空"),
    ("性质", "长期临时", "不在可选范围内"),
    ("任教学科", "科" * 41, "最多 40 字"),
    ("任职日期", "去年九月", "不是日期"),
    ("任职日期", "2023-09-31", "日历上没有"),
]


def tasks() -> list[list[Any]]:
    return [[f"T{n}", *GOOD_TASK[1:]] for n in range(1, len(SPOILT_TASKS) + 1)]


def people() -> list[list[Any]]:
    return [
        [f"教师{n}", NUMBERS[n], f"139{n:08}", None, f"N{n}", "一小", "教师", "在编", "语文", "2024-09-01"]
        for n in range(len(SPOILT_PEOPLE))
    ]


def spoilt(headers: list[str], rows: list[list[Any]], faults: list[tuple[str, Any, str]]) -> bytes:
    wrong = [list(row) for row in rows]
    for row, (header, value, _said) in zip(wrong, faults, strict=True):
        row[headers.index(header)] = value
    return workbook(headers, *wrong)


def everything() -> dict[str, list[Any]]:
    """All rows of the tables that an import may write, to the letter."""
    models = [model for label in ("orgs", "people", "plans") for model in apps.get_app_config(label).get_models()]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.mark.parametrize(
    ("book", "headers", "rows", "faults"),
    [
        (BreakdownBook(), TASKS, tasks(), SPOILT_TASKS),
        (PeopleBook(), PEOPLE, people(), SPOILT_PEOPLE),
    ],
    ids=["tasks", "people"],
)
def test_planted_errors_come_back_and_the_corrected_file_can_be_undone(
    cast: build.Cast, book: Book, headers: list[str], rows: list[list[Any]], faults: list[tuple[str, Any, str]]
) -> None:
    owner: Any = cast.county
    if isinstance(book, BreakdownBook):
        owner = planning.draft(county=cast.county)
        planning.task(plan=owner, state="draft", number="T3", title="旧名", lead_unit=cast.school)
        assert isinstance(owner, Plan)
    data = spoilt(headers, rows, faults)
    looked = taking.look(book, cast.office, owner, data)
    words = {key_of(one): one.sentence % one.values for one in looked.checked.problems}
    marked = openpyxl.load_workbook(BytesIO(annotated(data, looked.sheet, looked.checked, {}, words)))
    page, summary = marked.worksheets[0], marked[SUMMARY]
    listed = {(row[0].value, row[2].value) for row in summary.iter_rows(min_row=2)}
    for number, (header, _value, said) in enumerate(faults, start=2):
        notes = [cell.comment.text for cell in page[number] if cell.comment]
        assert any(said in note for note in notes), (number, header, said, notes)
        assert any(row == number and said in sentence for row, sentence in listed)
    assert {number for number, _sentence in listed} == set(range(2, len(faults) + 2))

    before = everything()
    made = taking.take_in(book, cast.office, owner, workbook(headers, *rows))
    assert made.added + made.changed == len(rows)
    assert everything() != before
    undo(cast.office, book, owner, made, now=build.NOW)
    assert everything() == before
