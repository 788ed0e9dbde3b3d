"""Tables from files, their columns and cells, and item parameters among them."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from xietong.quant.items import Items, items_of
from xietong.web.commands.quant.words import words_of

if TYPE_CHECKING:
    import polars as pl

BLANK = ("", "NA")
DIGITS, FIRST_ROW = 9, 2
STEPS = "d"
"""Intercepts stand in the columns d1, d2, …"""

PARAMETERS = ("item", "kind", "slope", "lower", f"{STEPS}1")


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
    if not data.strip():
        raise ValueError(f"{path}: the file is empty")
    try:
        if path.suffix.lower() == ".csv":
            # The reader of uploads ends at 200,000 rows; a nation's answers are more.
            text = decoded(data)
            if text is None:
                raise ValueError(f"{path}: its characters cannot be told; save it as UTF-8")
            grid = separated(text)
        else:
            grids = open_book(data).grids
            if not grids:
                raise ValueError(f"{path}: it has no sheet with cells")
            grid = grids[0].frame
    except Unreadable as refusal:
        raise ValueError(f"{path}: {words_of('en')(refusal.message)}") from refusal
    except pl.exceptions.PolarsError as refusal:
        raise ValueError(f"{path}: {str(refusal).splitlines()[0]}") from refusal
    texts = grid.fill_null("").select(pl.all().str.strip_chars())
    header = texts.row(0)
    wrong = [name for name in header if not name or header.count(name) > 1]
    if wrong:
        what = f"the name {wrong[0]} twice" if wrong[0] else "a column without a name"
        raise ValueError(f"{path}: its first row has {what}")
    if len(texts) == 1:
        raise ValueError(f"{path}: there is no row below the header")
    return texts.slice(1).rename(dict(zip(texts.columns, header, strict=True)))


def separated(text: str) -> "pl.DataFrame":
    """The cells of a text with commas between them; names the first row that has more of them than the header."""
    import polars as pl  # noqa: PLC0415

    try:
        return pl.read_csv(io.StringIO(text), has_header=False, infer_schema=False)
    except pl.exceptions.ComputeError:
        with suppress(csv.Error):
            rows = csv.reader(io.StringIO(text))
            heads = len(next(rows))
            for row, cells in enumerate(rows, start=FIRST_ROW):
                if len(cells) > heads:
                    raise pl.exceptions.ComputeError(
                        f"row {row} has {len(cells)} cells under {heads} heads"
                    ) from None
        raise


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


def codes_of_names(names: Sequence[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], tuple[str, ...]]:
    """Each name as its place among all of them in order."""
    every = tuple(sorted(set(names)))
    places = {name: place for place, name in enumerate(every)}
    return np.array([places[one] for one in names], dtype=np.int64), every


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


def cells_of(frame: "pl.DataFrame", column: str) -> Iterable[tuple[int, str]]:
    """Cells with the row that a spreadsheet shows beside them."""
    return enumerate(frame[column].to_list(), start=FIRST_ROW)


def refuse_twice(path: Path, frame: "pl.DataFrame", column: str, what: str) -> None:
    """Raises ValueError for the first cell that stands in its column again; an empty one may."""
    seen: dict[str, int] = {}
    for row, one in cells_of(frame, column):
        if seen.setdefault(one, row) != row and one:
            raise ValueError(f"{path}, column {column}: rows {seen[one]} and {row} are the same {what}")


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
    """Names and parameters of items that `irt` wrote, of the wanted ones or all: those that have an estimate.

    Raises
        ValueError: the file is no such table, or an item that is wanted is not there or cannot be counted with.
    """
    frame = columns_of(path, PARAMETERS)
    refuse_twice(path, frame, "item", "item")
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


def written(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV; what is not there stays empty."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(header)
    table.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()
