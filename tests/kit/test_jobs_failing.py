"""Jobs that fail, and attempts that have lost their job."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Event

import pytest
from django.db import DatabaseError
from django_tasks_db.models import DBTaskResult

from tests.build import NOW
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.models import Entry
from xietong.kit.clock.models import Holiday
from xietong.kit.clock.time import machine_now
from xietong.kit.errors import Denied
from xietong.kit.jobs import actions, performing, registry
from xietong.kit.jobs.delivery import hand_over
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job, State
from xietong.kit.jobs.reaping import PATIENCE, reap
from xietong.kit.jobs.run import Hopeless, Run

pytestmark = pytest.mark.django_db

SOON = timedelta(seconds=1)
SECRET = "云甲"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Kinds that a test registers are gone after it."""
    before = dict(registry.KINDS)
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def asked(function: registry.Work, *, max_attempts: int = 5) -> Job:
    registry.register("test", function, label="试验", max_attempts=max_attempts)
    return enqueue("test", key="k", payload={}, actor=SYSTEM, now=NOW)


def perform(job: Job) -> Job:
    performing.perform(job.pk, again=hand_over, stop=Event())
    job.refresh_from_db()
    return job


def come_due(job: Job) -> Job:
    Job.objects.filter(pk=job.pk).update(run_at=machine_now())
    return job


def write(name: str) -> None:
    Holiday.objects.create(county_id=3, on=date(2026, 1, 1), is_work=False, name=name)


def written() -> list[str]:
    return list(Holiday.objects.filter(county_id=3).order_by("pk").values_list("name", flat=True))


def breaks(_run: Run) -> Iterator[None]:
    write("half")
    detail = f"DETAIL: Key (name)=({SECRET})"
    raise DatabaseError(f"the server went away\n{detail}")
    yield


def waits_for_good(_run: Run) -> Iterator[None]:
    yield


# Trying again


def test_perform_tries_a_broken_job_again_later() -> None:
    job = asked(breaks)
    before = machine_now()

    perform(job)

    assert (job.state, job.attempt, job.lease_token, job.lease_until) == (State.WAITING, 1, "", None)
    assert before + timedelta(seconds=2.5) <= job.run_at <= machine_now() + timedelta(seconds=5)
    assert written() == []
    assert DBTaskResult.objects.get(pk=job.task_id).run_after == job.run_at


def test_perform_writes_down_where_it_broke_but_no_row_of_the_database() -> None:
    job = perform(asked(breaks))

    assert job.error.splitlines()[-1] == "DatabaseError: the server went away"
    assert job.error.count("in breaks") == 1
    assert job.error.count(SECRET) == 0


def test_perform_gives_up_after_the_last_attempt() -> None:
    job = asked(breaks, max_attempts=2)

    perform(job)
    assert perform(come_due(job)).state == State.FAILED

    assert (job.attempt, job.message) == (2, "多次处理都没有成功，已停止。请稍后重试，或联系系统管理员。")
    assert job.finished_at is not None
    assert perform(come_due(job)).attempt == 2
    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize("refusal", [Hopeless("文件里没有数据。"), Denied("文件里没有数据。")])
def test_perform_does_not_try_again_what_was_refused(refusal: Exception) -> None:
    def refused(_run: Run) -> Iterator[None]:
        write("half")
        raise refusal
        yield

    job = perform(asked(refused))

    assert (job.state, job.attempt, job.message, job.error) == (State.FAILED, 1, "文件里没有数据。", "")
    assert (written(), DBTaskResult.objects.count()) == ([], 1)


def test_perform_keeps_a_kind_it_does_not_know_for_a_worker_that_does() -> None:
    job = asked(waits_for_good)
    del registry.KINDS["test"]

    perform(job)

    assert (job.state, job.attempt, job.error.splitlines()[-1]) == (State.WAITING, 1, "UnknownKind: test")


@pytest.mark.parametrize(("attempt", "longest"), [(1, 5), (2, 10), (5, 80), (30, 3600)])
def test_back_off_doubles_up_to_an_hour_and_scatters(attempt: int, longest: int) -> None:
    waits = {performing.back_off(attempt).total_seconds() for _ in range(50)}

    assert len(waits) > 1
    assert [wait for wait in waits if not longest / 2 <= wait <= longest] == []


# Losing the job


def take_over(pk: int) -> None:
    Job.objects.filter(pk=pk).update(lease_token="another")


def cancel(pk: int) -> None:
    actions.cancel(SYSTEM, Job.objects.get(pk=pk), now=NOW)


