"""Invitations as values: what is kept of a link, and whether it still opens the door."""

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

VALID = timedelta(days=7)


class TokenState(StrEnum):
    OPEN = "open"
    USED = "used"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


def hash_of(token: str) -> str:
    """A token is long and random, so that a plain hash of it cannot be tried out."""
    return sha256(token.encode()).hexdigest()


def state_of(
    *, used_at: datetime | None, cancelled_at: datetime | None, expires_at: datetime, at: datetime
) -> TokenState:
    if used_at is not None:
        return TokenState.USED
    if cancelled_at is not None:
        return TokenState.CANCELLED
    return TokenState.OPEN if at < expires_at else TokenState.EXPIRED
