"""Why a file was not taken, each with a sentence for the person who sent it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.kit.errors import Denied, Refused


class TooBig(Refused):
    """The file is larger than one file may be, or a chunk larger than a chunk."""


class TooMany(Refused):
    """The account has too many unfinished uploads."""


class QuotaExceeded(Refused):
    """The county has no room left; `message` is kept with an upload that failed for it."""

    message = gettext_noop("本县附件空间不足，请联系系统管理员扩容。")


class DiskFull(Refused):
    """The machine has no room left."""

    def __init__(self) -> None:
        super().__init__(_("服务器存储空间已满，文件没有保存。请联系系统管理员，稍后重试即可继续。"))


class Malformed(Refused):
    """The browser said something about the upload that cannot be."""


class Moved(Refused):
    """The chunk does not begin where the bytes at hand end; carries where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(_("上传位置不一致，请从服务器已收到的位置继续。"))
        self.offset = offset


class NotFinished(Refused):
    """An upload that was to be attached is gone, failed, used, somebody else's, or still under way."""


class FileMissing(Refused):
    """The row is there and its file is not: the store has been damaged or restored without its files."""


class Withdrawn(Denied):
    """Whoever handed the file in has withdrawn it; its content is not shown any more."""


class ReasonMissing(Refused):
    """A file is not withdrawn without saying why."""
