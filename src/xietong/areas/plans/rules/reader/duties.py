"""Duties in running text: the phrases of a guarantee that ask for something to be set up or kept going."""

import re
from collections.abc import Iterator

from xietong.areas.plans.rules.reader import doers
from xietong.areas.plans.rules.reader.characters import phrases
from xietong.areas.plans.rules.reader.headings import stripped
from xietong.areas.plans.rules.reader.outline import body_start
from xietong.areas.plans.rules.reader.source import Source
from xietong.areas.plans.rules.reader.spans import Span

_RHYTHM = re.compile(
    r"每(?:学年|学期|季度|年|月|周)|按(?:年|学期|季度|月|周)|(?<![0-9一二三四五六七八九十])月(?=工作调度|调度|度)|常态化|定期"
)
_DUTY = re.compile("成立|建立|健全|制定|制订|出台|统筹|将.+(?:纳入|挂钩)")
_FILLER = re.compile("与此同时|同时|此外|另外|其中|并|通过(?!率)|要(?!素|点|求)")


def rhythm(folded: str, span: Span) -> str | None:
    """This function will return the word for how often, where the text has one."""
    match = _RHYTHM.search(folded, span.start, span.end)
    return match[0] if match else None


def trimmed(folded: str, span: Span) -> Span:
    """The span without marks around it and words that only lead in."""
    span = stripped(folded, span.start, span.end)
    while filler := _FILLER.match(folded, span.start, span.end):
        span = stripped(folded, filler.end(), span.end)
    return span


def find(source: Source, index: int) -> Iterator[Span]:
    """This function will return the duties in the own words of a clause, without their doer and date."""
    body = body_start(source.text, source.clauses[index]) + len(source.clauses[index].heading)
    for own in source.own(index):
        for start, end in phrases(source.folded, max(own.start, body), own.end):
            span = _without_frame(source, trimmed(source.folded, Span(start, end)))
            if _DUTY.match(source.folded, span.start, span.end) or rhythm(source.folded, span):
                yield span


def _without_frame(source: Source, span: Span) -> Span:
    """Who does it and until when stand in fields of their own, not in the title."""
    frame = [
        each.span for each in source.reading.organisations if doers.does(source.folded, each.span, each.span.start)
    ]
    frame += [each.span for each in source.reading.dates]
    for each in sorted(frame, key=lambda span: span.start):
        if each.start == span.start and each.end < span.end:
            span = trimmed(source.folded, Span(each.end, span.end))
    return span
