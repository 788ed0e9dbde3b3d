"""Tables of answers and of item parameters, from files and to files."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xietong.quant.items import Items, items_of
from xietong.quant.responses import NOT_PRESENTED, OMITTED, Responses, responses_of

if TYPE_CHECKING:
    import polars as pl

BLANK, LEFT_OUT = ("", "NA"), "-"
STEPS = "d"
"""Intercepts stand in the columns d1, d2, …"""


@dataclass(frozen=True, slots=True)
class Answers:
    """A table of answers: who, on which items, and the population of each person by its name."""

    persons: tuple[str, ...]
    items: tuple[str, ...]
    responses: Responses
    groups: NDArray[np.int64]
    group_names: tuple[str, ...]


def frame_of(path: Path) -> "pl.DataFrame":
    """All cells of a file as texts under its header.

    Raises
        ValueError: it is no table.
    """
    import polars as pl  # noqa: PLC0415  (the help must not wait for it)

    from xietong.kit.sandbox import Unreadable  # noqa: PLC0415
    from xietong.kit.sheets.opening import open_book  # noqa: PLC0415
    from xietong.kit.text.encoding import decoded  # noqa: PLC0415

    data = path.read_bytes()
    try:
        if path.suffix.lower() == ".csv":
            # The reader of uploads ends at 200,000 rows; a nation's answers are more.
            text = decoded(data)
            if text is None:
                raise ValueError(f"{path}: its characters cannot be told; save it as UTF-8")
            return pl.read_csv(io.StringIO(text), infer_schema=False, null_values=None).fill_null("")
        grid = open_book(data).grids[0].frame.fill_null("")
    except (Unreadable, pl.exceptions.PolarsError) as refusal:
        raise ValueError(f"{path}: {refusal}") from refusal
    header, *_ = grid.rows()
    return grid.slice(1).rename(dict(zip(grid.columns, header, strict=True)))


def answers_of(
    path: Path, *, person: str | None, weight: str | None, group: str | None, items: str | None, omitted: str
) -> Answers:
    """The answers of a file.

    Raises
        ValueError: a column is not there or a cell is no category; names column and row as the file counts them.
    """
    frame = frame_of(path)
    named = [one for one in (person, weight, group) if one]
    wanted = items.split(",") if items else [one for one in frame.columns if one not in named]
    missing = [one for one in (*named, *wanted) if one not in frame.columns]
    if missing:
        raise ValueError(f"{path}: there is no column {missing[0]}; there are {', '.join(frame.columns)}")
    codes = np.column_stack([codes_of(path, name, frame[name].to_list()) for name in wanted])
    weights = None if weight is None else [number_of(path, weight, row, one) for row, one in rows_of(frame, weight)]
    found = responses_of(codes, weights=weights)
    names = sorted(set(frame[group].to_list())) if group else [""]
    place = {name: n for n, name in enumerate(names)}
    return Answers(
        tuple(frame[person].to_list()) if person else tuple(str(n + 1) for n in range(len(codes))),
        tuple(wanted),
        found.omitted_as_wrong() if omitted == "wrong" else found.omitted_as_not_presented(),
        np.array([place[one] for one in frame[group].to_list()] if group else [0] * len(codes), dtype=np.int64),
        tuple(names),
    )


def rows_of(frame: "pl.DataFrame", column: str) -> Iterable[tuple[int, str]]:
    """Cells with the row that a spreadsheet shows beside them."""
    return enumerate(frame[column].to_list(), start=2)


def codes_of(path: Path, column: str, cells: Sequence[str]) -> NDArray[np.int64]:
    known = {**dict.fromkeys(BLANK, NOT_PRESENTED), LEFT_OUT: OMITTED}
    found = np.empty(len(cells), dtype=np.int64)
    for place, cell in enumerate(cells):
        text = cell.strip()
        if text not in known:
            if not (text.isdecimal() and text.isascii()):
                raise ValueError(f"{path}, column {column}, row {place + 2}: {cell!r} is no category from 0 up")
            known[text] = int(text)
        found[place] = known[text]
    return found


def number_of(path: Path, column: str, row: int, cell: str) -> float:
    try:
        return float(cell)
    except ValueError as error:
        raise ValueError(f"{path}, column {column}, row {row}: {cell!r} is no number") from error


def parameters_of(path: Path) -> tuple[tuple[str, ...], Items]:
    """Names and parameters of items that `calibrate` wrote; those without an estimate are left out."""
    frame = frame_of(path)
    steps = [one for one in frame.columns if one.startswith(STEPS) and one[1:].isdecimal()]
    missing = {"item", "kind", "slope", "lower"} - set(frame.columns)
    if missing or not steps:
        raise ValueError(f"{path}: no table of parameters; it lacks the column {min(missing, default='d1')}")
    rows = [row for row in frame.to_dicts() if row["slope"] not in BLANK]

    def number(row: dict[str, str], column: str) -> float:
        cell = row[column]
        return (
            np.nan if cell in BLANK else number_of(path, column, frame["item"].to_list().index(row["item"]) + 2, cell)
        )

    names = tuple(row["item"] for row in rows)
    kinds = [row["kind"] for row in rows]
    slopes, lower = ([number(row, one) for row in rows] for one in ("slope", "lower"))
    try:
        return names, items_of(kinds, slopes, [[number(row, one) for one in steps] for row in rows], lower)
    except ValueError as refusal:
        raise ValueError(f"{path}: {refusal}") from refusal


def write(header: Sequence[str], rows: Iterable[Sequence[object]], path: Path | None) -> None:
    """A CSV file, or standard output; what is not there stays empty."""

    def cells(row: Sequence[object]) -> list[object]:
        return ["" if isinstance(cell, float) and np.isnan(cell) else cell for cell in row]

    if path is None:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(header)
        out.writerows(map(cells, rows))
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(header)
            out.writerows(map(cells, rows))
