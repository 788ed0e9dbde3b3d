"""Reads: one's own inbox. A notice belongs to an account, whatever role its owner acts in."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from xietong.kit.accounts.actor import Actor
from xietong.kit.notices.models import Notice


def unread_count(account_id: int) -> int:
    return Notice.objects.filter(account_id=account_id, read_at=None).count()


def own(actor: Actor) -> Q:
    return Q(account_id=actor.account_id)


def inbox(actor: Actor, *, unread_only: bool = False) -> QuerySet[Notice]:
    """The newest first."""
    rows = Notice.objects.filter(own(actor))
    if unread_only:
        rows = rows.filter(read_at=None)
    return rows.order_by("-created_at", "-pk")


def notice(actor: Actor, pk: int) -> Notice:
    return get_object_or_404(Notice, own(actor), pk=pk)


def readings(
    accounts: Iterable[int], *, kind: str, urls: Iterable[str], since: datetime
) -> dict[tuple[int, str], list[datetime]]:
    """(account, page) → when its notices of a kind were read, those since a moment, the first first."""
    rows = Notice.objects.filter(
        account_id__in=sorted(set(accounts)), kind=kind, url__in=sorted(set(urls)), read_at__gte=since
    )
    found: dict[tuple[int, str], list[datetime]] = {}
    for account, url, read_at in rows.order_by("read_at").values_list("account_id", "url", "read_at"):
        if read_at:  # the filter leaves no other, which the type does not know
            found.setdefault((account, url), []).append(read_at)
    return found
