"""The queue's side: its task carries the key of a job to whichever worker is free."""

from contextvars import ContextVar
from threading import Event
from uuid import UUID

from django_tasks import task

from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import perform

# Set by the worker in its own thread, so that a job can be put back between two batches.
STOP: ContextVar[Event] = ContextVar("STOP", default=Event())  # noqa: B039  (nobody sets the default)


@task()
def carry(job_id: int) -> None:
    """The task of the queue. How the job ends is written on its row, never here."""
    perform(job_id, again=hand_over, stop=STOP.get())


def hand_over(job: Job) -> None:
    """This function will give a waiting job to the queue, in the caller's transaction."""
    job.task_id = UUID(carry.using(run_after=job.run_at).enqueue(job.pk).id)
    job.save(update_fields=["task_id"])
