"""Workbooks as people make them: headers anywhere, values in every shape, and every fault named at its cell."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from xietong.kit.sandbox import Unreadable
from xietong.kit.sheets import Checked, Choice, Column, Day, Number, Sheet, Text, YesNo, check_safely
from xietong.kit.sheets.checking import NO_HEADERS, check

UNITS = {"县第一小学": "1", "一小": "1", "县财政局": "2", "财政局": "2"}


def ends_in_x(words: str) -> tuple[str, dict[str, str]] | None:
    """A rule as an area gives one."""
    return None if words.endswith("X") else ("%(cell)s：“%(found)s”不以 %(letter)s 结尾。", {"letter": "X"})


STAFF = Sheet(
    "tests.staff",
    "教职工",
    (
        Column("code", "工号", Text(20, digits=True), synonyms=("职工号",), required=True),
        Column("name", "姓名", Text(10), required=True, example="张三"),
        Column("born", "出生日期", Day(), synonyms=("出生年月日",)),
        Column("age", "教龄", Number(0, 0, 60)),
        Column("share", "比例", Number(2)),
        Column("head", "班主任", YesNo()),
        Column("unit", "单位", Choice(UNITS)),
        Column("units", "协办单位", Choice(UNITS, several=True)),
        Column("identity", "身份证号", Text(18, digits=True), rule=ends_in_x),
    ),
    unique=("code",),
)
HEADERS = [column.header for column in STAFF.columns]


def workbook(*rows: list[Any], sheet: str = "名册", **options: Any) -> bytes:
    """An .xlsx of these rows; a date keeps the shape that Excel gives it."""
    file = BytesIO()
    with xlsxwriter.Workbook(
        file, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False} | options
    ) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return file.getvalue()


def one(header: str, value: Any) -> Checked:
    """A file of one row with one value in question."""
    row = ["A1", "张三", *[None] * 7]
    row[HEADERS.index(header)] = value
    return check(workbook(HEADERS, row), STAFF)


def faults(checked: Checked) -> list[tuple[str, str]]:
    return [(problem.cell, problem.sentence % problem.values) for problem in checked.problems]


@pytest.mark.parametrize(
    ("header", "value", "read"),
    [
        ("工号", "０１２３", "0123"),
        ("工号", 20240001, "20240001"),
        ("工号", "00123 ", "00123"),
        ("姓名", " 张三 ", "张三"),
        ("姓名", "=张三", "=张三"),
        ("出生日期", "2024-3-1", "2024-03-01"),
        ("出生日期", "2024/03/01", "2024-03-01"),
        ("出生日期", "2024.3.1", "2024-03-01"),
        ("出生日期", "2024年3月1日", "2024-03-01"),
        ("出生日期", "20240301", "2024-03-01"),
        ("出生日期", 45352, "2024-03-01"),
        ("教龄", "１２", "12"),
        ("教龄", 12.0, "12"),
        ("比例", "1,234.50", "1234.50"),
        ("比例", "5%", "0.05"),
        ("班主任", "√", "是"),
        ("班主任", False, "否"),
        ("单位", "一小", "1"),
        ("协办单位", "一小、财政局，县第一小学", "1\n2"),
        ("身份证号", "36012219900101123x", "36012219900101123X"),
    ],
)
def test_check_reads_what_people_write(header: str, value: Any, read: str) -> None:
    checked = one(header, value)
    assert checked.problems == ()
    assert checked.columns[STAFF.columns[HEADERS.index(header)].key] == (read,)


@pytest.mark.parametrize(
    ("header", "value", "cell", "said"),
    [
        ("工号", "", "A2", "“工号”不能为空"),
        ("工号", "1.2E+17", "A2", "末尾数字已被 Excel 舍去"),
        ("姓名", "一二三四五六七八九十甲", "B2", "最多 10 字，现有 11 字"),
        ("出生日期", "去年", "C2", "“去年”不是日期"),
        ("出生日期", "2024-13-1", "C2", "日历上没有“2024-13-1”"),
        ("出生日期", "20240230", "C2", "日历上没有“20240230”"),
        ("教龄", "十二", "D2", "“十二”不是数字"),
        ("教龄", "NaN", "D2", "“NaN”不是数字"),
        ("教龄", 1.5, "D2", "小数位过多，最多 0 位"),
        ("教龄", -1, "D2", "不能小于 0"),
        ("教龄", 99, "D2", "不能大于 60"),
        ("班主任", "或许", "F2", "请填“是”或“否”"),
        ("单位", "三小", "G2", "“三小”不在可选范围内，可填：县第一小学"),
        ("协办单位", "一小、三小", "H2", "“三小”不在可选范围内"),
        ("身份证号", "360122199001011234", "I2", "不以 X 结尾"),
        ("身份证号", "360122199001011000", "I2", "末尾数字已被 Excel 舍去"),
    ],
)
def test_check_names_the_cell_and_what_to_do(header: str, value: Any, cell: str, said: str) -> None:
    [(named, words)] = faults(one(header, value))
    assert named == cell
    assert said in words


def test_check_says_of_two_rows_that_they_are_the_same() -> None:
    checked = check(workbook(HEADERS, ["A1", "甲"], ["A2", "乙"], ["Ａ１", "丙"]), STAFF)
    assert faults(checked) == [("", "第4行与第2行的工号相同；请只保留一行。")]


def test_check_reports_every_fault_and_keeps_every_row() -> None:
    checked = check(workbook(HEADERS, [None, "甲", "x"], ["A2", None, None, 99]), STAFF)
    assert [problem.cell for problem in checked.problems] == ["A2", "C2", "B3", "D3"]
    assert checked.bad_rows == {2, 3}
    assert [(row[""], row["code"], row["name"]) for row in checked.rows()] == [(2, "", "甲"), (3, "A2", "")]


def test_check_finds_headers_below_titles_with_notes_and_synonyms() -> None:
    head = ["职工号（必填）", "姓 名*", "出生年月日\n", "备注"]
    checked = check(workbook(["2026年教职工名册"], [], head, ["A1", "甲", "2024-3-1", "x"]), STAFF)
    assert (checked.numbers, checked.columns["born"]) == ((4,), ("2024-03-01",))
    assert checked.headers == {"code": "职工号（必填）", "name": "姓 名*", "born": "出生年月日"}
    assert checked.unknown == ("备注",)


def test_check_joins_two_rows_of_merged_headers() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 1, 0, "工号")
        page.merge_range(0, 1, 0, 2, "基本情况")
        page.write_row(1, 1, ["姓名", "教龄"])
        page.write_row(2, 0, ["A1", "甲", 3])
    checked = check(file.getvalue(), STAFF)
    assert (checked.columns["name"], checked.columns["age"], checked.numbers) == (("甲",), ("3",), (3,))


def test_check_passes_over_blank_rows_totals_and_the_example() -> None:
    rows = [["示例：A0", "张三"], ["A1", "甲"], [], ["A2", "乙"], ["合 计", 2]]
    checked = check(workbook(HEADERS, *rows), STAFF)
    assert checked.numbers == (3, 5)
    assert [sentence % values for sentence, values in checked.remarks] == [
        "第6行是合计，没有读入。", "第2行是模板的示例，没有读入。",
    ]  # fmt: skip


def test_check_follows_what_somebody_said_of_the_columns() -> None:
    data = workbook(["编码", "姓名", "工号"], ["A1", "甲", "旧1"])
    assert check(data, STAFF).columns["code"] == ("旧1",)
    said = check(data, STAFF, {"code": "编码"})
    assert (said.columns["code"], said.unknown) == (("A1",), ("工号",))


def test_check_names_columns_that_are_missing() -> None:
    checked = check(workbook(["姓名", "教龄"], ["甲", 3]), STAFF)
    assert faults(checked) == [("", "缺少“工号”一列；请补上这一列，或在列对应中指定。")]


def test_check_names_cells_as_excel_does_where_the_table_begins_further_in() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(4, 2, ["工号", "姓名", "教龄"])
        page.write_row(5, 2, ["A1", "甲", "x"])
    assert [problem.cell for problem in check(file.getvalue(), STAFF).problems] == ["E6"]


def test_check_chooses_the_worksheet_that_fits_and_none_that_is_hidden() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("说明").write(0, 0, "请填写")
        book.add_worksheet("数据").write_row(0, 0, ["工号", "姓名"])
        hidden = book.add_worksheet("旧")
        hidden.write_row(0, 0, HEADERS)
        hidden.hide()
    assert check(file.getvalue(), STAFF).sheet_name == "数据"


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", ","), ("utf-8-sig", "\t"), ("gb18030", ";"), ("utf-16", "\t")]
)
def test_check_reads_text_in_the_encodings_met(encoding: str, mark: str) -> None:
    text = f"工号{mark}姓名{mark}教龄\r\nA1{mark}“甲”{mark}3\r\n\r\nA2{mark}乙\r\n"
    checked = check(text.encode(encoding), STAFF)
    assert (checked.columns["name"], checked.columns["age"], checked.numbers) == (("“甲”", "乙"), ("3", ""), (2, 4))


def test_with_options_fills_choices_at_the_time() -> None:
    sheet = Sheet("t", "表", (Column("unit", "单位", Choice(), required=True), Column("n", "数")))
    filled = sheet.with_options({"unit": {"三小": "3"}, "n": {"x": "y"}})
    assert check(workbook(["单位", "数"], ["三小", "1"]), filled).columns["unit"] == ("3",)
    assert filled.column("n").kind == Text()


def test_check_safely_gives_the_same_from_its_child() -> None:
    data = workbook(HEADERS, ["A1", "甲", "x"], ["A2", "乙", "2024-3-1"])
    assert check_safely(data, STAFF) == check(data, STAFF)


def test_check_gives_the_headers_of_a_file_of_which_it_knows_none() -> None:
    checked = check(workbook(["某县名册"], ["人员编码", "人员"], ["A1", "甲"], ["A2", "乙"]), STAFF)
    assert (checked.texts, checked.numbers, checked.lacking) == (("人员编码", "人员"), (), True)
    assert [one.sentence for one in checked.problems] == [NO_HEADERS]
    read = check(workbook(["人员编码", "人员"], ["A1", "甲"]), STAFF, {"code": "人员编码", "name": "人员"})
    assert (read.problems, read.columns["name"]) == ((), ("甲",))


def test_check_leaves_a_sum_out_wherever_its_word_stands() -> None:
    rows = [[1, "甲", "A1", "5"], ["合 计", None, None, "5"]]
    checked = check(workbook(["序", "姓名", "工号", "教龄"], *rows), STAFF)
    assert (checked.problems, checked.numbers) == ((), (2,))
    assert [values["rows"] for _sentence, values in checked.remarks] == ["3"]


def spoilt_by_formulas(*, rename: str = "") -> bytes:
    """A workbook as Excel saves one whose formulas have lost what they stood on."""
    file, saved = BytesIO(), BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("说明").hide()
        page = book.add_worksheet("名册")
        book.worksheets()[1].activate()
        page.write_row(2, 1, HEADERS[:4])
        page.write_row(3, 1, ["A1", "甲"])
        page.write_formula(3, 4, "=A99", None, "#REF!")
        page.write_row(4, 1, ["A2"])
        page.write_formula(4, 2, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(saved, "w") as written:
        for part in package.namelist():
            data = package.read(part)
            if rename and part.endswith(("workbook.xml.rels", "[Content_Types].xml")):
                data = data.replace(b"sheet2.xml", rename.encode())
            written.writestr(part.replace("sheet2.xml", rename) if rename else part, data)
        written.writestr("xl/calcChain.xml", "<calcChain/>")
    return saved.getvalue()


@pytest.mark.parametrize("rename", ["", "page7.xml"])
def test_check_says_which_formulas_went_wrong(rename: str) -> None:
    checked = check(spoilt_by_formulas(rename=rename), STAFF)
    assert (
        faults(checked)
        == [
            ("C5", "C5：公式出错（#N/A）；请改正公式，或者直接填写内容。"),
            ("E4", "E4：公式出错（#REF!）；请改正公式，或者直接填写内容。"),
        ][::-1]
    )


def test_check_reads_the_days_of_a_workbook_that_counts_from_1904() -> None:
    data = workbook(HEADERS[:3], ["A1", "甲", date(2024, 3, 1)], date_1904=True)
    assert check(data, STAFF).columns["born"] == ("2024-03-01",)


def test_check_says_when_excel_has_cut_off_digits() -> None:
    [fault] = faults(one("身份证号", 362421199001011000))
    assert fault == ("I2", "I2：“身份证号”的末尾数字已被 Excel 舍去；请把该列设为文本格式后重新填写。")
    assert "不以 X 结尾" in faults(one("身份证号", "3624211990010110"))[0][1]


def test_check_passes_over_a_column_that_somebody_set_aside() -> None:
    checked = check(workbook([*HEADERS[:3]], ["A1", "甲", "昨天"]), STAFF, {"born": None})
    assert (checked.problems, checked.unknown) == ((), ("出生日期",))


def test_check_safely_refuses_what_has_no_words() -> None:
    with pytest.raises(Unreadable, match="没有找到表头"):
        check_safely(workbook([None], []), STAFF)
