"""A table as an official document: page, fonts, repeated head, places to sign, watermark."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from xietong.kit.docx import Column, Letter, Paragraph, TableDocument, letter, table_document, write_table_document

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


def written(**fields: Any) -> Any:
    body = (Paragraph("一、要求", heading=True), Paragraph("请说明。\n逐条写。"))
    return Document(BytesIO(letter(Letter("督办单", body, **fields))))


def test_letter_stands_upright_within_the_official_margins_and_numbers_its_pages() -> None:
    document = written(number="督办〔2026〕1号", addressee="教师发展中心：", signed=("办公室",), places=("签字：",))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words == [
        "督办单", "督办〔2026〕1号", "", "教师发展中心：", "一、要求", "请说明。", "逐条写。",
        "办公室", "签字：",
    ]  # fmt: skip
    assert fonts(document.paragraphs[0]) == ["方正小标宋简体"]
    assert fonts(document.paragraphs[4]) == ["黑体"]
    assert fonts(document.paragraphs[5]) == ["仿宋_GB2312"]
    assert document.paragraphs[5].paragraph_format.first_line_indent == Pt(32)
    assert section.footer.paragraphs[0]._p.find(qn("w:fldSimple")) is not None


def test_letter_gives_a_long_signature_the_whole_line() -> None:
    short, long = written(signed=("办公室", "领" * 28)).paragraphs[-2:]
    assert (short.paragraph_format.right_indent, long.paragraph_format.right_indent) == (Pt(32), Pt(0))


def test_sheet_is_set_close_on_narrow_margins_without_a_number() -> None:
    document = written(sheet=True, watermark="演示")
    section = document.sections[0]
    assert round(section.left_margin.mm) == 18
    assert section.footer.paragraphs[0].text == ""
    assert document.paragraphs[1].runs[0].font.size == Pt(10.5)
    assert 'string="演示"' in section.header._element.xml


def test_table_document_keeps_lines_and_signs_and_leaves_out_what_xml_cannot_say() -> None:
    content = TableDocument("表", COLUMNS, [("<1>", " 建\n平台 & 派\x00\x0b教师 "), ("", "")])
    [table] = Document(BytesIO(table_document(content))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["<1>", " 建\n平台 & 派教师 "], ["", ""],
    ]  # fmt: skip


def test_table_document_takes_rows_one_by_one_and_may_have_none() -> None:
    file = BytesIO()
    write_table_document(TableDocument("表", COLUMNS, ((str(n), "任务") for n in range(3000))), file)
    [table] = Document(file).tables
    assert (len(table._tbl.tr_lst), table.rows[3000].cells[0].text) == (3001, "2999")
    [table] = Document(BytesIO(table_document(TableDocument("表", COLUMNS, [])))).tables
    assert len(table.rows) == 1
