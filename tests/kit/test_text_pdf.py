"""Reading PDF: text layers, scans, locked and broken files."""

import zlib
from io import BytesIO

import pytest
from PIL import Image

from xietong.kit import sandbox, text

BROKEN = "PDF 文件不完整或已损坏；请重新导出，或另存为 .docx 后再上传。"
SCAN = "这是扫描件，没有可以读取的文字；请上传 .docx，或由 Word、WPS 直接导出的 PDF。"
FONT = [
    b"""<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R]
    /ToUnicode 6 0 R >>""",
    b"""<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /FontDescriptor 5 0 R /DW 1000
    /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>""",
    b"""<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800
    /Descent 0 /CapHeight 800 /StemV 80 >>""",
]


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + table + end % (len(objects) + 1, trailer, len(data))


def written(*pages: list[str], trailer: bytes = b"", last: list[bytes] | None = None) -> bytes:
    """A PDF with a Chinese text layer: code n of its font is the n-th character in use."""
    signs = sorted({sign for page in pages for line in page for sign in line})
    codes = {sign: index for index, sign in enumerate(signs, start=1)}
    pairs = "".join(f"<{code:04x}> <{sign.encode('utf-16-be').hex()}>\n" for sign, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    kids = b" ".join(b"%d 0 R" % (7 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        *FONT,
        stream(cmap.encode()),
    ]
    for index, page in enumerate(pages):
        drawn = "".join(
            f"BT /F 14 Tf 72 {700 - 30 * row} Td <{''.join(f'{codes[sign]:04x}' for sign in line)}> Tj ET\n"
            for row, line in enumerate(page)
        )
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % (8 + 2 * index),
            stream(drawn.encode()),
        ]
    return assembled(objects + (last or []), trailer)


def read(data: bytes) -> text.Document:
    return text.read(data, name="方案.pdf")


def told(document: text.Document) -> tuple[str, ...]:
    """The remarks as a Chinese reader gets them."""
    return tuple(remark.sentence % remark.values for remark in document.remarks)


def refusal(data: bytes) -> str:
    with pytest.raises(text.Unreadable) as caught:
        text.read_safely(data, name="方案.pdf")
    return caught.value.message


def test_read_gives_lines_with_pages() -> None:
    document = read(written(["行动方案", "一、目标"], ["二、任务"]))

    assert document.kind is text.Format.PDF
    assert [(line.number, line.text, line.page, line.start, line.end) for line in document.lines] == [
        (1, "行动方案", 1, 0, 4),
        (2, "一、目标", 1, 5, 9),
        (3, "二、任务", 2, 10, 14),
    ]
    assert document.remarks == ()


def test_read_names_the_pages_without_text() -> None:
    document = read(written(["甲方"], [], ["乙方"], []))

    assert told(document) == ("第 2、4 页没有文字，可能是图片，未读入。",)
    assert document.text == "甲方\n\n乙方\n"


def test_read_refuses_a_scan() -> None:
    file = BytesIO()
    Image.new("L", (600, 800), 200).save(file, "PDF")

    assert refusal(file.getvalue()) == SCAN


def test_read_refuses_a_locked_file() -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)

    locked = written(["密码"], trailer=b"/Encrypt 9 0 R /ID [<00> <00>]", last=[lock])

    assert refusal(locked) == "文件设有密码，请取消密码后再上传。"


def test_read_refuses_a_file_cut_before_its_pages() -> None:
    whole = written(["行动方案"])

    assert refusal(whole[:120]) == BROKEN
    assert refusal(b"%PDF-1.7\n" + b"\xff" * 500) == BROKEN


def test_read_warns_of_a_file_cut_behind_its_pages() -> None:
    whole = written(["行动方案"])

    document = read(whole[: whole.index(b"startxref")])

    assert document.text == "行动方案"
    assert told(document) == ("文件末尾不完整，可能缺页，请核对。",)


def test_read_safely_survives_a_bomb_in_a_stream() -> None:
    deep = zlib.compress(zlib.compress(bytes(1 << 30), 9), 9)
    bomb = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(deep, b"/Filter [/FlateDecode /FlateDecode]"),
        ]
    )

    assert len(bomb) < 10_000
    with pytest.raises(sandbox.SandboxError):
        text.read_safely(bomb, name="方案.pdf")


def test_read_safely_gives_the_same_document() -> None:
    data = written(["行动方案"], ["目标"])

    assert text.read_safely(data, name="方案.pdf") == read(data)
