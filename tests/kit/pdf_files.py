"""PDF files made by hand."""

from dataclasses import dataclass

FONT = [
    b"""<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R]
    /ToUnicode 6 0 R >>""",
    b"""<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /FontDescriptor 5 0 R /DW 1000
    /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>""",
    b"""<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800
    /Descent 0 /CapHeight 800 /StemV 80 >>""",
]


PIXEL = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


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


@dataclass(frozen=True)
class Words:
    """A line of text at a place of its page, in points from the lower left corner."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 14


def written(*pages: list[str], trailer: bytes = b"", last: list[bytes] | None = None) -> bytes:
    """A PDF with a line every 30 points."""
    placed = [[Words(line, y=700 - 30 * row) for row, line in enumerate(page)] for page in pages]
    return drawn(*placed, trailer=trailer, last=last)


def drawn(
    *pages: list[Words],
    scans: tuple[int, ...] = (),
    trailer: bytes = b"",
    last: list[bytes] | None = None,
) -> bytes:
    """A PDF with a Chinese text layer: code n of its font is the n-th character in use; some pages are pictures."""
    signs = sorted({sign for page in pages for words in page for sign in words.text})
    codes = {sign: index for index, sign in enumerate(signs, start=1)}
    pairs = "".join(f"<{code:04x}> <{sign.encode('utf-16-be').hex()}>\n" for sign, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    kids = b" ".join(b"%d 0 R" % (8 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        *FONT,
        stream(cmap.encode()),
        stream(b"\x80", PIXEL),
    ]
    for index, page in enumerate(pages):
        picture = "q 595 0 0 842 0 0 cm /I Do Q\n" if index + 1 in scans else ""
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> /XObject << /I 7 0 R >> >> >>" % (9 + 2 * index),
            stream((picture + "".join(_shown(words, codes) for words in page)).encode()),
        ]
    return assembled(objects + (last or []), trailer)


def _shown(words: Words, codes: dict[str, int]) -> str:
    code = "".join(f"{codes[sign]:04x}" for sign in words.text)
    return f"BT /F {words.size} Tf {words.x} {words.y} Td <{code}> Tj ET\n"
