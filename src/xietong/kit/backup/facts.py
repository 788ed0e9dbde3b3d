"""Reading the facts of a database through whichever connection holds it still."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from xietong.kit.audit.models import Head
from xietong.kit.backup.manifest import Facts
from xietong.kit.backup.refusals import BackupFailed

Rows = Callable[[str], Sequence[tuple[Any, ...]]]
MIGRATIONS = MigrationRecorder.Migration._meta.db_table
HEAD = Head._meta.db_table


def facts_of(rows: Rows, tables: Sequence[str]) -> Facts:
    """This function will count and read; `rows` runs a query.

    Raises
        BackupFailed: it is no database of ours.
    """
    if not {MIGRATIONS, HEAD} <= set(tables):
        raise BackupFailed(_("数据库里没有本系统的数据，没有什么可备份的。"))
    migrations: dict[str, list[str]] = defaultdict(list)
    for app, name in rows(f"SELECT app, name FROM {MIGRATIONS} ORDER BY app, name"):  # noqa: S608  (our own names)
        migrations[app].append(name)
    [(seq, mac)] = rows(f"SELECT seq, mac FROM {HEAD}") or [(0, "")]  # noqa: S608
    return Facts(counts(rows, tables), dict(migrations), seq, mac)


def counts(rows: Rows, tables: Sequence[str]) -> dict[str, int]:
    return {table: rows(f'SELECT COUNT(*) FROM "{table}"')[0][0] for table in sorted(tables)}  # noqa: S608
