"""The parts of official documents, with placeholders where the content goes."""

from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from xietong.kit.docx.layout import HEADING
from xietong.kit.docx.official.standard import looks
from xietong.kit.docx.official.standard.looks import Look
from xietong.kit.docx.sheet import repeat

RULES = {"top": 8, "insideH": 6, "bottom": 8}
"""Eighths of a point: 0.35 mm first and last, 0.25 mm between."""

THIRD = looks.WIDE // 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the imprint and the placeholder without which it goes away."""

    look: Look
    words: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Lines between two rules, and without which they go away with the rule."""

    lines: tuple[Line, ...]
    condition: str = ""


def say(place: Any, look: Look, words: str, *, first_black: int = 0) -> Any:
    """A paragraph; so many of its first characters in 黑体."""
    paragraph = place.add_paragraph(style=look.name)
    if first_black:
        black = paragraph.add_run(words[:first_black])
        black._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEADING)
    paragraph.add_run(words[first_black:])
    return paragraph


def control(place: Any, statement: str) -> None:
    """A line that goes away: the beginning or end of a repetition or a condition."""
    say(place, looks.CONTROL, f"{{%p {statement} %}}")


def head(document: Any, *, mark: str) -> None:
    say(document, looks.HEAD, mark)


def number(document: Any, words: str) -> None:
    """With the red rule, 4 mm below."""
    say(document, looks.NUMBER, words)


def masthead(document: Any) -> None:
    say(document, looks.HEAD, "{{ 简报名称 }}")
    say(document, looks.ISSUE, "{{ 期号 }}")
    say(document, looks.MASTHEAD, "\t{{ 编印单位 }}\t{{ 编印日期 }}")


def title(document: Any) -> None:
    say(document, looks.DOC_TITLE, "{{ 标题 }}")


def addressee(document: Any) -> None:
    control(document, "if 主送机关")
    say(document, looks.ADDRESSEE, "{{ 主送机关 }}：")
    control(document, "endif")


def body(document: Any) -> None:
    """Headings of three levels, paragraphs, tables, pictures, in the order in which they come."""
    control(document, "for 块 in 正文")
    for condition, look in (("一级标题", looks.FIRST), ("二级标题", looks.SECOND), ("三级标题", looks.THIRD)):
        control(document, f"{'if' if look is looks.FIRST else 'elif'} 块.{condition}")
        say(document, look, "{{ 块.文字 }}")
    control(document, "elif 块.表格")
    table(document)
    control(document, "elif 块.图片")
    say(document, looks.PICTURE, "{{ 块.图 }}")
    caption(document, looks.PICTURE_CAPTION)
    control(document, "else")
    say(document, looks.TEXT, "{{ 块.文字 }}")
    control(document, "endif")
    control(document, "endfor")


def caption(document: Any, look: Look) -> None:
    control(document, "if 块.题注")
    say(document, look, "{{ 块.题注 }}")
    control(document, "endif")


def table(document: Any) -> None:
    """As many columns and rows as the content has; the head once more on every page."""
    caption(document, looks.CAPTION)
    grid = document.add_table(rows=4, cols=3)
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column in grid.columns:
        column.width = THIRD * 635
    head, over, row, end = grid.rows
    fill(head, looks.TABLE_HEAD, "{%tc for 栏 in 块.栏目 %}", "{{ 栏 }}", "{%tc endfor %}")
    repeat(head)
    for each, statement in ((over, "{%tr for 行 in 块.行 %}"), (end, "{%tr endfor %}")):
        write(each.cells[0].merge(each.cells[2]), looks.CONTROL, statement)
    fill(row, looks.CELL, "{%tc for 格 in 行 %}", "{{ 格 }}", "{%tc endfor %}")
    for each in (head, row):
        each._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def fill(row: Any, look: Look, *cells: str) -> None:
    for cell, words in zip(row.cells, cells, strict=True):
        cell.width = THIRD * 635
        write(cell, looks.CONTROL if words.startswith("{%") else look, words)


def write(cell: Any, look: Look, words: str) -> None:
    first, *others = cell.paragraphs
    for other in others:
        other._p.getparent().remove(other._p)
    first.style = look.name
    first.add_run(words)
    cell.vertical_alignment = 1


def attachments(document: Any) -> None:
    """One without a number, several numbered below each other."""
    control(document, "if 附件|length == 1")
    say(document, looks.ATTACHED, "附件：{{ 附件[0].名称 }}")
    control(document, "else")
    control(document, "for 份 in 附件")
    control(document, "if loop.first")
    say(document, looks.ATTACHED_FIRST, "附件：{{ 份.序号 }}{{ 份.名称 }}")
    control(document, "else")
    say(document, looks.ATTACHED_NEXT, "{{ 份.序号 }}{{ 份.名称 }}")
    for statement in ("endif", "endfor", "endif"):
        control(document, statement)


def signature(document: Any) -> None:
    say(document, looks.SIGNER, "{{ 署名 }}")
    say(document, looks.SIGN_DAY, "{{ 成文日期 }}")


def people(document: Any, label: str, look: Look) -> None:
    """出席：in 黑体, the names behind it, further lines below the names."""
    control(document, f"if {label}")
    say(document, look, f"{label}：{{{{ {label} }}}}", first_black=3)
    control(document, "endif")


def imprint(document: Any, *rows: Row) -> None:
    """版记 at the foot of the last page: rows between rules."""
    grid = document.add_table(rows=0, cols=1)
    grid.autofit = False
    grid.columns[0].width = looks.WIDE * 635
    for row in rows:
        if row.condition:
            write(cell(grid), looks.CONTROL, f"{{%tr if {row.condition} %}}")
        write_lines(cell(grid), row.lines)
        if row.condition:
            write(cell(grid), looks.CONTROL, "{%tr endif %}")
    float_down(grid)
    say(document, looks.END, "")


def cell(grid: Any) -> Any:
    """The only one of a new row, which does not part."""
    row = grid.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row.cells[0].width = looks.WIDE * 635
    return row.cells[0]


def write_lines(cell: Any, lines: tuple[Line, ...]) -> None:
    for line in lines:
        if line.condition:
            control(cell, f"if {line.condition}")
        say(cell, line.look, line.words)
        if line.condition:
            control(cell, "endif")
    # A cell begins with a paragraph of its own.
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)


def float_down(grid: Any) -> None:
    """Sets a table at the foot of the text, with its rules and without room at the sides."""
    properties = grid._tbl.tblPr
    # From the edge of the page: LibreOffice lets no table float that stands at the margin by itself.
    place = measured("w:tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=str(looks.EDGE), tblpYSpec="bottom")
    properties.insert(0, place)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(measured(f"w:{side}", w="0", type="dxa"))
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders())
    layout.addnext(margins)


def borders() -> Any:
    rules = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rules.append(measured(f"w:{side}", val="single", sz=str(RULES[side]), space="0", color="000000"))
    return rules


def measured(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
