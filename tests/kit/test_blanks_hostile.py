"""What a form may not bring along; each refusal is one sentence that says what to do."""

import zipfile
from io import BytesIO

import pytest

from tests.kit.form_files import simple_paper, simple_sheet, with_parts
from tests.kit.test_blanks_books import refusal
from tests.kit.word_files import packed
from xietong.kit.blanks import fill_form, read_form
from xietong.kit.blanks.opening import ENCRYPTED, LEGACY, WHOLE_BYTES
from xietong.kit.sandbox import Unreadable

pytestmark = pytest.mark.once

WORD_MAIN = b"wordprocessingml.document.main+xml"
BOOK_MAIN = b"spreadsheetml.sheet.main+xml"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="http://x/{kind}" Target="http://example.org/x" TargetMode="External"/>'
    "</Relationships>"
)


@pytest.mark.parametrize("data", [b"", b"no zip", b"%PDF-1.4"])
def test_other_files_are_refused(data: bytes) -> None:
    assert refusal(data).startswith("这不是 .docx 或 .xlsx 表格")


@pytest.mark.parametrize("content", [simple_paper(), simple_sheet()])
def test_broken_files_are_refused(content: bytes) -> None:
    main = "word/document.xml" if b"word/document.xml" in content else "xl/worksheets/sheet1.xml"
    torn = with_parts(content, {main: b"<worksheet"})
    entities = with_parts(content, {main: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
    for data in (content[:3000], torn, entities, packed({"[Content_Types].xml": "<Types/>"})[:40]):
        assert refusal(data).startswith("表格已损坏")


def test_a_package_that_names_a_part_twice_is_refused() -> None:
    file = BytesIO(simple_sheet())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert refusal(file.getvalue()).startswith("表格已损坏")


def test_old_formats_and_passwords_are_told_apart() -> None:
    assert refusal(LEGACY + b"WordDocument").startswith("这是旧格式")
    assert refusal(LEGACY + ENCRYPTED).startswith("表格设有密码")
    data = bytearray(packed({"word/document.xml": "<a/>"}))
    data[6] |= 1  # of the entry itself
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the list of entries
    assert "密码" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("content", "main"), [(simple_paper(), WORD_MAIN), (simple_sheet(), BOOK_MAIN)], ids=["docm", "xlsm"]
)
def test_macros_are_refused(content: bytes, main: bytes) -> None:
    by_part = with_parts(content, {"x/vbaProject.bin": b"x"})
    declared = main.replace(b"document.main", b"document.macroEnabled.main").replace(
        b"sheet.main", b"sheet.macroEnabled.main"
    )
    by_kind = with_parts(content, {}, kind=(main, declared))
    for data in (by_part, by_kind):
        assert refusal(data).startswith("表格含有宏")
    assert refusal(with_parts(content, {}, kind=(main, b"other+xml"))).startswith("这不是")


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame"])
def test_what_is_fetched_from_elsewhere_is_refused(kind: str) -> None:
    data = with_parts(simple_paper(), {"word/_rels/settings.xml.rels": RELATIONS.format(kind=kind).encode()})
    assert refusal(data).startswith("表格会自动读取")


def test_links_that_somebody_follows_are_let_pass() -> None:
    part = {"word/_rels/x.xml.rels": RELATIONS.format(kind="hyperlink").encode()}
    assert read_form(with_parts(simple_paper(), part)).kind == "docx"


def test_bombs_are_refused_unopened() -> None:
    bomb = with_parts(simple_sheet(), {"xl/media/a.xml": b"\0" * (WHOLE_BYTES + 1)})
    crowd = with_parts(simple_sheet(), {f"x{n}": b"" for n in range(2001)})
    assert {refusal(one)[:8] for one in (bomb, crowd)} == {"表格解压后过大，"}


def test_the_sandbox_hands_the_sentence_on() -> None:
    with pytest.raises(Unreadable, match="这不是"):
        read_form(b"no zip")
    with pytest.raises(Unreadable, match="不是空格"):
        fill_form(simple_sheet(), {"表1!A1": "1"})


def test_a_workbook_without_its_sheets_has_no_blanks() -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"):
        content = with_parts(simple_sheet(), {part: None})
        if part.startswith("xl/s"):
            assert read_form(content).grids[0].name == "表1"
        else:
            assert refusal(content).startswith("文件里没有可填的空格")
