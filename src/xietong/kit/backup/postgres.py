"""PostgreSQL: its own programs, on a snapshot that a connection of ours holds still."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.kit.backup.facts import counts, facts_of
from xietong.kit.backup.manifest import Facts
from xietong.kit.backup.refusals import Damaged, ProgramFailed, ProgramMissing

PART = "database.pgdump"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
ASIDE = "before_restore"
PLAIN = ("--no-owner", "--no-privileges")
MOST_SAID = 500
MISSING = gettext_lazy(
    "没有找到 %(program)s。请安装与服务器版本相同的 PostgreSQL 客户端（Debian：apt install postgresql-client）。"
)


def dump(target: Path) -> Facts:
    """This function will have pg_dump write the database as our own snapshot sees it, and count that snapshot."""
    with second() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [(snapshot,)] = rows(cursor, "SELECT pg_export_snapshot()")
        run("pg_dump", "--format=custom", *PLAIN, f"--snapshot={snapshot}", f"--file={target}")
        found = facts_of(lambda sql: rows(cursor, sql), tables(cursor))
        cursor.execute("ROLLBACK")
    return found


def is_empty() -> bool:
    with second() as cursor:
        return not tables(cursor)


def load(source: Path, expected: dict[str, int]) -> None:
    """This function will have pg_restore fill the database; what was there is dropped only when that went well."""
    connection.close()
    with second() as cursor:
        [(schema,)] = rows(cursor, "SELECT current_schema()")
        set_aside = bool(tables(cursor))
        if set_aside:
            cursor.execute(f'ALTER SCHEMA "{schema}" RENAME TO {ASIDE}')
            cursor.execute(f'CREATE SCHEMA "{schema}"')
        try:
            run("pg_restore", "--single-transaction", "--exit-on-error", *PLAIN, str(source))
            must_match(cursor, expected)
        except BaseException:
            if set_aside:
                cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
                cursor.execute(f'ALTER SCHEMA {ASIDE} RENAME TO "{schema}"')
            raise
        if set_aside:
            cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")


def must_match(cursor: Any, expected: dict[str, int]) -> None:
    if counts(lambda sql: rows(cursor, sql), tables(cursor)) != expected:
        raise Damaged(_("恢复后的数据库与清单的记录数不符。"))


def run(program: str, *arguments: str) -> None:
    """This function will run one of PostgreSQL's programs on the database of the settings.

    Raises
        ProgramMissing: it is not installed.
        ProgramFailed: it failed; says why.
    """
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(str(MISSING) % {"program": program})
    (_psql, *where, name), env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    done = subprocess.run(  # noqa: S603  (the program and our own settings)
        [found, *where, f"--dbname={name}", "--no-password", *arguments],
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip()[-MOST_SAID:] or str(done.returncode)
        raise ProgramFailed(_("%(program)s 没有成功：%(said)s") % {"program": program, "said": said})


@contextmanager
def second() -> Iterator[Any]:
    """A cursor of a connection beside the one that requests use."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            yield cursor
    finally:
        beside.close()


def rows(cursor: Any, sql: str) -> Sequence[tuple[Any, ...]]:
    cursor.execute(sql)
    found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found


def tables(cursor: Any) -> list[str]:
    return [name for (name,) in rows(cursor, TABLES)]
