"""A sheet of white paper in millimetres, for black print at 300 dots an inch, with the font that is shipped."""

import math
from enum import Enum
from functools import cached_property
from importlib import resources
from io import BytesIO
from typing import Any

FONT = "data/NotoSansSC-cut.ttf"
DOTS = 300
FINER = 2
"""Drawn larger and made smaller, which smooths slanted lines."""

SIZE = 9.0
BLACK, DARK, LIGHT, FAINT, WHITE = 0, 60, 190, 215, 255
Point = tuple[float, float]


class Fill(Enum):
    """Told apart without colour."""

    SOLID = "solid"
    HATCHED = "hatched"
    PALE = "pale"


class Mark(Enum):
    """Of a point on a line, and with it how the line is drawn: through, dashed, dotted (millimetres)."""

    DOT = ()
    SQUARE = (2.4, 1.2)
    TRIANGLE = (0.6, 0.9)


class Canvas:
    """Places and lengths in millimetres, sizes of type in points."""

    def __init__(self, width: float, height: float) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415  slow import

        self._image = Image.new("L", (self._dots(width), self._dots(height)), WHITE)
        self._draw = ImageDraw.Draw(self._image)

    @cached_property
    def _font(self) -> Any:
        from PIL import ImageFont  # noqa: PLC0415  slow import

        face = BytesIO(resources.files("xietong.kit.docx").joinpath(FONT).read_bytes())
        return ImageFont.truetype(face, round(SIZE / 72 * DOTS * FINER))

    def text(self, place: Point, words: str, *, anchor: str = "lm") -> None:
        """Words at a place; the anchor is Pillow's: l, m, r and t, m, b."""
        self._draw.text(self._at(place), words, fill=BLACK, font=self._font, anchor=anchor)

    def width(self, words: str) -> float:
        return float(self._font.getlength(words)) / self._dots(1)

    def box(self, corner: Point, width: float, height: float, fill: Fill) -> None:
        """A bar with an edge, so that a pale one is seen."""
        x, y = self._at(corner)
        right, bottom = x + max(1, self._dots(width)), y + self._dots(height)
        if fill is Fill.HATCHED:
            self._image.paste(self._hatching(right - x, bottom - y), (x, y))
        shade = {Fill.SOLID: DARK, Fill.HATCHED: None, Fill.PALE: LIGHT}[fill]
        self._draw.rectangle((x, y, right, bottom), fill=shade, outline=BLACK, width=self._dots(0.15))

    def _hatching(self, width: int, height: int) -> Any:
        from PIL import Image, ImageDraw  # noqa: PLC0415  slow import

        piece = Image.new("L", (width, height), WHITE)
        draw = ImageDraw.Draw(piece)
        for start in range(-height, width, self._dots(1.3)):
            draw.line((start, height, start + height, 0), fill=DARK, width=self._dots(0.2))
        return piece

    def line(
        self, start: Point, end: Point, *, thick: float = 0.2, shade: int = BLACK, dash: tuple[float, ...] = ()
    ) -> None:
        """A line, whole or in dashes and gaps of the lengths given."""
        for first, last in dashes(start, end, dash):
            self._draw.line((*self._at(first), *self._at(last)), fill=shade, width=self._dots(thick))

    def mark(self, place: Point, mark: Mark) -> None:
        x, y = self._at(place)
        half = self._dots(0.9)
        if mark is Mark.DOT:
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=BLACK)
        elif mark is Mark.SQUARE:
            self._draw.rectangle((x - half, y - half, x + half, y + half), WHITE, BLACK, self._dots(0.25))
        else:
            self._draw.polygon([(x, y - half), (x - half, y + half), (x + half, y + half)], fill=LIGHT, outline=BLACK)

    def png(self) -> bytes:
        """The sheet in shades of grey."""
        size = (self._image.width // FINER, self._image.height // FINER)
        file = BytesIO()
        small = self._image.resize(size, resample=1).quantize(16)
        small.save(file, "PNG", optimize=True, dpi=(DOTS, DOTS))
        return file.getvalue()

    def _at(self, place: Point) -> tuple[int, int]:
        return self._dots(place[0]), self._dots(place[1])

    @staticmethod
    def _dots(millimetres: float) -> int:
        return round(millimetres / 25.4 * DOTS * FINER)


def dashes(start: Point, end: Point, dash: tuple[float, ...]) -> list[tuple[Point, Point]]:
    """The pieces of a line."""
    if not dash:
        return [(start, end)]
    length = math.dist(start, end)
    drawn, gap = dash
    pieces = []
    for place in range(int(length / (drawn + gap)) + 1):
        first = place * (drawn + gap)
        pieces.append((along(start, end, first / length), along(start, end, min(1, (first + drawn) / length))))
    return pieces


def along(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
