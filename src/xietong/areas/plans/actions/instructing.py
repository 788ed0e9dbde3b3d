"""批示: the office enters what a leader wrote or said, about a task or as the origin of one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.orgs.models import Organisation
from xietong.areas.people import queries as people
from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import WrongState, advance, step
from xietong.areas.plans.actions.issuing import baseline, tell_lead_units
from xietong.areas.plans.actions.standing import refresh_standing
from xietong.areas.plans.actions.work import tell
from xietong.areas.plans.models import Instruction, Plan, Task
from xietong.areas.plans.rules.states import Deed, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import add, locked


class BadInstruction(Refused):
    """An instruction was not written before today, says nothing, or asks for something by a day that is over."""


def enter_instruction(
    actor: Actor,
    task: Task,
    *,
    leader: str,
    on: date,
    text: str,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
) -> Instruction:
    """This function will enter what a leader wrote about a task, with the scan if given, and tell the unit.

    Raises
        BadInstruction: no leader, no text, or a day that is to come.
        WrongState: the task has ended.
    """
    must_be_possible(leader, text, on, now)
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        task = advance(actor, locked(task), Deed.INSTRUCT, now=now, note=said(leader, text))
        row = keep(actor, task, leader=leader, on=on, text=text, uploads=uploads, now=now)
        accounts = people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now))
        tell(actor, task, accounts, gettext_noop("领导对任务作了批示"), kind="plans.instruct", now=now)
    return row


def add_instructed(
    actor: Actor,
    plan: Plan,
    *,
    leader: str,
    on: date,
    text: str,
    title: str,
    lead_unit: Organisation,
    due_on: date,
    deliverable: str = "",
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
) -> Task:
    """This function will make a task of a leader's instruction and issue it at once, under a number of its own.

    Raises
        BadInstruction: no leader, no text, no title, a day of writing that is to come, or a due day that is over.
        WrongState: the plan is not in force.
    """
    must_be_possible(leader, text, on, now)
    if not title.strip():
        raise BadInstruction(_("请写明任务名称。"))
    if due_on < day_of(now):
        raise BadInstruction(_("完成期限不能早于今天。"))
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.ISSUED:
            raise WrongState(_("只有正在执行的方案可以加批示任务。"))
        task = Task(
            county_id=plan.county_id,
            plan=plan,
            number=queries.next_instructed(plan),
            title=title.strip(),
            state=TaskState.ISSUED.value,
            origin=Task.Origin.INSTRUCTION,
            lead_unit=lead_unit,
            due_on=due_on,
            deliverable=deliverable.strip(),
            issued_at=now,
            moved_at=now,
        )
        add(actor, task, action="plans.add_instructed", now=now)
        baseline(task, now).save()
        step(actor, task, Deed.ISSUE, now=now).save()
        step(actor, task, Deed.INSTRUCT, now=now, note=said(leader, text)).save()
        keep(actor, task, leader=leader, on=on, text=text, uploads=uploads, now=now)
        tell_lead_units(actor, [task], now=now)
        refresh_standing(actor, plan, now=now)
    return task


def keep(
    actor: Actor, task: Task, *, leader: str, on: date, text: str, uploads: Sequence[str], now: datetime
) -> Instruction:
    row = Instruction(
        county_id=task.county_id,
        plan_id=task.plan_id,
        task=task,
        leader=leader.strip(),
        on=on,
        text=text.strip(),
        entered_by=actor.acting_name[:120],
        entered_at=now,
    )
    add(actor, row, action="plans.enter_instruction", now=now)
    attach(
        actor,
        owner_type=queries.INSTRUCTION_OWNER,
        owner_id=row.pk,
        county_id=task.county_id,
        uploads=uploads,
        now=now,
    )
    return row


def must_be_possible(leader: str, text: str, on: date, now: datetime) -> None:
    if not leader.strip() or not text.strip():
        raise BadInstruction(_("请写明批示领导和批示内容。"))
    if on > day_of(now):
        raise BadInstruction(_("批示日期还没有到，请核对。"))


def said(leader: str, text: str) -> str:
    return f"{leader.strip()}：{text.strip()}"
