"""Bytes as text, in the encodings met in practice.

UTF-8 tells itself. Almost any bytes are valid GB18030, so a text that reads badly in it (few of its
characters are common ones) is tried in UTF-16 without a byte order mark, in Big5, and in UTF-8 with
faults; another encoding is taken only if the text then reads well.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

CONTROLS = re.compile("[\0-\x08\x0e-\x1f]")
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8"}
UTF_8, GB18030, BIG5 = "utf-8", "gb18030", "cp950"
OTHERS = ("utf-16-le", "utf-16-be", BIG5)
REPLACEMENT = "\ufffd"

SAMPLE = 20_000
WELL, DOUBTFUL = 0.9, 0.7
"""Shares of common characters. Plans read rightly have over 0.99, read wrongly under 0.6."""

FEW = 100
"""One in so many characters may be a control or a fault."""

PUNCTUATION = "，。、；：？！“”‘’（）《》【】〔〕—…·％－　０１２３４５６７８９\r\n\t"
LEVEL_ONE = ((GB18030, range(0xB0, 0xD8), range(0xA1, 0xFF)), (BIG5, range(0xA4, 0xC7), range(0x40, 0xFF)))
"""Where the national standards of both shores keep their most used characters."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was come by."""

    text: str
    encoding: str
    faults: int = 0
    """Characters that could not be read and stand as the replacement character."""

    zeros: int = 0
    """Zero bytes that were left out."""


def decoded(data: bytes, *, whole: bool = True) -> str | None:
    """The text, without its byte order mark, or None for bytes that are no text.

    With ``whole=False`` the data may end within a character.
    """
    found = decode(data, whole=whole)
    return found.text if found else None


def decode(data: bytes, *, whole: bool = True) -> Decoded | None:
    """The text and its encoding, or None for bytes that are no text."""
    found = _decode(data, whole=whole)
    text = found.text.removeprefix("\ufeff").rstrip("\0") if found else ""
    if found is None or not text or len(CONTROLS.findall(text)) * FEW > len(text):
        return None
    faults = text.count(REPLACEMENT) if found.faults else 0
    return Decoded(text.replace("\0", ""), found.encoding, faults, found.text.count("\0"))


def _decode(data: bytes, *, whole: bool) -> Decoded | None:
    marked = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), None)
    sure = _strict(data, marked or UTF_8, whole=whole)
    if sure is not None and (marked or "\0" not in sure.text):
        return sure
    if marked:
        return _tolerant(data, (marked,), whole=whole)
    usual = _strict(data, GB18030, whole=whole)
    if usual is not None and _likeness(usual.text) >= DOUBTFUL:
        return usual
    tried = [found for encoding in OTHERS if (found := _strict(data, encoding, whole=whole)) is not None]
    best = max(tried, key=lambda found: _likeness(found.text), default=None)
    if best is not None and _likeness(best.text) >= WELL:
        return best
    return _tolerant(data, (UTF_8, GB18030, *OTHERS), whole=whole) or usual or sure


def _strict(data: bytes, encoding: str, *, whole: bool) -> Decoded | None:
    try:
        return Decoded(codecs.getincrementaldecoder(encoding)().decode(data, final=whole), encoding)
    except UnicodeDecodeError:
        return None


def _tolerant(data: bytes, encodings: tuple[str, ...], *, whole: bool) -> Decoded | None:
    """The best reading of a text with a few faults in it."""
    found = []
    for encoding in encodings:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(data, final=whole)
        found.append(Decoded(text, encoding, text.count(REPLACEMENT)))
    best = max(found, key=lambda each: _likeness(each.text))
    reads_well = _likeness(best.text) >= WELL and best.faults * FEW <= len(best.text)
    return best if reads_well else None


def _likeness(text: str) -> float:
    """The share of common characters at the beginning of a text; zeros at its end are padding."""
    sample = text[:SAMPLE].rstrip("\0")
    return sum(map(_common().__contains__, sample)) / len(sample) if sample else 0.0


@cache
def _common() -> frozenset[str]:
    """Printable ASCII, Chinese punctuation, the most used characters, simplified and traditional."""
    found = {*map(chr, range(0x20, 0x7F)), *PUNCTUATION}
    for encoding, leads, trails in LEVEL_ONE:
        for lead in leads:
            found.update(bytes(pair).decode(encoding, "ignore") for pair in ((lead, trail) for trail in trails))
    return frozenset(found)
