"""Making a backup while the site runs."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from xietong.kit.backup.archive import put, put_manifest
from xietong.kit.backup.engines import engine
from xietong.kit.backup.manifest import Facts, Manifest, Part, sealed
from xietong.kit.backup.refusals import BackupFailed, making
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.files.storage import flush_folder, incoming
from xietong.kit.ring import ring

FILES = "files/"
UNFINISHED = ".unfinished-"
KEEP_UNFINISHED = timedelta(days=1)


def make(target_dir: Path, *, now: datetime) -> Path:
    """This function will back up database and files and return the archive; `now` is machine time.

    The database goes first: a file that comes later than it is one too many, never one too few.

    Raises
        BackupFailed: it was not made; nothing stands under its name.
    """
    must_not_hold_keys()
    final = target_dir / f"xietong-{now.astimezone(SHANGHAI):%Y%m%d-%H%M%S}.tar"
    with making():
        target_dir.mkdir(parents=True, exist_ok=True)
        forget_unfinished(target_dir, now)
        if final.exists():
            raise BackupFailed(_("已有同名的备份 %(name)s，请稍后再试。") % {"name": final.name})
        with tempfile.TemporaryDirectory(dir=target_dir, prefix=UNFINISHED) as folder:
            unfinished = Path(folder) / final.name
            write(unfinished, Path(folder), now)
            unfinished.replace(final)
        flush_folder(target_dir)
    return final


def must_not_hold_keys() -> None:
    if Path(settings.KEYRING).resolve().is_relative_to(Path(settings.FILES_ROOT).resolve()):
        raise BackupFailed(_("密钥文件放在了附件目录里，会被一起备份。请先把它移到别处。"))


def forget_unfinished(target_dir: Path, now: datetime) -> None:
    """This function will remove what a backup that was killed has left."""
    for folder in target_dir.glob(f"{UNFINISHED}*"):
        if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < now - KEEP_UNFINISHED:
            shutil.rmtree(folder)


def write(archive: Path, folder: Path, now: datetime) -> None:
    copying = engine()
    copy = folder / copying.PART
    facts = copying.dump(copy)
    with archive.open("xb") as file:
        archive.chmod(0o600)
        with tarfile.open(fileobj=file, mode="w") as tar:
            database = put(tar, copy, copying.PART)
            copy.unlink()
            put_manifest(tar, sealed(manifest(facts, [database, *put_files(tar)], now)))
        file.flush()
        os.fsync(file.fileno())


def put_files(tar: tarfile.TarFile) -> Iterator[Part]:
    root = Path(settings.FILES_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_relative_to(incoming()) or not path.is_file() or path.is_symlink():
            continue
        try:
            yield put(tar, path, FILES + path.relative_to(root).as_posix())
        except FileNotFoundError:
            # Thrown away since the folder was read.
            continue


def manifest(facts: Facts, parts: list[Part], now: datetime) -> Manifest:
    return Manifest(
        made_at=now.astimezone(UTC).isoformat(),
        app_version=app_version(),
        vendor=connection.vendor,
        facts=facts,
        keys=[info.key_id for info in ring().infos()],
        parts=parts,
    )


def app_version() -> str:
    """Of the installed package; a checkout that runs without being installed has none."""
    try:
        return version("xietong")
    except PackageNotFoundError:
        return ""
