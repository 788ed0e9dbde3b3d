"""Reading a plan from a file into a draft."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xietong.areas.orgs import queries as orgs
from xietong.areas.plans.actions.noticing import noticed
from xietong.areas.plans.models import Clause, Finding, Phase, Plan, Sentence, Task, TaskSource, TaskSupport
from xietong.areas.plans.rules import reader
from xietong.areas.plans.rules.reader.outline import body_start, own_spans
from xietong.areas.plans.rules.sentences import Place
from xietong.areas.plans.rules.sentences import sentences as sentences_of
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.records.writing import add
from xietong.kit.text.document import Remark
from xietong.kit.text.reading import read_safely


def import_plan(actor: Actor, *, data: bytes, name: str, replaces: Plan | None = None, now: datetime) -> Plan:
    """This function will read an action plan from a file and keep it as a draft with what was found in it.

    `replaces` is the plan in force that this is a later version of; it is closed when this one is issued.

    Raises
        Refused: the file cannot be read; says what to do. Nothing was written.
    """
    document = read_safely(data, name=name)
    text = document.text
    reading = reader.read(text.split("\n"), register=register(actor, day_of(now)))
    with transaction.atomic():
        plan = Plan(
            county_id=actor.home,
            title=(reading.title.words or name)[:200],
            source_name=name[:200],
            source_text=text,
            warnings=[*map(kept, document.remarks), *map(kept, reading.warnings)],
            read_at=now,
            replaces=replaces,
        )
        add(actor, plan, action="plans.import_plan", now=now)
        clauses = keep_clauses(plan, reading, text)
        keep_phases(plan, reading)
        sentences = keep_sentences(plan, clauses)
        found = reader.proposals(reading)
        keep_findings(plan, reading, found, clauses)
        keep_tasks(plan, found, clauses, sentences)
    return plan


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
                text=body_of(reading, text, order),
                kind=clause.kind.value,
                level=clause.level,
                order=order,
                start=clause.start,
                end=clause.end,
                named=named.get(order, []),
            )
        )
    return rows


def body_of(reading: reader.Reading, text: str, index: int) -> str:
    """The words of a clause that stand behind its number and heading and belong to no clause below it."""
    clause = reading.clauses[index]
    begin = body_start(text, clause)
    own = own_spans(reading.clauses, index)
    words = "".join(text[max(span.start, begin) : span.end] for span in own if span.end > begin)
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


def keep_sentences(plan: Plan, clauses: Sequence[Clause]) -> list[Sentence]:
    """Every sentence of the text as a row, in its clause."""
    parts = sentences_of(plan.source_text, [Place(one.start, one.end, one.label, one.heading) for one in clauses])
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
            clause=clauses[proposal.clause],
            number=f"{section}-{numbers[section]}",
            title=title_of(proposal, found)[:200],
            lead_unit_id=single_key(proposal.leads),
            due_on=proposal.due_on,
            rhythm=(proposal.rhythm or "")[:20],
        )
        TaskSupport.objects.bulk_create(
            TaskSupport(county_id=plan.county_id, task=task, unit_id=key)
            for key in sorted({int(mention.key) for mention in proposal.support if mention.key})
        )
        TaskSource.objects.bulk_create(
            TaskSource(county_id=plan.county_id, task=task, sentence=one)
            for one in sources_of(proposal, clauses[proposal.clause], sentences)
        )


def sources_of(proposal: reader.Proposal, clause: Clause, sentences: Sequence[Sentence]) -> list[Sentence]:
    """A whole clause comes from all of its own sentences, a part of one from those that hold its words."""
    if proposal.origin in (reader.Origin.SECTION, reader.Origin.ITEM):
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
