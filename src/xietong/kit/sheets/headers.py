"""Which row holds the headers, and which column of a file is which column of the declaration."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xietong.kit.sheets.declare import Column, Sheet
from xietong.kit.sheets.opening import Grid

LOOKED_AT = 20
"""Rows from the top among which the headers are sought: titles and remarks stand above them."""

_NOTE = re.compile(r"[(\[【<].*?[)\]】>]")
_MARKS = re.compile(r"[\s*:：、,，.。\-—_/]+")


@dataclass(frozen=True, slots=True)
class Found:
    """The headers of a grid: the row below which the data begins, the text over each column, and what it is."""

    grid: Grid
    below: int
    texts: tuple[str, ...]
    places: dict[str, int]


def plain(text: str) -> str:
    """A header as it is compared: one width, without blanks, marks and notes in brackets."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _MARKS.sub("", _NOTE.sub("", folded)) or _MARKS.sub("", folded)


def find(grids: Sequence[Grid], sheet: Sheet, mapping: Mapping[str, str | None]) -> Found | None:
    """This function will choose the worksheet and the row that know most of the declared columns.

    `mapping` is what somebody said: column → the text over it, or None for a column that is not to be read. Where
    no column is known, it is the row with the most words, so that somebody can say which is which.
    """
    best: Found | None = None
    for grid in grids:
        rows = [tuple((value or "").strip() for value in row) for row in grid.frame.head(LOOKED_AT).iter_rows()]
        for number, row in enumerate(rows):
            for texts, below in candidates(rows, number, row):
                found = Found(grid, below, texts, matched(texts, sheet.columns, mapping))
                if best is None or rank(found) > rank(best):
                    best = found
    return best if best and any(best.texts) else None


def rank(found: Found) -> tuple[int, int]:
    """Columns known, then texts that could be headers: each once, and without figures."""
    words = {text for text in found.texts if text and not re.search(r"\d", text)}
    return len(found.places), 0 if found.places else len(words)


def candidates(
    rows: Sequence[tuple[str, ...]], number: int, row: tuple[str, ...]
) -> list[tuple[tuple[str, ...], int]]:
    """The row by itself, and with the one below as the second row of merged headers."""
    single = [(row, number + 1)]
    if number + 1 >= len(rows):
        return single
    upper, joined = "", []
    for over, under in zip(row, rows[number + 1], strict=True):
        upper = over or (upper if under else "")
        joined.append(under or over)
    return [*single, (tuple(joined), number + 2)]


def matched(texts: Sequence[str], columns: Sequence[Column], mapping: Mapping[str, str | None]) -> dict[str, int]:
    """Column → its place: what somebody said, then the header, then a synonym; no place is taken twice."""
    spelled = [plain(text) for text in texts]
    places: dict[str, int] = {}
    for names in (
        {column.key: (mapping.get(column.key) or "",) for column in columns},
        {column.key: (column.header,) for column in columns},
        {column.key: column.synonyms for column in columns},
    ):
        for key, words in names.items():
            wanted = {plain(word) for word in words if word}
            place = next((at for at, text in enumerate(spelled) if text and text in wanted), None)
            passed_over = key in mapping and mapping[key] is None
            if place is not None and not passed_over and key not in places and place not in places.values():
                places[key] = place
    return places
