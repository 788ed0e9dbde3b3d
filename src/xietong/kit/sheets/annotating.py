"""The file as it was handed in, with what is wrong written at each cell."""

from collections import defaultdict
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from xietong.kit.sheets import headers
from xietong.kit.sheets.declare import Checked, Problem, Sheet
from xietong.kit.sheets.defusing import defused
from xietong.kit.sheets.opening import open_book

SUMMARY = "问题汇总"


def annotated(
    data: bytes, sheet: Sheet, checked: Checked, mapping: Mapping[str, str | None], said: Mapping[str, str]
) -> bytes:
    """This function will give the worksheet back with notes at its wrong cells, and a list of all problems.

    `said` holds the sentence of each problem in the reader's language, by the key of `key_of`. Corrected, the
    file can be handed in as it is: the list is passed over.
    """
    found = headers.find(open_book(data).grids, sheet, mapping)
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(checked.sheet_name[:31])
        if found is not None:
            cells(book, page, found, checked, said)
        summary(book, checked, said)
    return file.getvalue()


def key_of(problem: Problem) -> str:
    return f"{problem.row}/{problem.column}/{problem.sentence}"


def cells(book: Any, page: Any, found: headers.Found, checked: Checked, said: Mapping[str, str]) -> None:
    wrong = book.add_format({"bg_color": "#FDEAEA", "font_color": "#A1141D"})
    bold = book.add_format({"bold": True, "bg_color": "#F2F4F7"})
    notes: dict[tuple[int, int], list[str]] = defaultdict(list)
    for problem in checked.problems:
        notes[problem.row, found.places.get(problem.column, 0)].append(said[key_of(problem)])
    for number, row in enumerate(found.grid.frame.iter_rows(), start=1):
        for place, words in enumerate(row):
            shape = bold if number <= found.below else wrong if (number, place) in notes else None
            column = place + found.grid.offset
            page.write_string(number - 1, column, defused(words or ""), shape)
    for (number, place), sentences in notes.items():
        page.write_comment(number - 1, place + found.grid.offset, "\n".join(sentences), {"x_scale": 2})
    page.freeze_panes(found.below, 0)


def summary(book: Any, checked: Checked, said: Mapping[str, str]) -> None:
    page = book.add_worksheet(SUMMARY)
    page.set_column(2, 2, 80)
    page.write_row(0, 0, ["行", "单元格", "问题"])
    for number, problem in enumerate(checked.problems, start=1):
        page.write_number(number, 0, problem.row)
        page.write_string(number, 1, problem.cell)
        page.write_string(number, 2, said[key_of(problem)])
