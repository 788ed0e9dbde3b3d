"""Rights to move a task: back, to another unit or person, to a stop; to support it; to change what was issued."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import OFFICE, reached_counties, to
from xietong.areas.plans.access.planning import VIEW_PLAN
from xietong.areas.plans.access.reasons import cannot, not_in_force
from xietong.areas.plans.access.scopes import CHANGE_FORM, DOERS, VIEW_TASK_SCOPES, of_tasks, we_lead
from xietong.areas.plans.models import Change, Contribution, Milestone, Plan, Task, TaskSupport
from xietong.areas.plans.rules.states import WITH_THE_UNIT, Deed, TaskState
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval
from xietong.kit.approvals.queries import took_part


def we_support(actor: Actor) -> Q:
    """Issued tasks that one's unit supports."""
    supported = TaskSupport.objects.filter(unit_id__in=actor.orgs).values("task_id")
    return reached_counties(actor) & Q(pk__in=supported) & ~Q(state=TaskState.DRAFT.value)


def changes_seen(actor: Actor) -> Q:
    """Changes of the plans that one sees, and those that one has to sign."""
    plans = Plan.objects.filter(VIEW_PLAN.grants[actor.role](actor)) if actor.role in VIEW_PLAN.grants else []
    asked = Approval.objects.filter(took_part(actor), form=CHANGE_FORM)
    return Q(plan__in=plans) | Q(pk__in=asked.values("owner_id"))


def parts_fixed(task: Task) -> str | None:
    if task.state in {TaskState.DRAFT, *WITH_THE_UNIT}:
        return None
    return _("任务现在不能增减里程碑（%(state)s）。") % {"state": task.get_state_display()}


def milestone_fixed(row: Milestone) -> str | None:
    return _("这个里程碑已经填报过，不能删除。") if row.report_id else parts_fixed(row.task)


RETURN_TASK = Permission(
    "plans.return_task", Task, to(DOERS, we_lead), gettext_lazy("退件"), unless=cannot(Deed.RETURN)
)
TAKE_BACK_RETURN = Permission(
    "plans.take_back_return", Task, to(DOERS, we_lead), gettext_lazy("撤回退件"), unless=cannot(Deed.TAKE_BACK)
)
DELEGATE_TASK = Permission(
    "plans.delegate_task", Task, to(DOERS, we_lead), gettext_lazy("单位内转办"), unless=cannot(Deed.DELEGATE)
)
INSIST_TASK = Permission("plans.insist_task", Task, OFFICE, gettext_lazy("维持原派"), unless=cannot(Deed.INSIST))
REASSIGN_TASK = Permission("plans.reassign_task", Task, OFFICE, gettext_lazy("改派"), unless=cannot(Deed.REASSIGN))
SUSPEND_TASK = Permission("plans.suspend_task", Task, OFFICE, gettext_lazy("暂停任务"), unless=cannot(Deed.SUSPEND))
RESUME_TASK = Permission("plans.resume_task", Task, OFFICE, gettext_lazy("恢复任务"), unless=cannot(Deed.RESUME))
REOPEN_TASK = Permission(
    "plans.reopen_task", Task, OFFICE, gettext_lazy("重新办理已完成的任务"), unless=cannot(Deed.REOPEN)
)
CONTRIBUTE = Permission(
    "plans.contribute", Task, to(DOERS, we_support), gettext_lazy("协办填报"), unless=cannot(Deed.CONTRIBUTE)
)
VIEW_CONTRIBUTION = Permission(
    "plans.view_contribution",
    Contribution,
    {role: of_tasks(scope) for role, scope in VIEW_TASK_SCOPES.items()},
    gettext_lazy("查看协办填报"),
)
CHANGE_PARTS = Permission(
    "plans.change_parts", Task, {**to(DOERS, we_lead), **OFFICE}, gettext_lazy("增加里程碑"), unless=parts_fixed
)
DROP_MILESTONE = Permission(
    "plans.drop_milestone",
    Milestone,
    {role: of_tasks(scope) for role, scope in CHANGE_PARTS.grants.items()},
    gettext_lazy("删除里程碑"),
    unless=milestone_fixed,
)
SPLIT_TASK = Permission(
    "plans.split_task",
    Task,
    {**to(DOERS, we_lead), **OFFICE},
    gettext_lazy("分解子任务"),
    unless=cannot(Deed.DELEGATE),
)
PROPOSE_CHANGE = Permission(
    "plans.propose_change", Task, OFFICE, gettext_lazy("提出变更或取消任务"), unless=cannot(Deed.PROPOSE)
)
AMEND_PLAN = Permission("plans.amend_plan", Plan, OFFICE, gettext_lazy("提出新增任务"), unless=not_in_force)
VIEW_CHANGE = Permission(
    "plans.view_change", Change, to(tuple(VIEW_PLAN.grants), changes_seen), gettext_lazy("查看方案变更")
)
