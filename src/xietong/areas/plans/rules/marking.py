"""A text cut into stretches, so that each can be shown with what was found in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that something was found in."""

    key: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that is shown alike. `key` is that of the shortest mark over it, None for plain text."""

    start: int
    end: int
    key: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """The words between two beginnings of clauses: of the clause with this index, None before the first.

    `opens` says that the clause begins here; else its words go on behind one below it.
    """

    clause: int | None
    start: int
    end: int
    opens: bool


def pieces(start: int, end: int, marks: Sequence[Mark]) -> list[Piece]:
    """This function will cut a stretch wherever a mark begins or ends; nothing is left out or doubled."""
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = sorted({start, end, *(edge for mark in inside for edge in (mark.start, mark.end) if start < edge < end)})
    return [Piece(left, right, shortest(inside, left, right)) for left, right in pairwise(edges)]


def shortest(marks: Iterable[Mark], start: int, end: int) -> int | None:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    return min(over, key=lambda mark: (mark.end - mark.start, mark.start)).key if over else None


def blocks(clauses: Sequence[tuple[int, int]], length: int) -> Iterator[Block]:
    """This function will walk a text of this length in order; clauses are given as (start, end), one in another."""
    at, open_now = 0, list[int]()
    for index, (start, _end) in enumerate(clauses):
        while open_now and clauses[open_now[-1]][1] <= start:
            done = open_now.pop()
            yield from block(done, at, clauses[done][1], clauses)
            at = max(at, clauses[done][1])
        yield from block(open_now[-1] if open_now else None, at, start, clauses)
        at = start
        open_now.append(index)
    while open_now:
        done = open_now.pop()
        yield from block(done, at, clauses[done][1], clauses)
        at = max(at, clauses[done][1])
    yield from block(None, at, length, clauses)


def block(index: int | None, start: int, end: int, clauses: Sequence[tuple[int, int]]) -> Iterator[Block]:
    if start < end:
        yield Block(index, start, end, index is not None and clauses[index][0] == start)
