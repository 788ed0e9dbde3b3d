"""The layout of the documents made, against the numbers of GB/T 9704-2012, which are written here."""

from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn

from tests.kit.official_papers import BULLETIN, CIRCULAR, MINUTES, PAPERS, looks, made, paragraph
from xietong.kit.docx.official import Text

TWIPS_A_MM = 56.6929
POINTS = {"二号": 22, "三号": 16, "四号": 14}
CHARACTER = 16
ALL = pytest.mark.parametrize("content", PAPERS, ids=lambda content: type(content).__name__)


def indent(one: Any) -> tuple[float, float]:
    """Points from the left, and of the first line beside the others."""
    shape = one.style.paragraph_format
    return shape.left_indent.pt, shape.first_line_indent.pt


def foot(footer: Any) -> str:
    """The words of a foot with tabs and the field of the number."""
    tags = {qn("w:tab"): "\t", qn("w:fldSimple"): "[PAGE]"}
    [one] = footer.paragraphs
    pieces = one._p.iter(qn("w:t"), qn("w:tab"), qn("w:fldSimple"))
    return "".join(
        tags.get(each.tag) or (each.text if each.getparent().getparent().tag != qn("w:fldSimple") else "")
        for each in pieces
        if each.getparent().tag != qn("w:tabs")
    )


@ALL
def test_page_is_a4_with_the_margins_and_the_grid_of_the_standard(content: Any) -> None:
    [section] = made(content).sections

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    [grid] = section._sectPr.findall(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    assert int(225 * TWIPS_A_MM / 20 / pitch) == 22


@ALL
def test_language_of_the_document_is_chinese(content: Any) -> None:
    languages = {each.get(qn("w:eastAsia")) for each in made(content).styles.element.iter(qn("w:lang"))}

    assert languages == {"zh-CN"}


@ALL
def test_no_font_of_a_theme_takes_the_place_of_the_official_ones(content: Any) -> None:
    fonts = made(content).styles["Normal"].element.getparent().find(qn("w:docDefaults")).iter(qn("w:rFonts"))

    assert [name for each in fonts for name in each.attrib if name.endswith("Theme")] == []


@pytest.mark.parametrize(
    ("words", "font", "size"),
    [
        ("关于2026年11月工作情况的通报", "方正小标宋简体", "二号"),
        ("各中小学：", "仿宋_GB2312", "三号"),
        ("一、总体情况", "黑体", "三号"),
        ("（一）集中培训", "楷体_GB2312", "三号"),
        ("1. 开班", "仿宋_GB2312", "三号"),
        ("已完成73项。", "仿宋_GB2312", "三号"),
        ("演示字〔2026〕12号", "仿宋_GB2312", "三号"),
    ],
)
def test_text_stands_in_the_font_and_size_of_its_kind(words: str, font: str, size: str) -> None:
    found = paragraph(made(CIRCULAR), words)

    assert looks(found.style) == (font, POINTS[size])
    assert found.style.font.name == "Times New Roman"
    assert found.style.font.bold is None


def test_body_has_twenty_two_lines_a_page_and_begins_two_characters_in() -> None:
    shape = paragraph(made(CIRCULAR), "已完成73项。").style.paragraph_format

    assert (shape.line_spacing_rule, shape.line_spacing.pt) == (WD_LINE_SPACING.EXACTLY, 28.95)
    assert shape.first_line_indent.pt == 2 * CHARACTER
    assert made(CIRCULAR).styles["Normal"].paragraph_format.widow_control is False


def test_title_is_centred_off_the_grid_two_lines_below_the_red_rule() -> None:
    title = paragraph(made(CIRCULAR), "关于2026年11月工作情况的通报").style
    shape = title.paragraph_format

    assert shape.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert (shape.line_spacing.pt, shape.space_before.pt) == (28.95, 2 * 28.95)
    assert title.element.pPr.find(qn("w:snapToGrid")).get(qn("w:val")) == "0"


@pytest.mark.parametrize(
    ("content", "words"),
    [(CIRCULAR, "云岭县教育体育局文件"), (BULLETIN, "协同提质工作简报"), (MINUTES, "云岭县领导小组会议纪要")],
)
def test_head_is_red_and_thirty_five_millimetres_below_the_edge_of_the_text(content: Any, words: str) -> None:
    head = made(content).paragraphs[0]
    shape = head.style.paragraph_format

    assert head.text == words
    assert looks(head.style)[0] == "方正小标宋简体"
    assert str(head.style.font.color.rgb) == "FF0000"
    # Half of what the line is higher than its characters stands above them.
    above = shape.space_before.pt + (shape.line_spacing.pt - head.style.font.size.pt) / 2
    assert above / 72 * 25.4 == pytest.approx(35, abs=2)


@pytest.mark.parametrize(("content", "words"), [(CIRCULAR, "演示字〔2026〕12号"), (MINUTES, "〔2026〕4号")])
def test_number_is_centred_two_lines_below_the_head_over_a_red_rule(content: Any, words: str) -> None:
    style = paragraph(made(content), words).style
    rule = style.element.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))

    assert style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert style.paragraph_format.space_before.pt == 2 * 28.95
    assert rule.get(qn("w:color")) == "FF0000"
    below = int(rule.get(qn("w:space"))) + (28.95 - CHARACTER) / 2
    assert below / 72 * 25.4 == pytest.approx(4, abs=0.5)


