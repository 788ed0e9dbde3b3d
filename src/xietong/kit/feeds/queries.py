"""Reads: one's own address, and whose calendar a secret opens."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.http import Http404

from xietong.kit.accounts.actor import Actor, actors_of
from xietong.kit.feeds.models import Feed


@dataclass(frozen=True, slots=True)
class Opened:
    """What a secret address opens: a role as it is today."""

    row: Feed
    actor: Actor
    language: str


def digest_of(token: str) -> str:
    """A token is long and random, so that a plain digest of it cannot be tried out."""
    return sha256(token.encode()).hexdigest()


def open_feed(actor: Actor) -> Feed | None:
    """The one that is in use for the role acted in."""
    account, term = actor.account_id or 0, actor.term_id or 0
    return Feed.objects.filter(account_id=account, term_id=term, ended_at=None).first()


def opened(token: str, today: date) -> Opened:
    """Whose calendar it is.

    Raises
        Http404: the address was never given out or has been taken back, the role has ended, the account is closed.
    """
    row = Feed.objects.select_related("account").filter(digest=digest_of(token), ended_at=None).first()
    if row is None or not row.account.is_active:
        raise Http404
    for actor in actors_of()(row.account_id, today):
        if actor.term_id == row.term_id:
            return Opened(row, actor, row.account.language)
    raise Http404
