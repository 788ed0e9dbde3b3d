"""Formats before .docx, told by their bytes alone, so that nothing is parsed outside the sandbox."""

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Format

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RICH_TEXT = b"{\\rtf"
SECTOR = 512
WORD = b"\xec\xa5"
FLAGS = 10
ENCRYPTED = 0x0100
"""The head of a Word stream: its signature, the place of its flags, the flag of encrypted text."""

ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
SHEETS = ("Workbook", "Book", "PowerPoint Document")
LOCKED = gettext_noop("文件设有密码，请取消密码后再上传。")
NO_TEXT = gettext_noop("这是电子表格或演示文稿，不是文字材料；请把文字另存为 .docx 后再上传。")
UNKNOWN = gettext_noop("不能从这种文件中读取文字；请另存为 .docx 后再上传。")


def legacy(data: bytes, *, name: str) -> Format | None:
    """The format of a document that must be converted first; None for all others.

    Raises ``Unreadable`` for locked files, spreadsheets and other compounds.
    """
    if data.startswith(RICH_TEXT):
        return Format.RTF
    if not data.startswith(COMPOUND):
        return None
    if ENCRYPTED_STREAM in data or _is_locked(data):
        raise Unreadable(LOCKED)
    if not _has_stream(data, "WordDocument"):
        raise Unreadable(NO_TEXT if any(_has_stream(data, sheet) for sheet in SHEETS) else UNKNOWN)
    return Format.WPS if name.lower().endswith(".wps") else Format.DOC


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data


def _is_locked(data: bytes) -> bool:
    """Whether the Word stream says so; it begins at a sector, mostly the first."""
    for start in range(SECTOR, len(data), SECTOR):
        if data.startswith(WORD, start):
            flags = int.from_bytes(data[start + FLAGS : start + FLAGS + 2], "little")
            return bool(flags & ENCRYPTED)
    return False
