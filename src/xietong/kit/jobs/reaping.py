"""Jobs that nobody works on any more, or that the queue has lost, go back to the queue."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xietong.kit.jobs.delivery import hand_over
from xietong.kit.jobs.models import Job, State
from xietong.kit.jobs.performing import give_up, wait

# Between the moment a worker takes the task and the moment it takes the job lie milliseconds.
PATIENCE = timedelta(seconds=30)


def reap(now: datetime) -> int:
    """This function will re-queue abandoned and lost jobs and return how many; `now` is machine time."""
    return sum(take_back(pk, now) for pk in abandoned(now)) + sum(deliver_again(pk) for pk in lost(now))


def abandoned(now: datetime) -> list[int]:
    return list(Job.objects.filter(state=State.RUNNING, lease_until__lt=now).values_list("pk", flat=True))


def take_back(pk: int, now: datetime) -> bool:
    """A row that is locked belongs to a worker in the middle of a batch: alive, only slow."""
    with transaction.atomic():
        rows = Job.objects.select_for_update(skip_locked=True)
        job = rows.filter(pk=pk, state=State.RUNNING, lease_until__lt=now).first()
        if job is None:
            return False
        job.error = "the worker ended without a word"
        if job.attempt < job.max_attempts:
            wait(job, timedelta(0), hand_over)
        else:
            give_up(job)
    return True


def lost(now: datetime) -> list[int]:
    """Jobs that are due and whose task is not in the queue: thrown away, or taken by a worker that then died."""
    queued = DBTaskResult.objects.filter(pk=OuterRef("task_id"), status=TaskResultStatus.READY)
    due = Job.objects.filter(~Exists(queued), state=State.WAITING, run_at__lt=now - PATIENCE)
    return list(due.values_list("pk", flat=True))


def deliver_again(pk: int) -> bool:
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state=State.WAITING).first()
        if job:
            hand_over(job)
    return job is not None
