"""Files on the disk: unfinished uploads, and finished contents at `ab/cd/<sha256>`.

A content appears under its name in one step, complete and flushed, or not at all.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xietong.kit.files.refusals import DiskFull

# EFBIG is what a process gets whose files may not grow any further.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def incoming() -> Path:
    """The folder of what is not finished. It need not be backed up."""
    return Path(settings.FILES_ROOT) / "incoming"


def part_path(upload_id: str) -> Path:
    return incoming() / f"{upload_id}.part"


def blob_path(sha256: str) -> Path:
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def thumbnail_path(sha256: str) -> Path:
    """Beside its picture; can be made again at any time."""
    return blob_path(sha256).with_name(f"{sha256}.thumbnail")


@contextmanager
def room() -> Iterator[None]:
    """Turns the system's "no space left" into a refusal that a person can read."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull from error
        raise


def received(upload_id: str) -> int:
    """The bytes of an unfinished upload that are really on the disk."""
    try:
        return part_path(upload_id).stat().st_size
    except FileNotFoundError:
        return 0


def append(upload_id: str, data: bytes, *, at: int) -> int:
    """This function will add a chunk and return where the file ends now.

    Raises
        DiskFull: there is no room; the file ends where it did.
    """
    path = part_path(upload_id)
    with room():
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.lseek(file, at, os.SEEK_SET)
            write(file, data)
        except OSError:
            os.ftruncate(file, at)
            raise
        finally:
            os.close(file)
    return at + len(data)


def write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    os.fsync(file)


@contextmanager
def temporary(data: bytes) -> Iterator[Path]:
    """The bytes in a flushed file of no lasting name, for `publish`; whatever is left of it is removed."""
    path = incoming() / f"{secrets.token_hex(16)}.tmp"
    try:
        with room():
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                write(file, data)
            finally:
                os.close(file)
        yield path
    finally:
        path.unlink(missing_ok=True)


def publish(temporary_path: Path, path: Path) -> None:
    """This function will give a flushed file its lasting name, also when the machine stops right after."""
    with room():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary_path.replace(path)
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            flush_folder(folder)


def flush_folder(folder: Path) -> None:
    # Only Unix opens folders; elsewhere the file system keeps names in order by itself.
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unfinished_before(moment: datetime) -> list[Path]:
    """Files in the folder of what is not finished that nobody has written to since."""
    found = []
    for path in incoming().glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < moment.timestamp():
                found.append(path)
    return found


def discard_part(upload_id: str) -> None:
    part_path(upload_id).unlink(missing_ok=True)


def discard_blob(sha256: str) -> None:
    blob_path(sha256).unlink(missing_ok=True)
    thumbnail_path(sha256).unlink(missing_ok=True)
