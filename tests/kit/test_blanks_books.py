"""A workbook of a higher bureau is read as grids and filled without touching anything else."""

import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill

from tests.kit.form_files import FRAME, book, saved, simple_sheet, with_parts
from xietong.kit.blanks import Paper, fill_form, read_form
from xietong.kit.blanks.filling import filled
from xietong.kit.blanks.reading import read
from xietong.kit.sandbox import Unreadable

pytestmark = pytest.mark.once

TABLE = {"A1": "演示统计表", "A2": "项目", "B2": "数量", "C2": "比例", "A3": "应报单位", "A4": "合计"}


def blanks(paper: Paper) -> dict[str, str]:
    return {cell.address: cell.label for grid in paper.grids for row in grid.rows for cell in row if cell.is_blank}


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content)
    return caught.value.message


def test_a_blank_is_known_by_the_heads_of_its_row_and_column() -> None:
    made = book(("表1", TABLE | {"B4": "=B3"}, "A2:C4"), merged=("A1:C1",))
    found = read(saved(made))
    assert found.kind == "xlsx"
    assert blanks(found) == {"表1!B3": "应报单位 · 数量", "表1!C3": "应报单位 · 比例", "表1!C4": "合计 · 比例"}
    (title,) = found.grids[0].rows[0]
    assert (title.text, title.columns, title.rows) == ("演示统计表", 3, 1)


def test_only_the_first_of_merged_cells_is_an_address() -> None:
    made = book(("表1", {"A1": "情况", "B1": "一", "C1": "二"}, "A1:C3"), merged=("A2:B3",))
    found = read(saved(made))
    assert blanks(found) == {"表1!A2": "情况", "表1!C2": "二", "表1!C3": "二"}
    cell = found.grids[0].rows[1][0]
    assert (cell.rows, cell.columns) == (2, 2)


def test_a_form_ends_where_its_words_and_frames_end() -> None:
    made = book(("表1", {"A1": "项目"}, "A1:B2"))
    made["表1"]["Z300"].fill = PatternFill("solid", fgColor="FFFFFF00")
    made["表1"]["A500"].border = FRAME
    assert blanks(read(saved(made))) == {"表1!B1": "项目", "表1!A2": "项目", "表1!B2": ""}


def test_hidden_sheets_are_passed_over() -> None:
    made = book(("表1", {"A1": "项目"}, "A1:B1"), ("底表", {"A1": "项目"}, "A1:B1"))
    made["底表"].sheet_state = "hidden"
    assert list(blanks(read(saved(made)))) == ["表1!B1"]


def test_values_stand_in_their_cells_and_all_else_stays() -> None:
    made = book(("表1", TABLE | {"B4": "=SUM(B3:B3)"}, "A2:C4"), merged=("A1:C1",))
    made["表1"]["C3"].number_format = "0.0%"
    made["表1"]["C4"].number_format = '0"%";@'
    made["表1"].column_dimensions["A"].width = 33
    before = saved(made)
    after = filled(before, {"表1!B3": "12", "表1!C3": "50.0%", "表1!C4": "—"})
    page = opened(after)["表1"]
    assert [page[one].value for one in ("B3", "C3", "C4", "B4")] == [12, 0.5, "—", "=SUM(B3:B3)"]
    assert (page["B3"].font.name, page["B3"].border.left.style) == ("仿宋", "thin")
    assert (page["C3"].number_format, page.column_dimensions["A"].width) == ("0.0%", 33)
    assert opened(after).calculation.fullCalcOnLoad
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        assert old.read("xl/styles.xml") == new.read("xl/styles.xml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-3.50", -3.5),
        ("0", 0),
        ("0123", "0123"),
        ("50.0%", "50.0%"),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+86", "'+86"),
        (" 云岭县 ", " 云岭县 "),
        ("坏\x00\x0b字", "坏字"),
        ("1" * 20, "1" * 20),
    ],
)
def test_numbers_are_numbers_and_texts_never_formulas(text: str, value: Any) -> None:
    cell = opened(filled(simple_sheet(), {"表1!B3": text}))["表1"]["B3"]
    assert (cell.value, cell.data_type) == (value, "s" if isinstance(value, str) else "n")


