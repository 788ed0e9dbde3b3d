"""The first tasks of a plan, as its own text asks for them; nothing is added that it does not say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xietong.areas.plans.rules.reader import doers, duties
from xietong.areas.plans.rules.reader.characters import first_of, sentence_start
from xietong.areas.plans.rules.reader.grid import Column, Table, TableRow
from xietong.areas.plans.rules.reader.source import Source
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import (
    DocumentStatus,
    Kind,
    Mention,
    MentionKind,
    Origin,
    Part,
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
    tabled = {source.places.locate(row.span.start) for table in reading.tables for row in table.rows}
    for index, clause in enumerate(reading.clauses):
        # A chapter that is divided only announces its sections, or its table.
        whole = clause.parent is not None or not (source.has_items(index) or index in tabled)
        if whole and clause.kind in {Kind.TASK, Kind.GUARANTEE}:
            found += [*_clause(source, index), *_parts(source, index)]
    rows = [each for table in reading.tables for each in _rows(source, table)]
    found.sort(key=lambda each: each.span.start)
    return (*_with_parents(reading, found), *_under_titles(found, rows))


def _with_parents(reading: Reading, found: list[Proposal]) -> Iterator[Proposal]:
    """A section or item hangs under the clause above it, any other part under its own clause."""
    whole = {Origin.SECTION, Origin.ITEM}
    places = {each.clause: place for place, each in enumerate(found) if each.origin in whole}
    for each in found:
        above = each.clause
        if above is not None and each.origin in whole:
            above = reading.clauses[above].parent
        yield replace(each, parent=None if above is None else places.get(above))


def _under_titles(found: Sequence[Proposal], rows: Sequence[tuple[str, Proposal]]) -> Iterator[Proposal]:
    """A row about a task that a clause asks for divides that task."""
    titles = {_essence(each.title): place for place, each in enumerate(found)}
    for task, row in rows:
        yield replace(row, parent=titles.get(_essence(task)))


def _essence(title: str) -> str:
    return re.sub(r"\W|^[一二三四五六七八九十0-9]+(?=[、.)])", "", title)


def _rows(source: Source, table: Table) -> Iterator[tuple[str, Proposal]]:
    """Every row of a table of responsibilities as a task, with the words of its task cell or the one above."""
    task = ""
    for row in table.rows:
        named, measure = row.of(Column.TASK), row.of(Column.MEASURE)
        task = named.text if named else task
        yield task, _row(source, row, (measure or named or row).span)


def _row(source: Source, row: TableRow, title: Span) -> Proposal:
    index = source.places.locate(row.span.start)
    leads = source.answering(index, row.span, Part.LEAD)
    answering = source.answering(index, row.span, Part.RESPONSIBLE)
    helping = source.answering(index, row.span, Part.SUPPORT)
    due, made = row.of(Column.DUE), row.of(Column.DELIVERABLE)
    words = source.deliverable(row.span)
    return Proposal(
        title=" ".join(title.of(source.text).split()),
        number=source.clauses[index].number if index is not None else TABLE,
        origin=Origin.ROW,
        clause=index,
        parent=None,
        span=title,
        leads=leads or answering,
        support=(*answering, *helping) if leads else helping,
        due_on=source.ends(index, due.span) if due else None,
        rhythm=source.rhythm(index, due.span if due else row.span),
        deliverable=made.text if made else words,
        for_everyone=_is_everyone(leads or answering),
    )


TABLE = "表"
"""Stands for the number of a clause where a table stands in none."""


def _is_everyone(leads: Sequence[Mention]) -> bool:
    return any(each.kind is MentionKind.ROLE and each.text[0] in "各全" for each in leads)


def _clause(source: Source, index: int) -> Iterator[Proposal]:
    clause, mentions = source.clauses[index], source.mentions(index)
    folded = source.folded
    title = _title(source, index)
    words = Span(title.start, clause.end)
    if title.start == title.end:
        return
    section = clause.level <= _SECTION_LEVEL
    # The duties of a guarantee carry their own rhythm; the section as a whole has none.
    told = [] if section and clause.kind is Kind.GUARANTEE else source.own(index)
    leads, support = _answering(source, index, clause.span)
    leads = leads or doers.leads(folded, mentions, words) or _announced(source, index)
    yield Proposal(
        title=title.of(source.text),
        number=clause.number,
        origin=Origin.SECTION if section else Origin.ITEM,
        clause=index,
        parent=None,
        span=title,
        leads=leads,
        support=support or doers.support(folded, mentions, words),
        due_on=source.deadline(index, clause.span),
        rhythm=next(filter(None, (source.rhythm(index, span) for span in told)), None),
        deliverable=next(filter(None, map(source.deliverable, told)), None),
        for_everyone=_is_everyone(leads),
    )


def _answering(source: Source, index: int, span: Span) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Whom labels such as 牵头单位: name as leading and as helping; without a leader those who answer for it lead."""
    leads = source.labelled(index, span, Part.LEAD)
    answering = source.labelled(index, span, Part.RESPONSIBLE)
    helping = source.labelled(index, span, Part.SUPPORT)
    return leads or answering, (*answering, *helping) if leads else helping


