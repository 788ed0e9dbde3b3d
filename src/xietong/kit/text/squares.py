"""The cells of a table in a web page at their places in the grid."""

from dataclasses import dataclass

from xietong.kit.text.document import Merged
from xietong.kit.text.markup import Element

WIDEST = 63
TALLEST = 1000
"""A hostile page may claim more; cells beyond the widest row share its last place."""


@dataclass(frozen=True, slots=True)
class Square:
    """A cell and the part of the grid that it covers."""

    element: Element
    place: Merged


def squares(table: Element) -> list[Square]:
    """The cells of a table; none for one that holds another table, and so only lays out the page."""
    if any(inner is not table for inner in table.iter("table")):
        return []
    found: list[Square] = []
    taken: dict[int, int] = {}
    rows = list(table.iter("tr"))
    for row, element in enumerate(rows, start=1):
        column = 1
        for cell in element.iterchildren("td", "th"):
            while column < WIDEST and taken.get(column, 0) >= row:
                column += 1
            columns = min(_count(cell, "colspan"), WIDEST + 1 - column)
            height = min(_count(cell, "rowspan"), TALLEST, len(rows) + 1 - row)
            found.append(Square(cell, Merged(row, column, height, columns)))
            for place in range(column, column + columns):
                taken[place] = row + height - 1
            column = min(column + columns, WIDEST)
    return found


def is_grid(found: list[Square]) -> bool:
    """Whether cells make a table of data: at least two rows and two columns."""
    return any(each.place.row > 1 for each in found) and any(each.place.column > 1 for each in found)


def _count(cell: Element, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return max(1, int(text)) if text.isdecimal() and len(text) < len(str(WIDEST * TALLEST)) else 1
