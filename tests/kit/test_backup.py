"""Backing up while the site runs, and restoring into an empty place."""

import base64
import os
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from tests.build import NOW
from tests.kit.installation import FILES, content, empty_place, files, furnish
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.models import Entry, Head
from xietong.kit.audit.record import record
from xietong.kit.audit.seal import verify
from xietong.kit.backup.checking import check
from xietong.kit.backup.making import make
from xietong.kit.backup.refusals import BackupFailed, NotEmpty
from xietong.kit.backup.restoring import restore
from xietong.kit.ring import ring

pytestmark = pytest.mark.django_db(transaction=True)

LATER = datetime(2026, 9, 8, 19, 30, 5, tzinfo=UTC)


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    furnish(settings.FILES_ROOT)
    return tmp_path


# Making


def test_make_gives_one_private_file_named_by_the_time_in_the_county(root: Path) -> None:
    made = make(root / "backups", now=LATER)

    assert made == root / "backups" / "xietong-20260909-033005.tar"
    assert list((root / "backups").iterdir()) == [made]
    assert made.stat().st_mode & 0o777 == 0o600


def test_make_lists_what_is_in_the_backup(root: Path) -> None:
    manifest = check(make(root, now=LATER))

    assert (manifest.vendor, manifest.made_at) == (connection.vendor, "2026-09-08T19:30:05+00:00")
    assert manifest.facts.counts == {table: len(rows) for table, rows in content().items()}
    head = Head.objects.get()
    assert (manifest.facts.audit_seq, manifest.facts.audit_mac) == (3, head.mac)
    assert manifest.applied == set(MigrationRecorder(connection).applied_migrations())
    assert [part.name for part in manifest.files] == sorted(f"files/{name}" for name in FILES)


def test_make_never_takes_the_keys(root: Path) -> None:
    made = make(root, now=LATER)

    stored = made.read_bytes()
    for info in ring().infos():
        secret = ring().key(info.purpose, info.key_id).secret
        assert [form in stored for form in (secret, base64.b64encode(secret), secret.hex().encode())] == [False] * 3
    assert stored.count(ring().infos()[0].key_id.encode()) > 0


def test_make_refuses_while_the_keys_lie_among_the_files(root: Path, settings: Any) -> None:
    settings.KEYRING = settings.FILES_ROOT / "keys" / "keyring.json"

    with pytest.raises(BackupFailed, match="密钥文件放在了附件目录里"):
        make(root / "backups", now=LATER)

    assert not (root / "backups").exists()


def test_make_overwrites_no_backup(root: Path) -> None:
    first = make(root / "backups", now=LATER)
    before = first.read_bytes()

    with pytest.raises(BackupFailed, match="已有同名的备份"):
        make(root / "backups", now=LATER)

    assert (list((root / "backups").iterdir()), first.read_bytes()) == ([first], before)


def test_make_removes_what_a_killed_backup_left_a_day_ago(root: Path) -> None:
    for name, days in (("old", 2), ("fresh", 0.5)):
        folder = root / "backups" / f".unfinished-{name}"
        folder.mkdir(parents=True)
        (folder / "x.tar").write_bytes(b"half")
        then = (LATER - timedelta(days=days)).timestamp()
        os.utime(folder, (then, then))

    made = make(root / "backups", now=LATER)

    assert sorted(path.name for path in made.parent.iterdir()) == [".unfinished-fresh", made.name]


def test_make_refuses_a_database_that_is_not_ours(root: Path) -> None:
    (root / "new").mkdir()
    with empty_place(root):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE foreign_table (id integer)")
        with pytest.raises(BackupFailed, match="没有本系统的数据"):
            make(root / "backups", now=LATER)

    assert list((root / "backups").iterdir()) == []


