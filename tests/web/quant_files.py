"""Files for `xietong quant`, the command itself, and what it said and wrote."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from tests.quant.sitting import LSAT7
from xietong.web.cli import main

Rows = Sequence[Sequence[object]]
Capture = pytest.CaptureFixture[str]

PATTERNS = {pattern: int(count) for pattern, count in (one.split(":") for one in LSAT7.split())}
LAW = ["Q1", "Q2", "Q3", "Q4", "Q5"]
VERBS = ("items", "irt", "compare", "link", "sample")
PARAMETERS = ["item", "kind", "slope", "lower", "d1"]


@dataclass(frozen=True)
class Run:
    """Exit status, standard output, and what was said beside it."""

    status: int
    out: str
    said: str


def run(capsys: Capture, *arguments: object) -> Run:
    status = main(["quant", *map(str, arguments)])
    out, said = capsys.readouterr()
    return Run(status, out, said)


def analysed(capsys: Capture, *arguments: object, status: int = 0) -> Any:
    """The findings as JSON."""
    found = run(capsys, *arguments, "--json")
    assert found.status == status, found.said
    return json.loads(found.out)


def written(capsys: Capture, stem: Path, *arguments: object, status: int = 0) -> "tuple[Book, Page]":
    """The workbook and the page."""
    found = run(capsys, *arguments, "--out", stem)
    assert (found.status, found.out) == (status, ""), found.said
    return book_of(Path(f"{stem}.xlsx")), Page(Path(f"{stem}.html"))


def column(table: list[dict[str, Any]], key: str) -> list[Any]:
    return [row[key] for row in table]


def row_of(table: list[dict[str, Any]], **known: object) -> dict[str, Any]:
    (found,) = [row for row in table if known.items() <= row.items()]
    return found


def file_of(path: Path, header: Sequence[object], rows: Rows, encoding: str = "utf-8") -> Path:
    """A table as .csv or .xlsx, as the name says."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet()
            for place, row in enumerate([header, *rows]):
                sheet.write_row(place, 0, row)
    else:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return path


def law_of(folder: Path) -> Path:
    """The thousand persons of LSAT 7 as 32 patterns with their counts, in the column persons."""
    return file_of(folder / "law.csv", [*LAW, "persons"], [[*pattern, count] for pattern, count in PATTERNS.items()])


def answers_to(difficulties: Sequence[float], abilities: Any, seed: int, slope: float = 1.3) -> list[list[int]]:
    """Right and wrong answers of persons of these abilities."""
    chance = np.random.default_rng(seed)
    right = 1 / (1 + np.exp(-slope * (np.asarray(abilities)[:, None] - np.asarray(difficulties))))
    return (chance.random(right.shape) < right).astype(int).tolist()  # type: ignore[no-any-return]


def persons(count: int, seed: int, mean: float = 0.0) -> Any:
    """Abilities from a normal distribution with the spread 1."""
    return np.random.default_rng(seed).normal(mean, 1, count)


def exam(path: Path, items: tuple[str, ...] = ("T1", "T2", "T3", "T4", "T5")) -> Path:
    """Three hundred pupils of ten schools with ids and names; the second item stands there twice."""
    rows = answers_to([-0.8, -0.3, 0.0, 0.4], persons(300, 21), 22)
    table = [
        [f"zx{n}77", f"Wangxm{n}x", f"demo{n % 10}", "town" if n % 3 else "land", *row, row[1]]
        for n, row in enumerate(rows)
    ]
    return file_of(path, ["id", "name", "school", "area", *items], table)


def verbs(folder: Path) -> dict[str, tuple[object, ...]]:
    """Each verb with all that it can tell."""
    answers, keyed = exam(folder / "exam.csv"), folder / "keyed.csv"
    whole = [[chr(65 + n % 3), int(n % 3 == 0), 2 * (n % 2), n % 4] for n in range(60)]
    file_of(keyed, ["Q1", "T1", "T2", "no"], [*whole, ["E", "-", 0, 1]])
    about = file_of(folder / "about.csv", ["item", "key"], [["Q1", "B"], ["T1", ""], ["T2", ""]])
    scale = [["T1", "dichotomous", 1, 0, 0.2], ["T2", "dichotomous", 1.5, 0, -0.4], ["T3", "dichotomous", 1, 0, 0.1]]
    moved = [[*row[:4], row[4] - shift] for row, shift in zip(scale, (0.5, 0.6, 3), strict=True)]
    old, new = file_of(folder / "old.csv", PARAMETERS, scale), file_of(folder / "new.csv", PARAMETERS, moved)
    place = file_of(folder / "schools.csv", ["school", "size", "area"], [["demo1", 90, "a"], ["demo2", 30, "b"]])
    return {
        "items": ("items", keyed, "--about", about),
        "irt": ("irt", answers, "--id", "id", "--school", "school", "--group", "area"),
        "compare": ("compare", answers, "--id", "id", "--group", "area", "--focal", "land"),
        "link": ("link", new, old),
        "sample": (
            "sample", place, "--id", "school", "--size", "size", "--stratum", "area", "--schools", 1, "--seed", 1,
        ),
    }  # fmt: skip


Book = dict[str, list[tuple[Any, ...]]]


def book_of(path: Path) -> Book:
    """The cells of each sheet; the first row has the heads."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book}


def cells(book: Book) -> list[str]:
    return [*book, *(str(cell) for rows in book.values() for row in rows for cell in row if cell is not None)]


class Page(HTMLParser):
    """A page: its text as one reads it, its attributes, its style, and its charts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.source = path.read_text("utf-8")
        self.attributes: list[tuple[str, str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.texts: dict[str, list[str]] = {"": [], "style": [], "script": []}
        self._inside = ""
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._inside = tag if tag in self.texts else ""
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.texts[self._inside].append(data)
        if self.get_starttag_text() and self.lasttag in {"td", "th"} and data.strip():
            self.tables[-1][-1][-1] += data

    @property
    def text(self) -> str:
        return "".join(self.texts[""])

    @property
    def charts(self) -> Any:
        """What the charts' program is given."""
        _program, own = self.texts["script"]
        return json.loads(own.split("var charts = ")[1].split(";\n")[0])

    @property
    def all_but_program(self) -> str:
        program, _own = self.texts["script"]
        return self.source.replace(program, "")
