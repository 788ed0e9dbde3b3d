"""The child's part: texts stand in the blanks of a form, everything else stays as it was."""

import io
import zipfile

from lxml import etree

from xietong.kit.blanks import books, papers
from xietong.kit.blanks.grid import XLSX
from xietong.kit.blanks.opening import kind_of, opened
from xietong.kit.text.package import packed


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
    """The package with some parts replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        return packed((name, written.get(name) or before.read(name)) for name in before.namelist())
