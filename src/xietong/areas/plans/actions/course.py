"""One step of a task: state, step and stored totals move together."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xietong.areas.plans.actions.standing import refresh_standing
from xietong.areas.plans.models import Report, Step, Task
from xietong.areas.plans.rules.states import Deed, TaskState, following
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change


class WrongState(Refused):
    """The task has moved on since the page was opened."""


def moved_on(task: Task) -> WrongState:
    return WrongState(_("任务的状态已经变化（%(state)s），请刷新后再看。") % {"state": task.get_state_display()})


def advance(
    actor: Actor,
    task: Task,
    deed: Deed,
    *,
    now: datetime,
    note: str = "",
    report: Report | None = None,
    **values: Any,
) -> Task:
    """Moves a task along its course, notes the step, and keeps the stored totals in the same transaction."""
    state = following(TaskState(task.state), deed)
    if state is None:
        raise moved_on(task)
    before = task.state
    task = change(
        actor,
        task,
        action=f"plans.{deed.value}",
        now=now,
        reason=note,
        state=state.value,
        moved_at=now,
        **values,
    )
    step(actor, task, deed, now=now, note=note, report=report).save()
    if before != task.state:
        refresh_standing(actor, task.plan, now=now)
    return task


def step(
    actor: Actor, task: Task, deed: Deed, *, now: datetime, note: str = "", report: Report | None = None
) -> Step:
    return Step(
        county_id=task.county_id,
        task=task,
        report=report,
        at=now,
        action=deed.value,
        who=actor.acting_name[:120],
        org_name=actor.org_name[:120],
        note=note[:500],
    )
