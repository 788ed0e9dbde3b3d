"""A document that is one table: its title, the table with its head repeated on every page, places to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from xietong.kit.docx.layout import BODY, HEADING, TITLE, blank, number_pages, tighten, watermark, write


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `width` in millimetres."""

    label: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class TableDocument:
    """The content as data. `notes` stand below the title, `signatures` below the table."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    watermark: str = ""


def table_document(content: TableDocument) -> bytes:
    """This function will write the content as a .docx on A4 across."""
    document = blank(landscape=True)
    section = document.sections[0]
    line(document, content.title, font=TITLE, size=22, points=36)
    for note in content.notes:
        line(document, note, size=14, points=24)
    table = document.add_table(rows=1, cols=len(content.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for grid, column in zip(table.columns, content.columns, strict=True):
        grid.width = Mm(column.width)
    fill(table.rows[0], [column.label for column in content.columns], content.columns, head=True)
    repeat(table.rows[0])
    for row in content.rows:
        fill(table.add_row(), row, content.columns)
    if content.signatures:
        line(document, "", points=20)
        line(document, "　　　　　".join(content.signatures), size=14, points=28, centred=False)
    number_pages(section)
    if content.watermark:
        watermark(section, content.watermark)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def line(
    document: Any, text: str, *, font: str = BODY, size: float = 16, points: float, centred: bool = True
) -> None:
    paragraph = document.add_paragraph()
    tighten(paragraph, points=points, centred=centred)
    write(paragraph, text, font=font, size=size)


def fill(row: Any, values: Sequence[str], columns: Sequence[Column], *, head: bool = False) -> None:
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for cell, value, column in zip(row.cells, values, columns, strict=True):
        cell.width = Mm(column.width)
        paragraph = cell.paragraphs[0]
        tighten(paragraph, points=18, centred=head or column.centred)
        write(paragraph, value, font=HEADING if head else BODY, size=12)


def repeat(row: Any) -> None:
    """The head of the table, once more on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
