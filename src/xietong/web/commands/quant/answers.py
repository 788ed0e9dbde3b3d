"""What persons did on items, from a table of answers and a table about the items."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xietong.quant.responses import MOST, NOT_PRESENTED, OMITTED, Responses, responses_of
from xietong.web.commands.quant.headers import ABOUT, NO_ITEMS
from xietong.web.commands.quant.tables import (
    BLANK,
    FIRST_ROW,
    cells_of,
    codes_of_names,
    columns_of,
    frame_of,
    in_names_of_file,
    number_of,
    refuse_twice,
)

if TYPE_CHECKING:
    import polars as pl

LEFT_OUT = "-"
NO_ANSWER = {**dict.fromkeys(BLANK, NOT_PRESENTED), LEFT_OUT: OMITTED}
HALVES = 2


@dataclass(frozen=True, slots=True)
class Items:
    """What is known of the items beforehand, by their names; full marks, right options, models."""

    full: Mapping[str, int]
    key: Mapping[str, str]
    model: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """A table of answers: who, on which items, of which group and school.

    `omitted` are the shares of who left an item out among those who had it, `full` full marks where they are known,
    `options` what was chosen of the items that have a key.
    """

    path: Path
    frame: "pl.DataFrame"
    persons: tuple[str, ...]
    items: tuple[str, ...]
    responses: Responses
    omitted: NDArray[np.float64]
    groups: NDArray[np.int64]
    group_names: tuple[str, ...]
    schools: NDArray[np.int64] | None
    school_names: tuple[str, ...]
    full: NDArray[np.float64] | None
    models: tuple[str, ...]
    options: "Options | None"
    left_out: tuple[str, ...]

    def of_items(self, names: Sequence[str]) -> "Answers":
        """The answers to some of the items."""
        own, at = self.responses, [self.items.index(name) for name in names]
        return replace(
            self, items=tuple(names), responses=replace(own, codes=own.codes[:, at], categories=own.categories[at]),
            omitted=self.omitted[at],
            full=None if self.full is None else self.full[at], models=tuple(self.models[one] for one in at),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """The options that were chosen of some items, their names, and which of them is right."""

    items: tuple[str, ...]
    responses: Responses
    names: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]


def answers_of(args: argparse.Namespace, group: str | None = None) -> Answers:
    """The answers of a file.

    Raises
        ValueError: a column is not there, a cell cannot be, a person stands there twice; names column and row as the
            file counts them.
    """
    path, listed = args.file, args.items.split(",") if args.items else []
    frame = columns_of(path, (args.id, args.weight, args.school, group, *listed))
    wanted, left_out = items_among(path, frame, listed, {args.id, args.weight, args.school, group})
    if args.id is not None:
        refuse_twice(path, frame, args.id, "person")
    about = Items({}, {}, {}) if args.about is None else about_items(args.about, wanted)
    columns = [column_of(path, frame, name, about) for name in wanted]
    codes = np.column_stack([codes for codes, _categories in columns])
    counts = np.array([categories for _codes, categories in columns])
    weights = None if args.weight is None else weights_of(path, frame, args.weight)
    with in_names_of_file(wanted):
        found = responses_of(codes, categories=counts, weights=weights)
    groups, group_names = codes_of_names(frame[group].to_list() if group else [""] * len(codes))
    schools, school_names = codes_of_names(frame[args.school].to_list() if args.school else [])
    return Answers(
        path, frame, tuple(frame[args.id].to_list()) if args.id else tuple(str(n + 1) for n in range(len(codes))),
        tuple(wanted), found.omitted_as_wrong() if args.omitted == "wrong" else found.omitted_as_not_presented(),
        omitted_of(found), groups, group_names, schools if args.school else None, school_names,
        np.array([about.full.get(name, 1) for name in wanted], dtype=np.float64) if about.full else None,
        tuple(about.model.get(name, "") for name in wanted), options_of(frame, wanted, about), left_out,
    )  # fmt: skip


def omitted_of(found: Responses) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        shares = found.weights @ (found.codes == OMITTED) / (found.weights @ (found.codes != NOT_PRESENTED))
    return np.asarray(shares, dtype=np.float64)


def items_among(
    path: Path, frame: "pl.DataFrame", listed: list[str], named: set[str | None]
) -> tuple[list[str], tuple[str, ...]]:
    """The columns of items, and those that are left out because of their names."""
    others = [one for one in frame.columns if one not in named]
    left_out = [] if listed else [one for one in others if one.lower() in NO_ITEMS]
    wanted = listed or [one for one in others if one not in left_out]
    if not wanted:
        raise ValueError(f"{path}: there is no column of an item")
    # Only what could have been taken for an item has to be told.
    return wanted, tuple(one for one in left_out if frame[one].str.contains(r"^[0-9.]*$").all())


def weights_of(path: Path, frame: "pl.DataFrame", column: str) -> list[float]:
    return [number_of(path, column, row, one) for row, one in cells_of(frame, column)]


def about_items(path: Path, wanted: Sequence[str]) -> Items:
    """Full marks, keys and models from a table with a row for each item.

    Raises
        ValueError: it names no items, an item has no row or two of them, or a full mark is no whole number from 1 up.
    """
    frame = frame_of(path)
    columns = {
        what: next((one for one in frame.columns if one.lower() in names), None) for what, names in ABOUT.items()
    }
    if columns["item"] is None:
        raise ValueError(f"{path}: there is no column {' or '.join(ABOUT['item'])}; there are {frame.columns}")
    names = frame[columns["item"]].to_list()
    for name in wanted:
        if names.count(name) != 1:
            how = "is no row" if name not in names else f"are {names.count(name)} rows"
            raise ValueError(f"{path}: there {how} for item {name}")
    table = {
        what: {} if column is None else dict(zip(names, frame[column].to_list(), strict=True))
        for what, column in columns.items()
    }
    full = {}
    for row, name in enumerate(names, start=FIRST_ROW):
        mark = table["full"].get(name, "")
        if table["full"] and name in wanted:
            if not (mark.isdecimal() and mark.isascii() and 1 <= int(mark) <= MOST):
                raise ValueError(
                    f"{path}, column {columns['full']}, row {row}: {mark!r} is no full mark from 1 to {MOST}"
                )
            full[name] = int(mark)
    return Items(full, {name: key for name, key in table["key"].items() if key}, table["model"])


def column_of(path: Path, frame: "pl.DataFrame", name: str, about: Items) -> tuple[NDArray[np.int16], int]:
    """Codes of an item and how many categories it has; where only 0 and the full mark occur, right and wrong."""
    texts, full, key = frame[name], about.full.get(name), about.key.get(name)
    cells = texts.unique(maintain_order=True).to_list()
    known: dict[str, float] = {**NO_ANSWER}
    for cell in cells:
        if cell not in known:
            why = None if key else complaint_of(cell, full)
            if why:
                row = texts.to_list().index(cell) + FIRST_ROW
                raise ValueError(f"{path}, column {name}, row {row}: {cell!r} {why}")
            known[cell] = float(cell.upper() == key.upper()) if key else float(cell)
    values = np.array([known[cell] for cell in cells])
    points = values[values >= 0]
    if key or (full is not None and np.isin(points, (0, full)).all()):
        values, most = np.where(values > 0, 1, values), 1
    else:
        by = HALVES if (points % 1).any() else 1
        values = np.where(values > 0, values * by, values)
        most = int(max(by * full if full else 1, points.max(initial=0) * by))
    if most > MOST:
        raise ValueError(f"{path}, column {name}: {most + 1} categories are more than {MOST + 1}")
    codes = texts.replace_strict(cells, values.astype(np.int16).tolist()).to_numpy()
    return codes.astype(np.int16), most + 1


def complaint_of(cell: str, full: int | None) -> str:
    """Why a cell is no score; nothing if it is."""
    if full is None:
        return "" if cell.isdecimal() and cell.isascii() and int(cell) <= MOST else f"is no category from 0 to {MOST}"
    try:
        points = float(cell)
    except ValueError:
        return f"is no score from 0 to {full}"
    if not 0 <= points <= full:
        return f"is not from 0 to the full mark {full}"
    return "" if (HALVES * points) % 1 == 0 else "is neither a whole number of marks nor a half"


def options_of(frame: "pl.DataFrame", wanted: Sequence[str], about: Items) -> Options | None:
    """What was chosen, of the items that have a key; None if none has."""
    items = [name for name in wanted if name in about.key]
    if not items:
        return None
    names, columns = [], []
    for item in items:
        chosen = [cell.upper() for cell in frame[item].to_list()]
        options = options_among({*chosen, about.key[item].upper()} - {*BLANK, LEFT_OUT})
        known = NO_ANSWER | {option: at for at, option in enumerate(options)}
        columns.append([known[cell] for cell in chosen])
        names.append(options)
    categories = [max(2, len(options)) for options in names]
    right = tuple(options.index(about.key[item].upper()) for item, options in zip(items, names, strict=True))
    return Options(tuple(items), responses_of(np.column_stack(columns), categories=categories), tuple(names), right)


def options_among(taken: set[str]) -> tuple[str, ...]:
    """The options that occur; where they are letters, with those before the last that nobody took."""
    if taken <= set(ascii_uppercase):
        return tuple(ascii_uppercase[: ascii_uppercase.index(max(taken)) + 1])
    return tuple(sorted(taken))
