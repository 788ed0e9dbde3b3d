"""The end of a plan, and what goes on from it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.plans.actions.course import WrongState, step
from xietong.areas.plans.models import (
    Clause,
    Objective,
    Phase,
    Plan,
    Report,
    Sentence,
    Step,
    Task,
    TaskSource,
    TaskSupport,
)
from xietong.areas.plans.rules.states import UNFINISHED, Deed, ReportState, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked


class StillOpen(Refused):
    """Tasks are not done and nobody has said what becomes of them."""


def close_plan(actor: Actor, plan: Plan, *, note: str, now: datetime) -> Plan:
    """This function will close and archive a finished plan: it can be read, and asks nobody for anything any more.

    Raises
        WrongState: it is not in force.
        StillOpen: tasks are open and there is no word on them, or reports still wait for a verdict.
    """
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.ISSUED:
            raise WrongState(_("只有正在执行的方案可以归档。"))
        left = plan.tasks.filter(state__in=sorted(UNFINISHED)).count()
        if left and not note.strip():
            raise StillOpen(_("还有 %(n)d 项任务没有办结，请说明如何处理。") % {"n": left})
        return put_away(actor, plan, note=note.strip(), now=now)


def put_away(actor: Actor, plan: Plan, *, note: str, now: datetime) -> Plan:
    """Closes a plan with what is still open of it.

    Raises
        StillOpen: reports still wait for a verdict.
    """
    waiting = Report.objects.filter(task__plan=plan, state=ReportState.SUBMITTED.value).count()
    if waiting:
        raise StillOpen(_("还有 %(n)d 次填报没有审核，请先审核。") % {"n": waiting})
    left = list(plan.tasks.filter(state__in=sorted(UNFINISHED)))
    plan.tasks.filter(state__in=sorted(UNFINISHED)).update(state=TaskState.CLOSED.value, moved_at=now)
    Step.objects.bulk_create([step(actor, task, Deed.CLOSE, now=now, note=note) for task in left])
    return change(
        actor,
        plan,
        action="plans.close_plan",
        now=now,
        state=Plan.State.CLOSED,
        closed_on=day_of(now),
        closing_note=note,
    )


def start_next_plan(actor: Actor, plan: Plan, *, title: str, now: datetime) -> Plan:
    """This function will start a draft as a copy of a closed plan, with those of its tasks that are still open.

    Raises
        WrongState: the plan is not closed.
    """
    if plan.state != Plan.State.CLOSED:
        raise WrongState(_("方案归档后才能据此起草下一个方案。"))
    with transaction.atomic():
        copy = Plan(
            county_id=plan.county_id,
            title=title,
            source_name=plan.source_name,
            source_text=plan.source_text,
            read_at=now,
            follows=plan,
        )
        add(actor, copy, action="plans.start_next_plan", now=now)
        clauses = copy_clauses(plan, copy)
        sentences = copy_sentences(plan, copy, clauses)
        Phase.objects.bulk_create(
            Phase(
                county_id=copy.county_id,
                plan=copy,
                name=one.name,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                order=one.order,
            )
            for one in plan.phases.order_by("order")
        )
        Objective.objects.bulk_create(
            Objective(
                county_id=copy.county_id,
                plan=copy,
                clause=clauses.get(one.clause_id or 0),
                order=one.order,
                title=one.title,
                comparison=one.comparison,
                target=one.target,
                unit=one.unit,
                due_on=one.due_on,
                start=one.start,
                end=one.end,
            )
            for one in plan.objectives.order_by("order")
        )
        for task in plan.tasks.filter(state=TaskState.CLOSED.value).order_by("pk"):
            copy_task(task, copy, clauses, sentences)
    return copy


def copy_clauses(plan: Plan, copy: Plan) -> dict[int, Clause]:
    """Clause of the old plan → its copy."""
    found: dict[int, Clause] = {}
    for one in plan.clauses.order_by("order"):
        found[one.pk] = Clause.objects.create(
            county_id=copy.county_id,
            plan=copy,
            parent=found.get(one.parent_id or 0),
            number=one.number,
            label=one.label,
            heading=one.heading,
            text=one.text,
            kind=one.kind,
            level=one.level,
            order=one.order,
            start=one.start,
            end=one.end,
            named=one.named,
        )
    return found


def copy_sentences(plan: Plan, copy: Plan, clauses: dict[int, Clause]) -> dict[int, Sentence]:
    """Sentence of the old plan → its copy, with what somebody said of it."""
    old = list(plan.sentences.order_by("start"))
    new = [
        Sentence(
            county_id=copy.county_id,
            plan=copy,
            clause=clauses.get(one.clause_id or 0),
            start=one.start,
            end=one.end,
            is_heading=one.is_heading,
            context_by=one.context_by,
            context_at=one.context_at,
            context_reason=one.context_reason,
        )
        for one in old
    ]
    Sentence.objects.bulk_create(new, batch_size=500)
    return {one.pk: made for one, made in zip(old, new, strict=True)}


def copy_task(task: Task, copy: Plan, clauses: dict[int, Clause], sentences: dict[int, Sentence]) -> Task:
    """The task as a draft of the new plan; its day has to be set anew if it has passed."""
    made = Task.objects.create(
        county_id=copy.county_id,
        plan=copy,
        clause=clauses.get(task.clause_id or 0),
        number=task.number,
        title=task.title,
        lead_unit=task.lead_unit,
        owner=task.owner,
        due_on=None,
        rhythm=task.rhythm,
        deliverable=task.deliverable,
        for_everyone=task.for_everyone,
        carried_from=task,
    )
    TaskSupport.objects.bulk_create(
        TaskSupport(county_id=copy.county_id, task=made, unit_id=one.unit_id) for one in task.supports.all()
    )
    TaskSource.objects.bulk_create(
        TaskSource(county_id=copy.county_id, task=made, sentence=sentences[one.sentence_id])
        for one in task.sources.all()
    )
    return made
