"""What a reader yields (paragraphs) and what a caller gets (numbered lines with offsets)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The formats that can be read."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    MD = "md"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table, all numbers from 1; columns are those of the grid, so merged cells leave gaps."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``Document.text[start:end]`` is ``text``.

    ``numbering`` is what automatic numbering prints before the text ("一、"), which is not part of the text;
    a number typed by hand is. ``style`` is the name of the paragraph style ("heading 1"), or empty.
    """

    number: int
    text: str
    start: int
    end: int
    style: str
    numbering: str
    page: int | None
    table: Cell | None


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of texts, automatic numbers included; a merged cell has its text in its first place only."""

    number: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What was left out or is doubtful: a marked sentence and its values, to be said in the reader's language."""

    sentence: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """A document in reading order, the lines of tables included where the tables stand."""

    kind: Format
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    remarks: tuple[Remark, ...]

    @property
    def text(self) -> str:
        """All lines, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a reader found; text with line feeds in it becomes several lines."""

    text: str
    style: str = ""
    numbering: str = ""
    page: int | None = None
    table: Cell | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A reader's whole find, before positions are given."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    remarks: tuple[Remark, ...] = ()


def lay_out(kind: Format, draft: Draft) -> Document:
    """Give every line its number and offsets."""
    return Document(kind, tuple(_lines(draft.paragraphs)), draft.tables, draft.remarks)


def _lines(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    number, start = 1, 0
    for paragraph in paragraphs:
        numbering = paragraph.numbering
        for text in paragraph.text.split("\n"):
            end = start + len(text)
            yield Line(number, text, start, end, paragraph.style, numbering, paragraph.page, paragraph.table)
            number, start, numbering = number + 1, end + 1, ""
