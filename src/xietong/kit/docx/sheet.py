"""A document that is one table: its title, the table with its head repeated on every page, places to sign."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from xietong.kit.docx.layout import BODY, HEADING, TITLE, blank, number_pages, tighten, watermark, write

BODY_PART = "word/document.xml"
PLACE = "\ue000"
"""Around the number of a value in the row of places: a character that nobody writes."""

TEXT = '<w:t xml:space="preserve">'
UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
    rows: Iterable[Sequence[str]]
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    watermark: str = ""


def table_document(content: TableDocument) -> bytes:
    """This function will write the content as a .docx on A4 across."""
    file = BytesIO()
    write_table_document(content, file)
    return file.getvalue()


def write_table_document(content: TableDocument, file: IO[bytes]) -> None:
    """This function will write the same into a file, row by row, so that memory does not grow with a long table."""
    frame = BytesIO()
    framed(content).save(frame)
    with ZipFile(frame) as made, ZipFile(file, "w", ZIP_DEFLATED) as document:
        for part in made.infolist():
            if part.filename == BODY_PART:
                with document.open(part.filename, "w") as body:
                    body.writelines(piece.encode() for piece in filled(made.read(part).decode(), content))
            else:
                document.writestr(part, made.read(part))


def filled(body: str, content: TableDocument) -> Iterator[str]:
    """The body with one row of places, once for every row of the content."""
    head, row, tail = parted(body)
    pieces = re.split(f"{PLACE}([0-9]+){PLACE}", row)
    yield head
    for values in content.rows:
        for number, piece in enumerate(pieces):
            yield in_xml(values[int(piece)]) if number % 2 else piece
    yield tail


def parted(body: str) -> tuple[str, str, str]:
    """What stands before the row of places, the row, and what stands behind it."""
    at = body.index(PLACE)
    start = body.rindex("<w:tr>", 0, at)
    end = body.index("</w:tr>", at) + len("</w:tr>")
    return body[:start], body[start:end].replace("<w:t>", TEXT), body[end:]


def in_xml(value: str) -> str:
    """A value inside a text of the document: its lines, without the characters that XML cannot say."""
    lines = UNSAID.sub("", value).splitlines()
    return f"</w:t><w:br/>{TEXT}".join(map(escape, lines))


def framed(content: TableDocument) -> Any:
    """The document with one row that has a place for each value."""
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
    fill(table.add_row(), [f"{PLACE}{number}{PLACE}" for number in range(len(content.columns))], content.columns)
    if content.signatures:
        line(document, "", points=20)
        line(document, "　　　　　".join(content.signatures), size=14, points=28, centred=False)
    number_pages(section)
    if content.watermark:
        watermark(section.header._element, content.watermark)
    return document


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
