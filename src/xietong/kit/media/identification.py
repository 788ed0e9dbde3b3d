"""The kind of a file by its content; the name only chooses among kinds that share a content.

The signatures are our own: a general detector takes HEIC for MP4 and cannot tell a .docx from other zips.
"""

from xietong.kit.marking import gettext_noop
from xietong.kit.media import compounds, zips
from xietong.kit.media.kinds import KINDS, Kind, suffix
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.encoding import decoded

UNKNOWN = gettext_noop("不支持这种文件；可以上传图片、PDF、Word、Excel、PPT、WPS、文本、压缩包（.zip）、mp4 和 mp3。")
ACTIVE = gettext_noop("不能上传网页、脚本或程序文件。")
EMPTY = gettext_noop("文件是空的，请检查后再上传。")

SIGNATURES = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
)
PROGRAMS = (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"#!")
BRANDS = {
    "heic": (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
    "mp4": (
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"dash",
        b"MSNV",
    ),
}
MARKUP = ("<!doctype", "<html", "<svg", "<script", "<iframe", "<?xml", "<?php")
SCRIPTS = frozenset(
    {"bat", "cmd", "hta", "htm", "html", "js", "jse", "mht", "mhtml", "mjs", "php", "ps1", "py", "reg"}
    | {"sh", "svg", "url", "vbe", "vbs", "wsf", "xht", "xhtml"}
)


def identify(head: bytes, *, name: str) -> Kind:
    """The kind of a file from its first bytes (4,096 at least, better the whole file) and its name.

    ``Kind.fits`` tells whether the name says the same, ``Kind.corrected`` gives the name to keep it under.
    Raises ``Unreadable`` for programs, pages, scripts, locked files and kinds that are not kept.
    """
    if not head:
        raise Unreadable(EMPTY)
    if head.startswith(PROGRAMS) or (head.startswith(b"MZ") and b"\0" in head):
        raise Unreadable(ACTIVE)
    extension = _binary(head, suffix(name)) or _text(head, suffix(name))
    if extension is None:
        raise Unreadable(UNKNOWN)
    return KINDS[extension]


def _binary(head: bytes, named: str) -> str | None:
    for signature, extension in SIGNATURES:
        if head.startswith(signature):
            return extension
    if head.startswith(zips.SIGNATURES):
        return zips.extension(head, named)
    if head.startswith(compounds.SIGNATURE):
        return compounds.extension(head, named)
    return _boxed(head)


def _boxed(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return next((extension for extension, brands in BRANDS.items() if head[8:12] in brands), None)
    # Some producers write a few lines before the signature; a page that contains it is still a page.
    if b"%PDF-" in head[:1024] and not head.lstrip().startswith(b"<"):
        return "pdf"
    return None


def _text(head: bytes, named: str) -> str | None:
    text = decoded(head, whole=False)
    if text is None:
        return None
    if named in SCRIPTS or any(mark in text.lower() for mark in MARKUP):
        raise Unreadable(ACTIVE)
    return "csv" if named == "csv" else "txt"
