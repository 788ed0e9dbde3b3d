"""Writes by people: try again, or do not go on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import machine_now
from xietong.kit.errors import Refused
from xietong.kit.jobs.delivery import hand_over
from xietong.kit.jobs.models import OPEN, Job, State
from xietong.kit.records.writing import locked


class NotFailed(Refused):
    """Only a job that has failed or was cancelled is tried again."""


class AlreadyOpen(Refused):
    """The same work has been asked for anew and is under way."""


class NotOpen(Refused):
    """The job has ended already."""


def retry(actor: Actor, job: Job, *, now: datetime) -> Job:
    """This function will put an ended job into the queue again; it goes on where it stopped.

    Raises
        NotFailed: it is open, or went well.
        AlreadyOpen: another job with its key is under way.
    """
    with transaction.atomic():
        row = locked(job)
        if row.state not in (State.FAILED, State.CANCELLED):
            raise NotFailed(_("只有失败或已取消的任务可以重试。"))
        if Job.objects.filter(key=row.key, state__in=OPEN).exists():
            raise AlreadyOpen(_("同样的任务已在处理，无需重试。"))
        was, row.state, row.run_at = row.state, State.WAITING, machine_now()
        row.attempt, row.finished_at, row.error, row.message = 0, None, "", ""
        row.save()
        hand_over(row)
        record(actor, "jobs.retry", row, now=now, changes={"state": (was, row.state)})
    return row


def cancel(actor: Actor, job: Job, *, now: datetime) -> Job:
    """This function will end a job. A worker that is at it cannot commit its next batch.

    Raises
        NotOpen: it has ended already.
    """
    with transaction.atomic():
        row = locked(job)
        if not row.is_open:
            raise NotOpen(_("任务已经结束，不能取消。"))
        was, row.state, row.finished_at = row.state, State.CANCELLED, machine_now()
        row.lease_token, row.lease_until = "", None
        row.save()
        record(actor, "jobs.cancel", row, now=now, changes={"state": (was, row.state)})
    return row
