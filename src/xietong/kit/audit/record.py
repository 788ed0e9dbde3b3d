"""Writing audit rows, in the transaction of the deed itself."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise

from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.clock.time import machine_now
from xietong.kit.keys.sealing import fingerprint
from xietong.kit.ring import ring
from xietong.kit.words import for_the_record

Changes = Mapping[str, tuple[Any, Any]]


def record(
    actor: Actor,
    action: str,
    target: models.Model | None,
    *,
    now: datetime,
    changes: Changes | None = None,
    reason: str = "",
) -> Entry:
    """This function will write one audit row; fields that a model calls PERSONAL are masked and hashed."""
    with for_the_record():
        return Entry.objects.create(
            at=machine_now(),
            business_at=now,
            account_id=actor.account_id,
            actor_name=actor.acting_name[:120],
            role=actor.role,
            org_id=actor.org_id,
            org_name=actor.org_name[:120],
            county_id=county_of(actor, target),
            address=actor.address,
            action=action,
            target_type=target._meta.label if target else "",
            target_id=str(target.pk) if target else "",
            target_name=str(target)[:200] if target else "",
            changes=told(changes or {}, personal=getattr(target, "PERSONAL", frozenset())),
            reason=reason[:500],
        )


def told(changes: Changes, *, personal: frozenset[str]) -> dict[str, list[Any]]:
    return {
        name: [shown(old, hidden=name in personal), shown(new, hidden=name in personal)]
        for name, (old, new) in changes.items()
    }


def county_of(actor: Actor, target: models.Model | None) -> int | None:
    """The county whose administrators may read the row: the target's own where it has one."""
    county: int | None = getattr(target, "county_id", None)
    return county if county is not None else actor.county_id


def shown(value: Any, *, hidden: bool = False) -> Any:
    """A JSON value that reads the same in ten years: names beside keys, ISO dates, masks for personal data."""
    if hidden and value not in (None, ""):
        return {"masked": "***", "hash": fingerprint(ring(), str(value), scope="audit")}
    if isinstance(value, models.Model):
        return {"id": value.pk, "name": str(value)[:120]}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str | int | bool | float | None):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): shown(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [shown(item) for item in value]
    return str(value)
