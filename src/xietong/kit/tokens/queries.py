"""Reads: one's own tokens, and the token behind a secret."""

from datetime import date

from django.db.models import QuerySet

from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.secret import SHAPE, digest_of


def tokens(actor: Actor) -> QuerySet[Token]:
    """One's own tokens, the newest first."""
    return Token.objects.filter(account_id=actor.account_id or 0).order_by("-created_at", "-pk")


def usable(account_id: int, on: date) -> QuerySet[Token]:
    """The tokens of an account that are neither revoked nor expired on a day."""
    return Token.objects.filter(account_id=account_id, revoked_at=None, expires_on__gte=on)


def usable_now(account_id: int) -> QuerySet[Token]:
    return usable(account_id, day_of(machine_now()))


def token_of(secret: str) -> Token | None:
    """The token with this secret, in whatever state it is, with its account."""
    if not SHAPE.fullmatch(secret):
        return None
    return Token.objects.select_related("account").filter(digest=digest_of(secret)).first()