def test_bulletin_has_its_unit_left_and_its_day_right_over_a_red_rule() -> None:
    line = paragraph(made(BULLETIN), "云岭县领导小组办公室\t")
    stops = [(str(each.alignment), round(each.position.pt)) for each in line.style.paragraph_format.tab_stops]

    assert line.text == "\t云岭县领导小组办公室\t2026年11月23日"
    assert stops == [("LEFT (0)", CHARACTER), ("RIGHT (2)", round(156 / 25.4 * 72) - CHARACTER)]
    assert line.style.element.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:color")) == "FF0000"
    assert paragraph(made(BULLETIN), "第11期").style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_signature_has_its_day_four_characters_from_the_right_and_the_signer_centred_over_it() -> None:
    document = made(CIRCULAR)
    signer = next(each for each in document.paragraphs if each.text == "云岭县教育体育局")
    day = next(each for each in document.paragraphs if each.text == "2026年11月23日")

    day_from_right = day.paragraph_format.right_indent.pt
    # Eight figures, three characters, and a quarter of one at the five seams between them.
    day_width = 8 * CHARACTER / 2 + 3 * CHARACTER + 5 * CHARACTER / 4
    assert day_from_right == 4 * CHARACTER
    assert signer.paragraph_format.right_indent.pt + 8 * CHARACTER / 2 == day_from_right + day_width / 2
    assert {signer.style.paragraph_format.alignment, day.style.paragraph_format.alignment} == {
        WD_ALIGN_PARAGRAPH.RIGHT
    }


def test_long_signer_stays_on_the_line_and_pushes_its_day_in() -> None:
    name = "云岭县高校与县域基础教育协同提质行动领导小组办公室"
    document = made(CIRCULAR, signer=name)

    signer = next(each for each in document.paragraphs if each.text == name).paragraph_format.right_indent.pt
    day = next(each for each in document.paragraphs if each.text == "2026年11月23日").paragraph_format.right_indent.pt
    assert signer == 0
    assert day == (len(name) * CHARACTER - (8 * CHARACTER / 2 + 3 * CHARACTER + 5 * CHARACTER / 4)) / 2


def test_signature_takes_the_last_paragraph_along_to_a_new_page() -> None:
    document = made(CIRCULAR, body=(Text("前一段。"), Text("末段。")))

    kept = [each.text for each in document.paragraphs if each.paragraph_format.keep_with_next]
    assert kept == ["末段。", "附件：1.\t任务完成情况一览表", "2.\t学校名单"]
    assert document.styles["署名"].paragraph_format.keep_with_next


def test_attachments_stand_one_line_below_the_text_numbered_and_aligned() -> None:
    document = made(CIRCULAR)
    first, second = paragraph(document, "任务完成情况一览表"), paragraph(document, "学校名单")

    assert (first.text, second.text) == ("附件：1.\t任务完成情况一览表", "2.\t学校名单")
    assert first.style.paragraph_format.space_before.pt == 28.95
    assert sum(indent(first)) == 2 * CHARACTER
    assert sum(indent(second)) == 5 * CHARACTER
    assert indent(first)[0] == indent(second)[0]


