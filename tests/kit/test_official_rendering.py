"""From template and content to a document: what is shown, what goes away, and always the same bytes."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.kit.official_papers import BODY, BULLETIN, CIRCULAR, MINUTES, PAPERS, changed, made, rewritten, texts
from xietong.kit.docx.official import Circular, Heading, Table, Text, render, standard_template
from xietong.kit.docx.official.rendering import rendered
from xietong.kit.docx.official.standard import MAKERS, sealed

ALL = pytest.mark.parametrize("content", PAPERS, ids=lambda content: type(content).__name__)


def headers(document: Any) -> list[str]:
    section = document.sections[0]
    return [section.header._element.xml, section.even_page_header._element.xml]


def test_render_writes_the_content_in_the_order_of_the_template() -> None:
    document = Document(io.BytesIO(render(standard_template(Circular), CIRCULAR)))

    assert texts(document) == [
        "云岭县教育体育局文件", "演示字〔2026〕12号", "关于2026年11月工作情况的通报", "各中小学：",
        "现将有关情况通报如下。", "一、总体情况", "共86项。", "已完成73项。", "表1　任务", "二、主要做法",
        "（一）集中培训", "1. 开班", "2. 跟岗", "（二）跟踪指导", "", "图1　进度",
        "附件：1.\t任务完成情况一览表", "2.\t学校名单", "云岭县教育体育局", "2026年11月23日", "",
    ]  # fmt: skip


@ALL
def test_same_content_makes_the_same_bytes(content: Any) -> None:
    template = sealed(MAKERS[type(content)]())

    assert template == standard_template(type(content)) == sealed(MAKERS[type(content)]())
    assert rendered(template, content) == rendered(template, content)


@ALL
def test_document_tells_of_its_content_and_not_of_the_machine(content: Any) -> None:
    template = changed(type(content), lambda document: setattr(document.core_properties, "author", "某人"))
    data = rendered(template, content)
    properties = Document(io.BytesIO(data)).core_properties

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "某人" not in archive.read("docProps/core.xml").decode()
    assert properties.title == content.title
    assert f"{properties.created:%Y-%m-%d} {properties.modified:%Y-%m-%d}" == "2026-11-23 2026-11-23"


def test_template_is_not_rendered_through_its_properties() -> None:
    template = changed(Circular, lambda document: setattr(document.core_properties, "comments", "{{ 7 }}{% x %}"))

    assert Document(io.BytesIO(rendered(template, CIRCULAR))).core_properties.comments == ""


def test_values_are_text_and_never_markup_or_placeholders() -> None:
    hostile = "<w:p/> & {{ 署名 }} {% for %} \x00\x0b\ue000" + "7\ue001"

    document = made(CIRCULAR, body=(Text(hostile),), title="通报")

    assert "<w:p/> & {{ 署名 }} {% for %} 7" in texts(document)


def test_parts_without_content_go_away() -> None:
    document = made(CIRCULAR, addressee="", attachments=(), copied_to="")

    assert not any("附件" in text or "：" in text for text in texts(document))
    assert [row.cells[0].text for row in document.tables[-1].rows] == ["云岭县教育体育局办公室\t2026年11月23日印发"]
    assert not any("请假" in text or "列席" in text for text in texts(made(MINUTES, excused=(), invited=())))


def test_bulletin_leaves_out_rows_of_its_imprint() -> None:
    nobody = made(BULLETIN, reported_to="", sent_to="", issued_to="")
    only = made(BULLETIN, reported_to="", issued_to="", copies="")

    assert [row.cells[0].text for row in nobody.tables[-1].rows] == ["\t（共印80份）"]
    assert [row.cells[0].text for row in only.tables[-1].rows] == ["送：各成员单位"]


@ALL
def test_every_cell_ends_with_a_paragraph_as_word_demands(content: Any) -> None:
    for cell in made(content).element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_headings_count_anew_below_a_higher_one_and_may_bring_their_own_number() -> None:
    body = (
        Heading("甲"), Heading("子", 2), Heading("一", 3), Heading("二", 3), Heading("丑", 2), Heading("三", 3),
        Heading("前言", numbered=False), *(Heading("乙") for _ in range(10)),
    )  # fmt: skip

    found = texts(made(MINUTES, body=body))[3:20]

    assert found[:8] == ["一、甲", "（一）子", "1. 一", "2. 二", "（二）丑", "1. 三", "前言", "二、乙"]
    assert found[-1] == "十一、乙"


def test_picture_has_its_width_its_caption_and_words_for_those_who_do_not_see_it() -> None:
    [picture] = made(CIRCULAR).inline_shapes

    assert (round(picture.width.mm), round(picture.height.mm)) == (120, 40)
    assert picture._inline.docPr.get("descr") == "各月进度"
    assert (
        made(CIRCULAR, body=(replace(BODY[-1], says=""),)).inline_shapes[0]._inline.docPr.get("descr") == "图1　进度"
    )


@ALL
def test_watermark_stands_on_odd_and_even_pages_whatever_the_template_says(content: Any) -> None:
    assert all('string="演示"' in header for header in headers(made(content, watermark="演示")))
    assert not any("textpath" in header for header in headers(made(content)))


def test_watermark_stands_on_a_first_page_of_its_own_and_is_text() -> None:
    def first_page(document: Any) -> None:
        document.sections[0].different_first_page_header_footer = True

    document = made(CIRCULAR, changed(Circular, first_page), watermark='"<征求意见稿>')

    assert "&quot;&lt;征求意见稿&gt;" in document.sections[0].first_page_header._element.xml


def test_long_head_is_squeezed_into_the_line_and_then_made_smaller() -> None:
    def head(mark: str) -> tuple[str | None, float | None]:
        [run] = made(CIRCULAR, mark=mark).paragraphs[0].runs
        scale = run._element.rPr.find(qn("w:w")) if run._element.rPr is not None else None
        return None if scale is None else scale.get(qn("w:val")), run.font.size and run.font.size.pt

    assert head("县" * 10) == (None, None)
    assert head("县" * 15) == ("70", None)
    assert head("县" * 30) == ("45", 32)


def test_office_changes_wording_order_and_style() -> None:
    def change(document: Any) -> None:
        document.styles["公文标题"].font.size = 20 * 12700
        number = next(each for each in document.paragraphs if "发文字号" in each.text)
        number._p.addnext(document.add_paragraph("签发人：李明")._p)

    document = made(CIRCULAR, changed(Circular, change))

    assert texts(document)[:3] == ["云岭县教育体育局文件", "演示字〔2026〕12号", "签发人：李明"]
    assert document.paragraphs[3].style.font.size.pt == 20


def test_placeholder_that_word_cut_into_runs_is_joined() -> None:
    def change(document: Any) -> None:
        title = next(each for each in document.paragraphs if each.text == "{{ 标题 }}")
        title.runs[0].text = "{"
        for piece in ("{ 标", "题 }", "}"):
            title.add_run(piece)

    assert "关于2026年11月工作情况的通报" in texts(made(CIRCULAR, changed(Circular, change)))


def test_table_of_a_template_without_its_loop_keeps_its_own_columns() -> None:
    table = made(CIRCULAR, rewritten(Circular, "{{ 栏 }}", "栏目")).tables[0]

    assert [cell.text for cell in table.rows[0].cells] == ["栏目", "栏目", "栏目"]


def test_tables_are_told_apart() -> None:
    tables = tuple(Table(replace_columns(width), (("一", "二"),)) for width in (10, 30))

    first, second, _imprint = made(CIRCULAR, body=tables).tables

    assert [round(each.columns[0].width.mm) for each in (first, second)] == [39, 78]


def replace_columns(width: int) -> tuple[Any, ...]:
    from xietong.kit.docx import Column

    return Column("甲", width), Column("乙", 30)
