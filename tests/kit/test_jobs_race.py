"""Two who ask for the same at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django_tasks_db.models import DBTaskResult

from tests.build import NOW
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs import registry
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.run import Run
from xietong.kit.jobs.schedules import run_due, schedule

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    before = dict(registry.KINDS)
    registry.register("test", nothing, label="试验")
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def nothing(_run: Run) -> Iterator[None]:
    yield


def ask() -> int:
    return int(enqueue("test", key="k", payload={}, actor=SYSTEM, now=NOW).pk)


def ask_elsewhere() -> int:
    try:
        return ask()
    finally:
        connections.close_all()


@pytest.mark.parametrize("undone", [False, True])
def test_enqueue_waits_for_another_who_asks_for_the_same_and_has_not_committed(undone: bool) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            mine = ask()
            other = pool.submit(ask_elsewhere)
            Event().wait(0.3)
            assert not other.done()
            transaction.set_rollback(undone)
        theirs = other.result(timeout=20)

    assert (theirs == mine) is not undone or connection.vendor == "sqlite"
    assert (list(Job.objects.values_list("pk", flat=True)), DBTaskResult.objects.count()) == ([theirs], 1)


@pytest.mark.postgres
def test_run_due_passes_by_what_another_beat_starts_just_now() -> None:
    row = schedule("nightly", "test", every_seconds=60)

    def beat_elsewhere() -> int:
        try:
            return run_due(machine_now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        assert run_due(row.next_at) == 1
        assert pool.submit(beat_elsewhere).result(timeout=20) == 0

    assert Job.objects.count() == 1
