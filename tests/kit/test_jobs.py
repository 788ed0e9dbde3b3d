"""Asking for a job, and doing it in batches."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.build import NOW
from xietong.kit.accounts.actor import SYSTEM, Actor, actors_of
from xietong.kit.clock.models import Holiday
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs import performing, registry
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job, State
from xietong.kit.jobs.run import Hopeless, Run
from xietong.kit.jobs.worker import work

pytestmark = pytest.mark.django_db

CLERK = Actor(account_id=7, name="云甲", role="office", county_id=3, term_id=11)
FIRST = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Kinds that a test registers are gone after it."""
    before = dict(registry.KINDS)
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def declare(function: registry.Work, **options: Any) -> None:
    registry.register("test", function, label="试验", **options)


def ask(key: str = "k", actor: Actor = CLERK, **payload: Any) -> Job:
    return enqueue("test", key=key, payload=payload, actor=actor, now=NOW)


def perform(job: Job, *, stop: Event | None = None) -> Job:
    performing.perform(job.pk, again=lambda _job: None, stop=stop or Event())
    job.refresh_from_db()
    return job


def write(step: int) -> None:
    Holiday.objects.create(county_id=3, on=FIRST + timedelta(days=step), is_work=False, name=f"step {step}")


def written() -> list[str]:
    return list(Holiday.objects.filter(county_id=3).order_by("pk").values_list("name", flat=True))


def steps(run: Run) -> Iterator[None]:
    run.total = 3
    for step in range(run.cursor.get("next", 0), 3):
        write(step)
        run.cursor = {"next": step + 1}
        run.done = step + 1
        yield
    run.result = {"rows": 3}


def nothing(_run: Run) -> Iterator[None]:
    yield


# Asking


def test_enqueue_writes_the_job_and_gives_the_queue_its_key_only() -> None:
    declare(nothing, max_attempts=2)

    job = enqueue("test", key="k", payload={"plan": 5}, actor=CLERK, now=NOW)

    row = Job.objects.get()
    assert (row.kind, row.key, row.payload, row.state, row.attempt, row.max_attempts) == (
        "test", "k", {"plan": 5}, State.WAITING, 0, 2,
    )  # fmt: skip
    assert (row.county_id, row.account_id, row.term_id, row.created_at) == (3, 7, 11, NOW)
    task = DBTaskResult.objects.get()
    assert (task.pk, task.args_kwargs, task.run_after) == (row.task_id, {"args": [job.pk], "kwargs": {}}, row.run_at)


def test_enqueue_leaves_nothing_when_the_callers_transaction_is_undone() -> None:
    declare(nothing)

    with transaction.atomic():
        ask()
        transaction.set_rollback(True)

    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_enqueue_returns_the_open_job_with_the_same_key() -> None:
    declare(nothing)
    first = ask(plan=1)

    assert ask(plan=2).pk == first.pk
    assert ask(key="other").pk != first.pk
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (2, 2)
    assert Job.objects.get(pk=first.pk).payload == {"plan": 1}


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_enqueue_begins_anew_once_the_job_with_the_key_has_ended(state: State) -> None:
    declare(nothing)
    first = ask()
    Job.objects.filter(pk=first.pk).update(state=state)

    assert ask().pk != first.pk


def test_enqueue_refuses_a_kind_that_nobody_registered() -> None:
    with pytest.raises(registry.UnknownKind):
        enqueue("unheard", key="k", payload={}, actor=CLERK, now=NOW)

    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_register_refuses_a_second_function_for_a_kind() -> None:
    declare(nothing)
    declare(nothing)

    with pytest.raises(ValueError, match="registered twice"):
        declare(steps)

    assert registry.KINDS["test"].work is nothing


# Doing


@pytest.mark.django_db(transaction=True)
def test_work_does_what_is_in_the_queue_and_saves_progress_and_result() -> None:
    declare(steps)
    job = ask()

    work(batch=True)

    job.refresh_from_db()
    assert (job.state, job.attempt, job.done_steps, job.total_steps) == (State.DONE, 1, 3, 3)
    assert (job.cursor, job.result, job.error) == ({"next": 3}, {"rows": 3}, "")
    assert (job.lease_token, job.lease_until) == ("", None)
    assert None not in (job.started_at, job.finished_at)
    assert written() == ["step 0", "step 1", "step 2"]
    assert [task.status for task in DBTaskResult.objects.all()] == ["SUCCESSFUL"]


