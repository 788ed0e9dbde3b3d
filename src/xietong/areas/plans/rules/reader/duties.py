"""Duties in running text: the phrases of a guarantee that ask for something to be set up or kept going."""

import re
from collections.abc import Iterator

from xietong.areas.plans.rules.reader import doers
from xietong.areas.plans.rules.reader.characters import phrases
from xietong.areas.plans.rules.reader.headings import stripped
from xietong.areas.plans.rules.reader.source import Source
from xietong.areas.plans.rules.reader.spans import Span

_DUTY = re.compile("成立|建立|健全|制定|制订|出台|统筹|将.+(?:纳入|挂钩)")
_FILLER = re.compile("与此同时|同时|此外|另外|其中|并|通过(?!率)|要(?!素|点|求)")


def trimmed(folded: str, span: Span) -> Span:
    """The span without marks around it and words that only lead in."""
    span = stripped(folded, span.start, span.end)
    while filler := _FILLER.match(folded, span.start, span.end):
        span = stripped(folded, filler.end(), span.end)
    return span


def find(source: Source, index: int) -> Iterator[Span]:
    """This function will return the duties in the own words of a clause, without their doer and date."""
    body = source.clauses[index].body + len(source.clauses[index].heading)
    for own in source.own(index):
        for start, end in phrases(source.folded, max(own.start, body), own.end):
            span = _without_frame(source, index, trimmed(source.folded, Span(start, end)))
            if _DUTY.match(source.folded, span.start, span.end) or source.rhythm(index, span):
                yield span


def _without_frame(source: Source, index: int, span: Span) -> Span:
    """Who does it and until when stand in fields of their own, not in the title."""
    frame = [each.span for each in source.mentions(index) if doers.does(source.folded, each.span, each.span.start)]
    frame += [each.span for each in source.dates(index)]
    for each in sorted(frame, key=lambda span: span.start):
        if each.start == span.start and each.end < span.end:
            span = trimmed(source.folded, Span(each.end, span.end))
    return span
