"""What the filter shows, as a workbook. A long one is written row by row so that memory does not grow with it."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from django.utils.encoding import escape_uri_path
from xlsxwriter.exceptions import FileCreateError

from xietong.kit.clock.time import SHANGHAI
from xietong.kit.files.storage import room
from xietong.kit.pages.download import XLSX
from xietong.kit.sheets.defusing import defused
from xietong.kit.tables.present import Shown

SPOOL = 2 * 1024 * 1024
# So many rows are put together in memory: the library's dozen of small files takes longer than the rows themselves.
SHORT = 1000


def export(shown: Shown) -> FileResponse:
    """This function will answer with an .xlsx of every row that the filter shows, columns as chosen.

    Raises
        DiskFull: there is no room for it; nothing is left behind.
    """
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115  (FileResponse closes it)
    try:
        with room():
            fill(file, shown)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"{shown.title}-{shown.request.today:%Y%m%d}.xlsx"
    response = FileResponse(file, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(name)}"
    return response


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """This function will write rows that no list declares, as short as one page shows them."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, formats = page(book, title), moments(book)
        head(book, sheet, heads)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                put(sheet, line, column, value, formats)
    return file.getvalue()


def fill(file: IO[bytes], shown: Shown) -> None:
    """The workbook into the file; the parts of a long one in a folder that goes whatever happens."""
    if shown.total <= SHORT:
        compose(file, shown, in_memory=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        compose(file, shown, constant_memory=True, tmpdir=folder)


def compose(file: IO[bytes], shown: Shown, **where: Any) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, **where}
    try:
        with xlsxwriter.Workbook(file, options) as book:
            write(book, shown)
    except FileCreateError as error:
        # So the library calls whatever the disk refuses.
        raise error.args[0] from None


def write(book: Any, shown: Shown) -> None:
    sheet, formats = page(book, shown.title), moments(book)
    head(book, sheet, [str(declared.label) for declared in shown.chosen])
    for column, declared in enumerate(shown.chosen):
        sheet.set_column(column, column, 40 if declared.main else 16)
    for line, row in enumerate(shown.matching.iterator(chunk_size=500), start=1):
        for column, declared in enumerate(shown.chosen):
            put(sheet, line, column, declared.value(row), formats)


def page(book: Any, title: Any) -> Any:
    return book.add_worksheet(str(title)[:31])


def moments(book: Any) -> dict[Any, Any]:
    return {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }


def head(book: Any, sheet: Any, words: Sequence[str]) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#F2F4F7", "border": 1})
    sheet.set_column(0, len(words) - 1, 16)
    sheet.write_row(0, 0, words, bold)
    sheet.freeze_panes(1, 0)


def put(sheet: Any, line: int, column: int, value: Any, formats: Mapping[Any, Any]) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(line, column, value.astimezone(SHANGHAI).replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), formats[date])  # noqa: DTZ001
    elif isinstance(value, bool | int | float):
        sheet.write_number(line, column, value)
    elif value is not None:
        sheet.write_string(line, column, defused(str(value)))
