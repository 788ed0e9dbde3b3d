"""A worker as a process of its own, for tests that stop it: `python -m tests.kit.slow_worker`."""

import os
import sys
import time
from collections.abc import Callable, Iterator

STEPS = 20
LEASE = 1
KINDS = ("slow", "stalls")


def slow(run: "Run") -> Iterator[None]:
    """Writes one row a batch and dawdles before the batch is committed."""
    for step in range(run.cursor.get("next", 0), STEPS):
        took(run, step)
        time.sleep(0.03)
        yield


def stalls(run: "Run") -> Iterator[Callable[[], None]]:
    """The first attempt sleeps through its lease and then wants to go on."""
    for step in range(run.cursor.get("next", 0), 3):
        took(run, step)
        yield (lambda: time.sleep(4 * LEASE)) if run.attempt == 1 else (lambda: None)


def took(run: "Run", step: int) -> None:
    record(SYSTEM, "test.step", None, now=run.now, reason=f"{run.job_id}:{step}")
    run.cursor, run.done, run.total = {"next": step + 1}, step + 1, STEPS


def declare() -> None:
    for kind, function in zip(KINDS, (slow, stalls), strict=True):
        registry.register(kind, function, label=kind, lease=LEASE)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from xietong.kit.accounts.actor import SYSTEM  # noqa: E402
from xietong.kit.audit.record import record  # noqa: E402
from xietong.kit.jobs import beat, registry, worker  # noqa: E402
from xietong.kit.jobs.run import Run  # noqa: E402

if __name__ == "__main__":
    declare()
    beat.EVERY = 0.2
    worker.LOOK_EVERY = 0.05
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.work()
