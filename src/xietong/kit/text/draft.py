"""What a reader yields: paragraphs without positions. Laid out they become a document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from xietong.kit.text.document import Cell, Change, Document, Format, Line, Remark, Role, Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a reader found; text with line feeds in it becomes several lines. Changes count within the text."""

    text: str
    style: str = ""
    numbering: str = ""
    page: int | None = None
    table: Cell | None = None
    role: Role = Role.BODY
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A reader's whole find, before positions are given."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    remarks: tuple[Remark, ...] = ()


def lay_out(kind: Format, draft: Draft) -> Document:
    """Give every line its number and offsets."""
    lines = tuple(_lines(draft.paragraphs))
    return Document(kind, lines, draft.tables, draft.remarks, tuple(_changes(draft.paragraphs)))


def _lines(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    number, start = 1, 0
    for each in paragraphs:
        numbering = each.numbering
        for text in each.text.split("\n"):
            end = start + len(text)
            yield Line(number, text, start, end, each.style, numbering, each.page, each.table, each.role)
            number, start, numbering = number + 1, end + 1, ""


def _changes(paragraphs: Iterable[Paragraph]) -> Iterator[Change]:
    start = 0
    for each in paragraphs:
        for change in each.changes:
            yield replace(change, start=start + change.start, end=start + change.end)
        start += len(each.text) + 1
