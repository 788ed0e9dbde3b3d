"""One pass over the blocks of a .docx; the counters of numbering make the order matter."""

import re
from collections.abc import Iterator
from dataclasses import replace

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Cell, Change, ChangeKind, Role, Table
from xietong.kit.text.draft import Paragraph
from xietong.kit.text.grid import WIDEST, Grid
from xietong.kit.text.markup import WRAPPERS, Element, alternative, attribute, child, local, members, number
from xietong.kit.text.numbering import Numbering
from xietong.kit.text.runs import DELETED, INSERTED, Found, Runs, moment
from xietong.kit.text.styles import Styles

MOST_TABLES = 10_000
TOO_MANY_TABLES = gettext_noop("文件中的表格过多，超出处理上限；请拆分后再上传。")
CONTENTS = re.compile("toc [1-9]", re.IGNORECASE)


class Walk:
    """Reads blocks in order and keeps what was met on the way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._grids: list[Grid] = []
        self._gone: list[Change] = []
        self.found = Found()

    def whole(self, body: Element) -> list[Paragraph]:
        """The paragraphs of the body; deletions behind the last one are told at its end."""
        paragraphs = list(self._blocks(body, None))
        if self._gone and paragraphs:
            paragraphs[-1] = self._with_gone(paragraphs[-1], len(paragraphs[-1].text))
        return paragraphs

    def note(self, note: Element, label: str) -> list[Paragraph]:
        """The paragraphs of a footnote or endnote, the first of them labelled."""
        inside = [replace(each, role=Role.NOTE) for each in self._blocks(note, None)]
        return [replace(inside[0], text=inside[0].text.lstrip(), numbering=label), *inside[1:]] if inside else []

    def tables(self) -> tuple[Table, ...]:
        return tuple(grid.table(place) for place, grid in enumerate(self._grids, start=1))

    def _blocks(self, container: Element, cell: Cell | None) -> Iterator[Paragraph]:
        """The paragraphs of a body, a cell or a text box, each with its text boxes behind it."""
        runs = Runs(self.found, self._styles)
        for block in self._unwrapped(container):
            if local(block) == "tbl":
                yield from self._table(block)
                continue
            properties = child(block, "pPr")
            style = attribute(child(properties, "pStyle")) or self._styles.default
            runs.read(block, style)
            boxes, self.found.boxes = self.found.boxes, []
            if not self._is_joined_to_next(properties, runs):
                yield self._paragraph(properties, style, runs, cell)
                runs = Runs(self.found, self._styles)
            for box in boxes:
                yield from self._blocks(box, cell)
        if runs.text or runs.changes:
            yield Paragraph(runs.text, table=cell, changes=tuple(runs.changes))

    def _unwrapped(self, container: Element) -> Iterator[Element]:
        """Paragraphs and tables, also those inside content controls."""
        for block in container:
            name = local(block)
            if name in {"p", "tbl"}:
                yield block
            elif name in WRAPPERS:
                yield from self._unwrapped(block)
            elif name == "AlternateContent" and (chosen := alternative(block)) is not None:
                yield from self._unwrapped(chosen)
            elif name == "altChunk":
                self.found.count("chunks")

    def _is_joined_to_next(self, properties: Element | None, runs: Runs) -> bool:
        """Whether the end of the paragraph is a tracked deletion, so that the next one continues it."""
        marks = child(properties, "rPr")
        for mark in marks if marks is not None else ():
            if local(mark) in DELETED:
                runs.note_change(ChangeKind.DELETED, "\n", mark)
                return True
            if local(mark) in INSERTED:
                runs.part_inserted(mark)
        return False

    def _paragraph(self, properties: Element | None, style: str, runs: Runs, cell: Cell | None) -> Paragraph:
        own = child(properties, "numPr")
        numbering = own if own is not None else self._styles.numbering(style)
        printed = self._numbering.printed(attribute(child(numbering, "numId")), number(child(numbering, "ilvl"), 0))
        name = self._styles.name(style)
        role = Role.CONTENTS if CONTENTS.fullmatch(name) else Role.BODY
        return self._with_gone(
            Paragraph(runs.text, name, printed, table=cell, role=role, changes=tuple(runs.changes)), 0
        )

    def _with_gone(self, paragraph: Paragraph, place: int) -> Paragraph:
        """The paragraph with the deleted rows that stood there."""
        if not self._gone:
            return paragraph
        gone = tuple(replace(change, start=place, end=place) for change in self._gone)
        self._gone = []
        return replace(paragraph, changes=gone + paragraph.changes if place == 0 else paragraph.changes + gone)

    def _table(self, table: Element) -> Iterator[Paragraph]:
        if len(self._grids) >= MOST_TABLES:
            raise Unreadable(TOO_MANY_TABLES)
        grid = Grid()
        self._grids.append(grid)
        place = len(self._grids)
        for row in members(table, "tr"):
            mark = child(row, "trPr", "del")
            if mark is not None:
                self._drop(row, mark)
                continue
            grid.begin_row(row)
            texts, paragraphs = self._row(row, grid, place)
            grid.rows.append(texts)
            yield from paragraphs

    def _row(self, row: Element, grid: Grid, table: int) -> tuple[tuple[str, ...], list[Paragraph]]:
        texts = [""] * min(number(child(row, "trPr", "gridBefore"), 0), WIDEST)
        lines: list[Paragraph] = []
        for cell in members(row, "tc"):
            here = Cell(table, len(grid.rows) + 1, len(texts) + 1)
            inside = [each for each in self._blocks(cell, here) if each.text or each.numbering or each.changes]
            if grid.is_continued(cell, here.column):
                self._hide(inside)
                inside = []
            span = grid.place(cell, here.column)
            texts.append("\n".join(each.numbering + each.text for each in inside if each.table == here))
            texts += [""] * (span - 1)
            lines += inside
        return tuple(texts), lines

    def _hide(self, paragraphs: list[Paragraph]) -> None:
        """Word shows nothing of a cell that only continues the one above it."""
        if any(each.text for each in paragraphs):
            self.found.count("hidden")

    def _drop(self, row: Element, mark: Element) -> None:
        text = "\t".join(self._whole_text(cell) for cell in members(row, "tc"))
        self._gone.append(Change(ChangeKind.DELETED, text, attribute(mark, "author"), moment(mark), 0, 0))

    def _whole_text(self, cell: Element) -> str:
        return "".join(str(each.text or "") for each in cell.iter("{*}t", "{*}delText"))
