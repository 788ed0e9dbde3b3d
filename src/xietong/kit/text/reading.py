"""Detect, read, lay out."""

from collections.abc import Callable

from xietong.kit import sandbox
from xietong.kit.text import detection, docx, pdf, plain
from xietong.kit.text.document import Document, Draft, Format, lay_out

READERS: dict[Format, Callable[[bytes], Draft]] = {
    Format.DOCX: docx.read,
    Format.PDF: pdf.read,
    Format.TXT: plain.read,
    Format.MD: plain.read_markdown,
}


def read(data: bytes, *, name: str) -> Document:
    """Read a document in this process; raises ``Unreadable``."""
    kind = detection.detect(data, name=name)
    return lay_out(kind, READERS[kind](data))


def read_safely(data: bytes, *, name: str) -> Document:
    """Read an upload in the sandbox; raises ``Unreadable``, of which ``SandboxError`` is one."""
    return sandbox.run(read, data, name=name)
