"""Real workers as processes of their own: killed, stopped, side by side, asleep. On both databases."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.build import NOW
from tests.kit.slow_worker import STEPS, declare
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.models import Entry
from xietong.kit.jobs import registry
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job, State

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
LONGEST = 60


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    before = dict(registry.KINDS)
    declare()
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def address() -> str:
    """The database of this test as another process finds it."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place)


@contextmanager
def worker() -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DATABASE_URL": address(), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.kit.slow_worker"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def asked(kind: str, key: str = "k") -> Job:
    with transaction.atomic():
        return enqueue(kind, key=key, payload={}, actor=SYSTEM, now=NOW)


def wait_until(come: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not come():
        assert time.monotonic() < until, list(Job.objects.values())
        time.sleep(0.02)


def stands(job: Job) -> Job:
    job.refresh_from_db()
    return job


def taken() -> list[str]:
    return list(Entry.objects.filter(action="test.step").order_by("pk").values_list("reason", flat=True))


def each_once(job: Job, count: int) -> list[str]:
    return [f"{job.pk}:{step}" for step in range(count)]


def test_work_finishes_what_a_killed_worker_began_with_each_step_done_once() -> None:
    job = asked("slow")
    with worker() as first:
        wait_until(lambda: stands(job).done_steps >= 5)
        first.kill()
        first.wait()
    left = stands(job)
    assert (left.state, left.attempt) == (State.RUNNING, 1)
    assert taken() == each_once(job, left.done_steps)

    with worker():
        wait_until(lambda: stands(job).state == State.DONE)

    assert (job.attempt, taken()) == (2, each_once(job, STEPS))


def test_work_never_does_a_step_twice_with_two_workers_side_by_side() -> None:
    jobs = [asked("slow", key=str(number)) for number in range(4)]

    with worker(), worker():
        wait_until(lambda: {stands(job).state for job in jobs} == {State.DONE})

    assert sorted(taken()) == sorted(step for job in jobs for step in each_once(job, STEPS))
    assert [job.attempt for job in jobs] == [1, 1, 1, 1]


def test_work_commits_nothing_for_a_worker_that_slept_through_its_lease() -> None:
    job = asked("stalls")

    with worker() as first, worker() as second:
        wait_until(lambda: stands(job).state == State.DONE)
        finished_at = job.finished_at
        # Long enough for the sleeper to wake up and to want to write.
        time.sleep(5)
        assert (first.poll(), second.poll()) == (None, None)

    assert (stands(job).attempt, job.finished_at, taken()) == (2, finished_at, each_once(job, 3))


def test_work_ends_on_a_signal_between_two_batches_and_leaves_the_job_to_others() -> None:
    job = asked("slow")

    with worker() as process:
        wait_until(lambda: stands(job).done_steps >= 3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=LONGEST) == 0

    assert (stands(job).state, job.attempt, job.lease_token) == (State.WAITING, 0, "")
    assert taken() == each_once(job, job.done_steps)
    assert job.done_steps < STEPS
