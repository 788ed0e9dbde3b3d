"""Reminders by rule: so many working days before a filing is due, and on the day itself."""

from collections.abc import Iterator

from xietong.areas.dispatch import actions, queries
from xietong.kit.clock.time import day_of
from xietong.kit.jobs.run import Run

REMIND = "dispatch.remind"


def remind_all(run: Run) -> Iterator[None]:
    for cycle in queries.open_cycles(day_of(run.now)):
        actions.remind_by_rule(run.actor(), cycle, now=run.now)
        yield
