"""Sorting what is new and sending what is due, on the queue."""

import time
from collections.abc import Iterator
from functools import partial

from xietong.kit.clock.time import frozen_at, machine_now
from xietong.kit.jobs.run import Outside, Run
from xietong.kit.notices.carrying import carry_out, claim, settle
from xietong.kit.notices.sorting import sort_some

DELIVER = "notices.deliver"
# An attempt ends within four minutes, however slow the server; most take a second.
LEASE = 300
BUDGET = 20.0


def deliver(_run: Run) -> Iterator[Outside | None]:
    """In a demonstration nothing leaves the house: its clock stands still, and its people do not exist."""
    if frozen_at() is not None:
        return
    while sort_some(machine_now()):
        yield None
    settle(machine_now())
    yield None
    until = time.monotonic() + BUDGET
    while time.monotonic() < until and (row := claim(machine_now())):
        # The mark is committed with this batch; what follows it happens outside.
        yield partial(carry_out, row.pk, row.attempts)
