"""Writes: a month from opening to lock, a meeting from plan to minutes, what it decided, its documents."""

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
from xietong.areas.dispatch.actions.drafting import (
    AlreadyDrafted,
    NothingToSay,
    NoWords,
    UnknownFigure,
    change_draft,
    draft_document,
    drop_document,
    rebuild_draft,
    submit_document,
)
from xietong.areas.dispatch.actions.holding import MeetingMoved, NotBegun, OutsideUnit
from xietong.areas.dispatch.actions.inviting import AlreadyAnswered, invite, name_people, seat_units
from xietong.areas.dispatch.actions.issuing import (
    BadNumber,
    NobodyToSend,
    NoScan,
    Tampered,
    file_document,
    number_document,
    press_receipts,
    receive_document,
    seal_document,
    send_document,
    settle_document,
)
from xietong.areas.dispatch.actions.letterheads import BadTemplate, clear_template, set_letterhead, set_template
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
from xietong.areas.dispatch.actions.naming import (
    NoMatter,
    NotHeard,
    NotListed,
    add_naming,
    ask_namings,
    drop_naming,
    explain,
    tick_names,
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
from xietong.areas.dispatch.actions.upward import (
    BadForm,
    BadWords,
    NotBlank,
    Replaced,
    add_upward_form,
    change_upward_form,
    drop_report,
    fill_upward_form,
    hand_in_report,
    map_upward_form,
    replace_upward_file,
)
from xietong.areas.dispatch.actions.writing import Said, keep_filing, submit_filing, withdraw_filing
