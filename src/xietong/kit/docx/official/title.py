"""Where a title turns over: lines of about the same length, no word cut, a stair or a lozenge as the standard wants.

Words are not cut as far as they are among those of official titles; whoever knows better breaks the title himself.
"""

import re
from functools import cache
from importlib import resources

WIDEST = 38
"""Halves of a character: 19 characters of 22 points, a little less than the line."""

LEADING = set("的了和与及、，。：；！？）》”〕·")
TRAILING = set("（《“〔")
WHOLE = re.compile(
    r"[0-9A-Za-z.%]+(?:年度?(?:[0-9]+月份?(?:[0-9]+日)?)?|月份?|日|期|号|届|次)?|第[一二三四五六七八九十0-9]+[次期届号]?"
    r"|《[^》]{1,12}》"
)
FAVOURED = re.compile(r"[的、，　]$|月份?$|关于印发$")


def broken(title: str) -> list[str]:
    """The lines of a title; lines that it brings along stay."""
    if "\n" in title:
        return title.split("\n")
    if width(title) <= WIDEST:
        return [title]
    lines = -(-width(title) // WIDEST)
    return best(title, lines) or best(title, lines + 1) or [title]


def width(words: str) -> int:
    """In halves of a character."""
    return sum(1 if character.isascii() else 2 for character in words)


def places(title: str) -> list[int]:
    """Where a line may end."""
    found = [*WHOLE.finditer(title), *words().finditer(title)]
    inside = {at for each in found for at in range(each.start() + 1, each.end())}
    return [
        at
        for at in range(2, len(title) - 1)
        if at not in inside and title[at] not in LEADING and title[at - 1] not in TRAILING
    ]


@cache
def words() -> re.Pattern[str]:
    """The words of titles, the longest first."""
    listed = resources.files("xietong.kit.docx").joinpath("data/title_words.txt").read_text(encoding="utf-8").split()
    return re.compile("|".join(sorted(listed, key=lambda word: (-len(word), word))))


def best(title: str, lines: int) -> list[str]:
    """The most even way to break into so many lines; none if a line would be too long."""
    ends = places(title)
    even = width(title) / lines

    @cache
    def cheapest(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return cost(title[start:], even, last=True), ()
        found = [
            (cost(title[start:at], even) + rest[0], (at, *rest[1]))
            for at in ends
            if at > start and width(title[start:at]) <= WIDEST
            for rest in [cheapest(at, left - 1)]
        ]
        return min(found, default=(float("inf"), ()))

    price, breaks = cheapest(0, lines)
    if price == float("inf"):
        return []
    return [title[start:end] for start, end in zip((0, *breaks), (*breaks, len(title)), strict=True)]


def cost(line: str, even: float, *, last: bool = False) -> float:
    """How far a line is from even; a line that ends with a word that closes something is better."""
    if width(line) > WIDEST:
        return float("inf")
    ends_well = last or FAVOURED.search(line)
    return (width(line) - even) ** 2 + (0 if ends_well else 30)
