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
from xietong.areas.plans.models import (
    Comment,
    Consultation,
    Consulted,
    Extension,
    PastRecord,
    Plan,
    Report,
    Standing,
    Task,
    TaskSupport,
)
from xietong.areas.plans.rules.states import Deed, ExtensionState, ReportState, TaskState, following
from xietong.kit.access.permissions import Permission, Scope
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval
from xietong.kit.approvals.queries import took_part

PLAN_FORM = "plans.plan"  # under which a plan goes on its route of approval
BREAKDOWN = "plans.breakdown"  # the workbook of its tasks
PAST = "plans.past_sheet"  # and of what happened before

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
    return reached_counties(actor) & Q(state__in=Plan.IN_FORCE)


def plans_to_sign(actor: Actor) -> Q:
    """Plans whose approval one has to sign, or has signed."""
    asked = Approval.objects.filter(took_part(actor), form=PLAN_FORM)
    return Q(pk__in=asked.values("owner_id"))


def issued_or_to_sign(actor: Actor) -> Q:
    return issued_plans(actor) | plans_to_sign(actor)


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
    TaskState.CLOSED: gettext_lazy("任务已随方案归档。"),
}


def answered(report: Report) -> str | None:
    if report.state == ReportState.SUBMITTED.value:
        return None
    return _("这次填报已经审核过了：%(state)s。") % {"state": report.get_state_display()}


def extension_answered(row: Extension) -> str | None:
    if row.state == ExtensionState.ASKED.value:
        return None
    return _("这次延期申请已经答复过了：%(state)s。") % {"state": row.get_state_display()}


NOT_DRAFT = {
    Plan.State.APPROVING: gettext_lazy("方案正在审批，撤回或退回后才能修改。"),
    Plan.State.APPROVED: gettext_lazy("方案已经审批通过，退回修改后才能改。"),
    Plan.State.ISSUED: gettext_lazy("方案已经下达，修改须走变更程序。"),
    Plan.State.CLOSED: gettext_lazy("方案已经归档，只供查阅。"),
}


def not_draft(plan: Plan) -> str | None:
    """Why a plan cannot be changed as a draft."""
    reason = NOT_DRAFT.get(Plan.State(plan.state))
    return str(reason) if reason else None


def not_approved(plan: Plan) -> str | None:
    if plan.state == Plan.State.APPROVED:
        return None
    return _("方案审批通过后才能下达（现在是%(state)s）。") % {"state": plan.get_state_display()}


def not_in_force(plan: Plan) -> str | None:
    return None if plan.state == Plan.State.ISSUED else _("只有正在执行的方案可以归档。")


def not_closed(plan: Plan) -> str | None:
    return None if plan.state == Plan.State.CLOSED else _("方案归档后才能据此起草下一个方案。")


def closed_plan(plan: Plan) -> str | None:
    return str(NOT_DRAFT[Plan.State.CLOSED]) if plan.state == Plan.State.CLOSED else None


def task_is_fixed(task: Task) -> str | None:
    if task.state != TaskState.DRAFT.value:
        return _("任务已经下达，修改须走变更程序。")
    return not_draft(task.plan)


def round_closed(row: Consulted) -> str | None:
    return closed_round(row.consultation)


def comment_closed(row: Comment) -> str | None:
    return closed_round(row.consulted.consultation)


def closed_round(row: Consultation) -> str | None:
    return _("这一轮征求意见已经结束，有意见请直接与办公室联系。") if row.closed_on else None


def past_of(plans: Scope) -> Scope:
    """What was entered of the past of the plans of a scope."""
    return lambda actor: Q(plan_id__in=Plan.objects.filter(plans(actor)).values("pk"))


def our_unit(actor: Actor) -> Q:
    """What one's own unit, or a dependant that it files for, has been asked."""
    return reached_counties(actor) & Q(unit_id__in=actor.orgs)


VIEW_TASK_SCOPES: dict[str, Scope] = {
    Role.OFFICE.value: own_county,
    **to(WATCHERS, issued_here),
    **to((*SCHOOL_STAFF, Role.MEMBER_UNIT, *UNIVERSITY_STAFF), concerns_us),
}

