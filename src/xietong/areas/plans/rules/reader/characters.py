"""Characters: one width and one script for all, and where sentences begin and end. Every mapping keeps offsets."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from xietong.areas.plans.rules.reader.traditional import SIMPLIFIED

STOPS = "。;!?"
PAUSES = ",:" + STOPS
HAN = "\u4e00-\u9fff〇"

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Blanks of every width, what cannot be seen, and what controls a printer; a line feed stays.
_UNSEEN = [
    *range(10), *range(11, 32), *range(0x7F, 0xA1), 0xAD, 0x3000, 0xFEFF,
    *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x2060,
]  # fmt: skip
_BLANKS = dict.fromkeys(_UNSEEN, " ")
_BRACKETS = dict(zip(map(ord, "〈〉﹙﹚［］【】"), "<>()[][]", strict=True))
_FOLD = {**SIMPLIFIED, **_WIDE, **_BLANKS, **_BRACKETS}
_LONGEST_SENTENCE = 2_000
_OPENING, _CLOSING = "(《<“〔[", ")》>”〕]"


def fold(text: str) -> str:
    """The text in half-width Simplified characters, blanks as spaces; position n stays position n."""
    return text.translate(_FOLD)


def line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def line_number(starts: Sequence[int], position: int) -> int:
    return bisect_right(starts, position)


def first_of(marks: str, folded: str, start: int, end: int) -> int | None:
    """The first of the marks outside quotes and brackets, or None.

    A bracket that is not closed in its line encloses nothing.
    """
    depth, enclosed = 0, None
    for position in range(start, end):
        char = folded[position]
        if char == "\n" and depth:
            if enclosed is not None:
                return enclosed
            depth = 0
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
            enclosed = enclosed if depth else None
        elif char in marks and not _is_ratio(folded, position):
            if depth == 0:
                return position
            enclosed = position if enclosed is None else enclosed
    return enclosed


def _is_ratio(folded: str, position: int) -> bool:
    """The colon of 1:15 parts nothing."""
    return (
        folded[position] == ":"
        and folded[position - 1 : position].isdigit()
        and folded[position + 1 : position + 2].isdigit()
    )


def after_last(marks: str, folded: str, position: int) -> int:
    """Where the stretch begins that holds a position and none of the marks before it; a very long one is cut."""
    limit = max(0, position - _LONGEST_SENTENCE)
    for before in range(position - 1, limit - 1, -1):
        if folded[before] in marks:
            return before + 1
    return limit


def sentence_start(folded: str, position: int) -> int:
    """Where the sentence that holds this position begins."""
    return after_last(STOPS + "\n", folded, position)


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
