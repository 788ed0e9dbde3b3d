"""What runs by itself, and what is thrown away."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from tests.build import NOW
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs import pruning, registry
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job, Schedule, State
from xietong.kit.jobs.run import Run
from xietong.kit.jobs.schedules import run_due, schedule
from xietong.kit.jobs.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Kinds that a test registers are gone after it."""
    before = dict(registry.KINDS)
    registry.register("test", nothing, label="试验")
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def nothing(_run: Run) -> Iterator[None]:
    yield


# The schedule


def test_schedule_enters_a_regular_job_that_is_due_at_once() -> None:
    row = schedule("nightly", "test", every_seconds=60, payload={"deep": True})

    assert run_due(row.next_at) == 1

    job = Job.objects.get()
    assert (job.kind, job.key, job.payload, job.account_id) == ("test", "schedule:nightly", {"deep": True}, None)


def test_schedule_lets_a_regular_job_begin_later() -> None:
    row = schedule("weekly", "test", every_seconds=60, first_in_seconds=90)

    assert (run_due(row.next_at - timedelta(seconds=80)), run_due(row.next_at)) == (0, 1)
    assert 80 < (row.next_at - machine_now()).total_seconds() < 91


def test_schedule_keeps_what_an_administrator_set() -> None:
    schedule("nightly", "test", every_seconds=60)
    Schedule.objects.update(every_seconds=3600)

    schedule("nightly", "test", every_seconds=60)

    assert Schedule.objects.get().every_seconds == 3600


def test_schedule_never_stands_still() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        schedule("nightly", "test", every_seconds=0)

    assert Schedule.objects.count() == 0


def test_run_due_moves_to_the_next_moment_of_the_grid() -> None:
    row = schedule("nightly", "test", every_seconds=60)

    assert run_due(row.next_at + timedelta(seconds=150)) == 1
    assert run_due(row.next_at + timedelta(seconds=179)) == 0

    assert Schedule.objects.get().next_at == row.next_at + timedelta(seconds=180)
    assert Job.objects.count() == 1


def test_run_due_does_not_start_what_still_runs() -> None:
    row = schedule("nightly", "test", every_seconds=60)
    run_due(row.next_at)

    assert run_due(row.next_at + timedelta(seconds=60)) == 1

    assert (Job.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_run_due_leaves_one_row_of_a_job_that_goes_well_and_every_failed_one() -> None:
    row = schedule("nightly", "test", every_seconds=60)
    for turn, state in enumerate([State.DONE, State.FAILED, State.DONE, State.DONE]):
        run_due(row.next_at + timedelta(seconds=60 * turn))
        Job.objects.filter(state=State.WAITING).update(state=state)

    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == [State.FAILED, State.DONE]


def test_run_due_passes_by_a_kind_that_this_version_does_not_know() -> None:
    row = schedule("nightly", "unheard", every_seconds=60)

    assert run_due(row.next_at + timedelta(days=1)) == 0
    assert (Schedule.objects.get().next_at, Job.objects.count()) == (row.next_at, 0)


@pytest.mark.django_db(transaction=True)
def test_work_starts_what_is_due() -> None:
    schedule("nightly", "test", every_seconds=60)

    work(batch=True)

    assert Job.objects.get().state == State.DONE


# Throwing away


def ended(key: str, days: float, **fields: Any) -> Job:
    job = enqueue("test", key=key, payload={}, actor=SYSTEM, now=NOW)
    ended_at = machine_now() - timedelta(days=days)
    Job.objects.filter(pk=job.pk).update(state=State.DONE, finished_at=ended_at, **fields)
    DBTaskResult.objects.filter(pk=job.task_id).update(status="SUCCESSFUL", finished_at=ended_at)
    return job


def folder(root: Path, name: str, *, days: float) -> None:
    place = root / "results" / name
    place.mkdir(parents=True)
    (place / "a.xlsx").write_bytes(b"rows")
    then = (machine_now() - timedelta(days=days)).timestamp()
    os.utime(place, (then, then))


def test_prune_throws_away_what_ended_long_ago(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    ended("old", 31, result_file="results/1-old/a.xlsx")
    ended("recent", 29, result_file="results/2-recent/a.xlsx")
    ended("today", 0.5)
    enqueue("test", key="waiting", payload={}, actor=SYSTEM, now=NOW)
    folder(tmp_path, "1-old", days=31)
    folder(tmp_path, "2-recent", days=29)
    folder(tmp_path, "3-lost", days=2)
    folder(tmp_path, "4-being-written", days=0.5)
    folder(tmp_path / "elsewhere", "5", days=100)

    for _ in pruning.prune(Run(1, 1, {}, "")):
        assert transaction.get_connection().in_atomic_block

    assert sorted(Job.objects.values_list("key", flat=True)) == ["recent", "today", "waiting"]
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]
    assert sorted(place.name for place in (tmp_path / "results").iterdir()) == ["2-recent", "4-being-written"]
    assert (tmp_path / "elsewhere" / "results" / "5" / "a.xlsx").exists()


def test_prune_forgets_tasks_of_workers_that_died() -> None:
    for key, days in (("dead", 31), ("alive", 1)):
        job = enqueue("test", key=key, payload={}, actor=SYSTEM, now=NOW)
        started_at = machine_now() - timedelta(days=days)
        DBTaskResult.objects.filter(pk=job.task_id).update(status="RUNNING", started_at=started_at)

    list(pruning.prune(Run(1, 1, {}, "")))

    assert [task.pk for task in DBTaskResult.objects.all()] == [job.task_id]
