"""Plain text and Markdown."""

import re

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Draft, Paragraph
from xietong.kit.text.encoding import decoded

UNKNOWN = gettext_noop("不能识别文件的文字编码；请另存为 .docx 后再上传。")
HEADING = re.compile(r"(#{1,6})\s")


def read(data: bytes) -> Draft:
    """Every line, the empty ones included: joined again they are the decoded text."""
    return Draft(tuple(Paragraph(line) for line in _decoded(data).split("\n")))


def read_markdown(data: bytes) -> Draft:
    """As plain text, with the style of its headings told; the marks stay in the text."""
    lines = _decoded(data).split("\n")
    return Draft(tuple(Paragraph(line, style=_heading(line)) for line in lines))


def _heading(line: str) -> str:
    match = HEADING.match(line)
    return f"heading {len(match[1])}" if match else ""


def _decoded(data: bytes) -> str:
    text = decoded(data)
    if text is None:
        raise Unreadable(UNKNOWN)
    return text.replace("\r\n", "\n").replace("\r", "\n")
