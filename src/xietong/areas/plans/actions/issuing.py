"""Issuing a plan: from here on the lead units work."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import WrongState, step
from xietong.areas.plans.actions.standing import refresh_standing
from xietong.areas.plans.actions.work import accounts_of_unit
from xietong.areas.plans.models import Plan, Step, Task
from xietong.areas.plans.rules.states import Deed, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import change, locked


class NotReady(Refused):
    """The plan cannot be issued yet; the message lists what is missing, task by task."""


def issue_plan(actor: Actor, plan: Plan, *, issued_on: date, now: datetime) -> Plan:
    """This function will issue a plan: its tasks reach their lead units, and the baseline is what it says now.

    Raises
        NotReady: tasks lack a lead unit or a due date; lists them.
    """
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.DRAFT:
            raise WrongState(_("方案已经下达。"))
        rows = queries.drafts(plan)
        must_be_ready(rows)
        plan = change(actor, plan, action="plans.issue_plan", now=now, state=Plan.State.ISSUED, issued_on=issued_on)
        plan.tasks.update(state=TaskState.ISSUED.value, issued_at=now, moved_at=now)
        Step.objects.bulk_create([step(actor, task, Deed.ISSUE, now=now) for task in rows])
        tell_lead_units(actor, rows, now=now)
        refresh_standing(plan, day_of(now))
    return plan


def must_be_ready(rows: list[Task]) -> None:
    if not rows:
        raise NotReady(_("方案里还没有任务。"))
    missing = [
        _("%(number)s 缺%(what)s")
        % {"number": task.number, "what": _("牵头单位") if task.lead_unit is None else _("完成期限")}
        for task in rows
        if task.lead_unit is None or task.due_on is None
    ]
    if missing:
        shown = _("；").join(missing[:20])
        more = _("……共 %(n)d 项") % {"n": len(missing)} if len(missing) > len(missing[:20]) else ""
        raise NotReady(_("还不能下达：%(missing)s%(more)s") % {"missing": shown, "more": more})


def tell_lead_units(actor: Actor, rows: list[Task], *, now: datetime) -> None:
    """One notice to the people of each lead unit, however many tasks it got."""
    by_unit: dict[int, list[Task]] = {}
    for task in rows:
        by_unit.setdefault(task.lead_unit_id or 0, []).append(task)
    for unit_id, given in by_unit.items():
        notify(
            actor,
            accounts=accounts_of_unit(given[0].county_id, unit_id, day_of(now)),
            title=gettext_noop("收到 %(n)d 项新任务"),
            values={"n": len(given)},
            body="；".join(task.title for task in given[:5]),
            url=reverse("plans:my_tasks"),
            kind="plans.issued",
            county_id=given[0].county_id,
            now=now,
        )
