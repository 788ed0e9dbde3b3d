"""Tables of answers and of item parameters, from files and to files."""

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xietong.quant.items import Items, items_of
from xietong.quant.responses import NOT_PRESENTED, OMITTED, Responses, responses_of

if TYPE_CHECKING:
    import polars as pl

BLANK, LEFT_OUT = ("", "NA"), "-"
DIGITS, FIRST_ROW = 9, 2
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

    def of_items(self, names: Sequence[str]) -> "Answers":
        """The answers to some of the items."""
        own, at = self.responses, [self.items.index(name) for name in names]
        return replace(
            self, items=tuple(names), responses=replace(own, codes=own.codes[:, at], categories=own.categories[at])
        )


def frame_of(path: Path) -> "pl.DataFrame":
    """All cells of a file as texts under its header.

    Raises
        ValueError: it is no table, or its header does not tell the columns apart.
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
            grid = pl.read_csv(io.StringIO(text), has_header=False, infer_schema=False)
        else:
            grid = open_book(data).grids[0].frame
    except (Unreadable, pl.exceptions.PolarsError) as refusal:
        raise ValueError(f"{path}: {refusal}") from refusal
    texts = grid.fill_null("")
    header = [name.strip() for name in texts.row(0)]
    wrong = [name for name in header if not name or header.count(name) > 1]
    if wrong:
        what = f"the name {wrong[0]} twice" if wrong[0] else "a column without a name"
        raise ValueError(f"{path}: its first row has {what}")
    return texts.slice(1).rename(dict(zip(texts.columns, header, strict=True)))


def columns_of(path: Path, named: Iterable[str | None]) -> "pl.DataFrame":
    """A file in which the named columns are; None names nothing.

    Raises
        ValueError: one is not there.
    """
    frame = frame_of(path)
    missing = [one for one in named if one is not None and one not in frame.columns]
    if missing:
        raise ValueError(f"{path}: there is no column {missing[0]}; there are {', '.join(frame.columns)}")
    return frame


def answers_of(
    path: Path, *, person: str | None, weight: str | None, group: str | None, items: str | None, omitted: str
) -> Answers:
    """The answers of a file.

    Raises
        ValueError: a column is not there or a cell is no category; names column and row as the file counts them.
    """
    listed = items.split(",") if items else []
    frame = columns_of(path, (person, weight, group, *listed))
    wanted = listed or [one for one in frame.columns if one not in {person, weight, group}]
    if not wanted:
        raise ValueError(f"{path}: there is no column of an item")
    codes = np.column_stack([codes_of(path, name, frame[name].to_list()) for name in wanted])
    weights = None if weight is None else [number_of(path, weight, row, one) for row, one in rows_of(frame, weight)]
    with in_names_of_file(wanted):
        found = responses_of(codes, weights=weights)
    places = frame[group].to_list() if group else [""] * len(codes)
    names = {name: place for place, name in enumerate(sorted(set(places)))}
    return Answers(
        tuple(frame[person].to_list()) if person else tuple(str(n + 1) for n in range(len(codes))),
        tuple(wanted),
        found.omitted_as_wrong() if omitted == "wrong" else found.omitted_as_not_presented(),
        np.array([names[one] for one in places], dtype=np.int64),
        tuple(names),
    )


@contextmanager
def in_names_of_file(names: Sequence[str], what: str = "item") -> Iterator[None]:
    """A refusal of what is counted has the names of the file, and its rows as a spreadsheet counts them."""
    try:
        yield
    except ValueError as refusal:
        raise ValueError(as_in_file(str(refusal), names, what)) from refusal


def as_in_file(text: str, names: Sequence[str], what: str = "item") -> str:
    """What was said of rows and items (or what has the names) that are counted from 0."""
    named = re.sub(rf"\b{what} (\d+)", lambda found: f"{what} {names[int(found[1])]}", text)
    return re.sub(r"\brow (\d+)", lambda found: f"row {int(found[1]) + FIRST_ROW}", named)


def rows_of(frame: "pl.DataFrame", column: str) -> Iterable[tuple[int, str]]:
    """Cells with the row that a spreadsheet shows beside them."""
    return enumerate(frame[column].to_list(), start=FIRST_ROW)


def codes_of(path: Path, column: str, cells: Sequence[str]) -> NDArray[np.int64]:
    known = {**dict.fromkeys(BLANK, NOT_PRESENTED), LEFT_OUT: OMITTED}
    found = np.empty(len(cells), dtype=np.int64)
    for place, cell in enumerate(cells):
        text = cell.strip()
        if text not in known:
            known[text] = whole_of(path, column, place + FIRST_ROW, text, "category")
        found[place] = known[text]
    return found


def whole_of(path: Path, column: str, row: int, cell: str, what: str) -> int:
    """A number that counts something; nothing that is counted here has more digits than nine."""
    if not (cell.isdecimal() and cell.isascii() and len(cell) <= DIGITS):
        raise ValueError(f"{path}, column {column}, row {row}: {cell!r} is no {what} from 0 up")
    return int(cell)


def number_of(path: Path, column: str, row: int, cell: str) -> float:
    try:
        return float(cell)
    except ValueError as error:
        raise ValueError(f"{path}, column {column}, row {row}: {cell!r} is no number") from error


def parameters_of(path: Path, wanted: Iterable[str] | None = None) -> tuple[tuple[str, ...], Items]:
    """Names and parameters of items that `calibrate` wrote, of the wanted ones or all: those that have an estimate.

    Raises
        ValueError: the file is no such table, or an item that is wanted is not there or cannot be counted with.
    """
    frame = columns_of(path, ("item", "kind", "slope", "lower", f"{STEPS}1"))
    rows = {row["item"]: (place, row) for place, row in enumerate(frame.to_dicts(), start=FIRST_ROW)}
    asked = list(rows if wanted is None else wanted)
    lacking = [name for name in asked if name not in rows]
    if lacking:
        raise ValueError(f"{path}: there are no parameters of {lacking[0]}")
    names = [name for name in asked if rows[name][1]["slope"] not in BLANK]
    steps = [one for one in frame.columns if one.startswith(STEPS) and one[1:].isdecimal()]
    own = [rows[name] for name in names]
    table = [[figure(path, one, place, row[one]) for one in ("slope", "lower", *steps)] for place, row in own]
    slopes, lower, *intercepts = np.array(table).reshape(len(names), -1).T
    with in_names_of_file(names):
        return tuple(names), items_of([row["kind"] for _, row in own], slopes, np.transpose(intercepts), lower)


def figure(path: Path, column: str, row: int, cell: str) -> float:
    return float("nan") if cell in BLANK else number_of(path, column, row, cell)


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
