"""Writes: a plan is read, corrected and issued; a task is received, reported on, sent back, accepted."""

from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.actions.drafting import add_task, change_phase, change_plan, change_task, drop_task
from xietong.areas.plans.actions.importing import import_plan
from xietong.areas.plans.actions.issuing import NotReady, issue_plan
from xietong.areas.plans.actions.standing import refresh_all_standings, refresh_standing
from xietong.areas.plans.actions.succession import give_tasks_to_successor, move_tasks_to_unit
from xietong.areas.plans.actions.work import (
    NothingReported,
    OpinionMissing,
    accept,
    receive_task,
    report_progress,
    send_back,
)

__all__ = [
    "NotReady",
    "NothingReported",
    "OpinionMissing",
    "WrongState",
    "accept",
    "add_task",
    "change_phase",
    "change_plan",
    "change_task",
    "drop_task",
    "give_tasks_to_successor",
    "import_plan",
    "issue_plan",
    "move_tasks_to_unit",
    "receive_task",
    "refresh_all_standings",
    "refresh_standing",
    "report_progress",
    "send_back",
]
