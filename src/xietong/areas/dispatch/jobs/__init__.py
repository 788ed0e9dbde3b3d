"""Long work of monthly dispatch."""

from xietong.areas.dispatch.actions.opening import OPEN
from xietong.areas.dispatch.jobs.opening import open_cycle
from xietong.areas.dispatch.jobs.reminding import REMIND, remind_all
