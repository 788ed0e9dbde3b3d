"""Reading a plan from a file into a draft."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xietong.areas.orgs import queries as orgs
from xietong.areas.plans.actions.noticing import noticed
from xietong.areas.plans.models import (
    Clause,
    Finding,
    Objective,
    Phase,
    Plan,
    Sentence,
    Task,
    TaskSource,
    TaskSupport,
)
from xietong.areas.plans.rules import reader
from xietong.areas.plans.rules.reader.outline import own_spans
from xietong.areas.plans.rules.sentences import Place
from xietong.areas.plans.rules.sentences import sentences as sentences_of
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.marking import gettext_noop
from xietong.kit.records.writing import add
from xietong.kit.text.document import Document, Remark, Role
from xietong.kit.text.reading import read_safely


def import_plan(actor: Actor, *, data: bytes, name: str, replaces: Plan | None = None, now: datetime) -> Plan:
    """This function will read an action plan from a file and keep it as a draft with what was found in it.

    `replaces` is the plan in force that this is a later version of; it is closed when this one is issued.

    Raises
        Refused: the file cannot be read; says what to do. Nothing was written.
    """
    document = read_safely(data, name=name)
    cleaned = reader.clean(reading_lines(document))
    text = "\n".join(line.text for line in cleaned.lines)
    reading = reader.read(cleaned.lines, register=register(actor, day_of(now)))
    with transaction.atomic():
        plan = Plan(
            county_id=actor.home,
            title=(reading.title.words or name)[:200],
            source_name=name[:200],
            source_text=text,
            warnings=[*map(kept, document.remarks), *left_out(document, cleaned), *map(kept, reading.warnings)],
            read_at=now,
            replaces=replaces,
        )
        add(actor, plan, action="plans.import_plan", now=now)
        clauses = keep_clauses(plan, reading, text)
        keep_phases(plan, reading)
        sentences = keep_sentences(plan, clauses, reading.frame)
        found = reader.proposals(reading)
        keep_objectives(plan, reading, clauses)
        keep_findings(plan, reading, found, clauses)
        keep_tasks(plan, found, clauses, sentences)
    return plan


def reading_lines(document: Document) -> list[reader.SourceLine]:
    """The lines that somebody reads as the text: with the numbers that are printed, without what belongs to pages."""
    return [
        reader.SourceLine(f"{line.numbering}{line.text}", heading_level(line.style), line.table)
        for line in document.lines
        if line.role in READ
    ]


READ = {Role.BODY, Role.NOTE}


def heading_level(style: str) -> int:
    """Of a paragraph style such as "heading 2"; 0 for every other."""
    known = HEADING.fullmatch(style)
    return int(known[1]) if known else 0


HEADING = re.compile(r"heading ([1-9])")


def left_out(document: Document, cleaned: reader.Cleaned) -> Iterator[dict[str, Any]]:
    """What of the file is not in the text of the plan, and what was put together."""
    furniture = [line.text.strip() for line in document.lines if line.role not in READ and line.text.strip()]
    words = list(dict.fromkeys([*furniture, *cleaned.dropped]))
    if words:
        shown = "；".join(word[:30] for word in words[:SHOWN])
        yield {"sentence": LEFT_OUT, "values": {"count": str(len(words)), "words": shown}}
    if cleaned.joined:
        yield {"sentence": JOINED, "values": {"count": str(cleaned.joined)}}


LEFT_OUT = gettext_noop("已略去页眉、页脚、页码、目录或网页导航 %(count)s 处：%(words)s")
JOINED = gettext_noop("有 %(count)s 处句子被换行断开，已接上，请核对。")
SHOWN = 5


def register(actor: Actor, today: date) -> list[reader.KnownOrganisation]:
    """The units that a plan of the county may name: its own, the universities, the offices above it."""
    rows = [*orgs.open_units(actor.home, today), *orgs.universities_by_id().values(), *orgs.superiors()]
    return [reader.KnownOrganisation(str(one.pk), one.name, (one.short_name, *one.aliases)) for one in rows]


def kept(remark: Remark | reader.Caution) -> dict[str, Any]:
    """What is doubtful, as a sentence and its values, for whoever opens the draft in whichever language."""
    return {"sentence": remark.sentence, "values": remark.values}


def keep_clauses(plan: Plan, reading: reader.Reading, text: str) -> list[Clause]:
    """The clauses of the reading as rows, each below its parent."""
    named: dict[int, list[str]] = {}
    for mention in reading.organisations:
        if mention.clause is not None and mention.kind == reader.MentionKind.NAME:
            named.setdefault(mention.clause, [])
            if mention.name not in named[mention.clause]:
                named[mention.clause].append(mention.name)
    own = own_spans(reading.clauses)
    rows: list[Clause] = []
    for order, clause in enumerate(reading.clauses):
        rows.append(
            Clause.objects.create(
                county_id=plan.county_id,
                plan=plan,
                parent=rows[clause.parent] if clause.parent is not None else None,
                number=clause.number,
                label=clause.label[:20],
                heading=clause.heading[:300],
                text=body_of(clause, own[order], text),
                kind=clause.kind.value,
                level=clause.level,
                order=order,
                start=clause.start,
                end=clause.end,
                named=named.get(order, []),
            )
        )
    return rows


def body_of(clause: reader.Clause, own: Sequence[reader.Span], text: str) -> str:
    """The words of a clause that stand behind its number and heading and belong to no clause below it."""
    words = "".join(text[max(span.start, clause.body) : span.end] for span in own if span.end > clause.body)
    return words.strip().removeprefix(clause.heading).lstrip("。.：: \n").strip()


def keep_phases(plan: Plan, reading: reader.Reading) -> None:
    """The phases whose dates the text gives; one without dates is left to the office."""
    Phase.objects.bulk_create(
        Phase(
            county_id=plan.county_id,
            plan=plan,
            name=phase.name[:60],
            starts_on=phase.starts_on,
            ends_on=phase.ends_on,
            order=order,
        )
        for order, phase in enumerate(reading.phases)
        if phase.starts_on and phase.ends_on
    )


def keep_objectives(plan: Plan, reading: reader.Reading, clauses: Sequence[Clause]) -> None:
    """What the plan wants to reach; a figure only where the text gives one that can be reached."""
    rows = []
    for order, goal in enumerate(reading.objectives):
        figure = goal.target
        rows.append(
            Objective(
                county_id=plan.county_id,
                plan=plan,
                clause=clauses[goal.clause],
                order=order,
                title=goal.title[:200],
                comparison=COMPARED.get(figure.comparison, "") if figure else "",
                target=figure.value if figure else None,
                unit=figure.unit[:20] if figure else "",
                due_on=goal.due_on,
                start=goal.span.start,
                end=goal.span.end,
            )
        )
    Objective.objects.bulk_create(rows, batch_size=500)


COMPARED = {
    reader.Comparison.EXACT: Objective.Comparison.EXACT,
    reader.Comparison.AT_LEAST: Objective.Comparison.AT_LEAST,
    reader.Comparison.AT_MOST: Objective.Comparison.AT_MOST,
    reader.Comparison.UP_BY: Objective.Comparison.UP_BY,
}


def keep_sentences(plan: Plan, clauses: Sequence[Clause], frame: reader.Frame) -> list[Sentence]:
    """Every sentence of the text as a row, in its clause."""
    places = [Place(one.start, one.end, one.label, one.heading) for one in clauses]
    parts = sentences_of(plan.source_text, places, [(each.span.start, each.span.end) for each in frame.parts])
    rows = [
        Sentence(
            county_id=plan.county_id,
            plan=plan,
            clause=clauses[part.clause] if part.clause is not None else None,
            start=part.start,
            end=part.end,
            is_heading=part.is_heading,
        )
        for part in parts
    ]
    return Sentence.objects.bulk_create(rows, batch_size=500)


def keep_findings(
    plan: Plan, reading: reader.Reading, proposals: Sequence[reader.Proposal], clauses: Sequence[Clause]
) -> None:
    """What was found, as rows that somebody takes or leaves. The same stretch is kept once for each kind."""
    parts = {mention.span: Finding.Part.SUPPORT for one in proposals for mention in one.support}
    parts |= {mention.span: Finding.Part.LEAD for one in proposals for mention in one.leads}
    rows: dict[tuple[str, int, int], Finding] = {}
    for found in noticed(reading):
        span = found.span
        rows.setdefault(
            (found.kind, span.start, span.end),
            Finding(
                county_id=plan.county_id,
                plan=plan,
                clause=clauses[found.clause] if found.clause is not None else None,
                kind=found.kind,
                start=span.start,
                end=span.end,
                text=span.of(plan.source_text)[:300],
                meaning=found.meaning[:300],
                organisation_id=found.organisation,
                part=parts.get(span, "") if found.kind == Finding.Kind.ORGANISATION else "",
            ),
        )
    Finding.objects.bulk_create(rows.values(), batch_size=500)


def keep_tasks(
    plan: Plan, found: Sequence[reader.Proposal], clauses: Sequence[Clause], sentences: Sequence[Sentence]
) -> None:
    """The first tasks: every proposal that is not divided further. What the text does not give stays empty."""
    divided = {one.parent for one in found}
    numbers: dict[str, int] = {}
    for index, proposal in enumerate(found):
        if index in divided:
            continue
        section = proposal.number.partition("·")[0]
        numbers[section] = numbers.get(section, 0) + 1
        task = Task.objects.create(
            county_id=plan.county_id,
            plan=plan,
            clause=clauses[proposal.clause] if proposal.clause is not None else None,
            number=f"{section}-{numbers[section]}",
            title=title_of(proposal, found)[:200],
            lead_unit_id=single_key(proposal.leads),
            due_on=proposal.due_on,
            rhythm=(proposal.rhythm or "")[:20],
            deliverable=(proposal.deliverable or "")[:200],
            for_everyone=proposal.for_everyone,
        )
        TaskSupport.objects.bulk_create(
            TaskSupport(county_id=plan.county_id, task=task, unit_id=key)
            for key in sorted({int(mention.key) for mention in proposal.support if mention.key})
        )
        TaskSource.objects.bulk_create(
            TaskSource(county_id=plan.county_id, task=task, sentence=one)
            for one in sources_of(proposal, task.clause, sentences)
        )


def sources_of(proposal: reader.Proposal, clause: Clause | None, sentences: Sequence[Sentence]) -> list[Sentence]:
    """A whole clause comes from all of its own sentences, a part of one from those that hold its words."""
    if clause is not None and proposal.origin in (reader.Origin.SECTION, reader.Origin.ITEM):
        return [one for one in sentences if one.clause_id == clause.pk]
    return [one for one in sentences if one.start < proposal.span.end and proposal.span.start < one.end]


def title_of(proposal: reader.Proposal, found: Sequence[reader.Proposal]) -> str:
    """An item of a series reads with the heading that it belongs to."""
    if proposal.origin == reader.Origin.SERIES and proposal.parent is not None:
        return f"{found[proposal.parent].title}：{proposal.title}"
    if proposal.origin == reader.Origin.DOCUMENT:
        return f"制定{proposal.title}"
    return proposal.title


def single_key(mentions: Sequence[reader.Mention]) -> int | None:
    """The registered organisation that the text makes responsible, if it names exactly one."""
    keys = {mention.key for mention in mentions if mention.key}
    return int(keys.pop()) if len(keys) == 1 else None
