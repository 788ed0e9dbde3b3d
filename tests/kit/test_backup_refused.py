"""Backups that are damaged, foreign or newer, and disks that are full: refused before anything is touched."""

import json
import os
import resource
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder

from tests.kit.installation import content, empty_place, files, furnish
from xietong.kit.backup import manifest as manifests
from xietong.kit.backup.checking import check
from xietong.kit.backup.engines import engine
from xietong.kit.backup.making import make
from xietong.kit.backup.refusals import (
    BackupFailed,
    Damaged,
    ForeignKeys,
    NewerSchema,
    OtherEngine,
    ProgramFailed,
    ProgramMissing,
    RestoreFailed,
)
from xietong.kit.backup.restoring import must_fit, restore
from xietong.kit.errors import Refused
from xietong.kit.ring import ring

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = datetime(2026, 9, 8, 19, 30, 5, tzinfo=UTC)
LARGE = 8 * 1024 * 1024
CUT_OFF = r"不完整|没有清单"


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    furnish(settings.FILES_ROOT)
    return tmp_path


@pytest.fixture
def backup(root: Path) -> Path:
    return make(root / "backups", now=NIGHT)


def refused(backup: Path, root: Path, refusal: type[Refused], message: str) -> None:
    """`restore` refuses, and nothing stands where it would have been restored."""
    with empty_place(root):
        with pytest.raises(refusal, match=message):
            restore(backup)
        assert (engine().is_empty(), files()) == (True, {})


def flip(backup: Path, name: str) -> None:
    """Changes one bit in the middle of a part."""
    with tarfile.open(backup) as tar:
        info = tar.getmember(name)
    with backup.open("r+b") as file:
        file.seek(info.offset_data + info.size // 2)
        [byte] = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


Members = dict[str, bytes]


def rewrite(backup: Path, change: Callable[[Members], None]) -> None:
    """Packs the archive anew after its members were changed."""
    with tarfile.open(backup) as tar:
        members: Members = {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]
    change(members)
    with tarfile.open(backup, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, BytesIO(data))


def database_part() -> str:
    return engine().PART


# Damage


@pytest.mark.parametrize("part", ["database", "files/ab/cd/abcd"])
def test_check_names_the_part_that_is_damaged(part: str, backup: Path, root: Path) -> None:
    name = database_part() if part == "database" else part
    flip(backup, name)

    with pytest.raises(Damaged, match=f"{name} 已损坏"):
        check(backup)
    refused(backup, root, Damaged, f"{name} 已损坏")


def change_the_list(members: Members) -> None:
    document = json.loads(members["manifest.json"])
    document["manifest"]["facts"]["counts"]["audit_entry"] = 0
    members["manifest.json"] = json.dumps(document).encode()


def write_nonsense(members: Members) -> None:
    members["manifest.json"] = b'{"manifest": []}'


def drop_the_list(members: Members) -> None:
    del members["manifest.json"]


def drop_a_file(members: Members) -> None:
    del members["files/ab/cd/abcd"]


def slip_a_file_in(members: Members) -> None:
    members["files/../../evil"] = b"evil"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (change_the_list, "封印不符"),
        (write_nonsense, "备份清单无法读取"),
        (drop_the_list, "备份里没有清单"),
        (drop_a_file, "文件与清单不一致"),
        (slip_a_file_in, "文件与清单不一致"),
    ],
)
def test_check_refuses_an_archive_that_was_tampered_with(
    change: Callable[[Members], None], message: str, backup: Path, root: Path
) -> None:
    rewrite(backup, change)

    with pytest.raises(Damaged, match=message):
        check(backup)
    refused(backup, root, Damaged, message)


def test_check_refuses_an_archive_with_a_part_twice(backup: Path, root: Path) -> None:
    with tarfile.open(backup, "a") as tar:
        info = tarfile.TarInfo("files/ab/cd/abcd.thumbnail")
        info.size = 5
        tar.addfile(info, BytesIO(b"small"))

    with pytest.raises(Damaged, match="文件与清单不一致"):
        check(backup)
    refused(backup, root, Damaged, "文件与清单不一致")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_check_refuses_an_archive_that_was_cut_off(share: float, backup: Path, root: Path) -> None:
    with tarfile.open(backup) as tar:
        end = tar.getmember("manifest.json").offset_data
    os.truncate(backup, int(end * share))

    with pytest.raises(Damaged, match=CUT_OFF):
        check(backup)
    refused(backup, root, Damaged, CUT_OFF)


