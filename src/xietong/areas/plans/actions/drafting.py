"""Correcting a draft before it is issued."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.access import not_draft
from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.actions.parts import set_needs
from xietong.areas.plans.models import Phase, Plan, Sentence, Task, TaskSource, TaskSupport
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.records.writing import add, change, locked


def change_plan(actor: Actor, plan: Plan, *, version: int, now: datetime, **fields: Any) -> Plan:
    """This function will correct title and document number of a draft.

    Raises
        WrongState: the plan has been issued.
        Stale: somebody changed it meanwhile.
    """
    with transaction.atomic():
        hold_draft(plan)
        return change(actor, plan, action="plans.change_plan", now=now, version=version, **fields)


def change_phase(actor: Actor, phase: Phase, *, version: int, now: datetime, **fields: Any) -> Phase:
    """This function will correct what was read of a phase.

    Raises
        WrongState: the plan has been issued.
        Stale: somebody changed it meanwhile.
        Refused: it would end before it starts.
    """
    with transaction.atomic():
        hold_draft(phase.plan)
        return change(actor, phase, action="plans.change_phase", now=now, version=version, **fields)


def add_task(
    actor: Actor,
    plan: Plan,
    *,
    supports: Sequence[Organisation] = (),
    needs: Sequence[Task] = (),
    sentences: Sequence[Sentence] = (),
    now: datetime,
    **fields: Any,
) -> Task:
    """This function will add a task to a draft plan, with the sentences of the text that it comes from if any.

    Raises
        WrongState: the plan has been issued.
        Circular: it would wait for itself.
        Refused: the number is taken, or it would be due before it starts.
    """
    with transaction.atomic():
        hold_draft(plan)
        clause = sentences[0].clause if sentences else None
        task = Task(county_id=plan.county_id, plan=plan, clause=clause, **fields)
        task = add(actor, task, action="plans.add_task", now=now)
        set_supports(task, supports)
        set_needs(task, needs)
        TaskSource.objects.bulk_create(
            TaskSource(county_id=plan.county_id, task=task, sentence=one) for one in sentences
        )
    return task


def change_task(
    actor: Actor,
    task: Task,
    *,
    version: int,
    supports: Sequence[Organisation] = (),
    needs: Sequence[Task] = (),
    now: datetime,
    **fields: Any,
) -> Task:
    """This function will correct a task before it is issued.

    Raises
        WrongState: the plan has been issued.
        Stale: somebody changed it meanwhile.
        Circular: it would wait for itself, by way of sub-tasks or of what they need.
        Refused: the number is taken, or it would be due before it starts.
    """
    with transaction.atomic():
        hold_draft(task.plan)
        task = change(actor, task, action="plans.change_task", now=now, version=version, **fields)
        set_supports(task, supports)
        set_needs(task, needs)
    return task


def set_supports(task: Task, supports: Sequence[Organisation]) -> None:
    task.supports.exclude(unit__in=supports).delete()
    held = set(task.supports.values_list("unit_id", flat=True))
    TaskSupport.objects.bulk_create(
        TaskSupport(county_id=task.county_id, task=task, unit=unit) for unit in supports if unit.pk not in held
    )


def drop_task(actor: Actor, task: Task, *, now: datetime) -> None:
    """This function will take a proposal that is no task out of a draft.

    Raises
        WrongState: the plan has been issued.
    """
    with transaction.atomic():
        hold_draft(task.plan)
        record(actor, "plans.drop_task", task, now=now)
        task.delete()


def drop_tasks(actor: Actor, plan: Plan, tasks: Iterable[Task], *, now: datetime) -> int:
    """This function will take several tasks out of a draft; returns how many.

    Raises
        WrongState: the plan has been issued.
    """
    with transaction.atomic():
        hold_draft(plan)
        rows = list(tasks)
        for task in rows:
            record(actor, "plans.drop_task", task, now=now)
        plan.tasks.filter(pk__in=[task.pk for task in rows]).delete()
    return len(rows)


def assign_tasks(
    actor: Actor,
    plan: Plan,
    tasks: Iterable[Task],
    *,
    lead_unit: Organisation | None = None,
    supports: Sequence[Organisation] = (),
    due_on: date | None = None,
    now: datetime,
) -> int:
    """This function will give many tasks of a draft one lead unit, further supporting units or a due day.

    What is not given stays as it is. Returns how many tasks.

    Raises
        WrongState: the plan has been issued.
        Refused: a task would be due before it starts; nothing is changed.
    """
    given: dict[str, Any] = {"lead_unit": lead_unit, "due_on": due_on}
    values = {name: value for name, value in given.items() if value is not None}
    with transaction.atomic():
        hold_draft(plan)
        rows = list(tasks)
        for task in rows:
            if values:
                change(actor, task, action="plans.assign_task", now=now, **values)
            TaskSupport.objects.bulk_create(
                [TaskSupport(county_id=task.county_id, task=task, unit=unit) for unit in supports],
                ignore_conflicts=True,
            )
    return len(rows)


def hold_draft(plan: Plan) -> None:
    """Keeps a plan from being issued until the transaction ends, so that nothing issued is corrected by this door."""
    reason = not_draft(locked(plan))
    if reason:
        raise WrongState(reason)