VIEW_PLAN = Permission(
    "plans.view_plan",
    Plan,
    {
        **to((*WATCHERS, Role.MEMBER_UNIT, *SCHOOL_STAFF, *UNIVERSITY_STAFF, *OBSERVERS), issued_or_to_sign),
        Role.OFFICE.value: own_county,
    },
    gettext_lazy("查看行动方案"),
)
CHANGE_PLAN = Permission(
    "plans.change_plan",
    Plan,
    to((Role.OFFICE,), own_county),
    gettext_lazy("导入、校正、下达行动方案"),
    unless=not_draft,
)
PREPARE_PLAN = Permission(
    "plans.prepare_plan",
    Plan,
    to((Role.OFFICE,), own_county),
    gettext_lazy("查看方案的编制过程"),
)
ISSUE_PLAN = Permission(
    "plans.issue_plan", Plan, to((Role.OFFICE,), own_county), gettext_lazy("下达审批通过的方案"), unless=not_approved
)
CLOSE_PLAN = Permission(
    "plans.close_plan", Plan, to((Role.OFFICE,), own_county), gettext_lazy("归档方案"), unless=not_in_force
)
CONTINUE_PLAN = Permission(
    "plans.continue_plan",
    Plan,
    to((Role.OFFICE,), own_county),
    gettext_lazy("据归档方案起草下一个"),
    unless=not_closed,
)
CHANGE_PAST = Permission(
    "plans.change_past", Plan, to((Role.OFFICE,), own_county), gettext_lazy("历史补录"), unless=closed_plan
)
VIEW_COVERAGE = Permission(
    "plans.view_coverage", Plan, to((Role.OFFICE,), own_county), gettext_lazy("查看原文落实情况")
)
CHANGE_COVERAGE = Permission(
    "plans.change_coverage",
    Plan,
    to((Role.OFFICE,), own_county),
    gettext_lazy("认定背景、关联任务"),
    unless=closed_plan,
)
VIEW_CONSULTED = Permission(
    "plans.view_consulted",
    Consulted,
    {**to(DOERS, our_unit), Role.OFFICE.value: own_county},
    gettext_lazy("查看征求意见"),
)
ANSWER_CONSULTED = Permission(
    "plans.answer_consulted", Consulted, to(DOERS, our_unit), gettext_lazy("反馈意见"), unless=round_closed
)
ENTER_CONSULTED = Permission(
    "plans.enter_consulted",
    Consulted,
    to((Role.OFFICE,), own_county),
    gettext_lazy("代录书面意见"),
    unless=round_closed,
)
ANSWER_COMMENT = Permission(
    "plans.answer_comment", Comment, to((Role.OFFICE,), own_county), gettext_lazy("处理意见"), unless=comment_closed
)
VIEW_TASK = Permission("plans.view_task", Task, VIEW_TASK_SCOPES, gettext_lazy("查看任务"))
CHANGE_TASK = Permission(
    "plans.change_task", Task, to((Role.OFFICE,), own_county), gettext_lazy("编制任务"), unless=task_is_fixed
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
WITHDRAW_REPORT = Permission(
    "plans.withdraw_report",
    Report,
    {role: reports_on(scope) for role, scope in REPORT_TASK.grants.items()},
    gettext_lazy("撤回还没有审核的填报"),
    unless=answered,
)
ASK_EXTENSION = Permission(
    "plans.ask_extension", Task, REPORT_TASK.grants, gettext_lazy("申请延期"), unless=cannot(Deed.ASK_LATER)
)
ANSWER_EXTENSION = Permission(
    "plans.answer_extension",
    Extension,
    to((Role.OFFICE,), own_county),
    gettext_lazy("答复延期申请"),
    unless=extension_answered,
)
VIEW_PAST = Permission(
    "plans.view_past",
    PastRecord,
    {role: past_of(scope) for role, scope in VIEW_PLAN.grants.items()},
    gettext_lazy("查看历史补录"),
)
VIEW_STANDING = Permission(
    "plans.view_standing", Standing, to(OBSERVERS, reached_counties), gettext_lazy("查看各县进展")
)
