"""Writes: a month from its opening to its lock, a meeting from its plan to its minutes, and what it decided."""

from xietong.areas.dispatch.actions.agenda import (
    CannotMove,
    HasDecisions,
    add_item,
    change_item,
    drop_item,
    move_item,
    propose_agenda,
)
from xietong.areas.dispatch.actions.attending import (
    CannotSignIn,
    Recorded,
    all_present,
    excuse,
    record_attendance,
    sign_in,
)
from xietong.areas.dispatch.actions.decisions import (
    BadDecision,
    NoPlan,
    Place,
    UnknownPerson,
    decide,
    give_opinion,
)
from xietong.areas.dispatch.actions.holding import MeetingMoved, NotBegun, OutsideUnit
from xietong.areas.dispatch.actions.inviting import AlreadyAnswered, invite, name_people, seat_units
from xietong.areas.dispatch.actions.meetings import (
    BadMeeting,
    OpenDecisions,
    add_papers,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from xietong.areas.dispatch.actions.minutes import (
    NoMinutes,
    NotSettled,
    TooLate,
    add_to_minutes,
    circulate,
    confirm,
    fix_minutes,
    record_minutes,
    remind_units,
)
from xietong.areas.dispatch.actions.opening import ask_another, ask_units, open_month, open_special, opened
from xietong.areas.dispatch.actions.pressing import (
    answer_correction,
    answer_extension,
    ask_correction,
    ask_extension,
    change_due,
    excuse_filing,
    follow_closing,
    lock_cycle,
    press_units,
    remind_by_rule,
)
from xietong.areas.dispatch.actions.refusals import BadDay, Incomplete, MovedOn, NobodyAsked, NotYet
from xietong.areas.dispatch.actions.reviewing import agree_filings, settle_filing
from xietong.areas.dispatch.actions.settling import (
    DecisionMoved,
    WordsMissing,
    cancel_decision,
    change_decision,
    claim_decision,
    close_decision,
    move_decisions_to_unit,
    send_claim_back,
)
from xietong.areas.dispatch.actions.writing import Said, keep_filing, submit_filing, withdraw_filing
