"""Writes: a token is made, used, revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.errors import Refused
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.queries import usable
from xietong.kit.tokens.scopes import SCOPES
from xietong.kit.tokens.secret import digest_of, hint_of, new_secret

LONGEST = timedelta(days=365)
MOST = 20
USED_EVERY = timedelta(hours=1)


class NotARole(Refused):
    """The role term is none that the person holds now."""


class BadExpiry(Refused):
    """The last day lies in the past, or more than a year ahead."""


class NoScope(Refused):
    """A token for nothing, or for something that nobody has registered."""


class TooManyTokens(Refused):
    """The account has as many tokens as it may have."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new token, and its secret this once."""

    row: Token
    secret: str


def make_token(
    actor: Actor,
    *,
    role: Actor,
    name: str,
    scopes: Sequence[str],
    expires_on: date,
    url: str,
    now: datetime,
) -> Made:
    """This function will make a token that acts as `role`, one of the person's own, and tell its owner.

    `url` is the page of one's tokens, to which the notice leads.

    Raises
        NotARole: `role` is somebody else's, or no role term.
        NoScope: no scope, or an unknown one.
        BadExpiry: the last day has passed or is more than a year away.
        TooManyTokens: too many of them are in use.
    """
    if role.account_id is None or role.account_id != actor.account_id or role.term_id is None:
        raise NotARole(_("令牌只能用您本人现在在任的角色。"))
    if not scopes or not set(scopes) <= set(SCOPES):
        raise NoScope(_("请至少选择一项权限范围。"))
    stamp = machine_now()
    check_expiry(expires_on, day_of(stamp))
    secret = new_secret()
    row = Token(
        account_id=actor.account_id,
        name=name,
        term_id=role.term_id,
        scopes=sorted(set(scopes)),
        digest=digest_of(secret),
        hint=hint_of(secret),
        expires_on=expires_on,
        created_at=stamp,
    )
    with transaction.atomic():
        locked(Account(pk=actor.account_id))
        if usable(role.account_id, day_of(stamp)).count() >= MOST:
            raise TooManyTokens(_("您已有 %(n)d 个有效的令牌，请先撤销不用的。") % {"n": MOST})
        add(actor, row, action="tokens.make", now=now)
        notify(
            actor,
            accounts=[role.account_id],
            title=gettext_noop("您的账号新建了接口令牌；如果不是您本人操作，请立即撤销并修改密码"),
            body=name,
            url=url,
            kind=f"tokens.make.{row.pk}",
            county_id=actor.county_id,
            now=now,
        )
    return Made(row, secret)


def check_expiry(expires_on: date, today: date) -> None:
    if not today <= expires_on <= today + LONGEST:
        raise BadExpiry(_("有效期须在今天以后、一年以内。"))


def revoke_token(actor: Actor, token: Token, *, now: datetime) -> Token:
    """This function will make a token useless for good; one that is revoked already stays as it is."""
    with transaction.atomic():
        fresh = locked(token)
        if fresh.revoked_at is not None:
            return fresh
        return change(actor, fresh, action="tokens.revoke", now=now, revoked_at=machine_now())


def revoke_tokens(actor: Actor, account_id: int, *, now: datetime) -> int:
    """This function will revoke every token of an account, and return how many there were."""
    with transaction.atomic():
        rows = list(Token.objects.filter(account_id=account_id, revoked_at=None).order_by("pk"))
        for row in rows:
            revoke_token(actor, row, now=now)
    return len(rows)


def note_use(token: Token) -> None:
    """This function will note that a token was used, at most once an hour: reading must not mean writing."""
    stamp = machine_now()
    if token.used_at and stamp - token.used_at < USED_EVERY:
        return
    before = Q(used_at=None) | Q(used_at__lt=stamp - USED_EVERY)
    Token.objects.filter(before, pk=token.pk).update(used_at=stamp)
