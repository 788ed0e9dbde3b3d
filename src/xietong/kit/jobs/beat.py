"""The beat beside every worker: what is due, and what was left behind."""

import logging
from threading import Event

from django.db import close_old_connections, connections

from xietong.kit.clock.time import machine_now
from xietong.kit.jobs.reaping import reap
from xietong.kit.jobs.schedules import run_due
from xietong.kit.jobs.setback import redate

logger = logging.getLogger(__name__)
EVERY = 5.0


def tick() -> None:
    """This function will start what is due and re-queue what was left behind, also after the clock was set back."""
    now = machine_now()
    redate(now)
    run_due(now)
    reap(now)


def beat(stop: Event) -> None:
    """This function will tick until told to stop. A tick that fails is followed by the next one."""
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                tick()
            except Exception:
                logger.exception("tick failed")
            stop.wait(EVERY)
    finally:
        connections.close_all()