def _title(source: Source, index: int) -> Span:
    """The heading, or the first phrase where the text has no heading."""
    clause, start = source.clauses[index], source.clauses[index].body
    if clause.heading:
        start = source.text.index(clause.heading, start)
        return duties.trimmed(source.folded, Span(start, start + len(clause.heading)))
    stop = first_of(",:。;!?\n", source.folded, start, clause.end)
    return duties.trimmed(source.folded, Span(start, clause.end if stop is None else stop))


def _announced(source: Source, index: int) -> tuple[Mention, ...]:
    """The doers of the words that announce a list and end in a colon: 成员校要履行三点职责:一是…"""
    first, above = source.clauses[index].start, source.clauses[index].parent
    for before in range(index - 1, above if above is not None else index, -1):
        sibling = source.clauses[before]
        if sibling.parent == above and sibling.end == first:
            first = sibling.start
    if above is None or source.folded[first - 1] != ":":
        return ()
    announcing = Span(sentence_start(source.folded, first), first)
    return doers.leads(source.folded, source.mentions(above), announcing)


def _parts(source: Source, index: int) -> Iterator[Proposal]:
    """What the own words of a clause ask for beside its numbered items."""
    clause = source.clauses[index]
    section = clause.level <= _SECTION_LEVEL
    issued = list(_issued(source, index))
    yield from (_part(source, index, Origin.DOCUMENT, span) for span in issued)
    if clause.kind is Kind.TASK and section and not source.has_items(index):
        for series in source.series(index):
            if series.noun in _WORK:
                yield from (_part(source, index, Origin.SERIES, span) for span in series.spans)
    if clause.kind is Kind.GUARANTEE and section:
        for span in duties.find(source, index):
            if not any(span.overlaps(document) for document in issued):
                yield _part(source, index, Origin.DUTY, span)


def _issued(source: Source, index: int) -> Iterator[Span]:
    """Where the names of the documents stand that a clause says must be issued."""
    for each in source.documents(index):
        if each.name and each.status is DocumentStatus.TO_ISSUE:
            start = source.text.index(each.name, each.span.start)
            yield Span(start, start + len(each.name))


def _part(source: Source, index: int, origin: Origin, span: Span) -> Proposal:
    mentions, folded = source.mentions(index), source.folded
    leads = doers.leads_of_part(folded, mentions, span)
    return Proposal(
        title=span.of(source.text),
        number=source.clauses[index].number,
        origin=origin,
        clause=index,
        parent=None,
        span=span,
        leads=leads,
        support=doers.support(folded, mentions, source.sentence(span)),
        due_on=source.deadline(index, Span(source.sentence(span).start, span.end)),
        rhythm=source.rhythm(index, span) if origin is Origin.DUTY else None,
        deliverable=span.of(source.text) if origin is Origin.DOCUMENT else source.deliverable(span),
        for_everyone=_is_everyone(leads),
    )
