"""What an analysis found, as data: facts, remarks, tables and pictures, for a workbook, a page and a program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from xietong.web.commands.quant.words import Say

LEAST = 10
"""Cells with fewer persons are not told."""

FEW = f"<{LEAST}"
HIDDEN = "*"
"""A cell that is not told because another one beside it would follow from it."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the same in every language; a page shows so many decimals, or a text as it is if `places` is None."""

    key: str
    label: str
    places: int | None = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; the page leaves out what only a workbook or a program wants."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: list[list[object]]
    note: str = ""
    on_page: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, with a sentence that says what it shows."""

    title: str
    says: str
    chart: dict[str, Any]
    height: int = 360


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the whole; `key` is the same in every language."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All of an analysis; `is_sound` is false where the figures are no results."""

    title: str
    facts: list[Fact]
    remarks: list[str]
    sheets: list[Sheet]
    pictures: list[Picture] = field(default_factory=list)
    is_sound: bool = True


def headed(columns: Iterable[Column], gettext: Say) -> tuple[Column, ...]:
    """Columns with their heads in the reader's language."""
    return tuple(replace(column, label=gettext(column.label)) for column in columns)


def told(persons: float) -> object:
    """A number of persons, unless it is too small to be told; none is no secret."""
    if 0 < persons < LEAST:
        return FEW
    return int(persons) if persons == int(persons) else round(float(persons), 1)


def told_together(counts: Iterable[float]) -> list[object]:
    """Numbers that add up to a known one: where one alone is too small to be told, the next larger is hidden too."""
    given = list(counts)
    found = [told(count) for count in given]
    if found.count(FEW) == 1:
        others = [place for place, cell in enumerate(found) if cell not in {FEW, 0}]
        if others:
            found[min(others, key=given.__getitem__)] = HIDDEN
    return found


def height_of(cell: object) -> float:
    """How high a chart draws a number that may not be told: not at all then."""
    return float(cell) if isinstance(cell, int | float) else 0.0


def rows_of(*columns: Iterable[object]) -> list[list[object]]:
    """Columns as rows; a number that is not there stays empty."""
    return [[plain(cell) for cell in row] for row in zip(*columns, strict=True)]


def plain(cell: object) -> object:
    """A number of Python, or nothing for NaN."""
    value = cell.item() if isinstance(cell, np.generic) else cell
    return None if isinstance(value, float) and np.isnan(value) else value


def wide(text: str) -> int:
    """How wide a text is, in letters; a Chinese one is as wide as two."""
    return sum(2 if letter > "\u2e7f" else 1 for letter in text)


def records(sheet: Sheet) -> list[dict[str, object]]:
    keys: Sequence[str] = [column.key for column in sheet.columns]
    return [dict(zip(keys, row, strict=True)) for row in sheet.rows]
