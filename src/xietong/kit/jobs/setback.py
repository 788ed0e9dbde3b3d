"""After the machine's clock was set back: nothing may wait for a time that only the fast clock knew.

What is dated later than it can be was dated by a clock that has been set back since. It is dated anew,
so that work goes on at once and not when the clock has caught up, which may take an hour or a year.
"""

from datetime import datetime, timedelta

from django.db import transaction

from xietong.kit.jobs.delivery import hand_over
from xietong.kit.jobs.models import Job, Schedule, State
from xietong.kit.jobs.performing import longest_wait
from xietong.kit.jobs.registry import KINDS, LEASE

# Machines that share a database do not agree to the second.
SLACK = timedelta(seconds=30)


def redate(now: datetime) -> int:
    """This function will date anew what is dated too far ahead and return how much; `now` is machine time."""
    return shorten_leases(now) + bring_forward_jobs(now) + bring_forward_schedules(now)


def shorten_leases(now: datetime) -> int:
    """A worker that is alive dates its lease anew with its next batch; of a dead one the lease now runs out."""
    longest = now + timedelta(seconds=max(LEASE, *(kind.lease for kind in KINDS.values())))
    running = Job.objects.filter(state=State.RUNNING, lease_until__gt=longest + SLACK)
    return running.update(lease_until=longest)


def bring_forward_jobs(now: datetime) -> int:
    """A job waits for no longer than the pause after its last attempt."""
    rows = Job.objects.filter(state=State.WAITING, run_at__gt=now + SLACK).values_list("pk", "attempt", "run_at")
    late = [pk for pk, attempt, run_at in rows if run_at > now + longest_wait(attempt) + SLACK]
    return sum(bring_forward(pk, now) for pk in late)


def bring_forward(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        rows = Job.objects.select_for_update(skip_locked=True)
        job = rows.filter(pk=pk, state=State.WAITING, run_at__gt=now + SLACK).first()
        if job:
            job.run_at = now
            job.save(update_fields=["run_at"])
            hand_over(job)
    return job is not None


def bring_forward_schedules(now: datetime) -> int:
    rows = Schedule.objects.filter(next_at__gt=now + SLACK)
    late = [row.pk for row in rows if row.next_at > now + timedelta(seconds=row.every_seconds) + SLACK]
    return Schedule.objects.filter(pk__in=late).update(next_at=now)
