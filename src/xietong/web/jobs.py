"""Jobs that belong to no area: sealing the audit trail, throwing away what has expired, compiling beforehand."""

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from xietong.kit.audit.seal import seal
from xietong.kit.clock.time import business_now, machine_now
from xietong.kit.files.pruning import prune as prune_files
from xietong.kit.jobs.run import Outside, Run
from xietong.kit.notices.pruning import prune_some as prune_deliveries

SEAL = "audit.seal"
PRUNE = "web.prune"
WARM = "web.warm"
LOOK_EVERY = 0.5


def seal_audit(_run: Run) -> Iterator[None]:
    while seal():
        yield


def prune(_run: Run) -> Iterator[None]:
    """Audit rows are never thrown away.

    A wrong password that is dated ahead was typed before the clock was set back: it locks its account
    for the usual time from now, not until the clock has caught up.
    """
    Session.objects.filter(expire_date__lt=machine_now()).delete()
    yield
    AccessAttempt.objects.filter(attempt_time__gt=machine_now()).update(attempt_time=machine_now())
    yield
    prune_files(machine_now())
    yield
    # The log of a demonstration is dated by a clock that stands still.
    while prune_deliveries(business_now()):
        yield


def compile_methods(_run: Run) -> Iterator[Outside]:
    """Compiles the loops of the methods for those who will need them: half a minute once, a second when it is done.

    In a process of its own, which takes the compiler with it when it ends.
    """
    child = subprocess.Popen([sys.executable, "-c", "from xietong.quant.warming import warm; list(warm())"])
    try:
        while child.poll() is None:
            yield partial(time.sleep, LOOK_EVERY)
    finally:
        child.kill()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, "warm")
