"""Correcting a draft before it is issued."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.models import Phase, Plan, Task, TaskSupport
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
    actor: Actor, plan: Plan, *, supports: Sequence[Organisation] = (), now: datetime, **fields: Any
) -> Task:
    """This function will add a task to a draft plan.

    Raises
        WrongState: the plan has been issued.
        Refused: the number is taken, or it would be due before it starts.
    """
    with transaction.atomic():
        hold_draft(plan)
        task = Task(county_id=plan.county_id, plan=plan, **fields)
        task = add(actor, task, action="plans.add_task", now=now)
        set_supports(task, supports)
    return task


def change_task(
    actor: Actor,
    task: Task,
    *,
    version: int,
    supports: Sequence[Organisation] = (),
    now: datetime,
    **fields: Any,
) -> Task:
    """This function will correct a task before it is issued.

    Raises
        WrongState: the plan has been issued.
        Stale: somebody changed it meanwhile.
        Refused: the number is taken, or it would be due before it starts.
    """
    with transaction.atomic():
        hold_draft(task.plan)
        task = change(actor, task, action="plans.change_task", now=now, version=version, **fields)
        set_supports(task, supports)
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


def hold_draft(plan: Plan) -> None:
    """Keeps a plan from being issued until the transaction ends, so that nothing issued is corrected by this door."""
    if locked(plan).state != Plan.State.DRAFT:
        raise WrongState(_("方案已经下达，修改须走变更程序。"))
