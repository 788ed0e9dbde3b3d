"""One small secret file: read it, replace it whole, and let only one process at a time do so."""

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xietong.kit.keys.errors import KeyringExposed

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

Version = tuple[int, int, int]


def version(path: Path) -> Version:
    """What changes whenever the file is replaced: a new file has another inode."""
    return _version(path.stat())


def read(path: Path) -> tuple[Version, bytes]:
    """Read the file with its version, both from the same open file so that they belong together.

    Raises KeyringExposed when group or others can read the file or put another in its place.
    """
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        _refuse_exposed_file(path, found.st_mode)
        _refuse_exposed_directory(path.parent)
        return _version(found), file.read()


def replace(path: Path, content: bytes) -> None:
    """Write beside the file and rename over it: a reader sees the old content or the new, never a half."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:  # mkstemp makes it 0600
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise
    _sync_directory(path.parent)


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the right to replace the file. The directory is made, private, when it is not there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_exposed_directory(path.parent)
    handle = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _version(found: os.stat_result) -> Version:
    return found.st_ino, found.st_mtime_ns, found.st_size


def _refuse_exposed_file(path: Path, mode: int) -> None:
    if mode & OTHERS:
        raise KeyringExposed(
            f"密钥文件 {path} 对本机其他用户开放（权限 {stat.S_IMODE(mode):04o}），已拒绝使用。"
            f"请执行：chmod 600 {path}"
        )


def _refuse_exposed_directory(path: Path) -> None:
    """Whoever may write the directory may put another file in the keyring's place."""
    mode = path.stat().st_mode
    if mode & OTHERS_WRITE:
        raise KeyringExposed(
            f"密钥目录 {path} 允许本机其他用户写入（权限 {stat.S_IMODE(mode):04o}），已拒绝使用。"
            f"请执行：chmod 700 {path}"
        )


def _sync_directory(directory: Path) -> None:
    """Make the rename itself survive a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
