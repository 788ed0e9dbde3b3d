"""Detect, convert what is old, read, lay out."""

from collections.abc import Callable
from dataclasses import replace

from xietong.kit import sandbox
from xietong.kit.marking import gettext_noop
from xietong.kit.text import detection, docx, html, office, pdf, plain
from xietong.kit.text.document import Document, Format, Remark
from xietong.kit.text.draft import Draft, lay_out
from xietong.kit.text.legacy import legacy

READERS: dict[Format, Callable[[bytes], Draft]] = {
    Format.DOCX: docx.read,
    Format.PDF: pdf.read,
    Format.TXT: plain.read,
    Format.MD: plain.read_markdown,
    Format.HTML: html.read,
}
CONVERTED = gettext_noop("文件由 %(kind)s 格式转换后读入，请核对编号和表格。")


def read(data: bytes, *, name: str) -> Document:
    """Read a document in this process; raises ``Unreadable``."""
    kind = detection.detect(data, name=name)
    if kind in office.FILTERS:
        return read_converted(office.docx_from(data, kind), kind)
    return lay_out(kind, READERS[kind](data))


def read_safely(data: bytes, *, name: str) -> Document:
    """Read an upload in the sandbox; raises ``Unreadable``, of which ``SandboxError`` is one."""
    kind = legacy(data, name=name)
    if kind is not None:
        return sandbox.run(read_converted, office.docx_from(data, kind), kind)
    return sandbox.run(read, data, name=name)


def read_converted(data: bytes, kind: Format) -> Document:
    """Read a .docx that was made from a document of another kind, which it says."""
    draft = docx.read(data)
    remark = Remark(CONVERTED, {"kind": f".{kind.value}"})
    return lay_out(kind, replace(draft, remarks=(remark, *draft.remarks)))
