"""The outline of a plan: title, preamble and the tree of numbered clauses, no character lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from xietong.areas.plans.rules.reader import enumerations, headings, numbering
from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.markers import Opening, openings
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Clause, Passage, Reading


@dataclass(frozen=True, slots=True)
class Outline:
    title: Passage
    preamble: Passage
    clauses: tuple[Clause, ...]
    cautions: tuple[Caution, ...]


def outline(text: str, folded: str) -> Outline:
    """This function will cut the text into title, preamble and clauses."""
    found = _openings(folded)
    begins = found[0].start if found else len(text)
    title = headings.title_end(folded, begins)
    parents, ends = _nest(found, len(text))
    return Outline(
        title=Passage(text[:title], Span(0, title)),
        preamble=Passage(text[title:begins], Span(title, begins)),
        clauses=_clauses(text, folded, found, parents, ends),
        cautions=(
            *_missing(folded, title=title, numbered=bool(found)),
            *numbering.check(zip(parents, found, strict=True)),
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

    return "".join([reading.title.text, reading.preamble.text, *map(whole, below.get(None, ()))])


def locate(clauses: Sequence[Clause], position: int) -> int | None:
    """This function will return the index of the innermost clause that holds the position."""
    holding = (index for index, clause in enumerate(clauses) if clause.start <= position < clause.end)
    return max(holding, default=None)


def body_start(text: str, clause: Clause) -> int:
    """Where the words behind the number begin."""
    return text.index(clause.label, clause.start) + len(clause.label)


def own_spans(clauses: Sequence[Clause], index: int) -> list[Span]:
    """The stretches of a clause that belong to no clause below it."""
    inner = [clause.span for clause in clauses if clause.parent == index]
    return _between(clauses[index].span, inner)


def _openings(folded: str) -> list[Opening]:
    numbered = list(openings(folded))
    ends = [*(opening.start for opening in numbered[1:]), len(folded)]
    listed = [
        item
        for opening, end in zip(numbered, ends, strict=False)
        for item in enumerations.items(folded, Span(opening.start, end), opening.line)
    ]
    return sorted([*numbered, *listed], key=lambda opening: opening.label.start)


def _nest(found: Sequence[Opening], length: int) -> tuple[list[int | None], list[int]]:
    """For every opening its parent, the nearest before it that ranks higher, and where it ends.

    A numbered clause lasts until the next that ranks as high; an item of a list knows its end.
    """
    parents: list[int | None] = []
    ends = [length if opening.end is None else opening.end for opening in found]
    open_now: list[int] = []
    for index, opening in enumerate(found):
        while open_now and found[open_now[-1]].form.rank >= opening.form.rank:
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
    clauses: list[Clause] = []
    for index, opening in enumerate(found):
        parent = parents[index]
        above = None if parent is None else clauses[parent]
        heading = headings.heading(folded, opening.label.end, ends[index])
        clauses.append(
            Clause(
                number=(above.number if above else "") + _path(opening),
                label=opening.label.of(text),
                heading=heading.of(text),
                text="".join(span.of(text) for span in _between(Span(opening.start, ends[index]), inner[index])),
                level=above.level + 1 if above else 1,
                parent=parent,
                line=opening.line,
                start=opening.start,
                end=ends[index],
                kind=headings.kind(heading.of(folded), above.kind if above else None),
            )
        )
    return tuple(clauses)


def _path(opening: Opening) -> str:
    """三, (二), 1 or ·一; the second list of a clause says so: ·2·一."""
    path = opening.form.path.format(opening.form.spell(opening.value))
    return path if opening.run == 1 else f"·{opening.run}{path}"


def _between(whole: Span, inner: Sequence[Span]) -> list[Span]:
    edges = [whole.start, *(edge for span in inner for edge in (span.start, span.end)), whole.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _missing(folded: str, *, title: int, numbered: bool) -> list[Caution]:
    if not folded.strip():
        return [Caution(CautionCode.EMPTY, 1)]
    absent = [] if title else [CautionCode.NO_TITLE]
    absent += [] if numbered else [CautionCode.NO_NUMBERING]
    return [Caution(code, 1) for code in absent]
