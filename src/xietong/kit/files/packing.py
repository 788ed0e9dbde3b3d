"""Many files as one: a .zip that is written straight to the disk, content after content."""

import shutil
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from xietong.kit.clock.time import SHANGHAI
from xietong.kit.files import storage

CHUNK = 1024 * 1024
READABLE = 0o644 << 16
# What people hand in is packed already, but for these.
LOOSE = frozenset({"text/plain", "text/csv"})


class Package:
    """A .zip on its way. Memory does not grow with what goes in; left by an error, nothing remains of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip = ZipFile(path, "w", ZIP_STORED, allowZip64=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with storage.room():
                self.zip.close()
        finally:
            if kind is not None:
                self.path.unlink(missing_ok=True)

    def add_blob(self, name: str, sha256: str, *, content_type: str, at: datetime) -> bool:
        """This function will copy a content out of the store; False if it is not there.

        Raises
            DiskFull: there is no room.
        """
        try:
            source = storage.blob_path(sha256).open("rb")
        except FileNotFoundError:
            return False
        how = ZIP_DEFLATED if content_type in LOOSE else ZIP_STORED
        with source, storage.room(), self.zip.open(entry(name, at, how), "w") as target:
            shutil.copyfileobj(source, target, CHUNK)
        return True

    def add_stream(self, name: str, source: IO[bytes], *, at: datetime) -> None:
        """This function will take in a file that was made for the package, from where it is read.

        Raises
            DiskFull: there is no room.
        """
        with storage.room(), self.zip.open(entry(name, at, ZIP_STORED), "w") as target:
            shutil.copyfileobj(source, target, CHUNK)

    def add_bytes(self, name: str, data: bytes, *, at: datetime) -> None:
        """This function will take in a small file that was made for the package.

        Raises
            DiskFull: there is no room.
        """
        with storage.room():
            self.zip.writestr(entry(name, at, ZIP_STORED), data)


def entry(name: str, at: datetime, how: int) -> ZipInfo:
    local = at.astimezone(SHANGHAI)
    info = ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))
    info.compress_type, info.external_attr = how, READABLE
    return info
