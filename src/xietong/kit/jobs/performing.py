"""One attempt at a job: claim it, work through its batches, write down how it ended."""

import logging
import random
import secrets
import traceback
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import timedelta
from threading import Event
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext_noop

from xietong.kit.clock.time import machine_now
from xietong.kit.errors import Refused
from xietong.kit.jobs.models import Job, State
from xietong.kit.jobs.registry import LEASE, Kind, kind_named
from xietong.kit.jobs.run import Outside, Run
from xietong.kit.words import for_the_record

logger = logging.getLogger(__name__)
FIRST_WAIT = 5
LONGEST_WAIT = 3600
FRAMES = 12

Again = Callable[[Job], None]


class LeaseLost(Exception):
    """The job was cancelled, or another worker has taken it up. This attempt may write nothing more."""


class Interrupted(Exception):
    """The worker has been told to stop; the job goes on elsewhere."""


def perform(job_id: int, *, again: Again, stop: Event) -> None:
    """This function will make one attempt at a job; `again` hands it back to the queue.

    What it writes, and how it names its file, is in the language of the records, whoever asked.
    """
    run = claim(job_id)
    if run:
        with for_the_record():
            attempt(run, again=again, stop=stop)


def attempt(run: Run, *, again: Again, stop: Event) -> None:
    job_id = run.job_id
    try:
        work_off(run, kind_of(run), stop)
    except LeaseLost:
        logger.warning("job lost its lease", extra={"job_id": job_id, "attempt": run.attempt})
    except Interrupted:
        put_back(run, again)
    except Refused as refusal:
        fail(run, message=str(refusal))
    except Exception as error:
        logger.exception("job attempt failed", extra={"job_id": job_id, "attempt": run.attempt})
        retry_later(run, error, again)


def claim(job_id: int) -> Run | None:
    """Takes the job if it is its turn. A task that comes late or twice finds nothing to take."""
    now = machine_now()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state=State.WAITING, run_at__lte=now).first()
        if job is None:
            return None
        job.state, job.attempt = State.RUNNING, job.attempt + 1
        job.started_at = job.started_at or now
        job.lease_token = secrets.token_hex(16)
        job.lease_until = now + timedelta(seconds=LEASE)
        job.save(update_fields=["state", "attempt", "started_at", "lease_token", "lease_until"])
    return Run(
        job_id=job.pk,
        attempt=job.attempt,
        payload=job.payload,
        lease_token=job.lease_token,
        account_id=job.account_id,
        term_id=job.term_id,
        county_id=job.county_id,
        cursor=job.cursor,
        done=job.done_steps,
        total=job.total_steps,
        message=job.message,
        result=job.result,
        result_file=job.result_file,
    )


def kind_of(run: Run) -> Kind:
    return kind_named(Job.objects.values_list("kind", flat=True).get(pk=run.job_id))


def work_off(run: Run, kind: Kind, stop: Event) -> None:
    """Batch after batch, each in a transaction that begins by making sure that the job is still ours."""
    with closing(cast("Generator[Outside | None, Any, None]", kind.work(run))) as batches:
        answer, over = None, False
        while not over:
            if stop.is_set():
                raise Interrupted
            with transaction.atomic():
                job = held(run)
                try:
                    outside = batches.send(answer)
                except StopIteration:
                    outside, over = None, True
                save_progress(job, run, lease=kind.lease, over=over)
            answer = outside() if outside else None


def held(run: Run) -> Job:
    """The job's row, locked until the batch is committed; its lock keeps the reaper away too.

    Only a running job has a token.
    """
    job = Job.objects.select_for_update().filter(pk=run.job_id, lease_token=run.lease_token).first()
    if job is None:
        raise LeaseLost
    return job


def save_progress(job: Job, run: Run, *, lease: int, over: bool) -> None:
    now = machine_now()
    job.cursor, job.done_steps, job.total_steps = run.cursor, run.done, run.total
    job.message, job.result, job.result_file = run.message[:300], run.result, run.result_file
    job.lease_until = now + timedelta(seconds=lease)
    if over:
        finish(job, State.DONE)
    job.save()


def finish(job: Job, state: State) -> None:
    job.state, job.finished_at = state, machine_now()
    job.lease_token, job.lease_until = "", None


def put_back(run: Run, again: Again) -> None:
    """Nobody's fault, so it does not count as an attempt."""
    with transaction.atomic():
        job = ours_or_none(run)
        if job:
            job.attempt -= 1
            wait(job, timedelta(0), again)


def fail(run: Run, *, message: str, error: str = "") -> None:
    with transaction.atomic():
        job = ours_or_none(run)
        if job:
            job.message, job.error = message[:300], error
            finish(job, State.FAILED)
            job.save()


def retry_later(run: Run, error: Exception, again: Again) -> None:
    with transaction.atomic():
        job = ours_or_none(run)
        if job is None:
            return
        job.error = told(error)
        if job.attempt < job.max_attempts:
            wait(job, back_off(job.attempt), again)
            return
        give_up(job)


def give_up(job: Job) -> None:
    """This function will fail a job whose attempts are used up, with a sentence for whoever asked."""
    job.message = gettext_noop("多次处理都没有成功，已停止。请稍后重试，或联系系统管理员。")
    finish(job, State.FAILED)
    job.save()


def wait(job: Job, pause: timedelta, again: Again) -> None:
    """This function will hand a job back to the queue, in the caller's transaction."""
    job.state, job.run_at = State.WAITING, machine_now() + pause
    job.lease_token, job.lease_until = "", None
    job.save()
    again(job)


def ours_or_none(run: Run) -> Job | None:
    try:
        return held(run)
    except LeaseLost:
        return None


def back_off(attempt: int) -> timedelta:
    """Twice as long after each attempt, up to an hour, and scattered so that jobs do not come back together."""
    longest = longest_wait(attempt)
    return random.uniform(0.5, 1) * longest  # noqa: S311  (no secret)


def longest_wait(attempt: int) -> timedelta:
    """The longest pause after an attempt; a job that was not attempted yet does not wait."""
    return timedelta(seconds=min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) if attempt else 0)


def told(error: Exception) -> str:
    """Where it failed, without the values of variables or the rows that a database names in its second line."""
    frames = "".join(traceback.format_tb(error.__traceback__)[-FRAMES:])
    said = str(error).partition("\n")[0]
    return f"{frames}{type(error).__qualname__}: {said}"
