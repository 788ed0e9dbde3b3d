"""Plain text and Markdown."""

import re
from collections.abc import Iterator

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Remark
from xietong.kit.text.draft import Draft, Paragraph
from xietong.kit.text.encoding import BIG5, Decoded, decode

UNKNOWN = gettext_noop("不能识别文件的文字编码；请另存为 .docx 后再上传。")
TRADITIONAL = gettext_noop("文件按 Big5 编码（繁体）读入，请核对有无错字。")
FAULTY = gettext_noop("有 %(count)s 处文字已损坏，以“\ufffd”代替，请核对。")
ZEROS = gettext_noop("文件中有 %(count)s 个空字节，已略去；文件可能曾经损坏，请核对是否完整。")
HEADING = re.compile(r"(#{1,6})\s")


def read(data: bytes) -> Draft:
    """Every line, the empty ones included: joined again they are the decoded text."""
    found = _decoded(data)
    return Draft(tuple(Paragraph(line) for line in _lines(found)), remarks=tuple(_remarks(found)))


def read_markdown(data: bytes) -> Draft:
    """As plain text, with the style of its headings told; the marks stay in the text."""
    found = _decoded(data)
    paragraphs = tuple(Paragraph(line, style=_heading(line)) for line in _lines(found))
    return Draft(paragraphs, remarks=tuple(_remarks(found)))


def _heading(line: str) -> str:
    match = HEADING.match(line)
    return f"heading {len(match[1])}" if match else ""


def _decoded(data: bytes) -> Decoded:
    found = decode(data)
    if found is None:
        raise Unreadable(UNKNOWN)
    return found


def _lines(found: Decoded) -> list[str]:
    return found.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _remarks(found: Decoded) -> Iterator[Remark]:
    if found.encoding == BIG5:
        yield Remark(TRADITIONAL, {})
    if found.faults:
        yield Remark(FAULTY, {"count": str(found.faults)})
    if found.zeros:
        yield Remark(ZEROS, {"count": str(found.zeros)})
