"""The first tasks of a plan, as its own text asks for them; nothing is added that it does not say."""

from collections.abc import Iterator
from dataclasses import replace

from xietong.areas.plans.rules.reader import doers, duties
from xietong.areas.plans.rules.reader.characters import first_of, sentence_start
from xietong.areas.plans.rules.reader.outline import body_start
from xietong.areas.plans.rules.reader.source import Source
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import (
    DocumentStatus,
    Kind,
    Mention,
    Origin,
    Proposal,
    Reading,
)

# A series of these is work to be done; a series of schools or subjects is what it is done to.
_WORK = ("方面", "方式", "形式", "途径", "环节", "工作", "任务", "措施", "举措", "内容", "活动")
_SECTION_LEVEL = 2


def proposals(reading: Reading) -> tuple[Proposal, ...]:
    """This function will propose what the chapters of tasks and guarantees ask for, in their order."""
    source = Source.of(reading)
    found: list[Proposal] = []
    for index, clause in enumerate(reading.clauses):
        if clause.parent is not None and clause.kind in {Kind.TASK, Kind.GUARANTEE}:
            found += [*_clause(source, index), *_parts(source, index)]
    found.sort(key=lambda each: each.span.start)
    return tuple(_with_parents(reading, found))


def _with_parents(reading: Reading, found: list[Proposal]) -> Iterator[Proposal]:
    """A section or item hangs under the clause above it, any other part under its own clause."""
    whole = {Origin.SECTION, Origin.ITEM}
    places = {each.clause: place for place, each in enumerate(found) if each.origin in whole}
    for each in found:
        above = reading.clauses[each.clause].parent if each.origin in whole else each.clause
        yield replace(each, parent=None if above is None else places.get(above))


def _clause(source: Source, index: int) -> Iterator[Proposal]:
    clause, mentions = source.clauses[index], source.mentions(index)
    title = _title(source, index)
    words = Span(title.start, clause.end)
    if title.start == title.end:
        return
    section = clause.level == _SECTION_LEVEL
    # The duties of a guarantee carry their own rhythm; the section as a whole has none.
    told = [] if section and clause.kind is Kind.GUARANTEE else source.own(index)
    yield Proposal(
        title=title.of(source.text),
        number=clause.number,
        origin=Origin.SECTION if section else Origin.ITEM,
        clause=index,
        parent=None,
        span=title,
        leads=doers.leads(source.folded, mentions, words) or _announced(source, index),
        support=doers.support(source.folded, mentions, words),
        due_on=source.deadline(index, clause.span),
        rhythm=next(filter(None, (duties.rhythm(source.folded, span) for span in told)), None),
    )


def _title(source: Source, index: int) -> Span:
    """The heading, or the first phrase where the text has no heading."""
    clause, start = source.clauses[index], body_start(source.text, source.clauses[index])
    if clause.heading:
        start = source.text.index(clause.heading, start)
        return duties.trimmed(source.folded, Span(start, start + len(clause.heading)))
    stop = first_of(",:。;!?\n", source.folded, start, clause.end)
    return duties.trimmed(source.folded, Span(start, clause.end if stop is None else stop))


def _announced(source: Source, index: int) -> tuple[Mention, ...]:
    """The doers of the words that announce a list and end in a colon: 成员校要履行三点职责:一是…"""
    first, above = source.clauses[index].start, source.clauses[index].parent
    for sibling in reversed(source.clauses[:index]):
        if sibling.parent == above and sibling.end == first:
            first = sibling.start
    if above is None or source.folded[first - 1] != ":":
        return ()
    announcing = Span(sentence_start(source.folded, first), first)
    return doers.leads(source.folded, source.mentions(above), announcing)


def _parts(source: Source, index: int) -> Iterator[Proposal]:
    """What the own words of a clause ask for beside its numbered items."""
    clause = source.clauses[index]
    section = clause.level == _SECTION_LEVEL
    issued = list(_issued(source, index))
    yield from (_part(source, index, Origin.DOCUMENT, span) for span in issued)
    if clause.kind is Kind.TASK and section and not source.has_items(index):
        for series in source.reading.series:
            if series.clause == index and series.noun in _WORK:
                yield from (_part(source, index, Origin.SERIES, span) for span in series.spans)
    if clause.kind is Kind.GUARANTEE and section:
        for span in duties.find(source, index):
            if not any(span.overlaps(document) for document in issued):
                yield _part(source, index, Origin.DUTY, span)


def _issued(source: Source, index: int) -> Iterator[Span]:
    """Where the names of the documents stand that a clause says must be issued."""
    for each in source.reading.documents:
        if each.clause == index and each.name and each.status is DocumentStatus.TO_ISSUE:
            start = source.text.index(each.name, each.span.start)
            yield Span(start, start + len(each.name))


def _part(source: Source, index: int, origin: Origin, span: Span) -> Proposal:
    mentions, folded = source.mentions(index), source.folded
    return Proposal(
        title=span.of(source.text),
        number=source.clauses[index].number,
        origin=origin,
        clause=index,
        parent=None,
        span=span,
        leads=doers.leads_of_part(folded, mentions, span),
        support=doers.support(folded, mentions, source.sentence(span)),
        due_on=source.deadline(index, Span(source.sentence(span).start, span.end)),
        rhythm=duties.rhythm(folded, span) if origin is Origin.DUTY else None,
    )
