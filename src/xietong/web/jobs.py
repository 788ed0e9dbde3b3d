"""Jobs that belong to no area: sealing the audit trail, and throwing away what has expired."""

from collections.abc import Iterator

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from xietong.kit.audit.seal import seal
from xietong.kit.clock.time import business_now, machine_now
from xietong.kit.files.pruning import prune as prune_files
from xietong.kit.jobs.run import Run
from xietong.kit.notices.pruning import prune_some as prune_deliveries

SEAL = "audit.seal"
PRUNE = "web.prune"


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
