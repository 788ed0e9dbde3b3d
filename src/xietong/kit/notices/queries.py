"""Reads: one's own inbox. A notice belongs to an account, whatever role its owner acts in."""

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
