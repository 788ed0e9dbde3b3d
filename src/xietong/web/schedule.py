"""What runs by itself, and how often."""

from xietong.areas.dispatch.jobs import REMIND
from xietong.areas.plans.jobs import STANDINGS
from xietong.kit.jobs.pruning import PRUNE as PRUNE_JOBS
from xietong.kit.jobs.schedules import schedule
from xietong.kit.notices.jobs import DELIVER
from xietong.web.jobs import PRUNE, SEAL, WARM

DAY = 24 * 3600
AFTER_THE_FIRST_PAGES = 120


def schedule_all() -> None:
    """This function will enter the regular jobs into the schedule; an administrator's changes stay."""
    schedule("audit.seal", SEAL, every_seconds=5)
    schedule("plans.standings", STANDINGS, every_seconds=DAY // 4)
    schedule("dispatch.remind", REMIND, every_seconds=DAY // 4)
    schedule("notices.deliver", DELIVER, every_seconds=30)
    schedule("web.prune", PRUNE, every_seconds=DAY)
    schedule("jobs.prune", PRUNE_JOBS, every_seconds=DAY)
    schedule("web.warm", WARM, every_seconds=7 * DAY, first_in_seconds=AFTER_THE_FIRST_PAGES)
