"""A table as an official document: page, fonts, repeated head, places to sign, watermark."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from xietong.kit.docx import Column, TableDocument, table_document

COLUMNS = (Column("编号", 30, centred=True), Column("任务", 100))


def made(**fields: Any) -> Any:
    content = TableDocument("任务分解表", COLUMNS, [("1", "建平台"), ("2", "派教师")], **fields)
    return Document(BytesIO(table_document(content)))


def fonts(paragraph: Any) -> list[str | None]:
    return [run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in paragraph.runs]


def test_table_document_holds_every_row_below_its_head() -> None:
    [table] = made().tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["编号", "任务"], ["1", "建平台"], ["2", "派教师"],
    ]  # fmt: skip
    assert fonts(table.rows[0].cells[0].paragraphs[0]) == ["黑体"]
    assert fonts(table.rows[1].cells[1].paragraphs[0]) == ["仿宋_GB2312"]


def test_table_document_repeats_its_head_and_keeps_rows_whole() -> None:
    [table] = made().tables
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_table_document_lies_across_within_the_official_margins() -> None:
    document = made(notes=("云岭县",), signatures=("编制人：", "审核人："))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert [round(side.mm) for side in (section.top_margin, section.bottom_margin)] == [28, 26]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin)] == [37, 35]
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words == ["任务分解表", "云岭县", "", "编制人：　　　　　审核人："]
    assert fonts(document.paragraphs[0]) == ["方正小标宋简体"]


def test_table_document_numbers_its_pages() -> None:
    footer = made().sections[0].footer.paragraphs[0]
    assert footer._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"


def test_table_document_carries_a_watermark_only_if_asked() -> None:
    def header(document: Any) -> str:
        return document.sections[0].header._element.xml

    assert 'string="演示"' in header(made(watermark="演示"))
    assert "textpath" not in header(made())
