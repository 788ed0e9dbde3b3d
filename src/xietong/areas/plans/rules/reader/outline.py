"""The outline of a plan: title, preamble and the tree of numbered clauses, no character lost."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xietong.areas.plans.rules.reader import enumerations, headings, numbering
from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.characters import line_number, line_starts
from xietong.areas.plans.rules.reader.frame import Frame
from xietong.areas.plans.rules.reader.markers import ANNEX, FOOT, HEADING, Opening, openings
from xietong.areas.plans.rules.reader.spans import Span, masked
from xietong.areas.plans.rules.reader.values import Clause, Passage, Reading


@dataclass(frozen=True, slots=True)
class Outline:
    head: Passage
    title: Passage
    preamble: Passage
    clauses: tuple[Clause, ...]
    cautions: tuple[Caution, ...]


def outline(text: str, folded: str, frame: Frame, tables: Sequence[Span], levels: Mapping[int, int]) -> Outline:
    """This function will cut the text into head, title, preamble and clauses.

    Numbers in the frame and in tables begin no clause; `levels` are those of headings by line.
    """
    closed = [
        Span(0, frame.begins),
        *frame.feet,
        *(Span(each.start, each.title.end) for each in frame.annexes),
        *tables,
    ]
    found = _without_title(_openings(masked(folded, closed), frame, levels), folded, frame.begins)
    begins = found[0].start if found else len(text)
    title = headings.title_end(masked(folded, tables), frame.begins, begins)
    parents, ends = _nest(found, len(text))
    numbered = list(zip(parents, found, strict=True))
    return Outline(
        head=Passage(text[: frame.begins], Span(0, frame.begins)),
        title=Passage(text[frame.begins : title], Span(frame.begins, title)),
        preamble=Passage(text[title:begins], Span(title, begins)),
        clauses=_clauses(text, folded, found, parents, ends),
        cautions=(
            *_missing(
                folded,
                titled=title > frame.begins,
                numbered=any(each.form is not FOOT for each in found) or bool(tables),
            ),
            *numbering.check(numbered),
            *numbering.mixed(numbered),
        ),
    )


def outline_text(reading: Reading) -> str:
    """This function will print the input back from the pieces of a reading."""
    below: dict[int | None, list[int]] = {}
    for index, clause in enumerate(reading.clauses):
        below.setdefault(clause.parent, []).append(index)

    def whole(index: int) -> str:
        clause = reading.clauses[index]
        printed, used, at = [], 0, clause.start
        for child in below.get(index, ()):
            inner = reading.clauses[child]
            gap = inner.start - at
            printed += [clause.text[used : used + gap], whole(child)]
            used, at = used + gap, inner.end
        return "".join([*printed, clause.text[used:]])

    return "".join([reading.head.text, reading.title.text, reading.preamble.text, *map(whole, below.get(None, ()))])


class Places:
    """Which clause holds a position."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses
        self._starts = [clause.start for clause in clauses]

    def locate(self, position: int) -> int | None:
        """This method will return the index of the innermost clause that holds the position."""
        index: int | None = bisect_right(self._starts, position) - 1
        if index == -1:
            return None
        while index is not None and self._clauses[index].end <= position:
            index = self._clauses[index].parent
        return index


def own_spans(clauses: Sequence[Clause]) -> list[list[Span]]:
    """For every clause the stretches that belong to no clause below it."""
    inner: list[list[Span]] = [[] for _ in clauses]
    for clause in clauses:
        if clause.parent is not None:
            inner[clause.parent].append(clause.span)
    return [_between(clause.span, spans) for clause, spans in zip(clauses, inner, strict=True)]


