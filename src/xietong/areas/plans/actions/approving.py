"""A draft on its way through the county's route of approval."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import queries
from xietong.areas.plans.access import PLAN_FORM
from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.actions.issuing import must_be_ready
from xietong.areas.plans.models import Plan
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval
from xietong.kit.records.writing import change, locked

AFTER = {
    Approval.State.AGREED: Plan.State.APPROVED,
    Approval.State.SENT_BACK: Plan.State.DRAFT,
    Approval.State.WITHDRAWN: Plan.State.DRAFT,
}


def submit_plan(actor: Actor, plan: Plan, *, now: datetime) -> Approval:
    """This function will send a draft that is complete on its route of approval; until then nobody changes it.

    Raises
        NotReady: tasks lack a lead unit or a due date; lists them.
        WrongState: it is no draft, or units are still being consulted.
        NobodyThere: a step of the route has nobody who could answer it.
    """
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.DRAFT:
            raise WrongState(_("方案已经送审。"))
        if plan.consultations.filter(closed_on=None).exists():
            raise WrongState(_("征求意见还没有结束，请先处理意见并结束这一轮。"))
        must_be_ready(queries.drafts(plan))
        plan = change(actor, plan, action="plans.submit_plan", now=now, state=Plan.State.APPROVING)
        return approvals.start(
            actor,
            form=PLAN_FORM,
            owner_id=plan.pk,
            county_id=plan.county_id,
            title=plan.title,
            url=reverse("plans:breakdown", args=[plan.pk]),
            now=now,
        )


def settle_plan(actor: Actor, *, plan_id: int, outcome: str, now: datetime) -> Plan:
    """This function will follow an approval that has ended: the plan may be issued, or is a draft again."""
    plan = Plan.objects.get(pk=plan_id)
    return change(actor, plan, action="plans.settle_plan", now=now, state=AFTER[Approval.State(outcome)])


def reopen_plan(actor: Actor, plan: Plan, *, reason: str, now: datetime) -> Plan:
    """This function will take an approved plan that is not issued yet back for changes; it is approved anew.

    Raises
        WrongState: it is not waiting to be issued.
    """
    with transaction.atomic():
        plan = locked(plan)
        if plan.state != Plan.State.APPROVED:
            raise WrongState(_("只有审批通过、尚未下达的方案可以退回修改。"))
        return change(actor, plan, action="plans.reopen_plan", now=now, reason=reason, state=Plan.State.DRAFT)
