"""Bytes of a workbook as a grid of texts, or a refusal with a reason: what is hostile is not parsed at all."""

import csv
import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.encoding import decoded

if TYPE_CHECKING:
    import polars as pl

LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DIMENSION = re.compile(rb'<dimension ref="([A-Z]{1,3})[0-9]')
RELATION, TAB = re.compile(rb"<Relationship [^>]*>"), re.compile(rb"<(?:\w+:)?sheet [^>]*>")
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
FAULTY = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]* t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)
MOST_XML = 200 * 1024 * 1024
MOST_BYTES = 400 * 1024 * 1024
MOST_PARTS = 2000
MOST_TIMES = 250
MOST_ROWS = 200_000
MOST_COLUMNS = 256

EMPTY = gettext_noop("文件是空的，请检查后再上传。")
NO_TABLE = gettext_noop("这不是电子表格；请上传 .xlsx、.xls 或 .csv 文件。")
PASSWORD = gettext_noop("文件设有密码，请取消密码后再上传。")
MACROS = gettext_noop("文件含有宏；请另存为不带宏的 .xlsx 后再上传。")
BOMB = gettext_noop("文件解压后过大，可能是异常文件；请把数据复制到新表格后再上传。")
BROKEN = gettext_noop("文件已损坏，不能打开；请用 Excel 或 WPS 另存为 .xlsx 后再上传。")
TOO_WIDE = gettext_noop("表格太大：最多 200000 行、256 列。请删去数据以外的行列（有时有单元格离数据很远）后再上传。")
CODED = gettext_noop("不能识别文件的文字编码；请另存为 .xlsx 后再上传。")
LINKED = gettext_noop("文件引用了其他工作簿，读入的是上次保存时的数值。")


@dataclass(frozen=True, slots=True)
class Grid:
    """One worksheet from its first row and its first used column on: a frame of texts, null for nothing.

    `offset` is how many columns stand empty before it.
    """

    name: str
    frame: "pl.DataFrame"
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    grids: tuple[Grid, ...]
    remarks: tuple[tuple[str, dict[str, str]], ...]


def open_book(data: bytes) -> Book:
    """This function will read every visible worksheet, all cells as text.

    Raises
        Unreadable: the file is no table, or must not be parsed; says why and what to do.
    """
    if not data.strip():
        raise Unreadable(EMPTY)
    if data.startswith(b"PK\x03\x04"):
        return excel(data, inspected(data))
    if data.startswith(LEGACY):
        if ENCRYPTED in data:
            raise Unreadable(PASSWORD)
        return excel(data, ())
    return Book((separated(data),), ())


def inspected(data: bytes) -> tuple[tuple[str, dict[str, str]], ...]:
    """Looks at the list of parts alone; what it says of them may be a lie, which the sandbox's limits catch."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(BROKEN) from error
    names = {part.filename.lower() for part in parts}
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable(NO_TABLE)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(MACROS)
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > MOST_BYTES or size > MOST_TIMES * len(data):
        raise Unreadable(BOMB)
    linked = any(name.startswith("xl/externallinks/") for name in names)
    return ((LINKED, {}),) if linked else ()


def excel(data: bytes, remarks: tuple[tuple[str, dict[str, str]], ...]) -> Book:
    import fastexcel  # noqa: PLC0415  (a heavy library, loaded in the child process only)

    try:
        book = fastexcel.read_excel(data)
        sheets = [book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string") for name in book.sheet_names]
        parts = parts_of(data) or [""] * len(sheets)
        shown = [one for one in zip(sheets, parts, strict=False) if one[0].visible == "visible" and one[0].width]
        grids = tuple(grid(sheet, data, part) for sheet, part in shown)
    except fastexcel.FastExcelError as error:
        raise Unreadable(PASSWORD if "password" in str(error).lower() else BROKEN) from error
    return Book(grids, remarks)


def grid(sheet: Any, data: bytes, part: str) -> Grid:
    if sheet.total_height > MOST_ROWS or sheet.width > MOST_COLUMNS:
        raise Unreadable(TOO_WIDE)
    offset = first_column(data, part)
    xml = unpacked(data, part) if b"xl/calcChain.xml" in data else b""
    frame = sheet.to_polars()
    return Grid(sheet.name, with_errors(frame, xml, offset) if b't="e"' in xml else frame, offset)


def first_column(data: bytes, part: str) -> int:
    """How many columns stand empty before the first used one, by what the worksheet says of itself.

    Only the names of cells in messages hang on it; where the file does not say, they count from A.
    """
    found = DIMENSION.search(unpacked(data, part, most=4096))
    return place_of(found[1].decode()) if found else 0


def parts_of(data: bytes) -> list[str]:
    """The parts of the package that hold the worksheets, in the order of their tabs; empty for an older file."""
    targets = {}
    for each in RELATION.finditer(unpacked(data, "xl/_rels/workbook.xml.rels")):
        said = dict(ATTRIBUTE.findall(each[0]))
        targets[said.get(b"Id")] = said.get(b"Target", b"").decode(errors="replace")
    tabs = (dict(ATTRIBUTE.findall(each[0])) for each in TAB.finditer(unpacked(data, "xl/workbook.xml")))
    return [posixpath.normpath(posixpath.join("/xl", targets.get(tab.get(b"r:id"), ""))).lstrip("/") for tab in tabs]


def unpacked(data: bytes, part: str, *, most: int = MOST_XML) -> bytes:
    """The beginning of a part; nothing where there is none."""
    if not data.startswith(b"PK"):
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(part) as opened:
            return opened.read(most)
    except (KeyError, OSError, zipfile.BadZipFile, zlib.error):
        return b""


def with_errors(frame: "pl.DataFrame", xml: bytes, offset: int) -> "pl.DataFrame":
    """The faults of formulas as the texts that Excel shows, which the reader gives as empty cells."""
    import polars as pl  # noqa: PLC0415

    found: dict[int, dict[int, str]] = {}
    for each in FAULTY.finditer(xml):
        place = place_of(each[1].decode()) - offset
        if 0 <= place < frame.width and 0 < int(each[2]) <= frame.height:
            found.setdefault(place, {})[int(each[2]) - 1] = each[3].decode()
    for place, rows in found.items():
        name = frame.columns[place]
        texts = frame[name].scatter(list(rows), list(rows.values()))
        frame = frame.with_columns(pl.Series(name, texts))
    return frame


def place_of(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    count = 0
    for letter in letters:
        count = 26 * count + ord(letter) - 64
    return count - 1


def letters_of(place: int) -> str:
    """The letters by which Excel names a column, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def separated(data: bytes) -> Grid:
    """A table of text: the mark that stands most often in its first lines parts its columns."""
    import polars as pl  # noqa: PLC0415

    text = decoded(data)
    if text is None:
        raise Unreadable(CODED)
    head = text[:10_000]
    mark = max(",\t;", key=head.count)
    if not head.count(mark) and "\n" not in head.strip():
        raise Unreadable(NO_TABLE)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark))
    except csv.Error as error:
        raise Unreadable(BROKEN) from error
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise Unreadable(TOO_WIDE)
    columns = {
        f"c{index}": [row[index] if index < len(row) and row[index] != "" else None for row in rows]
        for index in range(width)
    }
    return Grid("CSV", pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))