@contextmanager
def busy_writer() -> Iterator[None]:
    """Somebody who goes on writing two rows a transaction."""
    stop, began = Event(), Event()

    def write() -> None:
        try:
            while not stop.is_set():
                with transaction.atomic():
                    for _ in range(2):
                        record(SYSTEM, "test.pair", None, now=NOW)
                began.set()
                time.sleep(0.002)
        finally:
            connections.close_all()

    thread = Thread(target=write)
    thread.start()
    try:
        assert began.wait(20)
        yield
    finally:
        stop.set()
        thread.join()


def test_make_sees_the_database_at_one_moment_while_others_write(root: Path) -> None:
    with busy_writer():
        made = [make(root, now=LATER + timedelta(seconds=number)) for number in range(3)]

    for one in made:
        with empty_place(root / one.stem):
            restore(one)
            pairs = Entry.objects.filter(action="test.pair").count()
            assert (pairs > 0, pairs % 2) == (True, 0)


# Restoring


def test_restore_gives_back_every_row_and_every_byte(root: Path) -> None:
    rows = content()
    made = make(root, now=LATER)

    with empty_place(root):
        done = restore(made)

        assert content() == rows
        assert files() == FILES
        assert done.needs_migration is False
        assert done.manifest.facts.counts["audit_entry"] == 4


def test_restore_gives_back_a_database_that_works(root: Path) -> None:
    made = make(root, now=LATER)

    with empty_place(root):
        restore(made)

        last = Entry.objects.latest("pk").pk
        assert record(SYSTEM, "test.step", None, now=NOW).pk > last
        assert (verify().holds, verify().links, verify().unsealed) == (True, 3, 2)
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            Entry.objects.update(reason="forged")


def test_restore_tells_that_an_older_schema_has_to_be_migrated(root: Path) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("jobs", "0001_initial")
    try:
        made = make(root, now=LATER)
    finally:
        recorder.record_applied("jobs", "0001_initial")

    with empty_place(root):
        assert restore(made).needs_migration is True


def test_restore_refuses_a_database_with_data_unless_forced(root: Path) -> None:
    made = make(root, now=LATER)
    rows = content()
    record(SYSTEM, "test.later", None, now=NOW)
    later = content()

    with pytest.raises(NotEmpty, match="数据库里已有数据"):
        restore(made)
    assert content() == later

    restore(made, force=True)
    assert content() == rows
    assert files() == {**FILES, "incoming/half.part": b"half"}


def test_restore_refuses_a_folder_with_files_unless_forced(root: Path, settings: Any) -> None:
    made = make(root, now=LATER)

    with empty_place(root):
        (settings.FILES_ROOT / "ab").mkdir(parents=True)
        (settings.FILES_ROOT / "ab" / "stray").write_bytes(b"stray")
        with pytest.raises(NotEmpty, match="附件目录里已有文件"):
            restore(made)
        assert files() == {"ab/stray": b"stray"}

        restore(made, force=True)
        assert files() == {**FILES, "ab/stray": b"stray"}


def test_restore_can_be_backed_up_and_restored_again(root: Path) -> None:
    rows = content()
    made = make(root, now=LATER)
    restore(made, force=True)
    again = make(root, now=LATER + timedelta(days=1))

    with empty_place(root):
        restore(again)
        assert content() == rows


def test_restore_lets_a_reader_go_on(root: Path) -> None:
    """A connection that is open in another thread sees the restored rows afterwards."""
    made = make(root, now=LATER)
    Entry.objects.count()

    thread = Thread(target=lambda: (restore(made, force=True), connections.close_all()))
    thread.start()
    thread.join()

    assert Entry.objects.count() == 4


def test_backup_can_be_looked_into_with_any_tool(root: Path) -> None:
    with tarfile.open(make(root, now=LATER)) as tar:
        names, database = tar.getnames(), tar.extractfile(tar.getmembers()[0])
        start = database.read(20) if database else b""

    assert (names[0].partition(".")[0], names[1:-1], names[-1]) == (
        "database", sorted(f"files/{name}" for name in FILES), "manifest.json",
    )  # fmt: skip
    # Not in WAL mode, which a reader on a read-only disk could not open.
    assert start[18:20] == b"\x01\x01" or connection.vendor == "postgresql"
