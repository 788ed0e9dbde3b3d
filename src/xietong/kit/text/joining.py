"""Rows of a PDF as paragraphs: lines that were one paragraph before it was printed are joined again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from xietong.kit.text.document import Role
from xietong.kit.text.draft import Paragraph
from xietong.kit.text.rows import Row, joined

FULL = 2.0
INDENTED = 1.0
SAME = 0.12
LOOSE = 1.45
"""In character widths: what a full line may lack, what an indented one has; shares: of size, of line distance."""

WIDE = 0.5
"""The least share of its page, or of its part of a page with columns, that running text fills."""

ENDED = re.compile(r"[。；：！？.;:!?…”）)]$")
MARKED = re.compile(
    r"[（(]?[一二三四五六七八九十百0-9①-⑳]{1,3}[、.．）)]|第[一二三四五六七八九十百0-9]{1,4}[章节条款]|[一二三四五六七八九十]是|#|[●•◆■-]"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """The text column that a row stands in."""

    left: float
    right: float
    distance: float


def paragraphs(rows: Iterable[tuple[Row, Role]], widths: Mapping[int, float]) -> Iterator[Paragraph]:
    """The paragraphs of a document in order; running titles stand behind the paragraph they interrupt.

    ``widths`` are those of the pages, by number.
    """
    listed = list(rows)
    measures = _measures([row for row, role in listed if role is Role.BODY], widths)
    open_rows: list[Row] = []
    waiting: list[Paragraph] = []
    for row, role in listed:
        if role is not Role.BODY:
            waiting.append(Paragraph(row.text, page=row.page, role=role))
        elif open_rows and _is_continued(open_rows[-1], row, measures):
            open_rows.append(row)
        else:
            yield from _closed(open_rows)
            yield from waiting
            open_rows, waiting = [row], []
    yield from _closed(open_rows)
    yield from waiting


def _closed(rows: list[Row]) -> Iterator[Paragraph]:
    if rows:
        yield Paragraph(joined(row.text for row in rows), page=rows[0].page)


def _measures(rows: list[Row], widths: Mapping[int, float]) -> dict[tuple[int, int], Measure]:
    """The columns that are as wide as running text is; the end of a chapter is measured as others."""
    columns: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        if row.is_running_text:
            columns.setdefault((row.page, row.column), []).append(row)
    counts = Counter(page for page, _ in columns)
    found = {place: _measure(inside) for place, inside in columns.items()}
    wide = {
        (page, column): measure
        for (page, column), measure in found.items()
        if measure.right - measure.left >= WIDE * widths[page] / counts[page]
    }
    usual = {column: measure for (_, column), measure in reversed(wide.items())}
    return {place: wide.get(place, usual[place[1]]) for place in found if place[1] in usual}


def _measure(rows: list[Row]) -> Measure:
    right = max(row.last.right for row in rows)
    pairs = [(upper, lower) for upper, lower in pairwise(rows) if lower.top < upper.top]
    behind_full = [lower.first for upper, lower in pairs if right - upper.last.right < FULL * upper.first.size]
    lefts = Counter(round(piece.left) for piece in behind_full or [row.first for row in rows])
    left = min(lefts, key=lambda place: (-lefts[place], place))
    distances = sorted(upper.first.bottom - lower.first.bottom for upper, lower in pairs)
    return Measure(float(left), right, distances[len(distances) // 2] if distances else 0.0)


def _is_continued(upper: Row, lower: Row, measures: dict[tuple[int, int], Measure]) -> bool:
    """Whether a row goes on in the next: it is full, and the next is not indented, of its size and not apart."""
    if not (upper.is_running_text and lower.is_running_text):
        return False
    above, below = measures.get((upper.page, upper.column)), measures.get((lower.page, lower.column))
    if above is None or below is None:
        return False
    size = upper.first.size
    if above.right - upper.last.right > FULL * size or abs(lower.first.left - below.left) > INDENTED * size:
        return False
    if abs(upper.first.size - lower.first.size) > SAME * size:
        return False
    if ENDED.search(upper.text) and MARKED.match(lower.text):
        return False
    is_same_column = (upper.page, upper.column) == (lower.page, lower.column)
    distance = upper.first.bottom - lower.first.bottom
    return not is_same_column or 0 < distance <= LOOSE * above.distance
