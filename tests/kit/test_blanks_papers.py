"""A Word form of a higher bureau: its tables as grids, words in their blanks in the looks of the cell."""

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.kit.form_files import paper, saved, simple_paper
from tests.kit.test_blanks_books import blanks, refusal
from xietong.kit.blanks import fill_form
from xietong.kit.blanks.filling import filled
from xietong.kit.blanks.reading import read
from xietong.kit.sandbox import Unreadable

pytestmark = pytest.mark.once

HEADS = {(0, 0): "项目", (0, 1): "数量", (1, 0): "应报单位"}


def table(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(content)).tables[0].rows]


def xml(text: str) -> Any:
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {nsdecls('w')}", text))


def test_blanks_of_tables_are_known_by_their_heads() -> None:
    made = paper(3, 3, HEADS)
    rows = made.tables[0]
    rows.cell(0, 1).merge(rows.cell(0, 2))
    rows.cell(1, 0).merge(rows.cell(2, 0))
    made.add_table(1, 2).cell(0, 0).text = "填报人"
    found = read(saved(made))
    assert found.kind == "docx"
    assert blanks(found) == {
        "表格1 R2C2": "应报单位 · 数量",
        "表格1 R2C3": "应报单位 · 数量",
        "表格1 R3C2": "应报单位 · 数量",
        "表格1 R3C3": "应报单位 · 数量",
        "表格2 R1C2": "填报人",
    }
    first = found.grids[0]
    assert [(one.text, one.rows, one.columns) for one in first.rows[0]] == [("项目", 1, 1), ("数量", 1, 2)]
    assert (first.rows[1][0].rows, len(first.rows[2])) == (2, 2)


def test_cells_that_hold_something_are_no_blanks() -> None:
    made = paper(1, 6, {(0, 0): "____"})
    row = made.tables[0].rows[0]
    row.cells[1]._tc.p_lst[0].append(xml('<w:fldSimple w:instr="PAGE"/>'))
    row.cells[2]._tc.p_lst[0].append(xml("<w:r><w:instrText>PAGE</w:instrText></w:r>"))
    row.cells[3].add_table(1, 1)
    row.cells[4]._tc.p_lst[0].append(xml("<w:r><w:t>  </w:t></w:r>"))
    assert list(blanks(read(saved(made)))) == ["表格1 R1C5", "表格1 R1C6"]


def test_words_stand_in_the_looks_of_the_cell() -> None:
    made = paper(2, 3, HEADS)
    row = made.tables[0].rows[1]
    kept = row.cells[1].paragraphs[0].add_run(" ")
    kept.bold = True
    kept.add_tab()
    row.cells[2]._tc.p_lst[0].get_or_add_pPr().append(
        xml('<w:rPr><w:ins w:id="1" w:author="a"/><w:i/><w:sz w:val="30"/></w:rPr>')
    )
    content = filled(saved(made), {"表格1 R2C2": "12", "表格1 R2C3": " 云\x01岭县"})
    assert table(content) == [["项目", "数量", ""], ["应报单位", "12", " 云岭县"]]
    cells = docx.Document(BytesIO(content)).tables[0].rows[1].cells
    first, second = (cell.paragraphs[0].runs[0] for cell in cells[1:])
    assert (first.bold, second.italic, second.font.size.pt) == (True, True, 15)
    assert second._r.rPr.find(qn("w:ins")) is None


def test_a_cell_without_a_paragraph_gets_one() -> None:
    made = paper(1, 2, {(0, 0): "项目"})
    cell = made.tables[0].rows[0].cells[1]._tc
    cell.remove(cell.p_lst[0])
    assert docx.Document(BytesIO(filled(saved(made), {"表格1 R1C2": "甲"}))).tables[0].rows[0].cells[1].text == "甲"


def test_rows_and_cells_in_content_controls_are_read() -> None:
    made = paper(1, 2, {(0, 0): "项目"})
    row = made.tables[0].rows[0]._tr
    control = xml("<w:sdt><w:sdtContent><w:tc><w:p/></w:tc></w:sdtContent></w:sdt>")
    row.append(control)
    row.insert(0, xml('<w:trPr><w:gridBefore w:val="1"/></w:trPr>'))
    assert list(blanks(read(saved(made)))) == ["表格1 R1C3", "表格1 R1C4"]


def test_a_cell_that_goes_on_from_nowhere_stands_for_itself() -> None:
    made = paper(1, 2, {(0, 0): "项目"})
    made.tables[0].rows[0].cells[1]._tc.get_or_add_tcPr().append(xml("<w:vMerge/>"))
    assert list(blanks(read(saved(made)))) == ["表格1 R1C2"]


def test_the_same_form_and_values_make_the_same_bytes() -> None:
    assert fill_form(simple_paper(), {"表格1 R2C2": "12"}) == fill_form(simple_paper(), {"表格1 R2C2": "12"})


@pytest.mark.parametrize("address", ["表格1 R1C1", "表格1 R9C9", "表1!B3"])
def test_what_is_no_blank_is_not_filled(address: str) -> None:
    with pytest.raises(Unreadable, match="不是空格"):
        filled(simple_paper(), {address: "1"})


def test_limits_are_said() -> None:
    many = docx.Document()
    for _n in range(21):
        many.add_table(1, 1)
    plain = docx.Document()
    plain.add_paragraph("填报单位：________")
    wide = paper(1, 2)
    wide.tables[0].rows[0].cells[1]._tc.get_or_add_tcPr().append(xml('<w:gridSpan w:val="9999"/>'))
    said = [refusal(saved(one))[:5] for one in (paper(201, 1), paper(1, 41), wide, many, plain, paper(31, 20))]
    assert said == ["表格太大：", "表格太大：", "表格太大：", "表格太大：", "文件里没有", "空白格太多"]
