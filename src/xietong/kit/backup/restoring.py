"""Bringing a backup back into an empty place. Nothing else may be using the database meanwhile."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from xietong.kit.backup.archive import Archive, reading
from xietong.kit.backup.checking import check
from xietong.kit.backup.engines import engine
from xietong.kit.backup.making import FILES
from xietong.kit.backup.manifest import Manifest
from xietong.kit.backup.refusals import NewerSchema, NotEmpty, OtherEngine, restoring
from xietong.kit.files.storage import incoming

VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and whether `xietong migrate` has to follow."""

    manifest: Manifest
    needs_migration: bool


def restore(path: Path, *, force: bool = False) -> Restored:
    """This function will put the database and the files of a backup in their places.

    Every refusal comes before anything is touched. Files come first, the database last and in one
    step, so that a failure leaves the database as it was. `force` replaces a database that holds data;
    files that are not in the backup stay, and nothing refers to them.

    Raises
        Damaged, ForeignKeys: see `check`.
        OtherEngine, NewerSchema: this installation cannot read it.
        NotEmpty: there is data already, and no `force`.
        RestoreFailed: writing failed.
    """
    manifest = check(path)
    shipped = MigrationLoader(None).disk_migrations
    must_fit(manifest, shipped)
    if not force:
        must_be_empty()
    with restoring(), reading(path) as archive:
        put_back(archive)
    return Restored(manifest, needs_migration=not manifest.applied >= set(shipped))


def must_fit(manifest: Manifest, shipped: dict[tuple[str, str], Migration]) -> None:
    if manifest.vendor != connection.vendor:
        message = _("备份来自 %(theirs)s 数据库，不能恢复到 %(ours)s。请在同类数据库上恢复。")
        raise OtherEngine(message % {"theirs": VENDORS[manifest.vendor], "ours": VENDORS[connection.vendor]})
    replaced = {old for migration in shipped.values() for old in migration.replaces}
    newer = sorted(manifest.applied - set(shipped) - replaced)
    if newer:
        message = _("备份来自更新的版本（%(version)s，含本版本没有的 %(first)s）。请先升级程序再恢复。")
        first = ".".join(newer[0])
        raise NewerSchema(message % {"version": manifest.app_version or manifest.made_at[:10], "first": first})


def must_be_empty() -> None:
    if not engine().is_empty():
        raise NotEmpty(_("数据库里已有数据。恢复会用备份整个替换它；确实要替换时请明确指定。"))
    root = Path(settings.FILES_ROOT)
    if any(path.is_file() and not path.is_relative_to(incoming()) for path in root.rglob("*")):
        raise NotEmpty(_("附件目录里已有文件。请换一个空目录；确实要恢复到这里时请明确指定。"))


def put_back(archive: Archive) -> None:
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    for part in archive.manifest.files:
        archive.extract(part, root / part.name.removeprefix(FILES))
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        copy = Path(folder) / archive.manifest.database.name
        archive.extract(archive.manifest.database, copy)
        engine().load(copy, archive.manifest.facts.counts)
