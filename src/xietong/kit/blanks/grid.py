"""A form as grids of cells, and by which heads of row and column a blank is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

DOCX, XLSX = "docx", "xlsx"
MOST_GRIDS, MOST_ROWS, MOST_COLUMNS = 20, 200, 40
MOST_BLANKS = 600
HEAD = 40  # so much of a head is kept in a label
BETWEEN = " · "

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its row and column, counted from 1; `rows` and `columns` are what it covers where it is merged."""

    row: int
    column: int
    address: str
    text: str = ""
    is_blank: bool = False
    rows: int = 1
    columns: int = 1
    label: str = ""

    def covers(self) -> Iterable[Place]:
        below, beside = range(self.row, self.row + self.rows), range(self.column, self.column + self.columns)
        return ((row, column) for row in below for column in beside)


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet or a table: its rows, without the cells that others cover."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a form holds."""

    kind: str
    grids: tuple[Grid, ...]


def blanks(grids: Iterable[Grid]) -> list[Cell]:
    return [cell for grid in grids for row in grid.rows for cell in row if cell.is_blank]


def labelled(grid: Grid) -> Grid:
    """The grid whose blanks say what stands at the head of their row and of their column."""
    taken = {place: cell for row in grid.rows for cell in row for place in cell.covers()}
    rows = (tuple(replace(one, label=label(one, taken)) if one.is_blank else one for one in row) for row in grid.rows)
    return Grid(grid.name, tuple(rows))


def label(cell: Cell, taken: Mapping[Place, Cell]) -> str:
    """The nearest words to the left, then the nearest above."""
    left = nearest(taken, ((cell.row, column) for column in range(cell.column - 1, 0, -1)))
    above = nearest(taken, ((row, cell.column) for row in range(cell.row - 1, 0, -1)))
    return BETWEEN.join(dict.fromkeys(filter(None, (left, above))))


def nearest(taken: Mapping[Place, Cell], places: Iterable[Place]) -> str:
    texts = (taken[place].text for place in places if place in taken)
    return next((" ".join(text.split())[:HEAD] for text in texts if text.strip()), "")
