"""The zip package of an Office file, read part by part under a size limit, and written.

Only the few XML parts that hold text are ever unpacked, so a bomb in the pictures is never touched; a part
that declares more than ``PART_BYTES`` is refused before it is unpacked, and zipfile never unpacks more than
declared.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

from lxml import etree

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable

PART_BYTES = 32 * 1024 * 1024
"""About a thousand pages of text."""

BROKEN = gettext_noop("文件不完整或已损坏；请用 Word 或 WPS 打开并另存为 .docx 后再上传。")
PASSWORD = gettext_noop("文件设有密码，请取消密码后再上传。")

FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)
"""What zipfile and lxml raise for files that are cut, altered or packed in a way nobody knows."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The beginning of time in a zip."""


class Package:
    """The parts of one open package."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._archive.namelist()

    def content_type(self, name: str) -> str:
        """What the package says that a part is."""
        types = self.tree("[Content_Types].xml")
        kinds = (each for each in (types if types is not None else ()) if each.get("PartName") == f"/{name}")
        return next((each.get("ContentType", "") for each in kinds), "")

    def main_part(self) -> str:
        """The name of the part that holds the content, or empty text for a zip that is no Office document."""
        if not self.has("_rels/.rels"):
            return ""
        return self.related("", "officeDocument") or ""

    def related(self, part: str, role: str) -> str | None:
        """The name of the part that stands in a role ("styles", "numbering") to another."""
        return next(iter(self.all_related(part, role)), None)

    def all_related(self, part: str, role: str) -> list[str]:
        """The names of all parts that stand in a role to another, each once."""
        folder, file = posixpath.split(part)
        relations = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        targets = (
            relation.get("Target", "")
            for relation in (relations if relations is not None else ())
            if relation.get("Type", "").endswith(f"/{role}")
        )
        names = (posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets)
        return list(dict.fromkeys(names))

    def tree(self, name: str) -> etree._Element | None:
        """A part as an element tree, or None where there is no such part."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        if info.file_size > PART_BYTES:
            raise Unreadable(gettext_noop("文件解压后过大，超出处理上限；请拆分后再上传。"))
        # Entities stay unresolved and libxml2 keeps its own limits on depth and text length.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(self._archive.read(info), parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable(BROKEN)  # the standard forbids a DTD; only an attack has one
        return root


@contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """Open a package; whatever is wrong with it becomes ``Unreadable``."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise Unreadable(PASSWORD)
            yield Package(archive)
    except FAULTS as error:
        raise Unreadable(BROKEN) from error


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A package of these parts in this order: nothing in it says when or on which machine it was made."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts:
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            whole.writestr(part, content)
    return file.getvalue()
