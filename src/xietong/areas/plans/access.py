"""Who sees plans and tasks, and who may do what to them. The reasons why not now stand beside the rows."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import (
    COUNTY_STAFF,
    NOTHING,
    OBSERVERS,
    SCHOOL_STAFF,
    UNIVERSITY_STAFF,
    own_county,
    reached_counties,
    to,
)
from xietong.areas.orgs.models import Role
from xietong.areas.plans.models import Plan, Report, Standing, Task, TaskSupport
from xietong.areas.plans.rules.states import Deed, ReportState, TaskState, following
from xietong.kit.access.permissions import Permission, Scope
from xietong.kit.accounts.actor import Actor

WATCHERS = tuple(role for role in COUNTY_STAFF if role not in {Role.OFFICE, Role.MEMBER_UNIT})
DOERS = (
    Role.SCHOOL_HEAD,
    Role.SCHOOL_LIAISON,
    Role.LEAD_SCHOOL,
    Role.DEVELOPMENT_CENTRE,
    Role.MEMBER_UNIT,
    Role.SECTION_CLERK,
    Role.SECTION_HEAD,
    Role.UNIVERSITY_COORDINATOR,
)


def issued_plans(actor: Actor) -> Q:
    return reached_counties(actor) & Q(state=Plan.State.ISSUED)


def issued_here(actor: Actor) -> Q:
    """Every issued task of one's own county."""
    return own_county(actor) & ~Q(state=TaskState.DRAFT.value)


def concerns_us(actor: Actor) -> Q:
    """Issued tasks that one's unit leads or supports, in the counties reached."""
    supported = TaskSupport.objects.filter(unit_id__in=actor.orgs).values("task_id")
    ours = Q(lead_unit_id__in=actor.orgs) | Q(pk__in=supported)
    return reached_counties(actor) & ours & ~Q(state=TaskState.DRAFT.value)


def we_lead(actor: Actor) -> Q:
    return reached_counties(actor) & Q(lead_unit_id__in=actor.orgs) & ~Q(state=TaskState.DRAFT.value)


def i_own(actor: Actor) -> Q:
    """Issued tasks whose person in charge one is."""
    if actor.person_id is None:
        return NOTHING
    return we_lead(actor) & Q(owner_id=actor.person_id)


def reports_on(tasks: Scope) -> Scope:
    """Reports on the tasks of a scope."""
    return lambda actor: reached_counties(actor) & Q(task_id__in=Task.objects.filter(tasks(actor)).values("pk"))


def cannot(*deeds: Deed) -> Callable[[Task], str | None]:
    """The reason why none of these can be done to a task in its present state."""

    def reason(task: Task) -> str | None:
        state = TaskState(task.state)
        if any(following(state, deed) for deed in deeds):
            return None
        return str(REASONS[state])

    return reason


REASONS = {
    TaskState.DRAFT: gettext_lazy("任务还没有下达。"),
    TaskState.ISSUED: gettext_lazy("任务还没有接收，请先接收再填报。"),
    TaskState.UNDER_WAY: gettext_lazy("任务已经接收，正在办理。"),
    TaskState.CLAIMED: gettext_lazy("已申请办结，正在等待审核。"),
    TaskState.VERIFIED: gettext_lazy("任务已经办结。"),
}


def answered(report: Report) -> str | None:
    if report.state == ReportState.SUBMITTED.value:
        return None
    return _("这次填报已经审核过了：%(state)s。") % {"state": report.get_state_display()}


def already_issued(plan: Plan) -> str | None:
    return _("方案已经下达，修改须走变更程序。") if plan.state == Plan.State.ISSUED else None


def not_draft(task: Task) -> str | None:
    return _("任务已经下达，修改须走变更程序。") if task.state != TaskState.DRAFT.value else None


VIEW_TASK_SCOPES: dict[str, Scope] = {
    Role.OFFICE.value: own_county,
    **to(WATCHERS, issued_here),
    **to((*SCHOOL_STAFF, Role.MEMBER_UNIT, *UNIVERSITY_STAFF), concerns_us),
}

VIEW_PLAN = Permission(
    "plans.view_plan",
    Plan,
    {
        Role.OFFICE.value: own_county,
        **to((*WATCHERS, Role.MEMBER_UNIT, *SCHOOL_STAFF, *UNIVERSITY_STAFF, *OBSERVERS), issued_plans),
    },
    gettext_lazy("查看行动方案"),
)
CHANGE_PLAN = Permission(
    "plans.change_plan",
    Plan,
    to((Role.OFFICE,), own_county),
    gettext_lazy("导入、校正、下达行动方案"),
    unless=already_issued,
)
VIEW_TASK = Permission("plans.view_task", Task, VIEW_TASK_SCOPES, gettext_lazy("查看任务"))
CHANGE_TASK = Permission(
    "plans.change_task", Task, to((Role.OFFICE,), own_county), gettext_lazy("编制任务"), unless=not_draft
)
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
    {role: reports_on(scope) for role, scope in VIEW_TASK_SCOPES.items()},
    gettext_lazy("查看填报和佐证"),
)
REVIEW_REPORT = Permission(
    "plans.review_report", Report, to((Role.OFFICE,), own_county), gettext_lazy("审核填报"), unless=answered
)
VIEW_STANDING = Permission(
    "plans.view_standing", Standing, to(OBSERVERS, reached_counties), gettext_lazy("查看各县进展")
)
