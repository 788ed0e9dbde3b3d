"""Writes: a plan is read, corrected, talked over, approved and issued; a task is received, reported on, answered."""

from xietong.areas.plans.actions.approving import reopen_plan, settle_plan, submit_plan
from xietong.areas.plans.actions.breakdown import write_task
from xietong.areas.plans.actions.changing import (
    ChangedSince,
    NothingChanged,
    issue_one,
    propose_amendment,
    propose_cancelling,
    propose_task,
    settle_change,
    split_task,
)
from xietong.areas.plans.actions.checking import (
    Answered,
    FindingUnclear,
    NothingToDraw,
    accept_each,
    accept_reports,
    accept_reports_later,
    draw_checks,
    record_check,
    send_back_with_remarks,
)
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
from xietong.areas.plans.actions.deciding import add_decided, note_decided
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
from xietong.areas.plans.actions.filed import Filed, enter_filed
from xietong.areas.plans.actions.findings import BadPlace, change_finding, decide_findings, mark_text, name_unit
from xietong.areas.plans.actions.importing import import_plan
from xietong.areas.plans.actions.instructing import BadInstruction, add_instructed, enter_instruction
from xietong.areas.plans.actions.issuing import BadIssue, NotReady, adopt_plan, issue_plan
from xietong.areas.plans.actions.mechanisms import NothingToList, apply_mechanisms, list_mechanisms
from xietong.areas.plans.actions.moving import (
    SameUnit,
    delegate,
    insist,
    reassign,
    reopen,
    resume,
    return_task,
    suspend,
    take_back_return,
)
from xietong.areas.plans.actions.objectives import SourceMissing, measure_objective
from xietong.areas.plans.actions.outlining import (
    NotPossible,
    demote_clause,
    merge_clause,
    nest_clause,
    promote_clause,
    split_clause,
)
from xietong.areas.plans.actions.packing import NothingChosen, make_package
from xietong.areas.plans.actions.parts import (
    AlreadyReported,
    Circular,
    NoPeriod,
    OutsideTask,
    add_milestone,
    drop_milestone,
    keep_parts,
    keep_parts_of_all,
    make_occurrences,
    open_periods,
    set_needs,
)
from xietong.areas.plans.actions.past import NotPast, add_past, drop_past, hold_open, write_past
from xietong.areas.plans.actions.pressing import (
    AT_ONCE,
    NothingToRemind,
    Reminded,
    remind,
    remind_later,
    tell_units,
    write_reminders,
)
from xietong.areas.plans.actions.signing import NoSheet, add_signed, pull_file
from xietong.areas.plans.actions.standing import refresh_all_standings, refresh_standing
from xietong.areas.plans.actions.succession import give_tasks_to_successor, move_tasks_to_unit
from xietong.areas.plans.actions.supervising import (
    BadFollowUp,
    lift_follow_up,
    open_follow_up,
    reply_follow_up,
    return_reply,
)
from xietong.areas.plans.actions.supporting import contribute
from xietong.areas.plans.actions.work import (
    NotDone,
    NothingReported,
    OnItsRoute,
    OpinionMissing,
    ReasonMissing,
    accept,
    receive_task,
    report_progress,
    send_back,
    settle_report,
    withdraw_report,
)
