"""Work that no page waits for."""

from xietong.areas.plans.jobs.checking import ACCEPT, accept_reports
from xietong.areas.plans.jobs.packing import PACKAGE, pack
from xietong.areas.plans.jobs.reminding import REMIND, remind_units
from xietong.areas.plans.jobs.standing import STANDINGS, refresh_standings
