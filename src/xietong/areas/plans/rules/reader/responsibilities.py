"""Who answers for what: 牵头单位:…, (责任单位:…), 由…负责, …牵头, …配合."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from xietong.areas.plans.rules.reader import doers
from xietong.areas.plans.rules.reader.grid import Column, Table
from xietong.areas.plans.rules.reader.spans import Span, apart
from xietong.areas.plans.rules.reader.values import Mention, Part, Responsibility

_LABEL = re.compile(
    "(?P<what>牵头|主责|主办|承办|责任|落实|配合|协办|协助|支持|参与)(?:责任)?(?:单位|部门|科室|股室|处室)(?:[为是])?:"
)
_PARTS = {
    **dict.fromkeys(("牵头", "主责", "主办", "承办"), Part.LEAD),
    **dict.fromkeys(("责任", "落实"), Part.RESPONSIBLE),
    **dict.fromkeys(("配合", "协办", "协助", "支持", "参与"), Part.SUPPORT),
}
_END = re.compile(r"[;。)\]\n]")
_COLUMNS = {Column.LEAD: Part.LEAD, Column.RESPONSIBLE: Part.RESPONSIBLE, Column.SUPPORT: Part.SUPPORT}


def find(text: str, folded: str, mentions: Sequence[Mention], tables: Sequence[Table]) -> Iterator[Responsibility]:
    """This function will return every such phrase, in order; clauses are given later."""
    found = [*_labelled(text, folded, mentions), *_in_cells(tables, mentions), *_in_words(text, folded, mentions)]
    yield from sorted(apart(found, len(folded)), key=lambda each: each.span.start)


def within(mentions: Sequence[Mention], span: Span) -> tuple[Mention, ...]:
    """The mentions, which stand in order, that begin inside the stretch."""
    first = bisect_left(mentions, span.start, key=_start)
    return tuple(mentions[first : bisect_left(mentions, span.end, lo=first, key=_start)])


def _start(mention: Mention) -> int:
    return mention.span.start


def _labelled(text: str, folded: str, mentions: Sequence[Mention]) -> Iterator[Responsibility]:
    labels = list(_LABEL.finditer(folded))
    for index, label in enumerate(labels):
        stop = _END.search(folded, label.end())
        end = stop.start() if stop else len(folded)
        following = labels[index + 1].start() if index + 1 < len(labels) else end
        named = folded[label.start() : min(end, following)].rstrip(",、 ")
        span = Span(label.start(), label.start() + len(named))
        yield Responsibility(span.of(text), _PARTS[label["what"]], within(mentions, span), None, span)


def _in_cells(tables: Sequence[Table], mentions: Sequence[Mention]) -> Iterator[Responsibility]:
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.text and cell.column in _COLUMNS:
                    yield Responsibility(
                        cell.text, _COLUMNS[cell.column], within(mentions, cell.span), None, cell.span
                    )


def _in_words(text: str, folded: str, mentions: Sequence[Mention]) -> Iterator[Responsibility]:
    for part, span, units in doers.said(folded, mentions):
        yield Responsibility(span.of(text), part, tuple(units), None, span)