@pytest.mark.parametrize("content", [b"", b"not a backup" * 1000])
def test_check_refuses_what_is_no_backup(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    file.write_bytes(content)

    with pytest.raises(Damaged):
        check(file)


def test_check_touches_nothing(backup: Path, root: Path) -> None:
    before = (content(), files(), backup.stat().st_mtime_ns, sorted(root.iterdir()))

    check(backup)

    assert (content(), files(), backup.stat().st_mtime_ns, sorted(root.iterdir())) == before


# Keys


@contextmanager
def keyring(settings: Any, path: Path) -> Iterator[None]:
    before, settings.KEYRING = settings.KEYRING, path
    ring.cache_clear()
    try:
        yield
    finally:
        settings.KEYRING = before
        ring.cache_clear()


def test_restore_refuses_a_backup_sealed_with_foreign_keys(backup: Path, root: Path, settings: Any) -> None:
    with keyring(settings, root / "other" / "keyring.json"):
        refused(backup, root, ForeignKeys, "密钥不在当前的密钥文件中")


def test_restore_refuses_a_keyring_from_before_a_rotation(root: Path, settings: Any) -> None:
    (root / "keys").mkdir(mode=0o700)
    ours, older = root / "keys" / "ours.json", root / "keys" / "older.json"
    with keyring(settings, ours):
        ring()
        shutil.copy2(ours, older)
        ring().rotate("identity")
        backup = make(root / "backups", now=NIGHT)
        check(backup)

    with keyring(settings, older):
        refused(backup, root, ForeignKeys, "密钥不在当前的密钥文件中")


# Versions and engines


def resealed(backup: Path, **changes: Any) -> None:
    def change(members: Members) -> None:
        members["manifest.json"] = manifests.sealed(replace(manifests.opened(members["manifest.json"]), **changes))

    rewrite(backup, change)


def test_restore_refuses_a_newer_schema(root: Path) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("jobs", "9999_from_the_future")
    try:
        backup = make(root / "backups", now=NIGHT)
    finally:
        recorder.record_unapplied("jobs", "9999_from_the_future")

    check(backup)
    refused(backup, root, NewerSchema, "jobs.9999_from_the_future")


def test_must_fit_takes_migrations_that_have_been_squashed_since(backup: Path) -> None:
    old = ("jobs", "0001_initial")
    shipped = {one: Migration(one[1], one[0]) for one in check(backup).applied - {old}}
    with pytest.raises(NewerSchema, match=r"jobs\.0001_initial"):
        must_fit(check(backup), shipped)

    squashed = Migration("0001_squashed", "jobs")
    squashed.replaces = [old]
    must_fit(check(backup), {**shipped, ("jobs", "0001_squashed"): squashed})


def test_restore_refuses_the_other_engine(backup: Path, root: Path) -> None:
    theirs = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    resealed(backup, vendor=theirs)

    check(backup)
    refused(backup, root, OtherEngine, "请在同类数据库上恢复")


def test_restore_refuses_a_database_that_does_not_count_as_it_says(backup: Path, root: Path) -> None:
    facts = check(backup).facts
    resealed(backup, facts=replace(facts, counts={**facts.counts, "audit_entry": 5}))
    before = content()

    with pytest.raises(Damaged, match="记录数不符"):
        restore(backup, force=True)

    assert content() == before


# A full disk


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process, or of one that it starts, may grow beyond the size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [16 * 1024, LARGE // 2])
def test_make_leaves_nothing_when_the_disk_is_full(size: int, root: Path, settings: Any) -> None:
    (settings.FILES_ROOT / "large").write_bytes(os.urandom(LARGE))

    with pytest.raises((BackupFailed, ProgramFailed)), room_for(size):
        make(root / "backups", now=NIGHT)

    assert list((root / "backups").iterdir()) == []


def test_restore_leaves_the_database_alone_when_the_disk_is_full(backup: Path, settings: Any) -> None:
    before, home = content(), settings.FILES_ROOT.parent

    with pytest.raises(RestoreFailed, match="数据库保持原样"), room_for(16 * 1024):
        restore(backup, force=True)

    assert content() == before
    assert sorted(path.name for path in home.iterdir()) == ["backups", "files"]


# PostgreSQL's programs


@pytest.mark.postgres
def test_make_says_that_pg_dump_is_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))

    with pytest.raises(ProgramMissing, match="没有找到 pg_dump"):
        make(root / "backups", now=NIGHT)

    assert list((root / "backups").iterdir()) == []


@pytest.mark.postgres
def test_restore_puts_the_old_database_back_when_pg_restore_fails(
    backup: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content()
    monkeypatch.setenv("PATH", str(root))

    with pytest.raises(ProgramMissing, match="没有找到 pg_restore"):
        restore(backup, force=True)

    assert content() == before
