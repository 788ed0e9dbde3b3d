"""Writes: a secret address is given out, replaced, taken back."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.errors import Refused
from xietong.kit.feeds.models import Feed
from xietong.kit.feeds.queries import digest_of, open_feed
from xietong.kit.records.writing import add, change, locked


class NoRole(Refused):
    """A calendar belongs to a role."""


class NoFeed(Refused):
    """There is none to be taken back."""


def issue_feed(actor: Actor, *, now: datetime) -> str:
    """This function will give out a new secret for the role's calendar; an earlier one opens nothing any more.

    Raises
        NoRole: nobody who has signed in, or no role.
    """
    if actor.account_id is None or actor.term_id is None:
        raise NoRole(_("您当前没有在任的角色，没有可订阅的日历。"))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        # Two clicks at once: the second waits here, and replaces what the first gave out.
        locked(Account(pk=actor.account_id))
        end_open(actor, now=now)
        row = Feed(account_id=actor.account_id, term_id=actor.term_id, digest=digest_of(token), made_at=now)
        add(actor, row, action="feeds.issue", now=now)
    return token


def end_feed(actor: Actor, *, now: datetime) -> None:
    """This function will take the secret address of the role's calendar back.

    Raises
        NoFeed: none is open.
    """
    with transaction.atomic():
        if not end_open(actor, now=now):
            raise NoFeed(_("没有正在使用的订阅地址。"))


def end_open(actor: Actor, *, now: datetime) -> bool:
    row = open_feed(actor)
    if row is None:
        return False
    change(actor, row, action="feeds.end", now=now, ended_at=now)
    return True
