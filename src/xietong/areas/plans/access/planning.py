"""Rights to a plan: preparing it, talking it over, issuing it, its past."""

from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import OBSERVERS, OFFICE, SCHOOL_STAFF, UNIVERSITY_STAFF, own_county, to
from xietong.areas.orgs.models import Role
from xietong.areas.plans.access.reasons import (
    closed_plan,
    comment_closed,
    not_approved,
    not_closed,
    not_draft,
    not_in_force,
    objective_closed,
    round_closed,
    task_is_fixed,
)
from xietong.areas.plans.access.scopes import DOERS, WATCHERS, issued_or_to_sign, our_unit, past_of
from xietong.areas.plans.models import Comment, Consulted, Objective, PastRecord, Plan, Task
from xietong.kit.access.permissions import Permission

BREAKDOWN = "plans.breakdown"  # the workbook of its tasks


PAST = "plans.past_sheet"  # and of what happened before


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
    OFFICE,
    gettext_lazy("导入、校正、下达行动方案"),
    unless=not_draft,
)
PREPARE_PLAN = Permission(
    "plans.prepare_plan",
    Plan,
    OFFICE,
    gettext_lazy("查看方案的编制过程"),
)
ISSUE_PLAN = Permission("plans.issue_plan", Plan, OFFICE, gettext_lazy("下达审批通过的方案"), unless=not_approved)
CLOSE_PLAN = Permission("plans.close_plan", Plan, OFFICE, gettext_lazy("归档方案"), unless=not_in_force)
CONTINUE_PLAN = Permission(
    "plans.continue_plan",
    Plan,
    OFFICE,
    gettext_lazy("据归档方案起草下一个"),
    unless=not_closed,
)
CHANGE_PAST = Permission("plans.change_past", Plan, OFFICE, gettext_lazy("历史补录"), unless=closed_plan)
LIST_MECHANISMS = Permission(
    "plans.list_mechanisms",
    Plan,
    OFFICE,
    gettext_lazy("从方案读出配套制度"),
    unless=closed_plan,
)
APPLY_MECHANISMS = Permission("plans.apply_mechanisms", Task, OFFICE, gettext_lazy("关联任务适用的制度"))
VIEW_COVERAGE = Permission("plans.view_coverage", Plan, OFFICE, gettext_lazy("查看原文落实情况"))
CHANGE_COVERAGE = Permission(
    "plans.change_coverage",
    Plan,
    OFFICE,
    gettext_lazy("认定背景、关联任务"),
    unless=closed_plan,
)
MEASURE_OBJECTIVE = Permission(
    "plans.measure_objective",
    Objective,
    OFFICE,
    gettext_lazy("填写目标的基线和现状"),
    unless=objective_closed,
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
    OFFICE,
    gettext_lazy("代录书面意见"),
    unless=round_closed,
)
ANSWER_COMMENT = Permission("plans.answer_comment", Comment, OFFICE, gettext_lazy("处理意见"), unless=comment_closed)
CHANGE_TASK = Permission("plans.change_task", Task, OFFICE, gettext_lazy("编制任务"), unless=task_is_fixed)
VIEW_PAST = Permission(
    "plans.view_past",
    PastRecord,
    {role: past_of(scope) for role, scope in VIEW_PLAN.grants.items()},
    gettext_lazy("查看历史补录"),
)
