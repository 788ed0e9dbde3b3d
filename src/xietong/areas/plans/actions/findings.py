"""What was read in the text: taken, changed, left out, or marked by hand."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import queries
from xietong.areas.plans.actions.drafting import hold_draft
from xietong.areas.plans.actions.outlining import Holder
from xietong.areas.plans.models import Finding, Plan, Task, TaskSupport
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change

LONGEST = 300


class BadPlace(Refused):
    """The stretch that was marked is empty, too long, or outside of the text."""


def decide_findings(actor: Actor, plan: Plan, findings: Iterable[int], *, state: str, now: datetime) -> int:
    """This function will accept or reject findings of a draft, one or many; returns how many changed.

    Raises
        WrongState: the plan is not a draft any more.
    """
    with transaction.atomic():
        hold_draft(plan)
        rows = list(plan.findings.filter(pk__in=findings).exclude(state=state))
        for row in rows:
            row.state = state
            row.version += 1
        Finding.objects.bulk_update(rows, ["state", "version"], batch_size=200)
        record(
            actor, "plans.decide_findings", plan, now=now, changes={state: (None, [str(row) for row in rows][:50])}
        )
    return len(rows)


def change_finding(
    actor: Actor,
    finding: Finding,
    *,
    version: int,
    kind: str,
    meaning: str = "",
    organisation: Organisation | None = None,
    now: datetime,
) -> Finding:
    """This function will say what a stretch of the text means; it counts as accepted.

    Raises
        WrongState: the plan is not a draft any more.
        Stale: somebody changed it meanwhile.
    """
    with transaction.atomic():
        hold_draft(finding.plan)
        finding = change(
            actor,
            finding,
            action="plans.change_finding",
            now=now,
            version=version,
            kind=kind,
            meaning=meaning,
            organisation=organisation,
            state=Finding.State.ACCEPTED,
        )
        if organisation is not None:
            give_to_tasks(actor, finding, organisation, now=now)
    return finding


def name_unit(actor: Actor, plan: Plan, *, words: str, organisation: Organisation, now: datetime) -> int:
    """This function will say which unit a name in the text means, everywhere it stands; returns how often.

    Raises
        WrongState: the plan is not a draft any more.
    """
    with transaction.atomic():
        hold_draft(plan)
        rows = list(plan.findings.filter(kind=Finding.Kind.ORGANISATION, text=words, organisation=None))
        for row in rows:
            row.organisation, row.state, row.version = organisation, Finding.State.ACCEPTED, row.version + 1
            row.meaning = organisation.name
        Finding.objects.bulk_update(rows, ["organisation", "state", "meaning", "version"], batch_size=200)
        record(actor, "plans.name_unit", plan, now=now, changes={words: (None, organisation)})
        for row in rows:
            give_to_tasks(actor, row, organisation, now=now)
    return len(rows)


def give_to_tasks(actor: Actor, finding: Finding, organisation: Organisation, *, now: datetime) -> None:
    """Tasks from the sentence in which the text makes this unit lead, or support, get it where they have none."""
    tasks = Task.objects.filter(
        plan=finding.plan, sentences__start__lte=finding.start, sentences__end__gte=finding.end
    ).distinct()
    if finding.part == Finding.Part.LEAD:
        for task in tasks.filter(lead_unit=None):
            change(actor, task, action="plans.change_task", now=now, lead_unit=organisation)
    if finding.part == Finding.Part.SUPPORT:
        TaskSupport.objects.bulk_create(
            [TaskSupport(county_id=task.county_id, task=task, unit=organisation) for task in tasks],
            ignore_conflicts=True,
        )


def mark_text(
    actor: Actor,
    plan: Plan,
    *,
    start: int,
    end: int,
    kind: str,
    meaning: str = "",
    organisation: Organisation | None = None,
    now: datetime,
) -> Finding:
    """This function will mark a stretch of a draft's text by hand.

    Raises
        BadPlace: nothing is marked there, or too much.
        WrongState: the plan is not a draft any more.
        Refused: the same stretch is marked as the same already.
    """
    words = plan.source_text[start:end] if start >= 0 else ""
    if not words.strip() or len(words) > LONGEST:
        raise BadPlace(_("请选中一段文字，最多%(n)d字。") % {"n": LONGEST})
    with transaction.atomic():
        hold_draft(plan)
        row = Finding(
            county_id=plan.county_id,
            plan=plan,
            clause=Holder(queries.clauses_of(plan)).at(start),
            kind=kind,
            start=start,
            end=end,
            text=words,
            meaning=meaning,
            organisation=organisation,
            state=Finding.State.ACCEPTED,
            by_hand=True,
        )
        return add(actor, row, action="plans.mark_text", now=now)
