"""Rights to press on: reminders, supervised follow-ups, leaders' instructions, the leading group's page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import OFFICE, to
from xietong.areas.orgs.models import Role
from xietong.areas.plans.access.reasons import cannot
from xietong.areas.plans.access.scopes import DOERS, VIEW_TASK_SCOPES, issued_here, of_tasks, we_lead
from xietong.areas.plans.models import FollowUp, Instruction, Plan, Task
from xietong.areas.plans.rules.states import Deed, FollowUpState
from xietong.kit.access.permissions import Permission

LEADERS = (Role.GROUP_HEAD, Role.GROUP_MEMBER, Role.BUREAU_LEADER)
OF_TASKS = {role: of_tasks(scope) for role, scope in VIEW_TASK_SCOPES.items()}


def already_supervised(task: Task) -> str | None:
    if task.follow_ups.exclude(state=FollowUpState.LIFTED.value).exists():
        return _("这项任务正在督办中。")
    return cannot(Deed.SUPERVISE)(task)


def not_open(row: FollowUp) -> str | None:
    if row.state == FollowUpState.REPLIED.value:
        return _("已经回复过了，请等办公室处理。")
    if row.state == FollowUpState.LIFTED.value:
        return _("这次督办已经解除。")
    return cannot(Deed.REPLY)(row.task)


def lifted(row: FollowUp) -> str | None:
    return _("这次督办已经解除。") if row.state == FollowUpState.LIFTED.value else None


def not_replied(row: FollowUp) -> str | None:
    return None if row.state == FollowUpState.REPLIED.value else _("单位还没有新的回复。")


def plan_not_at_work(plan: Plan) -> str | None:
    return None if plan.state == Plan.State.ISSUED else _("只有正在执行的方案可以加批示任务。")


REMIND_TASK = Permission("plans.remind_task", Task, OFFICE, gettext_lazy("催办"), unless=cannot(Deed.REMIND))
VIEW_FOLLOW_UP = Permission("plans.view_follow_up", FollowUp, OF_TASKS, gettext_lazy("查看督办"))
SUPERVISE_TASK = Permission("plans.supervise_task", Task, OFFICE, gettext_lazy("发起督办"), unless=already_supervised)
REPLY_FOLLOW_UP = Permission(
    "plans.reply_follow_up",
    FollowUp,
    to(DOERS, of_tasks(we_lead)),
    gettext_lazy("回复督办"),
    unless=not_open,
)
RETURN_REPLY = Permission("plans.return_reply", FollowUp, OFFICE, gettext_lazy("退回督办回复"), unless=not_replied)
LIFT_FOLLOW_UP = Permission("plans.lift_follow_up", FollowUp, OFFICE, gettext_lazy("解除督办"), unless=lifted)
VIEW_INSTRUCTION = Permission("plans.view_instruction", Instruction, OF_TASKS, gettext_lazy("查看领导批示"))
INSTRUCT_TASK = Permission(
    "plans.instruct_task",
    Task,
    OFFICE,
    gettext_lazy("录入领导批示"),
    unless=cannot(Deed.INSTRUCT),
)
ADD_INSTRUCTED = Permission(
    "plans.add_instructed",
    Plan,
    OFFICE,
    gettext_lazy("按领导批示增加任务"),
    unless=plan_not_at_work,
)
VIEW_BRIEFING = Permission(
    "plans.view_briefing", Task, to((*LEADERS, Role.OFFICE), issued_here), gettext_lazy("查看领导看板")
)
