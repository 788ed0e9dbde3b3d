"""What runs by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.clock.time import business_now, machine_now
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job, Schedule, State
from xietong.kit.jobs.registry import KINDS


def schedule(
    name: str, kind: str, *, every_seconds: int, first_in_seconds: int = 0, payload: Mapping[str, Any] | None = None
) -> Schedule:
    """This function will enter a regular job; one that is there already keeps what an administrator set."""
    row, _created = Schedule.objects.get_or_create(
        name=name,
        defaults={
            "kind": kind,
            "every_seconds": every_seconds,
            "next_at": machine_now() + timedelta(seconds=first_in_seconds),
            "payload": dict(payload or {}),
        },
    )
    return row


def run_due(now: datetime) -> int:
    """This function will enqueue what is due and return how many; `now` is machine time.

    One beat gets each row, the others pass it by. What was missed while nobody beat is done once.
    """
    with transaction.atomic():
        rows = Schedule.objects.select_for_update(skip_locked=True).filter(next_at__lte=now, kind__in=list(KINDS))
        due = list(rows.order_by("next_at"))
        for row in due:
            start(row)
            row.next_at = following(row, now)
            row.save(update_fields=["next_at"])
    return len(due)


def start(row: Schedule) -> None:
    """The last run gives way to the new one if it went well, so that a job every few seconds leaves one row."""
    key = f"schedule:{row.name}"
    Job.objects.filter(key=key, state=State.DONE).delete()
    enqueue(row.kind, key=key, payload=row.payload, actor=SYSTEM, now=business_now())


def following(row: Schedule, now: datetime) -> datetime:
    """The next moment after `now` on the grid that the first run began."""
    every = timedelta(seconds=row.every_seconds)
    following_at: datetime = row.next_at + every * ((now - row.next_at) // every + 1)
    return following_at
