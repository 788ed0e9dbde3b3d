"""Rights to tasks at work and what is reported on them."""

from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import OBSERVERS, OFFICE, reached_counties, to
from xietong.areas.orgs.models import Role
from xietong.areas.plans.access.reasons import answered, cannot, extension_answered, not_for_review
from xietong.areas.plans.access.scopes import DOERS, VIEW_TASK_SCOPES, i_own, of_tasks, we_lead
from xietong.areas.plans.models import Extension, Report, Standing, Task
from xietong.areas.plans.rules.states import Deed
from xietong.kit.access.permissions import Permission

VIEW_TASK = Permission("plans.view_task", Task, VIEW_TASK_SCOPES, gettext_lazy("查看任务"))
RECEIVE_TASK = Permission(
    "plans.receive_task", Task, to(DOERS, we_lead), gettext_lazy("接收任务"), unless=cannot(Deed.RECEIVE)
)
REPORT_TASK = Permission(
    "plans.report_task",
    Task,
    {**to(DOERS, we_lead), Role.TEACHER.value: i_own},
    gettext_lazy("填报进展"),
    unless=cannot(Deed.REPORT, Deed.CLAIM),
)
VIEW_REPORT = Permission(
    "plans.view_report",
    Report,
    {role: of_tasks(scope) for role, scope in VIEW_TASK_SCOPES.items()},
    gettext_lazy("查看填报和佐证"),
)
REVIEW_REPORT = Permission("plans.review_report", Report, OFFICE, gettext_lazy("审核填报"), unless=not_for_review)
WITHDRAW_REPORT = Permission(
    "plans.withdraw_report",
    Report,
    {role: of_tasks(scope) for role, scope in REPORT_TASK.grants.items()},
    gettext_lazy("撤回还没有审核的填报"),
    unless=answered,
)
ASK_EXTENSION = Permission(
    "plans.ask_extension", Task, REPORT_TASK.grants, gettext_lazy("申请延期"), unless=cannot(Deed.ASK_LATER)
)
ANSWER_EXTENSION = Permission(
    "plans.answer_extension",
    Extension,
    OFFICE,
    gettext_lazy("答复延期申请"),
    unless=extension_answered,
)
VIEW_STANDING = Permission(
    "plans.view_standing", Standing, to(OBSERVERS, reached_counties), gettext_lazy("查看各县进展")
)
