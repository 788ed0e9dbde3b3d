"""Which parts each kind of document has, and in which order."""

from datetime import date
from typing import Any

from xietong.kit.docx.official.sealing import describe
from xietong.kit.docx.official.standard import looks, parts
from xietong.kit.docx.official.standard.page import page
from xietong.kit.docx.official.standard.parts import Line, Row

PRINTED = Row((Line(looks.PRINTED, "{{ 印发机关 }}\t{{ 印发日期 }}印发"),))
MADE_ON = date(2026, 1, 1)
"""Of the templates themselves; a document carries its own day."""


def bulletin() -> Any:
    document = begun("简报模板")
    parts.masthead(document)
    parts.title(document)
    parts.body(document)
    sent = tuple(Line(looks.SENT, f"{label}：{{{{ {label} }}}}", label) for label in ("报", "送", "发"))
    copies = (Line(looks.PRINTED, "\t（共印{{ 印数 }}份）"),)
    parts.imprint(document, Row(sent, "报 or 送 or 发"), Row(copies, "印数"))
    return document


def circular() -> Any:
    document = begun("通报模板")
    parts.head(document, mark="{{ 发文机关标志 }}")
    parts.number(document, "{{ 发文字号 }}")
    parts.title(document)
    parts.addressee(document)
    parts.body(document)
    parts.attachments(document)
    parts.signature(document)
    parts.imprint(document, Row((Line(looks.COPIES, "抄送：{{ 抄送 }}。"),), "抄送"), PRINTED)
    return document


def minutes() -> Any:
    document = begun("纪要模板")
    parts.head(document, mark="{{ 纪要标志 }}")
    parts.number(document, "{{ 编号 }}")
    parts.title(document)
    parts.body(document)
    parts.people(document, "出席", looks.PEOPLE_FIRST)
    parts.people(document, "请假", looks.PEOPLE)
    parts.people(document, "列席", looks.PEOPLE)
    parts.imprint(document, Row((Line(looks.COPIES, "分送：{{ 分送 }}。"),), "分送"), PRINTED)
    return document


def begun(title: str) -> Any:
    document = page()
    describe(document, title=title, author="", day=MADE_ON)
    return document