@pytest.mark.parametrize(
    ("meddle", "left"), [(take_over, (State.RUNNING, "another")), (cancel, (State.CANCELLED, ""))]
)
def test_perform_commits_nothing_once_the_lease_is_lost(
    meddle: Callable[[int], None], left: tuple[State, str]
) -> None:
    def slow(run: Run) -> Iterator[Callable[[], None]]:
        run.cursor, run.done = {"next": 1}, 1
        yield lambda: meddle(run.job_id)
        run.cursor, run.done = {"next": 2}, 2
        write("too late")
        yield lambda: None

    job = perform(asked(slow))

    assert (job.state, job.lease_token) == left
    assert (job.cursor, job.done_steps, written()) == ({"next": 1}, 1, [])
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("failure", [OSError("disk"), Hopeless("没有数据。")])
def test_perform_does_not_fail_a_job_that_is_anothers(failure: Exception) -> None:
    def late(run: Run) -> Iterator[Callable[[], None]]:
        def fails() -> None:
            take_over(run.job_id)
            raise failure

        yield fails

    job = perform(asked(late))

    assert (job.state, job.lease_token, job.message, job.error) == (State.RUNNING, "another", "", "")


def test_reap_gives_back_a_job_whose_lease_ran_out() -> None:
    job = asked(waits_for_good)
    performing.claim(job.pk)
    job.refresh_from_db()

    assert reap(job.lease_until - SOON) == 0
    assert reap(job.lease_until + SOON) == 1

    job.refresh_from_db()
    assert (job.state, job.attempt, job.lease_token) == (State.WAITING, 1, "")
    assert (DBTaskResult.objects.count(), DBTaskResult.objects.get(pk=job.task_id).status) == (2, "READY")
    assert perform(job).state == State.DONE


def test_reap_fails_a_job_that_has_killed_enough_workers() -> None:
    job = asked(waits_for_good, max_attempts=1)
    performing.claim(job.pk)
    job.refresh_from_db()

    assert reap(job.lease_until + SOON) == 1

    job.refresh_from_db()
    assert (job.state, job.error, DBTaskResult.objects.count()) == (
        State.FAILED, "the worker ended without a word", 1,
    )  # fmt: skip


@pytest.mark.parametrize("gone", ["thrown away", "taken by a worker that died"])
def test_reap_delivers_a_job_again_whose_task_is_lost(gone: str) -> None:
    job = asked(waits_for_good)
    tasks = DBTaskResult.objects.filter(pk=job.task_id)
    tasks.delete() if gone == "thrown away" else tasks.update(status="RUNNING")

    assert reap(job.run_at + PATIENCE) == 0
    assert reap(job.run_at + PATIENCE + SOON) == 1
    assert reap(job.run_at + PATIENCE + SOON) == 0

    job.refresh_from_db()
    assert DBTaskResult.objects.get(status="READY").pk == job.task_id


def test_reap_leaves_a_job_that_only_waits_for_its_turn() -> None:
    job = asked(waits_for_good)

    assert reap(job.run_at + timedelta(days=1)) == 0
    assert DBTaskResult.objects.count() == 1


# By hand


def test_retry_puts_a_failed_job_into_the_queue_where_it_stopped() -> None:
    job = asked(waits_for_good)
    fields = {"state": State.FAILED, "attempt": 5, "error": "disk", "cursor": {"next": 2}, "finished_at": NOW}
    Job.objects.filter(pk=job.pk).update(**fields)

    actions.retry(SYSTEM, job, now=NOW)

    job.refresh_from_db()
    assert (job.state, job.attempt, job.error, job.cursor) == (State.WAITING, 0, "", {"next": 2})
    assert perform(job).state == State.DONE
    assert Entry.objects.get().action == "jobs.retry"


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.DONE])
def test_retry_refuses_a_job_that_has_not_failed(state: State) -> None:
    job = asked(waits_for_good)
    Job.objects.filter(pk=job.pk).update(state=state)

    with pytest.raises(actions.NotFailed):
        actions.retry(SYSTEM, job, now=NOW)

    job.refresh_from_db()
    assert (job.state, DBTaskResult.objects.count(), Entry.objects.count()) == (state, 1, 0)


def test_retry_refuses_while_the_same_work_is_under_way() -> None:
    job = asked(waits_for_good)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED)
    asked(waits_for_good)

    with pytest.raises(actions.AlreadyOpen):
        actions.retry(SYSTEM, job, now=NOW)

    job.refresh_from_db()
    assert (job.state, DBTaskResult.objects.count(), Entry.objects.count()) == (State.FAILED, 2, 0)


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_cancel_refuses_a_job_that_has_ended(state: State) -> None:
    job = asked(waits_for_good)
    Job.objects.filter(pk=job.pk).update(state=state)

    with pytest.raises(actions.NotOpen):
        actions.cancel(SYSTEM, job, now=NOW)

    job.refresh_from_db()
    assert (job.state, Entry.objects.count()) == (state, 0)


def test_cancel_ends_a_job_before_any_worker_takes_it() -> None:
    job = asked(breaks)

    actions.cancel(SYSTEM, job, now=NOW)

    assert (perform(job).state, job.attempt) == (State.CANCELLED, 0)
    assert Entry.objects.get().changes == {"state": ["waiting", "cancelled"]}
