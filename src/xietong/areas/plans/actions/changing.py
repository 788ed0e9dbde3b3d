"""变更: what is to become different in an issued plan is proposed with a reason, approved, made, and stays to see."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.orgs.models import Organisation
from xietong.areas.people import queries as people
from xietong.areas.plans import queries
from xietong.areas.plans.access import CHANGE_FORM
from xietong.areas.plans.actions.course import WrongState, advance, moved_on, step
from xietong.areas.plans.actions.issuing import baseline, tell_lead_units
from xietong.areas.plans.actions.moving import must_not_wait
from xietong.areas.plans.actions.parts import OutsideTask, keep_parent, make_occurrences, must_recur
from xietong.areas.plans.actions.standing import refresh_standing
from xietong.areas.plans.actions.work import ReasonMissing, tell
from xietong.areas.plans.models import Change, Plan, Task
from xietong.areas.plans.rules.changing import Amended, amendments, kept, value_of
from xietong.areas.plans.rules.states import WITH_THE_UNIT, ChangeState, Deed, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.actions import start
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, checked, locked

OUTCOMES = {
    "agreed": ChangeState.MADE,
    "sent_back": ChangeState.REFUSED,
    "withdrawn": ChangeState.WITHDRAWN,
}


class NothingChanged(Refused):
    """The proposal says what the task says already."""


class ChangedSince(Refused):
    """The task was changed in another way after the proposal; what was approved is not what would be made."""


def propose_amendment(actor: Actor, task: Task, *, reason: str, now: datetime, **fields: Any) -> Change:
    """This function will propose to change an issued task, and send the proposal on its route.

    Raises
        NothingChanged: no field would differ.
        ReasonMissing: no reason.
        WrongState: the task is over.
        Refused: an earlier proposal waits, or a step of the route has nobody who could answer it.
    """
    found = amendments(queries.values_of(task), fields)
    if not found:
        raise NothingChanged(_("没有要变更的内容。"))
    values = {one.field: one.stored for one in found}
    with transaction.atomic():
        made_by(locked(task), found)  # what could not be made is not asked about
        task = advance(actor, locked(task), Deed.PROPOSE, now=now, note=reason)
        return propose(actor, task.plan, task=task, kind=Change.Kind.AMEND, values=values, reason=reason, now=now)


def propose_cancelling(actor: Actor, task: Task, *, reason: str, now: datetime) -> Change:
    """This function will propose to cancel a task.

    Raises
        ReasonMissing: no reason.
        WrongState: a report waits, or the task is over.
    """
    with transaction.atomic():
        task = locked(task)
        must_not_wait(task)
        task = advance(actor, task, Deed.PROPOSE, now=now, note=reason)
        return propose(actor, task.plan, task=task, kind=Change.Kind.CANCEL, values={}, reason=reason, now=now)


def propose_task(actor: Actor, plan: Plan, *, reason: str, now: datetime, **fields: Any) -> Change:
    """This function will propose one more task for a plan in force.

    Raises
        ReasonMissing: no reason.
        WrongState: the plan is not in force.
    """
    if plan.state != Plan.State.ISSUED:
        raise WrongState(_("只有正在执行的方案可以变更。"))
    found = amendments(dict.fromkeys(fields), fields)
    values = {one.field: one.stored for one in found}
    with transaction.atomic():
        return propose(actor, plan, task=None, kind=Change.Kind.ADD, values=values, reason=reason, now=now)


def propose(
    actor: Actor,
    plan: Plan,
    *,
    task: Task | None,
    kind: Change.Kind,
    values: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> Change:
    if not reason.strip():
        raise ReasonMissing(_("请写明理由。"))
    row = Change(
        county_id=plan.county_id,
        plan=plan,
        task=task,
        kind=kind,
        values=dict(values),
        reason=reason.strip(),
        asked_by=actor.label[:120],
        at=now,
    )
    add(actor, row, action="plans.propose_change", now=now)
    start(
        actor,
        form=CHANGE_FORM,
        owner_id=row.pk,
        county_id=plan.county_id,
        title=f"{Change.Kind(kind).label}：{task or values['title']['after']}",
        url=reverse("plans:change", args=[row.pk]),
        now=now,
    )
    return row


def settle_change(actor: Actor, *, change_id: int, outcome: str, now: datetime) -> Change:
    """This function will make a change that was approved, or note that it will not be made.

    Raises
        ChangedSince: a field says something else than when it was proposed; the approval does not go through.
        Refused: the task could not stand like this.
    """
    state = OUTCOMES[outcome]
    with transaction.atomic():
        row = locked(Change.objects.get(pk=change_id))
        task = row.task
        if state is ChangeState.MADE:
            task = make(actor, row, now=now)
        elif task is not None:
            advance(actor, locked(task), Deed.NOT_AMEND, now=now)
        return change(actor, row, action="plans.settle_change", now=now, state=state.value, ended_at=now, task=task)


def make(actor: Actor, row: Change, *, now: datetime) -> Task:
    if row.kind == Change.Kind.ADD:
        return add_issued(actor, row, now=now)
    task = locked(row.task) if row.task else None
    assert task is not None  # held by a constraint
    if row.kind == Change.Kind.CANCEL:
        must_not_wait(task)
        task = advance(actor, task, Deed.CANCEL, now=now, note=row.reason)
    else:
        found = kept(row.values)
        must_say_as_before(task, found)
        task = advance(actor, task, Deed.AMEND, now=now, note=row.reason, **made_by(task, found))
        make_occurrences([task], day_of(now))
    keep_parent(task)
    refresh_standing(actor, task.plan, now=now)
    accounts = people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now))
    tell(actor, task, accounts, gettext_noop("任务已按审批变更"), kind="plans.amend", now=now)
    return task


def made_by(task: Task, found: list[Amended]) -> dict[str, Any]:
    """The values by field, tried on the task: what would not hold is refused now."""
    values = {f"{one.field}_id" if one.key else one.field: value_of(one) for one in found}
    for name, value in values.items():
        setattr(task, name, value)
    must_recur(task)
    checked(task)
    return {name.removesuffix("_id"): getattr(task, name.removesuffix("_id")) for name in values}


def must_say_as_before(task: Task, found: list[Amended]) -> None:
    says = queries.values_of(task)
    others = amendments({one.field: one.before for one in found}, {one.field: says[one.field] for one in found})
    if others:
        names = _("、").join(str(queries.label_of_field(one.field)) for one in others)
        raise ChangedSince(_("提出变更以后，任务的%(fields)s又有改动，请退回后重新提出。") % {"fields": names})


def add_issued(actor: Actor, row: Change, *, now: datetime) -> Task:
    """One more task of a plan in force, issued at once with a baseline of its own."""
    values = {f"{one.field}_id" if one.key else one.field: value_of(one) for one in kept(row.values)}
    return issue_one(actor, row.plan, origin=Task.Origin.CHANGE, note=row.reason, now=now, **values)


def split_task(actor: Actor, task: Task, *, title: str, lead_unit: Organisation, due_on: date, now: datetime) -> Task:
    """This function will give a part of a task to a unit as a task of its own, issued at once.

    Raises
        WrongState: the task is not with its unit.
        OutsideTask: the part would be due after the task.
    """
    with transaction.atomic():
        task = locked(task)
        if task.state not in WITH_THE_UNIT:
            raise moved_on(task)
        if task.due_on and due_on > task.due_on:
            raise OutsideTask(_("子任务的完成期限不能晚于上级任务（%(day)s）。") % {"day": task.due_on})
        return issue_one(
            actor,
            task.plan,
            origin=task.origin,
            note="",
            now=now,
            title=title.strip(),
            parent=task,
            clause=task.clause,
            phase=task.phase,
            lead_unit=lead_unit,
            due_on=due_on,
        )


def issue_one(actor: Actor, plan: Plan, *, origin: str, note: str, now: datetime, **values: Any) -> Task:
    """This function will add a task to a plan in force and issue it, in the caller's transaction.

    Raises
        Refused: lead unit or due day is missing, or it would be due before it starts.
    """
    task = Task(
        county_id=plan.county_id,
        plan=plan,
        number=queries.next_number(plan),
        origin=origin,
        state=TaskState.ISSUED.value,
        issued_at=now,
        moved_at=now,
        **values,
    )
    must_recur(task)
    add(actor, task, action="plans.add_issued", now=now)
    baseline(task, now).save()
    step(actor, task, Deed.ISSUE, now=now, note=note).save()
    make_occurrences([task], day_of(now))
    keep_parent(task)
    tell_lead_units(actor, [task], now=now)
    refresh_standing(actor, plan, now=now)
    return task