def test_a_cell_that_nobody_wrote_in_gets_its_place() -> None:
    made = book(("表1", {"A1": "项目", "D1": "末列", "A5": "末行"}, ""))
    made["表1"].column_dimensions["B"].number_format = "0.00"
    content = filled(saved(made), {"表1!B1": "1", "表1!C1": "2", "表1!B3": "3", "表1!D5": "4"})
    page = opened(content)["表1"]
    assert [page[one].value for one in ("B1", "C1", "B3", "D5", "D1", "A5")] == [1, 2, 3, 4, "末列", "末行"]
    assert page["B3"].number_format == "0.00"
    assert read(content).grids[0].rows[2][1].text == "3"


def test_a_whole_row_lends_its_look() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row s="1" customFormat="1"><c t="inlineStr"><is><t>项目</t></is></c><c/>'
        '<c t="inlineStr"><is><t>完</t></is></c></row>'
        '<row r="3" spans="1:1" s="1" customFormat="1"><c r="A3" t="str"><v>合计</v></c></row>'
        "</sheetData></worksheet>"
    )
    content = with_parts(simple_sheet(), {"xl/worksheets/sheet1.xml": sheet.encode()})
    page = opened(filled(content, {"表1!B1": "1", "表1!B3": "甲"}))["表1"]
    assert [page[one].value for one in ("A1", "B1", "C1", "A3", "B3")] == ["项目", 1, "完", "合计", "甲"]
    assert page["B3"].font.name == "仿宋"


def test_the_same_form_and_values_make_the_same_bytes() -> None:
    values = {"表1!B3": "12", "表1!C3": "演示"}
    assert fill_form(simple_sheet(), values) == fill_form(simple_sheet(), dict(reversed(values.items())))
    assert read_form(simple_sheet()) == read(simple_sheet())


@pytest.mark.parametrize("address", ["表1!A3", "表1!D9", "表2!B3", "表格1 R1C1", ""])
def test_what_is_no_blank_is_not_filled(address: str) -> None:
    with pytest.raises(Unreadable, match="不是空格"):
        filled(simple_sheet(), {address: "1"})


def test_phonetic_reading_is_no_part_of_a_text() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>表</t></si><si><r><t>项</t></r><r><t>目</t></r><rPh><t>xiangmu</t></rPh></si></sst>"
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>7</v></c><c><v>2026.0</v></c>'
        "</row></sheetData></worksheet>"
    )
    parts = {"xl/sharedStrings.xml": strings.encode(), "xl/worksheets/sheet1.xml": sheet.encode()}
    (row,) = read(with_parts(shared_strings(), parts)).grids[0].rows
    assert [one.text for one in row] == ["表", "项目", "", "2026"]


def shared_strings() -> bytes:
    """A workbook that keeps its texts in one place, as Excel does."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as made:
        page = made.add_worksheet("表1")
        page.write_row(0, 0, ["项目", "数量"])
        page.write_column(1, 0, ["应报单位", "合计"])
        page.write_formula(2, 1, "=B2")
    return file.getvalue()


def test_a_workbook_as_excel_writes_it_is_read_and_filled() -> None:
    content = shared_strings()
    assert blanks(read(content)) == {"表1!B2": "应报单位 · 数量"}
    page = opened(filled(content, {"表1!B2": "12"}))["表1"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["项目", "数量"],
        ["应报单位", 12],
        ["合计", "=B2"],
    ]


def test_limits_are_said() -> None:
    far = book(("表1", {"A1": "项目", "A201": "太远"}, ""))
    wide = book(("表1", {"A1": "项目", "AO1": "太宽"}, ""))
    many = book(*((f"表{n}", {"A1": "项目"}, "A1:B1") for n in range(21)))
    full = book(("表1", {"A1": "项目"}, "A1:Z40"))
    plain = book(("表1", {"A1": "项目"}, ""))
    assert [refusal(saved(one))[:5] for one in (far, wide, many, full, plain)] == [
        "表格太大：",
        "表格太大：",
        "表格太大：",
        "空白格太多",
        "文件里没有",
    ]
