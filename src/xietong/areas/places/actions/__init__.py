"""Writes of this area."""

from xietong.areas.places.actions.births import change_births, enter_births, hold_births, recount_births, write_births
from xietong.areas.places.actions.housing import add_housing, change_housing, drop_housing
from xietong.areas.places.actions.measuring import recount
from xietong.areas.places.actions.projects import (
    add_evidence,
    add_project,
    cancel_project,
    change_project,
    deliver_project,
)
from xietong.areas.places.actions.refusals import Impossible, NotComputed, TooLittleKnown, Unlikely, WrongState
from xietong.areas.places.actions.scenarios import (
    PROJECT,
    add_scenario,
    approve_scenario,
    change_scenario,
    compute_scenario,
    keep_result,
    return_scenario,
    submit_scenario,
)
