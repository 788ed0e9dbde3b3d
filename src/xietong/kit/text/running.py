"""Headers, footers and page numbers of a PDF: what stands at the edge of its pages and comes back."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from xietong.kit.text.document import Role
from xietong.kit.text.rows import Row

NUMBER = re.compile(r"[\s—–―\-－·•.~～_|]*(第?\s*[0-9０-９]{1,4}\s*页?|[ivxlc]{1,6})[\s—–―\-－·•.~～_|]*")
NUMBER_OF = re.compile(r"第?\s*[0-9]{1,4}\s*页?\s*[/／,，、]?\s*共?\s*[0-9]{1,4}\s*页?")
DIGITS = re.compile("[0-9０-９]+")

EDGE = 0.125
"""The share of a page above and below which official layout prints no text."""

OUTER = 0.085
APART = 0.8
WIDER = 1.5
"""A line nearer to the middle must stand apart: by so many character widths, by so many usual distances."""

EVERY_SECOND = 0.4
LONGEST = 60


def roles(pages: Sequence[tuple[float, Sequence[Row]]]) -> dict[int, Role]:
    """What the rows at the edges are, by ``id``; pages come as height and rows."""
    edges = [edge for height, rows in pages for edge in _edges(height, rows)]
    repeated = Counter(
        _key(row, role) for row, role in {(id(row), role): (row, role) for row, role in edges}.values()
    )
    least = max(2, EVERY_SECOND * len(pages))
    found: dict[int, Role] = {}
    for row, role in edges:
        if NUMBER.fullmatch(row.text) or NUMBER_OF.fullmatch(row.text.strip()):
            found[id(row)] = Role.PAGE_NUMBER
        elif len(pages) > 1 and repeated[_key(row, role)] >= least:
            found[id(row)] = role
    return found


def _key(row: Row, role: Role) -> tuple[str, Role]:
    return DIGITS.sub("0", row.text), role


def _edges(height: float, rows: Sequence[Row]) -> Iterator[tuple[Row, Role]]:
    """The rows above and below the text of a page, from the outside inwards."""
    by_height = sorted((row for row in rows if row.text.strip()), key=lambda row: -row.top)
    gaps = sorted(upper.bottom - lower.top for upper, lower in pairwise(by_height))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    for ordered, role in ((by_height, Role.HEADER), (by_height[::-1], Role.FOOTER)):
        for row, inner in zip(ordered, [*ordered[1:], None], strict=False):
            if not _is_at_edge(row, inner, height, usual, role):
                break
            yield row, role


def _is_at_edge(row: Row, inner: Row | None, height: float, usual: float, role: Role) -> bool:
    distance = (height - row.bottom if role is Role.HEADER else row.top) / height
    if len(row.text) > LONGEST or distance > EDGE:
        return False
    if distance <= OUTER or inner is None:
        return True
    gap = row.bottom - inner.top if role is Role.HEADER else inner.bottom - row.top
    return gap > max(APART * row.first.size, WIDER * usual)
