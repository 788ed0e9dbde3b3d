"""Throwing away jobs that ended long ago, their files, and what the queue remembers of its tasks."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xietong.kit.clock.time import machine_now
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.run import RESULTS, Run

PRUNE = "jobs.prune"
KEEP_JOBS = timedelta(days=30)
KEEP_TASKS = timedelta(days=1)
BATCH = 500


def prune(_run: Run) -> Iterator[None]:
    now = machine_now()
    while prune_jobs(now):
        yield
    yield
    while prune_tasks(now):
        yield
    sweep(now)


def prune_jobs(now: datetime) -> int:
    old = Job.objects.filter(finished_at__lt=now - KEEP_JOBS).order_by("finished_at")[:BATCH]
    return Job.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


def prune_tasks(now: datetime) -> int:
    """Those that ended a day ago, and those whose worker died: after a month nobody comes back."""
    dead = Q(status=TaskResultStatus.RUNNING, started_at__lt=now - KEEP_JOBS)
    old = DBTaskResult.objects.filter(Q(finished_at__lt=now - KEEP_TASKS) | dead)[:BATCH]
    deleted: int = DBTaskResult.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
    return deleted


def sweep(now: datetime) -> None:
    """This function will remove folders of results that no job names: of pruned jobs and of lost attempts."""
    oldest = (now - KEEP_TASKS).timestamp()
    root = Path(settings.FILES_ROOT) / RESULTS
    named = {name.split("/")[1] for name in Job.objects.exclude(result_file="").values_list("result_file", flat=True)}
    for folder in root.glob("*"):
        if folder.name not in named and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder)