def _openings(folded: str, frame: Frame, levels: Mapping[int, int]) -> list[Opening]:
    starts = line_starts(folded)
    numbered = list(openings(folded, levels))
    numbered += [
        Opening(FOOT, 0, Span(foot.start, foot.start), foot.start, line_number(starts, foot.start))
        for foot in frame.feet
    ]
    numbered += [
        Opening(ANNEX, one.value, one.label, one.start, one.line, heading=one.title) for one in frame.annexes
    ]
    numbered.sort(key=lambda opening: opening.start)
    begins = [*(opening.start for opening in numbered), len(folded)]
    listed = [
        item
        for opening, end in zip(numbered, begins[1:], strict=True)
        for item in enumerations.items(folded, Span(opening.start, end), opening.line)
    ]
    return sorted([*numbered, *listed], key=lambda opening: opening.label.start)


def _without_title(found: list[Opening], folded: str, begins: int) -> list[Opening]:
    """The heading of the whole document is its title: the only one of its level, with nothing before it."""
    first = found[0] if found else None
    if first is None or first.form is not HEADING or folded[begins : first.start].strip("# \n*"):
        return found
    others = any(each.form is HEADING and each.depth <= first.depth for each in found[1:])
    return found if others else found[1:]


def _nest(found: Sequence[Opening], length: int) -> tuple[list[int | None], list[int]]:
    """For every opening its parent, the nearest before it that ranks higher, and where it ends.

    A numbered clause lasts until the next that ranks as high; an item of a list knows its end.
    """
    parents: list[int | None] = []
    ends = [length if opening.end is None else opening.end for opening in found]
    open_now: list[int] = []
    for index, opening in enumerate(found):
        while open_now and found[open_now[-1]].rank >= opening.rank:
            closed = open_now.pop()
            ends[closed] = min(ends[closed], opening.start)
        parents.append(open_now[-1] if open_now else None)
        open_now.append(index)
    return parents, ends


def _clauses(
    text: str,
    folded: str,
    found: Sequence[Opening],
    parents: Sequence[int | None],
    ends: Sequence[int],
) -> tuple[Clause, ...]:
    inner: list[list[Span]] = [[] for _ in found]
    for index, parent in enumerate(parents):
        if parent is not None:
            inner[parent].append(Span(found[index].start, ends[index]))
    uncounted: dict[tuple[int | None, str], int] = {}
    clauses: list[Clause] = []
    for index, opening in enumerate(found):
        parent = parents[index]
        above = None if parent is None else clauses[parent]
        heading = opening.heading or headings.heading(folded, opening.label.end, ends[index])
        if not opening.form.counts:
            uncounted[parent, opening.form.name] = uncounted.get((parent, opening.form.name), 0) + 1
        clauses.append(
            Clause(
                number=(above.number if above else "")
                + _path(opening, uncounted.get((parent, opening.form.name), 0)),
                label=opening.label.of(text),
                heading=heading.of(text),
                text="".join(span.of(text) for span in _between(Span(opening.start, ends[index]), inner[index])),
                level=above.level + 1 if above else 1,
                parent=parent,
                line=opening.line,
                start=opening.start,
                end=ends[index],
                kind=headings.kind(heading.of(folded), above.kind if above else None),
                body=opening.label.end,
            )
        )
    return tuple(clauses)


def _path(opening: Opening, count: int) -> str:
    """三, (二), 1 or ·一; the second list of a clause says so: ·2·一. What has no number is counted."""
    value = opening.value if opening.form.counts else count
    path = opening.form.path.format(opening.form.spell(value) if value else "")
    return path if opening.run == 1 else f"·{opening.run}{path}"


def _between(whole: Span, inner: Sequence[Span]) -> list[Span]:
    edges = [whole.start, *(edge for span in inner for edge in (span.start, span.end)), whole.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _missing(folded: str, *, titled: bool, numbered: bool) -> list[Caution]:
    if not folded.strip():
        return [Caution(CautionCode.EMPTY, 1)]
    absent = [] if titled else [CautionCode.NO_TITLE]
    absent += [] if numbered else [CautionCode.NO_NUMBERING]
    return [Caution(code, 1) for code in absent]
