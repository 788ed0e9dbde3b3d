"""Lines of a PDF page as rows: running text has one cell in each, a table several.

A file draws a table cell by cell, so a piece to the right of the one before and not below it is the next
cell, and a piece right below the last cell continues it. A piece that stands beside earlier rows begins
another column of text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xietong.kit.text.pieces import Piece

ALIGNED = 0.8
CLOSE = 1.2
FARTHEST = 12
"""In character widths: how exactly cells line up, how near their lines are, how far above a row its cell begins."""

COLUMN_LINES = 8
FILLED = 0.7
"""So many lines in two halves, so many of the left ones full, are two columns and no table."""


@dataclass(slots=True)
class Row:
    """One line of running text, or one row of a table with the lines of each cell."""

    page: int
    column: int
    cells: list[list[Piece]] = field(default_factory=list)

    @property
    def first(self) -> Piece:
        return self.cells[0][0]

    @property
    def last(self) -> Piece:
        return self.cells[-1][-1]

    @property
    def top(self) -> float:
        return max(cell[0].top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return min(cell[-1].bottom for cell in self.cells)

    @property
    def is_running_text(self) -> bool:
        return len(self.cells) == 1 and len(self.cells[0]) == 1

    @property
    def text(self) -> str:
        return "\t".join(joined(piece.text for piece in cell) for cell in self.cells)


def joined(parts: Iterable[str]) -> str:
    """Lines made one: without a space, unless two words of Latin letters or numbers would run together."""
    text = ""
    for part in parts:
        gap = " " if text[-1:].isascii() and text[-1:].isalnum() and part[:1].isascii() and part[:1].isalnum() else ""
        text += gap + part
    return text


def rows(lines: Iterable[tuple[Piece, ...]], page: int) -> list[Row]:
    """The rows of a page."""
    found: list[Row] = []
    column = 0
    for line in _unfolded(list(lines)):
        row = found[-1] if found else None
        if row is not None and _is_beside(line[0], row):
            if not _is_far_above(line[0], found):
                row.cells += [[piece] for piece in line]
                continue
            column += 1
        elif row is not None and len(line) == 1 and _continues(line[0], row):
            row.cells[-1].append(line[0])
            continue
        found.append(Row(page, column, [[piece] for piece in line]))
    return found


def _is_beside(piece: Piece, row: Row) -> bool:
    last = row.last
    is_right = piece.left > last.left + ALIGNED * piece.size and piece.left > min(p.right for p in row.cells[-1])
    return is_right and piece.top > last.bottom + ALIGNED * piece.size / 2


def _is_far_above(piece: Piece, found: list[Row]) -> bool:
    """Whether a piece stands beside what is above the last row, too."""
    above = found[-2] if len(found) > 1 else None
    is_beside_earlier = above is not None and above.top > piece.top > above.bottom + CLOSE
    return is_beside_earlier or piece.top - found[-1].top > FARTHEST * piece.size


def _continues(piece: Piece, row: Row) -> bool:
    """Whether a piece stands right below the last cell of a row of several."""
    last = row.last
    is_aligned = abs(piece.left - row.cells[-1][0].left) < ALIGNED * piece.size
    return len(row.cells) > 1 and is_aligned and -piece.size / 2 < last.bottom - piece.top < CLOSE * piece.size


def _unfolded(lines: list[tuple[Piece, ...]]) -> Iterator[tuple[Piece, ...]]:
    """The lines, those that were drawn across two columns parted again."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_halved(lines[end], lines[at]):
            end += 1
        pairs = lines[at:end]
        if len(pairs) >= COLUMN_LINES and _is_filled([left for left, _ in pairs]):
            yield from ((left,) for left, _ in pairs)
            yield from ((right,) for _, right in pairs)
        else:
            yield from lines[at : end + 1] if end == at else pairs
        at = max(end, at + 1)


def _is_halved(line: tuple[Piece, ...], model: tuple[Piece, ...]) -> bool:
    if len(line) != len(("left", "right")) or len(model) != len(line):
        return False
    return all(abs(one.left - other.left) < 3 * one.size for one, other in zip(line, model, strict=True))


def _is_filled(halves: list[Piece]) -> bool:
    edge = max(piece.right for piece in halves)
    wide = edge - min(piece.left for piece in halves) > COLUMN_LINES * halves[0].size
    return wide and sum(edge - piece.right < 2 * piece.size for piece in halves) >= FILLED * len(halves)