def test_perform_commits_each_batch_by_itself_and_goes_on_at_the_cursor() -> None:
    def breaks_once(run: Run) -> Iterator[None]:
        for _ in steps(run):
            if run.attempt == 1 and run.done == 2:
                raise OSError("disk")
            yield

    declare(breaks_once)
    job = perform(ask())

    assert (job.state, job.cursor, job.done_steps, written()) == (State.WAITING, {"next": 1}, 1, ["step 0"])

    Job.objects.update(run_at=machine_now())
    assert perform(job).state == State.DONE
    assert written() == ["step 0", "step 1", "step 2"]


def test_perform_calls_what_is_yielded_outside_of_the_transaction() -> None:
    seen = []

    def depth() -> int:
        return len(transaction.get_connection().savepoint_ids)

    def solves(_run: Run) -> Iterator[Callable[[], int]]:
        seen.append(depth())
        answer = yield depth
        seen.append(answer)

    declare(solves)

    assert perform(ask()).state == State.DONE
    assert seen == [1, 0]


def test_perform_does_a_job_once_however_often_the_queue_brings_it() -> None:
    declare(steps)
    job = ask()

    assert perform(job).state == State.DONE
    assert perform(job).attempt == 1
    assert written() == ["step 0", "step 1", "step 2"]


def test_perform_leaves_a_job_that_is_not_due() -> None:
    declare(steps)
    job = enqueue("test", key="k", payload={}, actor=CLERK, now=NOW)
    Job.objects.update(run_at=machine_now() + timedelta(seconds=5))

    assert (perform(job).state, job.attempt, written()) == (State.WAITING, 0, [])


def test_perform_puts_a_job_back_between_batches_when_the_worker_stops() -> None:
    stop = Event()

    def told_to_stop(run: Run) -> Iterator[None]:
        for _ in steps(run):
            stop.set()
            yield

    declare(told_to_stop)
    job = perform(ask(), stop=stop)

    assert (job.state, job.attempt, job.cursor, job.lease_token) == (State.WAITING, 0, {"next": 1}, "")
    assert perform(job).state == State.DONE
    assert written() == ["step 0", "step 1", "step 2"]


def test_run_file_is_offered_under_its_name(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path

    def exports(run: Run) -> Iterator[None]:
        run.file("任务台账.xlsx").write_bytes(b"rows")
        yield

    declare(exports)
    job = perform(ask())

    assert job.file_name == "任务台账.xlsx"
    assert (tmp_path / job.result_file).read_bytes() == b"rows"


def test_perform_keeps_the_file_of_an_earlier_batch_and_the_time_of_the_first_attempt(
    settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path

    def exports(run: Run) -> Iterator[None]:
        if not run.cursor:
            run.file("台账.xlsx").write_bytes(b"rows")
            run.cursor = {"written": True}
            yield
        if run.attempt == 1:
            raise OSError("disk")

    declare(exports)
    job = perform(ask())
    began_at, file = job.started_at, job.result_file
    Job.objects.update(run_at=machine_now())

    assert (perform(job).state, job.started_at, job.result_file) == (State.DONE, began_at, file)
    assert (tmp_path / file).read_bytes() == b"rows"


def test_perform_extends_the_lease_with_each_batch_by_what_the_kind_needs() -> None:
    leases = []

    def long(run: Run) -> Iterator[Callable[[], None]]:
        yield lambda: leases.append(Job.objects.get(pk=run.job_id).lease_until - machine_now())

    declare(long, lease=900)
    perform(ask())

    assert [timedelta(seconds=895) < lease <= timedelta(seconds=900) for lease in leases] == [True]


# Who acts


def roles(account_id: int, _on: date) -> tuple[Actor, ...]:
    return (CLERK,) if account_id == CLERK.account_id else ()


@pytest.fixture
def known_roles(settings: Any) -> Iterator[None]:
    settings.ACTORS_OF = "tests.kit.test_jobs.roles"
    actors_of.cache_clear()
    yield
    actors_of.cache_clear()


def test_run_actor_is_whoever_asked_as_he_stands_today(known_roles: None) -> None:
    found = []

    def acts(run: Run) -> Iterator[None]:
        found.append(run.actor())
        yield

    declare(acts)
    perform(ask("mine"))
    perform(ask("its own", SYSTEM))

    assert [(actor.name, actor.term_id, actor.role) for actor in found] == [
        ("云甲", 11, "office"), ("系统", None, "system"),
    ]  # fmt: skip


def test_run_actor_is_refused_once_the_role_has_ended(known_roles: None) -> None:
    def acts(run: Run) -> Iterator[None]:
        write(1)
        with pytest.raises(Hopeless):
            run.actor()
        run.actor()
        yield

    declare(acts)
    job = perform(ask(actor=Actor(account_id=7, name="云甲", role="office", term_id=12)))

    assert (job.state, job.message) == (State.FAILED, "提交任务时使用的角色已经结束，任务没有继续处理。")
    assert written() == []
