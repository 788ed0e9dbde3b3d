"""PDF files made by hand."""

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
