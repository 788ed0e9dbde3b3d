"""Writes of this area: the dictionary, computing, reporting, balance."""

from xietong.areas.indicators.actions.balance import (
    CHEAPEST,
    add_what_if,
    ask_cheapest,
    change_what_if,
    drop_what_if,
    enter_balance,
    keep_found,
    must_be_figure,
)
from xietong.areas.indicators.actions.computing import (
    LARGEST,
    PLACES,
    SOURCE_CORRECTED,
    in_use,
    keep,
    nothing,
    recompute,
    recompute_all,
    result,
    wanted,
    work_out,
)
from xietong.areas.indicators.actions.dictionary import (
    add_indicator,
    adopt_start_set,
    change_indicator,
    kept,
    must_be_told,
    must_hold,
    number,
    refers,
    retire_indicator,
    set_target,
    start_set,
)
from xietong.areas.indicators.actions.refusals import (
    BadFormula,
    BadPeriod,
    BadValue,
    NothingToReport,
    NotReported,
    PeriodLocked,
)
from xietong.areas.indicators.actions.reporting import (
    WHOLE,
    correct_value,
    follow,
    give_cause,
    lock_period,
    must_be_open,
    must_be_possible,
    report_upward,
    report_value,
    sum_regions,
    sum_up,
    verify_value,
)
