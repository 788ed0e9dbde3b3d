"""The kinds of file that may be kept."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

OFFICE = "application/vnd.openxmlformats-officedocument"

NAMELESS = "文件"


class Group(StrEnum):
    """What a kind is for, as the pages show it."""

    IMAGE = "image"
    DOCUMENT = "document"
    SHEET = "sheet"
    SLIDES = "slides"
    ARCHIVE = "archive"
    MEDIA = "media"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file; ``previewable`` is one that the oldest supported browser shows by itself."""

    extension: str
    content_type: str
    group: Group
    previewable: bool = False
    aliases: frozenset[str] = frozenset()

    def fits(self, name: str) -> bool:
        """Whether a file name says what the content is."""
        return suffix(name) in {self.extension} | self.aliases

    def corrected(self, name: str) -> str:
        """The name under which a file of this kind is kept: a wrong extension gives way to the true one."""
        return name if self.fits(name) else f"{PurePath(name).stem or NAMELESS}.{self.extension}"


def suffix(name: str) -> str:
    """The extension of a name, in lower case and without its dot."""
    return PurePath(name).suffix.removeprefix(".").lower()


KINDS = {
    kind.extension: kind
    for kind in (
        Kind("jpg", "image/jpeg", Group.IMAGE, previewable=True, aliases=frozenset({"jpeg", "jpe", "jfif"})),
        Kind("png", "image/png", Group.IMAGE, previewable=True),
        Kind("webp", "image/webp", Group.IMAGE, previewable=True),
        Kind("gif", "image/gif", Group.IMAGE, previewable=True),
        Kind("heic", "image/heic", Group.IMAGE, aliases=frozenset({"heif"})),
        Kind("pdf", "application/pdf", Group.DOCUMENT, previewable=True),
        Kind("docx", f"{OFFICE}.wordprocessingml.document", Group.DOCUMENT),
        Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet", Group.SHEET),
        Kind("pptx", f"{OFFICE}.presentationml.presentation", Group.SLIDES),
        Kind("doc", "application/msword", Group.DOCUMENT),
        Kind("xls", "application/vnd.ms-excel", Group.SHEET),
        Kind("ppt", "application/vnd.ms-powerpoint", Group.SLIDES),
        Kind("wps", "application/wps-office.wps", Group.DOCUMENT),
        Kind("et", "application/wps-office.et", Group.SHEET),
        Kind("dps", "application/wps-office.dps", Group.SLIDES),
        Kind("txt", "text/plain", Group.TEXT, previewable=True, aliases=frozenset({"md", "markdown", "log"})),
        Kind("csv", "text/csv", Group.SHEET),
        Kind("zip", "application/zip", Group.ARCHIVE),
        Kind("mp4", "video/mp4", Group.MEDIA, previewable=True, aliases=frozenset({"m4v"})),
        Kind("mp3", "audio/mpeg", Group.MEDIA, previewable=True),
    )
}
