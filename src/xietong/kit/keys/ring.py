"""The content of a keyring as a value: which keys there are and which one of a purpose is current."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, NamedTuple, Self, get_args

from xietong.kit.keys.errors import KeyMissing, Tampered

Purpose = Literal["audit", "identity", "lookup", "django", "backup"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

FORMAT = 1
# SM4 takes 128 bits; HMAC-SM3 and HMAC-SHA256 are at their best with 256.
SIZES: dict[Purpose, int] = {"audit": 32, "identity": 16, "lookup": 32, "django": 48, "backup": 32}


class Key(NamedTuple):
    """``key_id, secret = ring.key("audit")``. The secret stays out of reprs and so out of logs."""

    key_id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.key_id!r})"


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """What an operator may see of a key."""

    key_id: str
    purpose: Purpose
    created_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Entry:
    key_id: str
    purpose: Purpose
    created_at: datetime
    secret: bytes = field(repr=False)

    @classmethod
    def fresh(cls, purpose: Purpose) -> Self:
        """Make a random key. Its id is random too, so that two rings never name two keys alike."""
        # Machine time: the age of a key is a fact of this machine, not of the business calendar.
        now = datetime.now(UTC).replace(microsecond=0)
        return cls(f"{purpose}-{secrets.token_hex(6)}", purpose, now, secrets.token_bytes(SIZES[purpose]))

    @property
    def key(self) -> Key:
        return Key(self.key_id, self.secret)


@dataclass(frozen=True, slots=True)
class Ring:
    """Entries from the oldest to the newest; the newest of a purpose is the current one."""

    entries: tuple[Entry, ...]

    @classmethod
    def fresh(cls) -> Self:
        return cls(tuple(Entry.fresh(purpose) for purpose in PURPOSES))

    @classmethod
    def load(cls, content: bytes) -> Self:
        """Read what ``dump`` wrote.

        Raises ValueError, KeyError or TypeError for anything else.
        """
        document = json.loads(content)
        if document["format"] != FORMAT:
            raise ValueError(document["format"])
        return cls(tuple(_entry(record) for record in document["keys"]))

    def dump(self) -> bytes:
        keys = [
            {
                "id": entry.key_id,
                "purpose": entry.purpose,
                "created_at": entry.created_at.isoformat(),
                "secret": base64.b64encode(entry.secret).decode(),
            }
            for entry in self.entries
        ]
        return json.dumps({"format": FORMAT, "keys": keys}, indent=1).encode()

    def rotated(self, purpose: Purpose) -> "Ring":
        return Ring((*self.entries, Entry.fresh(purpose)))

    def of(self, purpose: Purpose) -> tuple[Entry, ...]:
        """The entries of a purpose, the current one first."""
        found = tuple(entry for entry in reversed(self.entries) if entry.purpose == purpose)
        if not found:
            raise KeyMissing(f"密钥文件中没有用途为 {purpose} 的密钥。")
        return found

    def entry(self, key_id: str) -> Entry:
        for entry in self.entries:
            if entry.key_id == key_id:
                return entry
        raise KeyMissing(f"密钥文件中没有编号为 {key_id} 的密钥：密钥文件可能不是本系统的，或早于这条数据。")


def split_token(token: str) -> tuple[str, str]:
    """Part a token into the id of its key and its content.

    Raises Tampered for other text, which is not quoted: it may be a value that was never encrypted.
    """
    key_id, dot, content = token.partition(".")
    if not dot:
        raise Tampered("内容不是加密格式。")
    return key_id, content


def _entry(record: dict[str, str]) -> Entry:
    purpose = next((known for known in PURPOSES if known == record["purpose"]), None)
    secret = base64.b64decode(record["secret"], validate=True)
    if purpose is None or len(secret) != SIZES[purpose]:
        raise ValueError(record["id"])
    return Entry(record["id"], purpose, datetime.fromisoformat(record["created_at"]), secret)
