"""A small installation with every kind of content, and an empty place to restore it into."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tests.build import NOW
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.accounts.models import Account
from xietong.kit.audit.record import record
from xietong.kit.audit.seal import seal
from xietong.kit.jobs.models import Job

FILES = {
    "ab/cd/abcd": b"\x00\xff picture" * 1000,
    "ab/cd/abcd.thumbnail": b"small",
    "results/1-a/任务台账.xlsx": b"rows",
    "ee/ee/empty": b"",
}


def furnish(root: Path) -> None:
    """This function will write rows of many types, a sealed audit chain and files."""
    Account.objects.create(username="yunjia", name="云甲 'quoted' \\ \n𠮷")
    Job.objects.create(
        kind="k", key="键", payload={"a": [1, None, "二"]}, run_at=NOW, created_at=NOW, result=None, county_id=2**40
    )
    for number in range(3):
        record(SYSTEM, "test.step", None, now=NOW, reason=str(number))
    seal()
    record(SYSTEM, "test.step", None, now=NOW, reason="not sealed yet")
    for name, data in {**FILES, "incoming/half.part": b"half"}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def content() -> dict[str, list[str]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        return {table: rows(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}


def rows(cursor: Any, table: str) -> list[str]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(repr, cursor.fetchall()))


def files() -> dict[str, bytes]:
    root = Path(settings.FILES_ROOT)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@contextmanager
def empty_place(folder: Path) -> Iterator[None]:
    """Settings and connection point to an empty database and a folder without files."""
    here, files_here = connection.settings_dict["NAME"], settings.FILES_ROOT
    there = new_database(folder)
    move_to(there, folder / "new" / "files")
    try:
        yield
    finally:
        move_to(here, files_here)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {there} WITH (FORCE)")


def new_database(folder: Path) -> str:
    if connection.vendor == "sqlite":
        return str(folder / "new" / "xietong.sqlite3")
    name = f"restored_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    return name


def move_to(database: str, files_root: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database
    settings.FILES_ROOT = files_root
