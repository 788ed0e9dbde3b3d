"""会议议定: what a meeting decided becomes a task of the plan in force, or is noted on one that is there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.actions.changing import issue_one
from xietong.areas.plans.actions.course import WrongState, advance, step
from xietong.areas.plans.models import Clause, Plan, Task
from xietong.areas.plans.rules.states import Deed
from xietong.kit.accounts.actor import Actor
from xietong.kit.records.writing import locked


def add_decided(
    actor: Actor,
    plan: Plan,
    *,
    title: str,
    lead_unit: Organisation,
    due_on: date,
    words: str,
    clause: Clause | None = None,
    owner: Person | None = None,
    now: datetime,
) -> Task:
    """This function will make a task of what a meeting decided and issue it at once.

    Raises
        WrongState: the plan is not in force.
    """
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.ISSUED:
            raise WrongState(_("只有正在执行的方案可以把议定事项立为任务。"))
        task = issue_one(
            actor,
            plan,
            origin=Task.Origin.DECISION,
            note="",
            now=now,
            title=title.strip()[:200],
            lead_unit=lead_unit,
            due_on=due_on,
            clause=clause,
            owner=owner,
        )
        step(actor, task, Deed.DECIDE, now=now, note=words.strip()).save()
    return task


def note_decided(actor: Actor, task: Task, *, words: str, now: datetime) -> Task:
    """This function will note in the course of a task what a meeting decided about it.

    Raises
        WrongState: the task has ended.
    """
    with transaction.atomic():
        return advance(actor, locked(task), Deed.DECIDE, now=now, note=words.strip())
