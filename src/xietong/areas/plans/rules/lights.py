"""Deadline lights: green on time, yellow within some working days of the due day, red from the day after.

The number of days is a county default of the rule table; what happens in a school's vacation too.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xietong.areas.plans.rules.states import OPEN, TaskState


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LightRule:
    """The rule for one county on one day.

    `yellow_until` is the last due day that already shows yellow; `schools_rest` says that it is
    vacation, in which a school's light stands still (grey).
    """

    today: date
    yellow_until: date
    schools_rest: bool = False

    def light(self, state: TaskState, due_on: date | None, *, at_school: bool) -> Light:
        """The light of a task; none for drafts and for what is done."""
        if state not in OPEN or due_on is None:
            return Light.NONE
        if at_school and self.schools_rest:
            return Light.GREY
        if due_on < self.today:
            return Light.RED
        return Light.YELLOW if due_on <= self.yellow_until else Light.GREEN
