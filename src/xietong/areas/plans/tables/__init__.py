"""The lists of this area."""

from xietong.areas.plans.tables.checking import FINDINGS, CheckTable, by_finding, finding_of, finding_tag
from xietong.areas.plans.tables.moving import CHANGE_TONES, ChangeTable, change_tag
from xietong.areas.plans.tables.planning import (
    FINDING_TONES,
    GAPS,
    DraftTable,
    FindingTable,
    PastTable,
    by_gap,
    finding_state,
    kind_tag,
    missing,
)
from xietong.areas.plans.tables.pressing import FigureTable, FollowUpTable, PressedTaskTable
from xietong.areas.plans.tables.working import (
    LIGHTS,
    TONES,
    MyTaskTable,
    ReviewTable,
    StandingTable,
    TaskTable,
    by_light,
    by_section,
    state_tag,
)
