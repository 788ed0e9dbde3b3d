"""Stretches of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Found(Protocol):
    @property
    def span(self) -> Span: ...


Member = TypeVar("Member", bound=Found)


def apart(found: Iterable[Member], length: int) -> Iterator[Member]:
    """This function will return what overlaps nothing that came before it, in a text of this length."""
    taken = bytearray(length)
    for each in found:
        start, end = each.span.start, each.span.end
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield each


def split(text: str, whole: Span) -> list[Span]:
    """The members of 甲、乙、丙."""
    marks = [match.start() for match in re.finditer("、", whole.of(text))]
    starts = [whole.start, *(whole.start + mark + 1 for mark in marks)]
    ends = [*(whole.start + mark for mark in marks), whole.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with these stretches blotted out; line feeds and all other characters stay in their places."""
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = ["\n" if char == "\n" else MASK for char in chars[span.start : span.end]]
    return "".join(chars)
