"""Why something cannot be done to a row now."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans.models import Comment, Consultation, Consulted, Extension, Objective, Plan, Report, Task
from xietong.areas.plans.rules.states import Deed, ExtensionState, ReportState, TaskState, following


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
    TaskState.RETURNED: gettext_lazy("任务已退件，等待办公室改派。"),
    TaskState.SUSPENDED: gettext_lazy("任务已暂停。"),
    TaskState.CANCELLED: gettext_lazy("任务已取消。"),
    TaskState.CLOSED: gettext_lazy("任务已随方案归档。"),
}


def answered(report: Report) -> str | None:
    return None if report.state == ReportState.SUBMITTED.value else verdict_on(report)


def not_for_review(report: Report) -> str | None:
    """Why the office cannot answer a report by itself."""
    if report.by_route and report.state == ReportState.SUBMITTED.value:
        return _("这次填报按审批路线办理，请在“审批”中办理。")
    return answered(report)


def verdict_on(report: Report) -> str:
    """What became of a report, and who was faster."""
    state = {"state": report.get_state_display(), "who": report.reviewer_name}
    if report.reviewer_name:
        return _("这次填报已经审核过了：%(state)s（%(who)s）。") % state
    return _("这次填报已经审核过了：%(state)s。") % state


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


def objective_closed(row: Objective) -> str | None:
    return closed_plan(row.plan)


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
