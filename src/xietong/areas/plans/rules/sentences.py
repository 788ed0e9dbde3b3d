"""The sentences of a plan, each in one clause: what has to be accounted for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xietong.areas.plans.rules.marking import Block, blocks
from xietong.areas.plans.rules.reader.characters import STOPS, first_of, fold

# A stop that ends a quotation belongs to it: “…。” is one sentence with its mark.
_CLOSING = "\"'”’」』)]》"
_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence: where it stands, in which clause (an index, None before the first), whether it is a heading."""

    start: int
    end: int
    clause: int | None
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What must be known of a clause: its stretch, label and heading."""

    start: int
    end: int
    label: str
    heading: str


def sentences(text: str, clauses: Sequence[Place], frame: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """This function will cut a text at stops and line ends, never across two clauses; bare marks fall away.

    What stands before the first clause counts as heading up to the first sentence: title and number of the document.
    So do the stretches of its frame: addressee, signature and the like ask nothing of anybody.
    """
    folded = fold(text)
    return [
        replace(part, is_heading=True) if any(start <= part.start < end for start, end in frame) else part
        for block in blocks([(one.start, one.end) for one in clauses], len(text))
        for part in in_block(text, folded, block, clauses)
    ]


def in_block(text: str, folded: str, block: Block, clauses: Sequence[Place]) -> Iterator[Part]:
    place = clauses[block.clause] if block.clause is not None else None
    for number, (start, end) in enumerate(stretches(folded, block.start, block.end)):
        words = text[start:end]
        if not _WORDS.search(words):
            continue
        if place is None:
            is_heading = folded[end - 1] not in STOPS
        else:
            is_heading = block.opens and number == 0 and is_only_heading(words, place)
        yield Part(start, end, block.clause, is_heading)


def is_only_heading(words: str, place: Place) -> bool:
    """Whether nothing is said but the number and the heading."""
    rest = words.removeprefix(place.label).strip()
    rest = rest.removeprefix(place.heading) if place.heading else rest
    return not _WORDS.search(rest)


def stretches(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """From stop to stop, without the blanks at both ends."""
    while start < end:
        stop = first_of(STOPS + "\n", folded, start, end)
        after = end if stop is None else stop + 1
        while after < end and folded[after] in _CLOSING:
            after += 1
        left, right = start, after
        while left < right and folded[left].isspace():
            left += 1
        while right > left and folded[right - 1].isspace():
            right -= 1
        if left < right:
            yield left, right
        start = after
