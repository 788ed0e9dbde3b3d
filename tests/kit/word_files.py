"""Word files made by hand, part by part, and what a reader made of them."""

import zipfile
from io import BytesIO

import pytest

from xietong.kit import text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(**targets: str) -> str:
    rows = "".join(
        f'<Relationship Id="{role}" Type="{OFFICE}/{role}" Target="{to}"/>' for role, to in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(body: str, *, numbering: str = "", styles: str = "", namespace: str = WORD, head: str = "") -> bytes:
    """The smallest package Word would open around a body."""
    around = f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relations(numbering="numbering.xml", styles="/word/styles.xml"),
            "word/document.xml": f"{head}<w:document {around}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": f"<w:numbering {around}>{numbering}</w:numbering>",
            "word/styles.xml": f"<w:styles {around}>{styles}</w:styles>",
        }
    )


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(content: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{content}</w:t></w:r>'


def in_list(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(depth: int, number_format: str, pattern: str, *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def instance(number: int, origin: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{origin}"/>{overrides}</w:num>'


def read(data: bytes) -> text.Document:
    return text.read(data, name="方案.docx")


def texts(document: text.Document) -> list[str]:
    return [line.text for line in document.lines]


def told(document: text.Document) -> tuple[str, ...]:
    """The remarks as a Chinese reader gets them."""
    return tuple(remark.sentence % remark.values for remark in document.remarks)


def refusal(data: bytes, name: str = "方案.docx") -> str:
    with pytest.raises(text.Unreadable) as caught:
        text.read(data, name=name)
    assert type(caught.value) is text.Unreadable
    return caught.value.message
