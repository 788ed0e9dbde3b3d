"""What a caller gets: numbered lines with offsets, tables, changes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Format(StrEnum):
    """The formats that can be read; DOC, WPS and RTF where LibreOffice is installed."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    MD = "md"
    HTML = "html"
    DOC = "doc"
    WPS = "wps"
    RTF = "rtf"


class Role(StrEnum):
    """What a line is on its page. Only BODY is the running text; nothing else is left out, it is told apart."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    NOTE = "note"
    CONTENTS = "contents"
    NAVIGATION = "navigation"


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
    a number typed by hand is. ``style`` is the name of the paragraph style ("heading 1"), or empty. ``page`` is
    the one on which the line begins.
    """

    number: int
    text: str
    start: int
    end: int
    style: str
    numbering: str
    page: int | None
    table: Cell | None
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell over several places of the grid, by its first place (from 1) and its size."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of texts, automatic numbers included; a merged cell has its text in its first place only.

    ``header_rows`` counts the first rows that are repeated on every page.
    """

    number: int
    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 0
    merged: tuple[Merged, ...] = ()


class ChangeKind(StrEnum):
    """What a tracked change did."""

    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change, as accepted in ``Document.text``.

    What was inserted stands at ``text[start:end]``; what was deleted is not in the text and stood before
    ``start``, which is then ``end`` too. A line feed is the parting of two paragraphs. ``at`` is the moment
    by the clock of the machine that wrote it.
    """

    kind: ChangeKind
    text: str
    author: str
    at: datetime | None
    start: int
    end: int


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
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """All lines, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)
