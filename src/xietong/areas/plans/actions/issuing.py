"""Issuing a plan: from here on the lead units work."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.people import queries as people
from xietong.areas.plans import queries
from xietong.areas.plans.actions.closing import put_away
from xietong.areas.plans.actions.course import WrongState, step
from xietong.areas.plans.actions.parts import make_occurrences, must_recur
from xietong.areas.plans.actions.standing import refresh_standing
from xietong.areas.plans.models import Baseline, Milestone, Plan, Step, Task
from xietong.areas.plans.rules.states import Deed, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import change, locked


class NotReady(Refused):
    """The plan cannot be issued yet; the message lists what is missing, task by task."""


class BadIssue(Refused):
    """A plan that was issued before needs its document number and a day that is not to come."""


def issue_plan(actor: Actor, plan: Plan, *, issued_on: date, document_no: str | None = None, now: datetime) -> Plan:
    """This function will issue an approved plan: its tasks reach their lead units, the baseline is what it says now.

    Raises
        NotReady: tasks lack a lead unit or a due date, or have a unit that was closed meanwhile; lists them.
        WrongState: it has not been approved.
    """
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.APPROVED:
            raise WrongState(_("方案审批通过后才能下达（现在是%(state)s）。") % {"state": plan.get_state_display()})
        number = plan.document_no if document_no is None else document_no.strip()
        return put_in_force(
            actor, plan, action="plans.issue_plan", issued_on=issued_on, document_no=number, adopted=False, now=now
        )


def adopt_plan(
    actor: Actor,
    plan: Plan,
    *,
    issued_on: date,
    document_no: str,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
) -> Plan:
    """This function will enter a plan that was issued on paper before (补录), with the scan of it if given.

    Raises
        BadIssue: no document number, or a day that is to come.
        NotReady: tasks lack a lead unit or a due date; lists them.
        WrongState: it is no draft.
    """
    if not document_no.strip():
        raise BadIssue(_("补录已印发的方案须填写文号。"))
    if issued_on > day_of(now):
        raise BadIssue(_("印发日期还没有到，请核对。"))
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.DRAFT:
            raise WrongState(_("只有起草中的方案可以按已印发补录。"))
        plan = put_in_force(
            actor,
            plan,
            action="plans.adopt_plan",
            issued_on=issued_on,
            document_no=document_no.strip(),
            adopted=True,
            now=now,
        )
        attach(
            actor,
            owner_type=queries.PLAN_OWNER,
            owner_id=plan.pk,
            county_id=plan.county_id,
            uploads=uploads,
            now=now,
        )
    return plan


def put_in_force(
    actor: Actor, plan: Plan, *, action: str, issued_on: date, document_no: str, adopted: bool, now: datetime
) -> Plan:
    rows = queries.drafts(plan)
    must_be_ready(rows)
    plan = change(
        actor,
        plan,
        action=action,
        now=now,
        state=Plan.State.ISSUED,
        issued_on=issued_on,
        document_no=document_no,
        is_adopted=adopted,
    )
    prefetch_related_objects(rows, "milestones")
    Baseline.objects.bulk_create([baseline(task, now) for task in rows])
    for task in rows:
        must_recur(task)
    due = [task for task in rows if not task.is_past]
    plan.tasks.filter(is_past=False).update(state=TaskState.ISSUED.value, issued_at=now, moved_at=now)
    plan.tasks.filter(is_past=True).update(state=TaskState.VERIFIED.value, issued_at=now)
    Step.objects.bulk_create([step(actor, task, Deed.ISSUE, now=now) for task in rows])
    make_occurrences(plan.tasks.filter(is_past=False), day_of(now))
    tell_lead_units(actor, due, now=now)
    replace_earlier(actor, plan, now=now)
    refresh_standing(actor, plan, now=now)
    return plan


def replace_earlier(actor: Actor, plan: Plan, *, now: datetime) -> None:
    """The version that this one replaces is closed with it: what goes on stands in the new one."""
    earlier = plan.replaces
    if earlier is not None and earlier.state == Plan.State.ISSUED:
        put_away(actor, earlier, note=_("由新版本代替：%(title)s") % {"title": plan.title}, now=now)


def by_day(one: Milestone) -> tuple[date, int]:
    return one.due_on, one.pk


def baseline(task: Task, now: datetime) -> Baseline:
    return Baseline(
        county_id=task.county_id,
        task=task,
        at=now,
        number=task.number,
        title=task.title,
        lead_unit=str(task.lead_unit),
        supports=[str(support.unit) for support in task.supports.all()],
        starts_on=task.starts_on,
        due_on=task.due_on,
        rhythm=task.rhythm,
        deliverable=task.deliverable,
        quantity=task.quantity,
        measure=task.measure,
        milestones=[[one.title, f"{one.due_on}"] for one in sorted(task.milestones.all(), key=by_day)],
    )


def must_be_ready(rows: list[Task]) -> None:
    """Raises NotReady with everything that is missing, task by task."""
    if not rows:
        raise NotReady(_("方案里还没有任务。"))
    missing = [
        _("%(number)s %(what)s") % {"number": task.number, "what": what} for task in rows for what in lacks(task)
    ]
    if missing:
        shown = _("；").join(missing[:20])
        more = _("……共 %(n)d 项") % {"n": len(missing)} if len(missing) > len(missing[:20]) else ""
        raise NotReady(_("还不能下达：%(missing)s%(more)s") % {"missing": shown, "more": more})


def lacks(task: Task) -> list[str]:
    """What keeps a task from being issued, in words."""
    found = []
    if task.lead_unit is None:
        found.append(_("缺牵头单位"))
    elif task.lead_unit.closed_on:
        found.append(_("牵头单位“%(unit)s”已撤并") % {"unit": task.lead_unit})
    found += [
        _("协办单位“%(unit)s”已撤并") % {"unit": support.unit}
        for support in task.supports.all()
        if support.unit.closed_on
    ]
    if task.due_on is None:
        found.append(_("缺完成期限"))
    return found


def tell_lead_units(actor: Actor, rows: list[Task], *, now: datetime) -> None:
    """One notice to the people of each lead unit, however many tasks it got."""
    by_unit: dict[int, list[Task]] = {}
    for task in rows:
        by_unit.setdefault(task.lead_unit_id or 0, []).append(task)
    for unit_id, given in by_unit.items():
        notify(
            actor,
            accounts=people.accounts_of_unit(given[0].county_id, unit_id, day_of(now)),
            title=gettext_noop("收到 %(n)d 项新任务"),
            values={"n": len(given)},
            body="；".join(task.title for task in given[:5]),
            url=reverse("plans:my_tasks"),
            kind="plans.issued",
            county_id=given[0].county_id,
            now=now,
        )
