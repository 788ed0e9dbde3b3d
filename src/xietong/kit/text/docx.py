"""Word documents: paragraphs, text boxes and tables in document order.

The parts are read directly and not through python-docx, which loads every part into memory and does not see
text inserted as a tracked change.
"""

from collections.abc import Iterator

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text import package
from xietong.kit.text.document import Cell, Draft, Paragraph, Remark, Table
from xietong.kit.text.markup import WRAPPERS, Element, attribute, child, local, members, number
from xietong.kit.text.numbering import Numbering
from xietong.kit.text.runs import DELETED, Found, text_of
from xietong.kit.text.styles import Styles

WIDEST = 63
"""Word's own limit of columns; a hostile file may claim more."""

CHANGED = gettext_noop("文件中有 %(changes)s 处修订：插入的文字已采纳，删除的文字已略去。")
UNREAD = (
    ({"footnoteReference", "endnoteReference"}, gettext_noop("脚注和尾注未读入。")),
    ({"commentReference"}, gettext_noop("批注未读入。")),
)


def read(data: bytes) -> Draft:
    """The body of the document; headers, footers, notes and comments are left out."""
    with package.opened(data) as parts:
        main = parts.main_part()
        body = child(parts.tree(main), "body")
        if body is None:
            raise Unreadable(package.BROKEN)
        styles = Styles(parts.tree(parts.related(main, "styles") or ""))
        numbering = Numbering(parts.tree(parts.related(main, "numbering") or ""))
    walk = _Walk(styles, numbering)
    paragraphs = tuple(walk.blocks(body, None))
    tables = tuple(Table(count, tuple(rows)) for count, rows in enumerate(walk.tables, start=1))
    return Draft(paragraphs, tables, tuple(_remarks(walk.found)))


def _remarks(found: Found) -> Iterator[Remark]:
    if found.changes:
        yield Remark(CHANGED, {"changes": str(found.changes)})
    for names, sentence in UNREAD:
        if names & found.unread:
            yield Remark(sentence, {})


class _Walk:
    """One pass over a document; the counters of numbering make the order matter."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.found = Found()
        self.tables: list[list[tuple[str, ...]]] = []

    def blocks(self, container: Element, cell: Cell | None) -> Iterator[Paragraph]:
        """The paragraphs of a body, a cell or a text box, each with its text boxes behind it."""
        carried = ""
        for block in _unwrapped(container):
            if local(block) == "tbl":
                yield from self._table(block)
                continue
            text = carried + text_of(block, self.found)
            boxes, self.found.boxes = self.found.boxes, []
            carried = text if _is_joined_to_next(block) else ""
            if _is_joined_to_next(block):
                self.found.changes += 1
            else:
                yield self._paragraph(block, text, cell)
            for box in boxes:
                yield from self.blocks(box, cell)
        if carried:
            yield Paragraph(carried, table=cell)

    def _paragraph(self, block: Element, text: str, cell: Cell | None) -> Paragraph:
        properties = child(block, "pPr")
        style = attribute(child(properties, "pStyle")) or self._styles.default
        own = child(properties, "numPr")
        numbering = own if own is not None else self._styles.numbering(style)
        printed = self._numbering.printed(attribute(child(numbering, "numId")), number(child(numbering, "ilvl"), 0))
        return Paragraph(text, self._styles.name(style), printed, table=cell)

    def _table(self, table: Element) -> Iterator[Paragraph]:
        rows: list[tuple[str, ...]] = []
        self.tables.append(rows)
        place = len(self.tables)
        for row in members(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self.found.changes += 1
                continue
            texts, paragraphs = self._row(row, place, len(rows) + 1)
            rows.append(texts)
            yield from paragraphs

    def _row(self, row: Element, table: int, place: int) -> tuple[tuple[str, ...], list[Paragraph]]:
        texts = [""] * min(number(child(row, "trPr", "gridBefore"), 0), WIDEST)
        lines: list[Paragraph] = []
        for cell in members(row, "tc"):
            here = Cell(table, place, len(texts) + 1)
            inside = [each for each in self.blocks(cell, here) if each.text or each.numbering]
            span = min(number(child(cell, "tcPr", "gridSpan"), 1), WIDEST)
            texts.append("\n".join(each.numbering + each.text for each in inside if each.table == here))
            texts += [""] * (span - 1)
            lines += inside
        return tuple(texts), lines


def _unwrapped(container: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those inside content controls."""
    for block in container:
        if local(block) in WRAPPERS:
            yield from _unwrapped(block)
        elif local(block) in {"p", "tbl"}:
            yield block


def _is_joined_to_next(paragraph: Element) -> bool:
    """Whether the end of the paragraph is a tracked deletion, so that the next one continues it."""
    mark = child(paragraph, "pPr", "rPr")
    return mark is not None and any(local(each) in DELETED for each in mark)
