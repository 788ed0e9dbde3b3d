"""Asking for a job, from an action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs.delivery import hand_over
from xietong.kit.jobs.models import OPEN, Job
from xietong.kit.jobs.registry import kind_named


def enqueue(
    kind: str,
    *,
    key: str,
    payload: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    county_id: int | None = None,
) -> Job:
    """This function will ask for a job in the caller's transaction, or return the open one with this key.

    A job that is returned may be running and past the row that the caller just wrote; where that
    matters, the key names the version of what is to be done.

    Raises
        UnknownKind: nobody has registered this kind.
    """
    declared = kind_named(kind)
    with transaction.atomic():
        job, created = Job.objects.get_or_create(
            key=key,
            state__in=OPEN,
            defaults={
                "kind": kind,
                "payload": dict(payload),
                "max_attempts": declared.max_attempts,
                "run_at": machine_now(),
                "county_id": county_id if county_id is not None else actor.county_id,
                "account_id": actor.account_id,
                "term_id": actor.term_id,
                "created_at": now,
            },
        )
        if created:
            hand_over(job)
    return job
