"""What depends on the length of words and cannot be said in a template: done by the names of its styles.

A template that has other styles keeps what it says itself.
"""

import re
from collections.abc import Iterator
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph

from xietong.kit.docx.official.content import Official, Table
from xietong.kit.docx.official.context import CLOSE, OPEN
from xietong.kit.docx.official.title import width

HEAD, TEXT, SIGNER, SIGN_DAY = "发文机关标志", "公文正文", "署名", "成文日期"
BODY_SIZE = 16
DAY_FROM_RIGHT = 4 * BODY_SIZE
NARROWEST = 45
"""Percent: a character narrower than this is no longer read as 小标宋; the head gets smaller instead."""

SEAM = re.compile(r"(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])")
AFTER_SCALE = tuple(
    f"w:{name}" for name in ("kern", "position", "sz", "szCs", "highlight", "u", "bdr", "shd", "vertAlign", "lang")
)
"""Word wants the properties of a run in their order."""

MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")


def fit(document: Any, content: Official) -> None:
    """Heads to the width of the page, the signature over its day, columns to their shares."""
    for paragraph in styled(document, HEAD):
        fit_head(paragraph, room=text_width(document))
    for signer, day in zip(styled(document, SIGNER), styled(document, SIGN_DAY), strict=False):
        fit_signature(signer, day)
        keep_company(signer)
    tables = [block for block in content.body if isinstance(block, Table)]
    for grid, number in marked(document):
        fit_columns(grid, tables[number])


def styled(document: Any, style: str) -> list[Any]:
    return [each for each in document.paragraphs if each.style.name == style]


def text_width(document: Any) -> float:
    """Points between the margins."""
    section = document.sections[0]
    return float(section.page_width - section.left_margin - section.right_margin) / Pt(1)


def fit_head(paragraph: Any, *, room: float) -> None:
    """Squeezes the characters of a head that would turn over."""
    size = paragraph.style.font.size
    if size is None:
        return
    wanted = points(paragraph.text, size.pt)
    if wanted <= room:
        return
    percent = max(NARROWEST, int(100 * room / wanted))
    for run in paragraph.runs:
        scale = OxmlElement("w:w")
        scale.set(qn("w:val"), str(percent))
        run._element.get_or_add_rPr().insert_element_before(scale, *AFTER_SCALE)
        if wanted * percent / 100 > room:
            run.font.size = Pt(int(size.pt * room / (wanted * percent / 100)))


def points(words: str, size: float) -> float:
    """The width of a line; Word leaves a quarter of a character between Chinese and other writing."""
    return size * (width(words) / 2 + len(SEAM.findall(words)) / 4)


def fit_signature(signer: Any, day: Any) -> None:
    """The day stands four characters from the right, the signer centred over it; a long one pushes the day in."""
    beyond = (points(signer.text, BODY_SIZE) - points(day.text, BODY_SIZE)) / 2
    from_right = max(0.0, DAY_FROM_RIGHT - beyond)
    signer.paragraph_format.right_indent = Pt(from_right)
    day.paragraph_format.right_indent = Pt(from_right + beyond)


def keep_company(signer: Any) -> None:
    """A signature never stands on a page without text: what is before it up to the last paragraph goes along."""
    before = signer._p.getprevious()
    while before is not None and before.tag == qn("w:p"):
        one: Any = Paragraph(before, signer._parent)
        one.paragraph_format.keep_with_next = True
        if one.style.name == TEXT:
            return
        before = before.getprevious()


def marked(document: Any) -> Iterator[tuple[Any, int]]:
    """The tables that stand for one of the content, their mark taken out."""
    for words in document.element.body.iter(qn("w:t")):
        found = MARK.search(words.text or "")
        if found:
            words.text = MARK.sub("", words.text)
            table = next(words.iterancestors(qn("w:tbl")), None)
            if table is not None:
                yield Grid(table, document), int(found[1])


def fit_columns(grid: Any, table: Table) -> None:
    """The width of the template's table, shared as the content wants; columns of short values are centred."""
    columns = grid._tbl.tblGrid.gridCol_lst
    if len(columns) != len(table.columns):
        return
    whole = sum(int(each.w or 0) for each in columns)
    shares = sum(column.width for column in table.columns)
    widths = [whole * column.width // shares for column in table.columns]
    for each, share in zip(columns, widths, strict=True):
        each.w = share
    for row in grid._tbl.tr_lst:
        for cell, share, column in zip(row.tc_lst, widths, table.columns, strict=False):
            cell.width = share
            if column.centred:
                centre(cell)


def centre(cell: Any) -> None:
    for each in cell.p_lst:
        Paragraph(each, cell).alignment = WD_ALIGN_PARAGRAPH.CENTER
