"""Reads: one's own jobs for the download centre, and the queue for the system administrator."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import machine_now
from xietong.kit.errors import Refused
from xietong.kit.jobs.models import Job, State
from xietong.kit.jobs.registry import label_of

MOST = 50


class FileGone(Refused):
    """The file of a job is not where it was put: thrown away, or not restored."""


@dataclass(frozen=True, slots=True)
class Line:
    """A job with the name that people know its kind by."""

    job: Job
    label: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """One's own jobs, and whether the page must look again."""

    lines: Sequence[Line]
    is_moving: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs stand in each state."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def facts(self) -> list[tuple[str, int]]:
        return [(str(State(state).label), count) for state, count in asdict(self).items()]


@dataclass(frozen=True, slots=True)
class Queue:
    """What the system administrator sees. No business data."""

    counts: Counts
    oldest_waiting_seconds: float
    failed: Sequence[Line]


def downloads(actor: Actor) -> Downloads:
    """A person sees what he asked for, in whichever role he acts now."""
    rows = list(Job.objects.filter(account_id=actor.account_id).order_by("-created_at", "-pk")[:MOST])
    return Downloads(lines(rows), any(row.is_open for row in rows))


def own_job(actor: Actor, pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, account_id=actor.account_id)


def failed_job(actor: Actor, pk: int) -> Job:
    return get_object_or_404(Job, looked_after(actor), pk=pk, state=State.FAILED)


def looked_after(actor: Actor) -> Q:
    """The jobs of one's own county, and those of the installation."""
    return Q(county_id=None) | Q(county_id=actor.county_id)


def result_path(actor: Actor, pk: int) -> Path:
    """The file that one's own job made.

    Raises
        Http404: not one's own, not done, or without a file.
        FileGone: it made one, which is not there any more.
    """
    job = own_job(actor, pk)
    if job.state != State.DONE or not job.result_file:
        raise Http404
    path = Path(settings.FILES_ROOT) / job.result_file
    if not path.is_file():
        raise FileGone(_("文件已过期或未随备份恢复，请重新导出。"))
    return path


def queue(actor: Actor) -> Queue:
    failed = list(Job.objects.filter(looked_after(actor), state=State.FAILED).order_by("-finished_at", "-pk")[:MOST])
    return Queue(counts(), oldest_waiting_seconds(), lines(failed))


def counts() -> Counts:
    return Counts(**dict(Job.objects.order_by().values_list("state").annotate(Count("pk"))))


def oldest_waiting_seconds() -> float:
    """How long the job that has been due for longest has waited for a worker; 0 if none is due."""
    now = machine_now()
    due_at = Job.objects.filter(state=State.WAITING, run_at__lte=now).aggregate(due=Min("run_at"))["due"]
    return (now - due_at).total_seconds() if due_at else 0.0


def lines(rows: Sequence[Job]) -> list[Line]:
    return [Line(row, label_of(row.kind)) for row in rows]
