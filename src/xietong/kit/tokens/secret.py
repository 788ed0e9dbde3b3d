"""The secret of a token: long and random, so that a plain hash of it cannot be tried out."""

import re
import secrets
import string
from hashlib import sha256

PREFIX = "xt_"
LENGTH = 40
ALPHABET = string.ascii_letters + string.digits
SHAPE = re.compile(rf"{PREFIX}[A-Za-z0-9]{{{LENGTH}}}")
HINT = len(PREFIX) + 4


def new_secret() -> str:
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def hint_of(secret: str) -> str:
    """Its beginning, by which its owner tells one token from another."""
    return secret[:HINT]
