"""The workbook that is handed out to be filled in."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from xietong.kit.sheets.declare import Choice, Column, Day, Number, Sheet, Text, YesNo
from xietong.kit.sheets.defusing import defused

ROWS = 2000
"""So many rows carry drop-downs and formats."""

SHOWN_IN_CELL = 255
"""Excel's own limit of a list written into a validation; longer ones stand on a sheet of their own."""

HELP, LISTS = "填写说明", "选项"
EXAMPLE = "示例"


def template(sheet: Sheet, rows: Iterable[Mapping[str, str]] = ()) -> bytes:
    """This function will write an .xlsx to be filled in, or filled with rows to be changed: column → text.

    An empty one begins with an example, which the reader passes over.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet.title[:31])
        head(book, page, sheet)
        fill(book, page, sheet, list(rows))
        choices(book, page, sheet.columns)
        explain(book, sheet)
    return file.getvalue()


def head(book: Any, page: Any, sheet: Sheet) -> None:
    look = {"bold": True, "bg_color": "#F2F4F7", "border": 1, "text_wrap": True, "valign": "vcenter"}
    plain, needed = book.add_format(look), book.add_format(look | {"font_color": "#A1141D"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(sheet.columns):
        shape = text if isinstance(column.kind, Text | Choice) else day if isinstance(column.kind, Day) else None
        page.set_column(place, place, column.width, shape)
        page.write_string(
            0, place, f"{column.header}*" if column.required else column.header, needed if column.required else plain
        )
        if said := explained(column):
            page.write_comment(0, place, said, {"x_scale": 1.6})
    page.freeze_panes(1, 0)


def fill(book: Any, page: Any, sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> None:
    grey = book.add_format({"font_color": "#8B929D", "italic": True})
    if not rows and any(column.example for column in sheet.columns):
        for place, column in enumerate(sheet.columns):
            words = f"{EXAMPLE}：{column.example}" if place == 0 else column.example
            page.write_string(1, place, words, grey)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(sheet.columns):
            page.write_string(number, place, defused(row.get(column.key, "")))


def choices(book: Any, page: Any, columns: Sequence[Column]) -> None:
    """Drop-downs; of a column that takes several the list is only shown, for Excel lets one be picked."""
    lists = None
    for place, column in enumerate(columns):
        words = words_of(column)
        if not words:
            continue
        source: Any = words
        if sum(len(word) + 1 for word in words) > SHOWN_IN_CELL:
            lists = lists or book.add_worksheet(LISTS)
            lists.write_column(0, place, words)
            letter = xlsxwriter.utility.xl_col_to_name(place)
            source = f"={LISTS}!${letter}$1:${letter}${len(words)}"
        several = isinstance(column.kind, Choice) and column.kind.several
        rule = {"validate": "list", "source": source, "error_type": "information" if several else "stop"}
        page.data_validation(1, place, ROWS, place, rule)
    if lists is not None:
        lists.hide()


def words_of(column: Column) -> list[str]:
    """What may be picked in a column."""
    if isinstance(column.kind, YesNo):
        return ["是", "否"]
    return column.kind.shown if isinstance(column.kind, Choice) else []


def explain(book: Any, sheet: Sheet) -> None:
    page, wrap = book.add_worksheet(HELP), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 80, wrap)
    lines = [("", sheet.note)] if sheet.note else []
    lines += [(column.header, explained(column)) for column in sheet.columns]
    for number, (name, words) in enumerate(lines):
        page.write_string(number, 0, name)
        page.write_string(number, 1, words, wrap)


def explained(column: Column) -> str:
    """What a column takes, in a sentence."""
    kind, words = column.kind, []
    if column.required:
        words.append("必填。")
    if isinstance(kind, Day):
        words.append("日期，如 2026-12-31。")
    elif isinstance(kind, Number):
        words.append("数字。" if kind.decimals else "整数。")
    elif isinstance(kind, YesNo):
        words.append("填“是”或“否”。")
    elif isinstance(kind, Choice) and kind.several:
        words.append("可填多个，用顿号隔开。")
    return "".join([*words, column.note])
