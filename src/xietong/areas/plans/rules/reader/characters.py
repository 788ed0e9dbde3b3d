"""Characters: one width for all, and where sentences begin and end. Every mapping keeps offsets."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

STOPS = "。;!?"
PAUSES = ",:" + STOPS
HAN = "\u4e00-\u9fff〇"

_WIDE: dict[int, str | int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS: dict[int, str | int | None] = dict.fromkeys(map(ord, "\u3000\u00a0\ufeff\t\r"), " ")
_BRACKETS: dict[int, str | int | None] = dict(zip(map(ord, "〈〉﹙﹚［］【】"), "<>()[][]", strict=True))
_FOLD = {**_WIDE, **_BLANKS, **_BRACKETS}
_OPENING, _CLOSING = "(《<“〔[", ")》>”〕]"


def fold(text: str) -> str:
    """The text in half-width characters, blanks as spaces; position n stays position n."""
    return text.translate(_FOLD)


def line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def line_number(starts: Sequence[int], position: int) -> int:
    return bisect_right(starts, position)


def first_of(marks: str, folded: str, start: int, end: int) -> int | None:
    """The first of the marks outside quotes and brackets, or None."""
    depth = 0
    for position in range(start, end):
        char = folded[position]
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and char in marks:
            return position
    return None


def sentence_start(folded: str, position: int) -> int:
    """Where the sentence that holds this position begins."""
    return max(folded.rfind(mark, 0, position) for mark in STOPS + "\n") + 1


def sentence_end(folded: str, position: int, limit: int) -> int:
    found = first_of(STOPS + "\n", folded, position, limit)
    return limit if found is None else found


def phrases(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between commas and stops, brackets and quotes kept whole."""
    while start < end:
        stop = first_of(PAUSES + "\n", folded, start, end)
        if stop is None:
            stop = end
        if stop > start:
            yield start, stop
        start = stop + 1
