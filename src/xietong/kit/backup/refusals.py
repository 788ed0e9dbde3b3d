"""Why a backup was not made, is not whole, or is not restored."""

from collections.abc import Iterator
from contextlib import contextmanager
from tarfile import TarError

from django.db import DatabaseError
from django.utils.translation import gettext as _

from xietong.kit.errors import Refused


class BackupFailed(Refused):
    """It could not be made; nothing stands under its name."""


class RestoreFailed(Refused):
    """Writing failed; the database is as it was."""


class Damaged(Refused):
    """It is no backup, or not as it was made; the message names the part."""


class ForeignKeys(Refused):
    """It was made with keys that this keyring does not have."""


class OtherEngine(Refused):
    """It was made of the other kind of database."""


class NewerSchema(Refused):
    """It was made by a version that this one does not know."""


class NotEmpty(Refused):
    """There is data where it would be restored."""


class ProgramMissing(Refused):
    """PostgreSQL's own programs are not installed."""


class ProgramFailed(Refused):
    """One of PostgreSQL's own programs failed; the message holds what it said."""


@contextmanager
def making() -> Iterator[None]:
    """Turns what a full disk or a lost database says into a sentence."""
    try:
        yield
    except (OSError, TarError, DatabaseError) as error:
        message = _("备份没有完成，没有留下任何备份文件：%(why)s")
        raise BackupFailed(message % {"why": error}) from error


@contextmanager
def restoring() -> Iterator[None]:
    try:
        yield
    except (OSError, DatabaseError) as error:
        message = _("恢复没有完成，数据库保持原样：%(why)s")
        raise RestoreFailed(message % {"why": error}) from error
