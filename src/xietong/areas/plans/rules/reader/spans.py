"""Stretches of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def split(text: str, whole: Span) -> list[Span]:
    """The members of 甲、乙、丙."""
    marks = [match.start() for match in re.finditer("、", whole.of(text))]
    starts = [whole.start, *(whole.start + mark + 1 for mark in marks)]
    ends = [*(whole.start + mark for mark in marks), whole.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with these stretches blotted out; every other character stays in its place."""
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = MASK * (span.end - span.start)
    return "".join(chars)
