"""The template, and the file given back with its faults: both are read again as they should be."""

from io import BytesIO
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.test_sheets_reading import HEADERS, STAFF, workbook
from xietong.kit.sheets import Choice, Column, Sheet
from xietong.kit.sheets.annotating import SUMMARY, annotated, key_of
from xietong.kit.sheets.checking import check
from xietong.kit.sheets.template import template


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def test_template_has_headers_notes_and_drop_downs() -> None:
    book = opened(template(STAFF))
    page = book["教职工"]
    assert [cell.value for cell in page[1]] == ["工号*", "姓名*", *HEADERS[2:]]
    assert page["A1"].comment.text == "必填。"
    lists = {
        next(iter(rule.sqref.ranges)).coord.split(":")[0]: rule.formula1
        for rule in page.data_validations.dataValidation
    }
    assert lists == {"F2": '"是,否"', "G2": '"县第一小学,县财政局"', "H2": '"县第一小学,县财政局"'}
    assert book.sheetnames == ["教职工", "填写说明"]
    assert page["A2"].value == "示例："


def test_template_is_read_as_empty() -> None:
    checked = check(template(STAFF), STAFF)
    assert (checked.numbers, checked.problems, len(checked.headers)) == ((), (), 9)


def test_template_keeps_a_long_list_on_a_sheet_of_its_own() -> None:
    units = {f"云岭县第{n}小学": str(n) for n in range(60)}
    book = opened(template(Sheet("t", "表", (Column("unit", "单位", Choice(units)),))))
    [rule] = book["表"].data_validations.dataValidation
    assert rule.formula1 == "选项!$A$1:$A$60"
    assert book["选项"].sheet_state == "hidden"


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.text("甲乙=+-@丙", min_size=1, max_size=8)),
        max_size=6,
        unique_by=lambda row: row[0],
    )
)
def test_template_with_rows_is_read_back(rows: list[tuple[int, str]]) -> None:
    filled = template(STAFF, [{"code": str(code), "name": name, "unit": "一小"} for code, name in rows])
    checked = check(filled, STAFF)
    assert checked.columns["code"] == tuple(str(code) for code, _name in rows)
    assert [name.lstrip("'") for name in checked.columns["name"]] == [name for _code, name in rows]


def test_annotated_writes_each_fault_at_its_cell_and_lists_all() -> None:
    data = workbook(["名册"], HEADERS, ["A1", "甲", "x"], ["A1", "", None, 99])
    checked = check(data, STAFF)
    said = {key_of(one): one.sentence % one.values for one in checked.problems}
    book = opened(annotated(data, STAFF, checked, {}, said))
    page, listed = book.worksheets
    assert "“x”不是日期" in page["C3"].comment.text
    assert "“姓名”不能为空" in page["B4"].comment.text
    assert "不能大于 60" in page["D4"].comment.text
    assert "第4行与第3行的工号相同" in page["A4"].comment.text
    assert page["A3"].comment is None
    assert page["C3"].fill.fgColor.rgb == "FFFDEAEA"
    assert listed.title == SUMMARY
    assert [row[0].value for row in listed.iter_rows(min_row=2)] == [3, 4, 4, 4]


def test_annotated_is_read_again_with_the_same_faults() -> None:
    data = workbook(["名册"], HEADERS, ["A1", "甲", "x"], ["A2", None, None, 99])
    checked = check(data, STAFF)
    said = {key_of(one): one.sentence % one.values for one in checked.problems}
    again = check(annotated(data, STAFF, checked, {}, said), STAFF)
    assert (again.problems, again.columns, again.numbers) == (checked.problems, checked.columns, checked.numbers)
