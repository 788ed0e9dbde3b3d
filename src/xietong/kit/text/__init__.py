"""The bytes of a document as lines with positions.

``read_safely`` is the entrance for uploads: it reads in the sandbox. ``read`` is the reader itself, for files
that are our own. Both raise ``Unreadable`` with a sentence that tells the user what to do.

Old formats (.doc, .wps, .rtf) are made into .docx by LibreOffice first, where it is installed.

A further format is one module with a ``read(data) -> Draft`` and one row in ``reading.READERS``, plus its
signature in ``detection``.
"""

from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import (
    Cell,
    Change,
    ChangeKind,
    Document,
    Format,
    Line,
    Merged,
    Remark,
    Role,
    Table,
)
from xietong.kit.text.reading import read, read_safely

__all__ = [
    "Cell",
    "Change",
    "ChangeKind",
    "Document",
    "Format",
    "Line",
    "Merged",
    "Remark",
    "Role",
    "Table",
    "Unreadable",
    "read",
    "read_safely",
]
