"""Which kind of form a file is, and what is not even opened: macros, passwords, bombs, links that are followed."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from xietong.kit.blanks.grid import DOCX, XLSX
from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text import package

WHOLE_BYTES = 48 * 1024 * 1024
MOST_PARTS = 2000
LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
KINDS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
ACTIVE = re.compile(r"vbaproject|activex|macrosheets|dialogsheets", re.IGNORECASE)
FOLLOWED_BY_HAND = ("/hyperlink", "/externalLinkPath")

OTHER = gettext_noop("这不是 .docx 或 .xlsx 表格；请用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx 后再上传。")
OLD = gettext_noop("这是旧格式（.doc、.xls）；请用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx 后再上传。")
MACROS = gettext_noop("表格含有宏或控件；请另存为不带宏的 .docx 或 .xlsx 后再上传。")
BOMB = gettext_noop("表格解压后过大，可能是异常文件；请把表格复制到新文件后再上传。")
LINKS = gettext_noop("表格会自动读取其他文件或网址的内容；请删去后再上传。")
BROKEN = gettext_noop("表格已损坏，不能打开；请用 Word、Excel 或 WPS 打开并另存后再上传。")
PASSWORD = gettext_noop("表格设有密码，请取消密码后再上传。")


def kind_of(content: bytes) -> str:
    """The kind of a file that is harmless; raises ``Unreadable`` for any other."""
    if content.startswith(LEGACY):
        raise Unreadable(PASSWORD if ENCRYPTED in content else OLD)
    if not content.startswith(b"PK"):
        raise Unreadable(OTHER)
    names = namelist(content)
    with opened(content) as parts:
        said = parts.content_type(parts.main_part())
        if "macroEnabled" in said or any(ACTIVE.search(name) for name in names):
            raise Unreadable(MACROS)
        if said not in KINDS:
            raise Unreadable(OTHER)
        for name in names:
            if name.endswith(".rels"):
                refuse_links(parts, name)
    return KINDS[said]


@contextmanager
def opened(content: bytes) -> Iterator[package.Package]:
    """Open a form; whatever is wrong with its package is said in words that fit both kinds."""
    try:
        with package.opened(content) as parts:
            yield parts
    except Unreadable as error:
        raise Unreadable(BROKEN if error.message == package.BROKEN else error.message) from error


def namelist(content: bytes) -> list[str]:
    """The names of the parts of a package that does not unpack to too much and names none twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(BROKEN) from error
    if len(found) > MOST_PARTS or sum(each.file_size for each in found) > WHOLE_BYTES:
        raise Unreadable(BOMB)
    names = [each.filename for each in found]
    if len(set(names)) < len(names):
        raise Unreadable(BROKEN)
    return names


def refuse_links(parts: package.Package, name: str) -> None:
    root = parts.tree(name)
    for each in root if root is not None else ():
        if each.get("TargetMode") == "External" and not each.get("Type", "").endswith(FOLLOWED_BY_HAND):
            raise Unreadable(LINKS)
