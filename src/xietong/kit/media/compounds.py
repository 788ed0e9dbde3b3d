"""Which kind of file an OLE compound is (Office before 2007, WPS), by the names of its streams."""

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = gettext_noop("文件设有密码，请取消密码后再上传。")
FAMILIES = {
    "WordDocument": ("doc", "wps"),
    "Workbook": ("xls", "et"),
    "Book": ("xls", "et"),
    "PowerPoint Document": ("ppt", "dps"),
}
"""Office and WPS write the same streams: the name tells the two apart."""


def extension(head: bytes, named: str) -> str | None:
    """The extension of an Office or WPS file; None for other compounds, such as installers."""
    if _has_stream(head, "EncryptedPackage"):
        raise Unreadable(LOCKED)
    for stream, family in FAMILIES.items():
        if _has_stream(head, stream):
            return named if named in family else family[0]
    # The directory may lie beyond the bytes at hand: then the name decides.
    return named if any(named in family for family in FAMILIES.values()) else None


def _has_stream(head: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in head
