"""Writes: a plan is read, corrected, talked over, approved and issued; a task is received, reported on, answered."""

from xietong.areas.plans.actions.approving import reopen_plan, settle_plan, submit_plan
from xietong.areas.plans.actions.breakdown import write_task
from xietong.areas.plans.actions.closing import StillOpen, close_plan, start_next_plan
from xietong.areas.plans.actions.comparing import CarriedOver, carry_over
from xietong.areas.plans.actions.consulting import (
    BadConsultation,
    NotAllAnswered,
    NothingSaid,
    answer_comment,
    close_consultation,
    open_consultation,
    say_comment,
    say_no_comment,
)
from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.actions.coverage import CoveredByTask, add_sources, say_context, take_back_context
from xietong.areas.plans.actions.drafting import (
    add_task,
    assign_tasks,
    change_phase,
    change_plan,
    change_task,
    drop_task,
    drop_tasks,
    hold_draft,
)
from xietong.areas.plans.actions.extending import ask_extension, grant_extension, refuse_extension
from xietong.areas.plans.actions.findings import BadPlace, change_finding, decide_findings, mark_text, name_unit
from xietong.areas.plans.actions.importing import import_plan
from xietong.areas.plans.actions.issuing import BadIssue, NotReady, adopt_plan, issue_plan
from xietong.areas.plans.actions.outlining import (
    NotPossible,
    demote_clause,
    merge_clause,
    nest_clause,
    promote_clause,
    split_clause,
)
from xietong.areas.plans.actions.past import NotPast, add_past, drop_past, hold_open, write_past
from xietong.areas.plans.actions.standing import refresh_all_standings, refresh_standing
from xietong.areas.plans.actions.succession import give_tasks_to_successor, move_tasks_to_unit
from xietong.areas.plans.actions.work import (
    NothingReported,
    OpinionMissing,
    accept,
    receive_task,
    report_progress,
    send_back,
    withdraw_report,
)

__all__ = [
    "BadConsultation",
    "BadIssue",
    "BadPlace",
    "CarriedOver",
    "CoveredByTask",
    "NotAllAnswered",
    "NotPast",
    "NotPossible",
    "NotReady",
    "NothingReported",
    "NothingSaid",
    "OpinionMissing",
    "StillOpen",
    "WrongState",
    "accept",
    "add_past",
    "add_sources",
    "add_task",
    "adopt_plan",
    "answer_comment",
    "ask_extension",
    "assign_tasks",
    "carry_over",
    "change_finding",
    "change_phase",
    "change_plan",
    "change_task",
    "close_consultation",
    "close_plan",
    "decide_findings",
    "demote_clause",
    "drop_past",
    "drop_task",
    "drop_tasks",
    "give_tasks_to_successor",
    "grant_extension",
    "hold_draft",
    "hold_open",
    "import_plan",
    "issue_plan",
    "mark_text",
    "merge_clause",
    "move_tasks_to_unit",
    "name_unit",
    "nest_clause",
    "open_consultation",
    "promote_clause",
    "receive_task",
    "refresh_all_standings",
    "refresh_standing",
    "refuse_extension",
    "reopen_plan",
    "report_progress",
    "say_comment",
    "say_context",
    "say_no_comment",
    "send_back",
    "settle_plan",
    "split_clause",
    "start_next_plan",
    "submit_plan",
    "take_back_context",
    "withdraw_report",
    "write_past",
    "write_task",
]
