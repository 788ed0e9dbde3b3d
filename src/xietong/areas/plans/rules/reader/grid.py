"""Tables: of a word processor, by the places of their lines, or of plain text, by tabs or bars."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from xietong.areas.plans.rules.reader.characters import fold
from xietong.areas.plans.rules.reader.lines import SourceLine
from xietong.areas.plans.rules.reader.spans import Span


class Column(StrEnum):
    """What a column of a table of responsibilities holds, told by its header."""

    NUMBER = "number"
    TASK = "task"
    MEASURE = "measure"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    DUE = "due"
    DELIVERABLE = "deliverable"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell; an empty one has an empty span."""

    column: Column
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the header; an empty task is that of the row above, for they are merged."""

    cells: tuple[TableCell, ...]
    span: Span

    def of(self, column: Column) -> TableCell | None:
        return next((each for each in self.cells if each.column is column and each.text), None)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of responsibilities, its parts on several pages put together."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    span: Span


# The first row with a word of the header decides.
_HEADERS = (
    (Column.NUMBER, ("序号", "编号")),
    (Column.LEAD, ("牵头", "主责", "主办")),
    (Column.SUPPORT, ("配合", "协办", "协同", "参与单位", "支持单位")),
    (Column.RESPONSIBLE, ("责任", "承办", "落实单位", "实施单位")),
    (Column.DUE, ("时限", "完成时间", "期限", "时间节点", "时间安排", "进度")),
    (Column.DELIVERABLE, ("成果", "交付", "佐证")),
    (Column.MEASURE, ("措施", "举措", "工作内容", "具体任务", "具体工作", "工作要求", "任务内容")),
    (Column.TASK, ("任务", "项目", "工作事项", "指标")),
)
_WHO_OR_WHEN = {Column.LEAD, Column.RESPONSIBLE, Column.SUPPORT, Column.DUE}
_WHAT = {Column.TASK, Column.MEASURE}
_RULE = re.compile(r"[ |:+=-]*-[ |:+=-]*")
_LEAST_COLUMNS = 3

Grid = list[list[Span]]


def find(text: str, lines: Sequence[SourceLine]) -> tuple[list[Table], list[Span]]:
    """This function will return the tables of responsibilities, and where tables of any kind stand."""
    grids = sorted([*_placed(lines), *_drawn(lines)], key=lambda grid: grid[0][0].start)
    found: list[Table] = []
    for grid in grids:
        table = _table(text, grid, found[-1] if found else None)
        if table is not None and found and table.span.start == found[-1].span.start:
            found[-1] = table
        elif table is not None:
            found.append(table)
    return found, [_whole(grid) for grid in grids]


def _whole(grid: Grid) -> Span:
    spans = [span for row in grid for span in row]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _starts(lines: Sequence[SourceLine]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    return starts


def _placed(lines: Sequence[SourceLine]) -> Iterator[Grid]:
    """Lines with places: the lines of one place are one cell, and what the grid lacks is empty."""
    placed = [
        (line.cell, start, start + len(line.text))
        for start, line in zip(_starts(lines), lines, strict=True)
        if line.cell
    ]
    for _table, members in groupby(placed, key=lambda each: each[0].table):
        spans: dict[tuple[int, int], Span] = {}
        for cell, start, end in members:
            before = spans.get((cell.row, cell.column))
            spans[cell.row, cell.column] = Span(before.start if before else start, end)
        width = max(column for _row, column in spans)
        yield [
            _filled([spans.get((row, column)) for column in range(1, width + 1)])
            for row in sorted({row for row, _column in spans})
        ]


def _filled(row: Sequence[Span | None]) -> list[Span]:
    """A place without a line is an empty span beside the one before it."""
    at = next(span.start for span in row if span)
    found = []
    for span in row:
        found.append(span or Span(at, at))
        at = found[-1].end
    return found


def _drawn(lines: Sequence[SourceLine]) -> Iterator[Grid]:
    """Lines of plain text with as many tabs or bars as the one before, two at least; a blank line parts none."""
    rows = [
        ([] if line.cell else _cells(line.text, start), line)
        for start, line in zip(_starts(lines), lines, strict=True)
        if line.cell or line.text.strip()
    ]
    for width, members in groupby(rows, key=lambda each: len(each[0])):
        grid = [cells for cells, line in members if not _RULE.fullmatch(line.text)]
        if width >= _LEAST_COLUMNS and len(grid) > 1:
            yield grid


def _cells(text: str, start: int) -> list[Span]:
    mark = "|" if text.strip().startswith("|") else "\t"
    if mark not in text:
        return []
    edges = [-1, *(match.start() for match in re.finditer(re.escape(mark), text)), len(text)]
    spans = [Span(start + left + 1, start + right) for left, right in pairwise(edges)]
    return spans[1:-1] if mark == "|" else spans


def _table(text: str, grid: Grid, before: Table | None) -> Table | None:
    """The grid as a table of responsibilities; one that goes on from the page before is put together with it."""
    header = [_column(fold(span.of(text))) for span in grid[0]]
    named = set(header)
    whole = _whole(grid)
    goes_on = before is not None and not text[before.span.end : whole.start].strip(" |\t\n")
    if before is not None and goes_on and len(header) == len(before.columns):
        rows = _rows(text, grid, list(before.columns))
        return Table(before.columns, (*before.rows, *rows), Span(before.span.start, whole.end))
    if named & _WHO_OR_WHEN and named & _WHAT:
        return Table(tuple(header), tuple(_rows(text, grid[1:], header)), whole)
    return None


def _rows(text: str, grid: Grid, header: list[Column]) -> list[TableRow]:
    """Rows with something in them besides a number; a header that a new page repeats is none."""
    found = []
    for spans in grid:
        cells = tuple(
            TableCell(column, span.of(text).strip(), _tight(text, span))
            for column, span in zip(header, spans, strict=True)
        )
        filled = {each.column for each in cells if each.text} - {Column.NUMBER}
        repeated = [_column(fold(each.text)) for each in cells] == header
        if filled & _WHAT and len(filled) > 1 and not repeated:
            found.append(TableRow(cells, Span(spans[0].start, spans[-1].end)))
    return found


def _tight(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - len(words) + len(words.rstrip())))


def _column(header: str) -> Column:
    words = header.replace(" ", "").replace("\n", "")
    for column, marks in _HEADERS:
        if len(words) <= len("牵头单位和责任单位及配合单位") and any(mark in words for mark in marks):
            return column
    return Column.OTHER
