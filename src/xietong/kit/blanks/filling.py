"""The child's part: texts stand in the blanks of a form, everything else stays as it was."""

import io
import zipfile

from lxml import etree

from xietong.kit.blanks import books, papers
from xietong.kit.blanks.grid import XLSX
from xietong.kit.blanks.opening import kind_of, opened

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the beginning of time in a zip


def filled(content: bytes, values: dict[str, str]) -> bytes:
    """The bytes of the form with its values; raises ``Unreadable``."""
    kind = kind_of(content)
    with opened(content) as parts:
        changed = (books if kind == XLSX else papers).filled(parts, values)
        written = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in changed.items()
        }
        return repacked(content, written)


def repacked(content: bytes, written: dict[str, bytes]) -> bytes:
    """The package with some parts replaced; nothing in it says when it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for each in before.infolist():
            part = zipfile.ZipInfo(each.filename, FIRST_DAY)
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            whole.writestr(part, written.get(each.filename) or before.read(each))
    return file.getvalue()
