"""The list of what is in a backup, and the seal that tells whether anybody has changed it."""

import hmac
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Self

from django.utils.translation import gettext as _

from xietong.kit.backup.refusals import Damaged, ForeignKeys
from xietong.kit.keys.errors import KeyMissing
from xietong.kit.ring import ring

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database says of itself: rows of each table, applied migrations of each app, end of the audit chain."""

    counts: dict[str, int]
    migrations: dict[str, list[str]]
    audit_seq: int
    audit_mac: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was backed up, when, by which version. `keys` names the keys that its data needs, never the keys."""

    made_at: str
    app_version: str
    vendor: str
    facts: Facts
    keys: list[str]
    parts: list[Part]

    @property
    def database(self) -> Part:
        return self.parts[0]

    @property
    def files(self) -> list[Part]:
        return self.parts[1:]

    @property
    def applied(self) -> set[tuple[str, str]]:
        return {(app, name) for app, names in self.facts.migrations.items() for name in names}

    @classmethod
    def read(cls, body: dict[str, Any]) -> Self:
        if body.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        facts = Facts(**body.pop("facts"))
        parts = [Part(**part) for part in body.pop("parts")]
        return cls(**body, facts=facts, parts=parts)


def sealed(manifest: Manifest) -> bytes:
    """The bytes that go into the archive."""
    body = {"format": FORMAT, **asdict(manifest)}
    key_id, key = ring().key("backup")
    seal = {"key_id": key_id, "mac": mac_of(body, key)}
    return json.dumps({"manifest": body, "seal": seal}, ensure_ascii=False, indent=1, sort_keys=True).encode()


def opened(content: bytes) -> Manifest:
    """This function will read the list if its seal holds.

    Raises
        Damaged: it is no list, or was changed.
        ForeignKeys: the keyring lacks the key of the seal, or one that the data needs.
    """
    try:
        document = json.loads(content)
        body, seal = document["manifest"], document["seal"]
        _key_id, key = ring().key("backup", seal["key_id"])
        if not hmac.compare_digest(seal["mac"], mac_of(body, key)):
            raise Damaged(_("备份清单的封印不符：清单在备份之后被改动过。"))
        manifest = Manifest.read(body)
    except KeyMissing as error:
        raise foreign() from error
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(_("备份清单无法读取。")) from error
    if not set(manifest.keys) <= {info.key_id for info in ring().infos()}:
        raise foreign()
    return manifest


def mac_of(body: dict[str, Any], key: bytes) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, canonical.encode(), sha256).hexdigest()


def foreign() -> ForeignKeys:
    return ForeignKeys(
        _("备份使用的密钥不在当前的密钥文件中。请先用 xietong keys restore 恢复与备份配套的密钥，再恢复数据。")
    )