def test_single_attachment_has_no_number() -> None:
    one = paragraph(made(CIRCULAR, attachments=("学校名单",)), "学校名单")

    assert one.text == "附件：学校名单"
    assert indent(one) == (5 * CHARACTER, -3 * CHARACTER)


def test_lists_of_minutes_have_their_label_in_black_and_names_below_each_other() -> None:
    document = made(MINUTES)
    present, excused, invited = (paragraph(document, label) for label in ("出席：", "请假：", "列席："))

    assert present.text == "出席：周文远　县政府\n王　喆　县教育体育局"
    assert (excused.text, invited.text) == ("请假：孙　立　县委编办", "列席：何　静　云岭中学")
    assert present.runs[0].text == "出席："
    assert present.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert indent(present) == (5 * CHARACTER, -3 * CHARACTER)


@ALL
def test_imprint_stands_at_the_foot_of_the_last_page_between_rules(content: Any) -> None:
    table = made(content).tables[-1]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    rules = table._tbl.tblPr.find(qn("w:tblBorders"))

    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    millimetres = {each.tag.rpartition("}")[2]: round(int(each.get(qn("w:sz"))) / 8 / 72 * 25.4, 2) for each in rules}
    assert millimetres == {"top": 0.35, "bottom": 0.35, "insideH": pytest.approx(0.25, abs=0.02)}
    assert table.columns[0].width.mm == pytest.approx(156, abs=0.1)
    sizes = {looks(each.style) for row in table.rows for each in row.cells[0].paragraphs}
    assert sizes == {("仿宋_GB2312", POINTS["四号"])}


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (CIRCULAR, ["抄送：县政府办公室。", "云岭县教育体育局办公室\t2026年11月23日印发"]),
        (MINUTES, ["分送：各成员单位。", "云岭县领导小组办公室\t2026年11月23日印发"]),
        (BULLETIN, ["报：县委\n送：各成员单位\n发：各学校", "\t（共印80份）"]),
    ],
)
def test_imprint_says_who_gets_the_document_and_who_printed_it(content: Any, rows: list[str]) -> None:
    assert [row.cells[0].text for row in made(content).tables[-1].rows] == rows


@ALL
def test_pages_are_numbered_outside_one_character_in_with_the_check_code_beside(content: Any) -> None:
    document = made(content)
    [section] = document.sections
    odd, even = section.footer.paragraphs[0].style, section.even_page_footer.paragraphs[0].style

    assert document.settings.odd_and_even_pages_header_footer
    assert foot(section.footer) == "校验码：7K2M-9QXA\t— [PAGE] —"
    assert foot(section.even_page_footer) == "— [PAGE] —\t校验码：7K2M-9QXA"
    assert {looks(odd), looks(even)} == {("宋体", POINTS["四号"])}
    [stop] = odd.paragraph_format.tab_stops
    assert stop.position.pt == pytest.approx(156 / 25.4 * 72 - POINTS["四号"], abs=0.5)
    assert even.paragraph_format.left_indent.pt == POINTS["四号"]


@ALL
def test_number_of_the_page_stands_seven_millimetres_below_the_text(content: Any) -> None:
    section = made(content).sections[0]
    line = section.footer.paragraphs[0].style.paragraph_format.line_spacing.mm

    top = section.bottom_margin.mm - section.footer_distance.mm - line
    assert top + line / 2 == pytest.approx(7, abs=0.5)


def test_table_repeats_its_head_keeps_rows_whole_and_shares_its_width() -> None:
    table = made(CIRCULAR).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "任务", "完成率"], ["1", "建平台", "85.0%"], ["2", "派教师 & <专家>", "90.9%"],
    ]  # fmt: skip
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [round(column.width.mm / 156 * 80) for column in table.columns] == [10, 50, 20]
    assert [looks(row.cells[0].paragraphs[0].style)[0] for row in table.rows] == [
        "黑体",
        "仿宋_GB2312",
        "仿宋_GB2312",
    ]
    alignments = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert alignments == [WD_ALIGN_PARAGRAPH.CENTER, None, WD_ALIGN_PARAGRAPH.CENTER]
