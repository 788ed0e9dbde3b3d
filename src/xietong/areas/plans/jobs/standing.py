"""Once a day: periods begin, and what is overdue changes at midnight without anybody doing anything."""

from collections.abc import Iterator

from xietong.areas.plans import actions
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.clock.time import business_now, day_of
from xietong.kit.jobs.run import Run

STANDINGS = "plans.standings"


def refresh_standings(_run: Run) -> Iterator[None]:
    actions.open_periods(day_of(business_now()))
    yield
    actions.refresh_all_standings(SYSTEM, now=business_now())
    yield
