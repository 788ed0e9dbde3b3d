"""Reads for the pages of the three administrators."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from xietong.areas.people.models import Person
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry, Head
from xietong.kit.jobs import queries as jobs
from xietong.kit.ruletable.models import Rule
from xietong.web.access import AUDIT, RULES


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """What the system administrator watches. No business data."""

    version: str
    database: str
    queue_seconds: float
    jobs: Any
    last_backup: str
    seal: Head
    unsealed: int


def system_status() -> SystemStatus:
    backups = sorted(settings.BACKUP_ROOT.glob("xietong-*")) if settings.BACKUP_ROOT.is_dir() else []
    return SystemStatus(
        version("xietong"),
        f"{connection.vendor} {'.'.join(map(str, server_version()))}",
        jobs.oldest_waiting_seconds(),
        jobs.counts(),
        backups[-1].name if backups else "",
        Head.objects.get(pk=1),
        Entry.objects.filter(link=None).count(),
    )


def server_version() -> tuple[int, ...]:
    return tuple(connection.get_database_version())


def trail(actor: Actor) -> QuerySet[Entry]:
    return visible(actor, AUDIT).order_by("-pk")


def rules(actor: Actor, on: date) -> QuerySet[Rule]:
    return visible(actor, RULES).filter(Q(effective_to=None) | Q(effective_to__gte=on))


def accounts(actor: Actor) -> QuerySet[Account]:
    """The accounts of the people whom one's county keeps."""
    people = Person.objects.filter(county_id=actor.home).exclude(account=None)
    return Account.objects.filter(pk__in=people.values("account_id"))
