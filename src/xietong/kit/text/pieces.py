"""What a page of a PDF prints where: pieces of text with their place, and whether a picture fills the page."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Turn = Callable[[float, float], tuple[float, float]]
"""A place on the page as it is stored, to the place where it is shown."""

UNSTORABLE = re.compile("[\0\ufffe\uffff\ud800-\udfff]")
"""Signs of pdfium's own (a hyphen at a line end) and what no database takes."""

CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
APART = 1.6
"""A gap of so many character widths parts the cells of a table."""

STEP = 0.6
"""A step of so many character widths up or down is another line."""

SPACES = re.compile(" +")
FULL_PAGE = 0.75
LOOKED_AT = 20
"""A scan is one of the first or the last things drawn on its page."""

TALLNESS = 1.3
"""Height of a line to the width of a Chinese character, where there is none to measure."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one base line; points from the lower left corner of the page as it is shown."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines as the file draws them, each of one piece or several that stand apart."""

    number: int
    width: float
    height: float
    lines: tuple[tuple[Piece, ...], ...]
    is_picture: bool

    @property
    def has_text(self) -> bool:
        return any(piece.text.strip() for line in self.lines for piece in line)


def sheet(page: Any, number: int) -> Sheet:
    """Read one page of pypdfium2."""
    width, height = page.get_size()
    reader = _Reader(page, width, height)
    lines = tuple(line for line in reader.lines() if line)
    return Sheet(number, width, height, lines, _is_picture(page, width * height))


class _Reader:
    """The text of a page with the boxes of its characters, asked for only where a piece begins or ends."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415  slow import, needed in the child only

        self._pdfium = pdfium
        self._layer = page.get_textpage()
        self._text = str(self._layer.get_text_range())
        self._is_plain = len(self._text) == self._layer.count_chars()
        left, bottom, *_ = page.get_cropbox()
        turns: dict[int, Turn] = {
            0: lambda x, y: (x - left, y - bottom),
            90: lambda x, y: (y - bottom, height - (x - left)),
            180: lambda x, y: (width - (x - left), height - (y - bottom)),
            270: lambda x, y: (width - (y - bottom), x - left),
        }
        self._turn = turns[page.get_rotation()]

    def lines(self) -> Iterator[tuple[Piece, ...]]:
        """The lines as pdfium parts them, and parted where it takes a step down for a gap."""
        for match in re.finditer(r"[^\r\n]+", self._text):
            line: list[Piece] = []
            for piece in self._pieces(match.start(), match.end()):
                if line and abs(piece.bottom - line[-1].bottom) > STEP * piece.size:
                    yield tuple(line)
                    line = []
                line.append(piece)
            yield tuple(line)

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The parts of a line between wide gaps, without the spaces that pdfium put into narrow ones."""
        size = self._size(start, end)
        begin = last = start
        parts: list[str] = []
        for match in SPACES.finditer(self._text, start + 1, end - 1):
            before, after = match.start() - 1, match.end()
            parts.append(self._text[last : before + 1])
            last = after
            is_typed = len(match[0]) == 1 and not self._is_made(match.start())
            if self._is_gap(before, after, size, is_typed=is_typed):
                yield self._piece("".join(parts), begin, before, size)
                begin, parts = after, []
            elif is_typed or not (CHINESE.match(self._text, before) or CHINESE.match(self._text, after)):
                parts.append(match[0])
        yield self._piece("".join(parts) + self._text[last:end], begin, end - 1, size)

    def _is_gap(self, before: int, after: int, size: float, *, is_typed: bool) -> bool:
        _, right, bottom, _ = self._box(before)
        left, _, other_bottom, _ = self._box(after)
        return abs(bottom - other_bottom) > STEP * size or (not is_typed and left - right > APART * size)

    def _is_made(self, place: int) -> bool:
        """Whether a space is no character of the file: pdfium puts them into gaps, also of justified Chinese."""
        return bool(self._pdfium.FPDFText_IsGenerated(self._layer.raw, self._index(place)) == 1)

    def _piece(self, text: str, first: int, last: int, size: float) -> Piece:
        left, _, bottom, top = self._box(first)
        _, right, _, _ = self._box(last)
        return Piece(UNSTORABLE.sub("", text).strip(" "), left, right, bottom, top, size)

    def _size(self, start: int, end: int) -> float:
        chinese = CHINESE.search(self._text, start, end)
        if chinese:
            left, right, *_ = self._box(chinese.start())
            return max(right - left, 1.0)
        _, _, bottom, top = self._box(start)
        return max((top - bottom) / TALLNESS, 1.0)

    def _box(self, place: int) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of a character as the page is shown."""
        rectangle = self._pdfium.FS_RECTF()
        self._pdfium.FPDFText_GetLooseCharBox(self._layer.raw, self._index(place), ctypes.byref(rectangle))
        x, y = self._turn(rectangle.left, rectangle.bottom)
        other_x, other_y = self._turn(rectangle.right, rectangle.top)
        return min(x, other_x), max(x, other_x), min(y, other_y), max(y, other_y)

    def _index(self, place: int) -> int:
        """The character behind a place of the text, which leaves out what has no meaning."""
        if self._is_plain:
            return place
        return int(self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._layer.raw, place))


def _is_picture(page: Any, area: float) -> bool:
    """Whether a picture covers the page, as in a scan."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  slow import, needed in the child only

    count = pdfium.FPDFPage_CountObjects(page.raw)
    places = {*range(min(LOOKED_AT, count)), *range(max(0, count - LOOKED_AT), count)}
    covered = 0.0
    for place in places:
        thing = pdfium.FPDFPage_GetObject(page.raw, place)
        if pdfium.FPDFPageObj_GetType(thing) in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}:
            covered += _area(pdfium, thing)
    return covered >= FULL_PAGE * area


def _area(pdfium: Any, thing: Any) -> float:
    sides = [ctypes.c_float() for _ in range(4)]
    if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM and not _holds_image(pdfium, thing):
        return 0.0
    if not pdfium.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, sides)):
        return 0.0
    left, bottom, right, top = (side.value for side in sides)
    return max(0.0, right - left) * max(0.0, top - bottom)


def _holds_image(pdfium: Any, form: Any) -> bool:
    count = min(pdfium.FPDFFormObj_CountObjects(form), LOOKED_AT)
    inner = (pdfium.FPDFFormObj_GetObject(form, place) for place in range(count))
    return any(pdfium.FPDFPageObj_GetType(each) == pdfium.FPDF_PAGEOBJ_IMAGE for each in inner)
