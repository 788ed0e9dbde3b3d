"""Workbooks that mean harm, or are broken: refused with a reason, whatever they hold."""

import random
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit.test_sheets_reading import HEADERS, STAFF, workbook
from xietong.kit.sandbox import Unreadable
from xietong.kit.sheets import check_safely
from xietong.kit.sheets.checking import check
from xietong.kit.sheets.opening import ENCRYPTED, LEGACY, open_book

GOOD = workbook(HEADERS, ["A1", "甲", "2024-3-1", 3], ["A2", "乙"])


def repacked(**parts: bytes) -> bytes:
    """The good file with parts added or replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.filename not in parts:
                target.writestr(part.filename, source.read(part.filename))
        for name, content in parts.items():
            target.writestr(name, content)
    return file.getvalue()


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "文件是空的"),
        (b"hello world", "不是电子表格"),
        (b"\x00\x01\x02\x03" * 50, "文字编码"),
        (LEGACY + ENCRYPTED, "设有密码"),
        (LEGACY + b"\0" * 600, "已损坏"),
        (b"PK\x03\x04 no archive", "已损坏"),
        (GOOD[: len(GOOD) // 2], "已损坏"),
        (repacked(**{"xl/vbaProject.bin": b"macro"}), "含有宏"),
        (repacked(**{"xl/media/bomb.bin": b"\0" * 90_000_000}), "解压后过大"),
        (repacked(**{"xl/worksheets/sheet1.xml": b"<worksheet"}), "已损坏"),
    ],
)
def test_open_book_refuses_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        open_book(data)


def test_open_book_refuses_another_archive() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(Unreadable, match="不是电子表格"):
        open_book(file.getvalue())


def test_check_safely_survives_two_cells_far_apart() -> None:
    """Five kilobytes that ask for twelve gigabytes."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(Unreadable, match="单元格离数据很远"):
        check_safely(repacked(**{"xl/worksheets/sheet1.xml": sheet_xml(far)}), STAFF)


def test_check_safely_survives_many_columns() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_row(0, 0, ["x"] * 300)
    with pytest.raises(Unreadable, match="最多 200000 行、256 列"):
        check_safely(file.getvalue(), STAFF)


def test_check_says_that_other_workbooks_are_quoted() -> None:
    checked = check(repacked(**{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), STAFF)
    assert [sentence for sentence, _values in checked.remarks] == ["文件引用了其他工作簿，读入的是上次保存时的数值。"]


def test_check_keeps_text_that_looks_like_a_formula_as_text() -> None:
    checked = check(workbook(HEADERS, ["A1", "+cmd|' /C"], ["A2", "@sum"]), STAFF)
    assert checked.columns["name"] == ("+cmd|' /C", "@sum")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_open_book_of_a_damaged_file_reads_or_refuses(seed: int, damages: int) -> None:
    chance, data = random.Random(seed), bytearray(GOOD)
    for _ in range(damages):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        check(bytes(data), STAFF)
    except Unreadable:
        return


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_check_of_any_text_reads_or_refuses(text: str) -> None:
    try:
        checked = check(("工号,姓名\n" + text).encode("utf-8", "ignore"), STAFF)
    except Unreadable:
        return
    assert len(checked.numbers) == len(checked.columns["code"])
