"""Reading a plan from a file into a draft."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from xietong.areas.orgs import queries as orgs
from xietong.areas.plans.models import Clause, Phase, Plan, Task, TaskSupport
from xietong.areas.plans.rules import reader
from xietong.areas.plans.rules.reader.outline import body_start, own_spans
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.records.writing import add
from xietong.kit.text.document import Remark
from xietong.kit.text.reading import read_safely


def import_plan(actor: Actor, *, data: bytes, name: str, now: datetime) -> Plan:
    """This function will read an action plan from a file and keep it as a draft with clauses, phases and tasks.

    Raises
        Refused: the file cannot be read; says what to do. Nothing was written.
    """
    document = read_safely(data, name=name)
    text = document.text
    known = [
        reader.KnownOrganisation(str(one.pk), one.name, (one.short_name, *one.aliases))
        for one in orgs.open_units(actor.home, day_of(now))
    ]
    known += [
        reader.KnownOrganisation(str(one.pk), one.name, (one.short_name, *one.aliases))
        for one in orgs.universities_by_id().values()
    ]
    reading = reader.read(text.split("\n"), register=known)
    with transaction.atomic():
        plan = Plan(
            county_id=actor.home,
            title=(reading.title.words or name)[:200],
            source_name=name[:200],
            source_text=text,
            warnings=[*map(kept, document.remarks), *map(kept, reading.warnings)],
            read_at=now,
        )
        add(actor, plan, action="plans.import_plan", now=now)
        clauses = keep_clauses(plan, reading, text)
        keep_phases(plan, reading)
        keep_proposals(plan, reading, clauses)
    return plan


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


def keep_proposals(plan: Plan, reading: reader.Reading, clauses: list[Clause]) -> None:
    """The first tasks: every proposal that is not divided further. What the text does not give stays empty."""
    found = reader.proposals(reading)
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
            TaskSupport(county_id=plan.county_id, task=task, unit_id=int(mention.key))
            for mention in proposal.support
            if mention.key
        )


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
