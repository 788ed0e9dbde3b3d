"""A task moves: returned by its unit, given to another unit or person, suspended, taken up again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.orgs.models import Organisation
from xietong.areas.people import queries as people
from xietong.areas.people.models import Person
from xietong.areas.plans.actions.course import WrongState, advance
from xietong.areas.plans.actions.parts import keep_parent
from xietong.areas.plans.actions.standing import refresh_standing
from xietong.areas.plans.actions.work import ReasonMissing, tell, tell_office
from xietong.areas.plans.models import Report, Task
from xietong.areas.plans.rules.states import Deed, ReportState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import locked

TITLES = {
    Deed.INSIST: gettext_noop("退件未获同意，请继续办理"),
    Deed.SUSPEND: gettext_noop("任务已暂停"),
    Deed.RESUME: gettext_noop("任务已恢复，请接收"),
    Deed.REOPEN: gettext_noop("任务须重新办理"),
}


class SameUnit(Refused):
    """It would be given to the unit or person that has it."""


def return_task(actor: Actor, task: Task, *, reason: str, now: datetime) -> Task:
    """This function will give a task back to the office as not the unit's own (退件).

    Raises
        ReasonMissing: no reason.
        WrongState: the task is not with the unit, or a report on it waits for its verdict.
    """
    with transaction.atomic():
        task = move(actor, task, Deed.RETURN, reason=reason, now=now)
        tell_office(actor, task, gettext_noop("有任务被退件，请改派或维持"), kind="plans.return", now=now)
    return task


def take_back_return(actor: Actor, task: Task, *, now: datetime) -> Task:
    """This function will take a return back before the office has answered it.

    Raises
        WrongState: the office has answered.
    """
    with transaction.atomic():
        return advance(actor, locked(task), Deed.TAKE_BACK, now=now)


def insist(actor: Actor, task: Task, *, reason: str, now: datetime) -> Task:
    """This function will leave a returned task with its unit, and say why.

    Raises
        ReasonMissing: no reason.
        WrongState: the task is not returned.
    """
    return moved_and_told(actor, task, Deed.INSIST, reason=reason, now=now)


def reassign(actor: Actor, task: Task, *, lead_unit: Organisation, reason: str, now: datetime) -> Task:
    """This function will give a task to another lead unit, which receives it anew; both units are told.

    Raises
        ReasonMissing: no reason.
        SameUnit: it is with that unit already.
        WrongState: a report waits, or the task is not open.
    """
    if lead_unit.pk == task.lead_unit_id:
        raise SameUnit(_("任务已经由“%(unit)s”牵头，请选择另一个单位。") % {"unit": lead_unit})
    before = task.lead_unit_id or 0
    with transaction.atomic():
        task = move(actor, task, Deed.REASSIGN, reason=reason, to=lead_unit, now=now, lead_unit=lead_unit, owner=None)
        task.supports.filter(unit=lead_unit).delete()
        for unit, title, url in (
            (before, gettext_noop("任务已改派其他单位"), reverse("plans:tasks")),
            (lead_unit.pk, gettext_noop("任务改派给您单位"), ""),
        ):
            accounts = people.accounts_of_unit(task.county_id, unit, day_of(now))
            tell(actor, task, accounts, title, kind="plans.reassign", now=now, url=url)
    return task


def delegate(actor: Actor, task: Task, *, owner: Person, note: str = "", now: datetime) -> Task:
    """This function will hand a task to somebody else inside the unit (转办), and tell him.

    Raises
        SameUnit: he is in charge already.
        WrongState: the task is not with the unit.
    """
    if owner.pk == task.owner_id:
        raise SameUnit(_("负责人已经是“%(name)s”。") % {"name": owner.name})
    with transaction.atomic():
        said = " — ".join(filter(None, (owner.name, note.strip())))
        task = advance(actor, locked(task), Deed.DELEGATE, now=now, note=said, owner=owner)
        if owner.account_id and owner.account_id != actor.account_id:
            tell(actor, task, [owner.account_id], gettext_noop("您被指定为任务负责人"), kind="plans.owner", now=now)
    return task


def suspend(actor: Actor, task: Task, *, reason: str, now: datetime) -> Task:
    """This function will stop a task for a while: it has no light, and nobody is asked about it.

    Raises
        ReasonMissing: no reason.
        WrongState: a report waits, or the task is not open.
    """
    return moved_and_told(actor, task, Deed.SUSPEND, reason=reason, now=now)


def resume(actor: Actor, task: Task, *, due_on: date, now: datetime) -> Task:
    """This function will let a suspended task go on, by a day that may be a new one; its unit receives it again.

    Raises
        WrongState: it is not suspended.
        Refused: the day lies before its start.
    """
    return moved_and_told(actor, task, Deed.RESUME, reason=f"{due_on}", now=now, due_on=due_on)


def reopen(actor: Actor, task: Task, *, reason: str, now: datetime) -> Task:
    """This function will take a verified task up again: a verdict that turned out wrong, evidence that was withdrawn.

    Raises
        ReasonMissing: no reason.
        WrongState: it is not verified.
    """
    return moved_and_told(actor, task, Deed.REOPEN, reason=reason, now=now)


def moved_and_told(actor: Actor, task: Task, deed: Deed, *, reason: str, now: datetime, **values: Any) -> Task:
    with transaction.atomic():
        task = move(actor, task, deed, reason=reason, now=now, **values)
        accounts = people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now))
        tell(actor, task, accounts, TITLES[deed], kind=f"plans.{deed.value}", now=now)
    return task


def move(actor: Actor, task: Task, deed: Deed, *, reason: str, now: datetime, to: object = "", **values: Any) -> Task:
    """One step with its reason, and to whom. A report under review would lose its ground: it is answered first."""
    if not reason.strip():
        raise ReasonMissing(_("请写明理由。"))
    task = locked(task)
    must_not_wait(task)
    note = f"{to} — {reason.strip()}" if to else reason.strip()
    task = advance(actor, task, deed, now=now, note=note, **values)
    keep_parent(task)
    refresh_standing(actor, task.plan, now=now)
    return task


def must_not_wait(task: Task) -> None:
    if Report.objects.filter(task=task, state=ReportState.SUBMITTED.value).exists():
        raise WrongState(_("有一次填报还在审核中，请先审核或撤回。"))
