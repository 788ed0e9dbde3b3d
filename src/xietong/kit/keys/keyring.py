"""The keyring as the program uses it: a file, read again whenever another process has changed it."""

from pathlib import Path
from typing import Self

from xietong.kit.keys import escrow, keyfile
from xietong.kit.keys.errors import KeyMissing, KeyringDamaged, KeyringExists
from xietong.kit.keys.ring import Key, KeyInfo, Purpose, Ring, split_token


class Keyring:
    """Open one with ``Keyring.open(path)``; threads may share it for the life of the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Replaced whole, so that a thread never sees the version of one file with the keys of another.
        self._loaded = _load(path)

    def __repr__(self) -> str:
        return f"Keyring({str(self._path)!r})"

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the ring, made with a key for every purpose when there is no file yet.

        Processes that start at once agree: one makes the file, the others read it.

        Raises KeyringExposed when others on this machine can read it, KeyringDamaged when it is no keyring.
        """
        path = path.resolve()
        if not path.exists():
            with keyfile.lock(path):
                if not path.exists():
                    keyfile.replace(path, Ring.fresh().dump())
        return cls(path)

    @classmethod
    def restore(cls, path: Path, sealed: bytes, *, passphrase: str) -> Self:
        """Write the ring of an ``export`` to a path where there is none.

        Raises Tampered for a wrong passphrase or damaged copy, KeyringExists when there is a file.
        """
        path = path.resolve()
        content = escrow.unseal(sealed, passphrase=passphrase)
        with keyfile.lock(path):
            if path.exists():
                raise KeyringExists(path)
            keyfile.replace(path, content)
        return cls(path)

    def export(self, *, passphrase: str) -> bytes:
        """A copy of all keys as ASCII text, sealed with a passphrase, to keep apart from this machine.

        Raises WeakPassphrase.
        """
        return escrow.seal(self._ring().dump(), passphrase=passphrase)

    def key(self, purpose: Purpose, key_id: str | None = None) -> Key:
        """The current key of a purpose, or the one that an older value names.

        Raises KeyMissing, also when the named key serves another purpose.
        """
        ring = self._ring()
        if key_id is None:
            return ring.of(purpose)[0].key
        entry = ring.entry(key_id)
        if entry.purpose != purpose:
            raise KeyMissing(f"编号为 {key_id} 的密钥不用于 {purpose}。")
        return entry.key

    def keys(self, purpose: Purpose) -> tuple[Key, ...]:
        """All keys of a purpose, the current one first."""
        return tuple(entry.key for entry in self._ring().of(purpose))

    def rotate(self, purpose: Purpose) -> str:
        """Add a new current key and return its id; the older ones stay for reading."""
        with keyfile.lock(self._path):
            ring = self._ring().rotated(purpose)
            keyfile.replace(self._path, ring.dump())
        return ring.entries[-1].key_id

    def infos(self) -> tuple[KeyInfo, ...]:
        """The keys without their secrets, from the oldest to the newest, for a list on the console."""
        ring = self._ring()
        current = {ring.of(entry.purpose)[0].key_id for entry in ring.entries}
        return tuple(
            KeyInfo(entry.key_id, entry.purpose, entry.created_at, entry.key_id in current) for entry in ring.entries
        )

    def is_current(self, key_id: str) -> bool:
        """Whether new values of its purpose use this key. Raises KeyMissing."""
        ring = self._ring()
        return ring.of(ring.entry(key_id).purpose)[0].key_id == key_id

    def _ring(self) -> Ring:
        """The keys as they are in the file now: a rotation reaches running processes without a restart."""
        try:
            changed = keyfile.version(self._path) != self._loaded[0]
        except FileNotFoundError as gone:
            # Working on from memory would encrypt with keys that exist nowhere else.
            raise KeyMissing(f"密钥文件 {self._path} 不见了，请立即从密钥备份恢复。") from gone
        if changed:
            self._loaded = _load(self._path)
        return self._loaded[1]


def needs_rewrap(ring: Keyring, token: str) -> bool:
    """Whether an encrypted value or a fingerprint was made with a key that is no longer current.

    Raises KeyMissing when the ring never had that key, Tampered for text that is neither.
    """
    key_id, _ = split_token(token)
    return not ring.is_current(key_id)


def _load(path: Path) -> tuple[keyfile.Version, Ring]:
    version, content = keyfile.read(path)
    try:
        return version, Ring.load(content)
    except (ValueError, KeyError, TypeError) as broken:
        raise KeyringDamaged(path) from broken
