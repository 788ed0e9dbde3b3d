"""The grid of a .docx table: which cells are merged, which rows are repeated on every page."""

from dataclasses import dataclass, field

from xietong.kit.text.document import Merged, Table
from xietong.kit.text.markup import Element, attribute, child, is_on, number

WIDEST = 63
"""Word's own limit of columns; a hostile file may claim more."""


@dataclass(slots=True)
class Grid:
    """A table while it is read, row by row."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    header_rows: int = 0
    _cells: list[Merged] = field(default_factory=list)
    _growing: dict[int, int] = field(default_factory=dict)
    """Column → place in ``_cells`` of the merged cell that a next row may continue."""

    def begin_row(self, row: Element) -> None:
        """Count a row that is repeated, if all rows above it are."""
        if self.header_rows == len(self.rows) and is_on(child(row, "trPr", "tblHeader")):
            self.header_rows += 1

    def is_continued(self, cell: Element, column: int) -> bool:
        """Whether a cell only lengthens the one above it, and so shows nothing of its own."""
        return _vertical(cell) == "continue" and column in self._growing

    def place(self, cell: Element, column: int) -> int:
        """Take a cell in at a column (from 1); the number of columns it covers."""
        columns = max(1, min(number(child(cell, "tcPr", "gridSpan"), 1), WIDEST))
        if self.is_continued(cell, column):
            upper = self._cells[self._growing[column]]
            self._cells[self._growing[column]] = Merged(upper.row, upper.column, upper.rows + 1, upper.columns)
            return columns
        self._growing.pop(column, None)
        if _vertical(cell) == "restart":
            self._growing[column] = len(self._cells)
        self._cells.append(Merged(len(self.rows) + 1, column, 1, columns))
        return columns

    def table(self, place: int) -> Table:
        merged = tuple(cell for cell in self._cells if cell.rows > 1 or cell.columns > 1)
        return Table(place, tuple(self.rows), self.header_rows, merged)


def _vertical(cell: Element) -> str:
    merge = child(cell, "tcPr", "vMerge")
    return "" if merge is None else attribute(merge) or "continue"
