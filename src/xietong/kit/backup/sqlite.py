"""SQLite: its own backup interface, which copies a database that others are writing to."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from xietong.kit.backup.facts import counts, facts_of
from xietong.kit.backup.manifest import Facts
from xietong.kit.backup.refusals import BackupFailed, Damaged

PART = "database.sqlite3"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
PATIENCE = 60


def dump(target: Path) -> Facts:
    """This function will copy the database as it stands at one moment into a file of its own."""
    source = place()
    if not source.is_file():
        raise BackupFailed(_("数据库文件 %(file)s 不存在。") % {"file": source})
    with opened(source) as origin, opened(target) as copy:
        origin.backup(copy)
        # One file without companions.
        copy.execute("PRAGMA journal_mode=DELETE")
        return facts_of(lambda sql: rows(copy, sql), tables(copy))


def is_empty() -> bool:
    if not place().exists():
        return True
    with opened(place()) as database:
        return not tables(database)


def load(source: Path, expected: dict[str, int]) -> None:
    """This function will put the copy in the place of the database, in one transaction of the database itself."""
    with opened(source) as origin:
        if counts(lambda sql: rows(origin, sql), tables(origin)) != expected:
            raise Damaged(_("备份中的数据库与清单的记录数不符。"))
        connection.close()
        place().parent.mkdir(parents=True, exist_ok=True)
        with opened(place()) as target:
            origin.backup(target)


def place() -> Path:
    return Path(connection.settings_dict["NAME"])


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection beside Django's, whose errors are Django's."""
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as database:
            yield database
    except sqlite3.Error as error:
        raise DatabaseError(str(error)) from error


def rows(database: sqlite3.Connection, sql: str) -> Sequence[tuple[Any, ...]]:
    return database.execute(sql).fetchall()


def tables(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in rows(database, TABLES)]
