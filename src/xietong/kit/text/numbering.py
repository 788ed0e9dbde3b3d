"""Automatic numbering of a .docx: the counters of every list and what they print."""

import re
from dataclasses import dataclass, field

from xietong.kit.text.counting import counted
from xietong.kit.text.markup import Element, attribute, child, local, number

PLACE = re.compile("%([1-9])")
PRIVATE_USE = range(0xE000, 0xF900)
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: what it prints ("第%1章") and how it counts."""

    start: int
    number_format: str
    pattern: str
    in_digits: bool


@dataclass(slots=True)
class Numbered:
    """A list that paragraphs refer to; lists of one origin share their counts."""

    levels: dict[int, Level]
    counts: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Prints the numbers of paragraphs; to be asked once for each, in document order."""

    def __init__(self, root: Element | None) -> None:
        parts = list(root) if root is not None else []
        origins = {
            attribute(part, "abstractNumId"): Numbered(_levels(part), {})
            for part in parts
            if local(part) == "abstractNum"
        }
        self._lists: dict[str, Numbered] = {}
        for part in parts:
            origin = origins.get(attribute(child(part, "abstractNumId")))
            if local(part) == "num" and origin is not None:
                self._lists[attribute(part, "numId")] = _instance(part, origin)

    def printed(self, list_id: str, depth: int) -> str:
        """Count one paragraph and print its number; empty for lists that do not exist or print nothing."""
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            return ""
        _advance(numbered, level, depth)
        if level.number_format == "bullet":
            return _bullet(level.pattern)
        return PLACE.sub(lambda match: _place(numbered, level, int(match[1]) - 1), level.pattern).strip()


def _levels(origin: Element) -> dict[int, Level]:
    return {number(part, 0, "ilvl"): _level(part) for part in origin if local(part) == "lvl"}


def _level(part: Element) -> Level:
    return Level(
        start=number(child(part, "start"), 1),
        number_format=attribute(child(part, "numFmt")),
        pattern=attribute(child(part, "lvlText")),
        in_digits=child(part, "isLgl") is not None,
    )


def _instance(part: Element, origin: Numbered) -> Numbered:
    levels, restarts = dict(origin.levels), {}
    for override in (each for each in part if local(each) == "lvlOverride"):
        depth = number(override, 0, "ilvl")
        replaced, restart = child(override, "lvl"), child(override, "startOverride")
        if replaced is not None:
            levels[depth] = _level(replaced)
        if restart is not None:
            restarts[depth] = number(restart, 1)
    return Numbered(levels, origin.counts, restarts)


def _advance(numbered: Numbered, level: Level, depth: int) -> None:
    """Count up; a restart is used up by its first paragraph, and deeper levels begin again."""
    counts = numbered.counts
    begin = numbered.restarts.pop(depth, None)
    counts[depth] = begin if begin is not None else counts.get(depth, level.start - 1) + 1
    for deeper in [each for each in counts if each > depth]:
        del counts[deeper]


def _place(numbered: Numbered, asking: Level, depth: int) -> str:
    level = numbered.levels.get(depth)
    if level is None or level.number_format == "none":
        return ""
    count = numbered.counts.get(depth, level.start)
    return counted(count, "decimal" if asking.in_digits else level.number_format)


def _bullet(pattern: str) -> str:
    """The sign of a bullet; signs of symbol fonts mean nothing in others."""
    return BULLET if not pattern or ord(pattern[0]) in PRIVATE_USE else pattern
