"""Which kind of file a zip is, by the names of its first entries."""

import struct
from collections.abc import Iterator

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable

ENTRY = b"PK\x03\x04"
SIGNATURES = (ENTRY, b"PK\x05\x06")
HEADER = struct.Struct("<4s2xH10xL4xHH")
"""Signature, flags, packed size, length of the name, length of the extra field."""

MOST_ENTRIES = 64
OFFICE_MARKS = frozenset({"[Content_Types].xml", "_rels/.rels"})
OFFICE_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
PROGRAM_MARKS = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml"})
OTHER_MARKS = frozenset({"mimetype", "OFD.xml"})

MACROS = gettext_noop("文件含有宏，不能上传；请另存为不含宏的格式（.docx、.xlsx 或 .pptx）后再上传。")
PROGRAM = gettext_noop("不能上传网页、脚本或程序文件。")


def extension(head: bytes, named: str) -> str | None:
    """The extension of an Office file or of a plain zip; None for packages that are not kept."""
    names = set(_names(head))
    if names & PROGRAM_MARKS:
        raise Unreadable(PROGRAM)
    if names & OFFICE_MARKS:
        return _office(head, names, named)
    return None if names & OTHER_MARKS else "zip"


def _office(head: bytes, names: set[str], named: str) -> str | None:
    if b"vbaProject.bin" in head:
        raise Unreadable(MACROS)
    for folder, found in OFFICE_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return found
    # The folder may come later than the bytes at hand: then the name decides.
    return named if named in OFFICE_FOLDERS.values() else "zip"


def _names(head: bytes) -> Iterator[str]:
    """Names from the local headers: the directory of a zip is at its end, which may not be at hand.

    Contents are stepped over, so that the names inside a zip within the zip do not count.
    """
    place = 0
    for _ in range(MOST_ENTRIES):
        if place < 0 or len(head) < place + HEADER.size:
            return
        signature, flags, packed, length, extra = HEADER.unpack_from(head, place)
        if signature != ENTRY:
            return
        start = place + HEADER.size
        yield head[start : start + length].decode("utf-8", "replace")
        place = start + length + extra + packed
        if flags & 8 and not packed:
            place = head.find(ENTRY, place)
        elif flags & 8:
            place = head.find(ENTRY, place, place + HEADER.size)
