"""Contents of official documents of an invented county, and templates changed as an office would change them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from xietong.kit.docx import Column
from xietong.kit.docx.official import (
    Bulletin,
    Circular,
    Heading,
    Minutes,
    Picture,
    Table,
    Text,
    standard_template,
)
from xietong.kit.docx.official.rendering import rendered

KINDS = (Bulletin, Circular, Minutes)
DAY = date(2026, 11, 23)


def png() -> bytes:
    file = BytesIO()
    Image.new("L", (300, 100), 200).save(file, "PNG")
    return file.getvalue()


COLUMNS = (Column("序号", 10, centred=True), Column("任务", 50), Column("完成率", 20, centred=True))
BODY = (
    Text("现将有关情况通报如下。"),
    Heading("总体情况"),
    Text("共86项。\n已完成73项。"),
    Table(COLUMNS, (("1", "建平台", "85.0%"), ("2", "派教师 & <专家>", "90.9%")), caption="表1　任务"),
    Heading("主要做法"),
    Heading("集中培训", 2),
    Heading("开班", 3),
    Heading("跟岗", 3),
    Heading("跟踪指导", 2),
    Picture(png(), caption="图1　进度", width=120, says="各月进度"),
)
CIRCULAR = Circular(
    mark="云岭县教育体育局文件",
    number="演示字〔2026〕12号",
    title="关于2026年11月工作情况的通报",
    addressee="各中小学",
    body=BODY,
    attachments=("任务完成情况一览表", "学校名单"),
    signer="云岭县教育体育局",
    day=DAY,
    copied_to="县政府办公室",
    printed_by="云岭县教育体育局办公室",
    printed_on=DAY,
    check_code="7K2M-9QXA",
)
BULLETIN = Bulletin(
    name="协同提质工作简报",
    number="第11期",
    unit="云岭县领导小组办公室",
    day=DAY,
    title="三方联动进校园",
    body=BODY,
    check_code="7K2M-9QXA",
    reported_to="县委",
    sent_to="各成员单位",
    issued_to="各学校",
    copies="80",
)
MINUTES = Minutes(
    mark="云岭县领导小组会议纪要",
    number="〔2026〕4号",
    title="11月月调度会议纪要",
    body=BODY,
    present=("周文远　县政府", "王　喆　县教育体育局"),
    excused=("孙　立　县委编办",),
    invited=("何　静　云岭中学",),
    sent_to="各成员单位",
    printed_by="云岭县领导小组办公室",
    printed_on=DAY,
    check_code="7K2M-9QXA",
)
PAPERS = (BULLETIN, CIRCULAR, MINUTES)


def made(content: Any, template: bytes | None = None, **changes: Any) -> Any:
    """The document that a content makes, opened."""
    content = replace(content, **changes)
    return Document(BytesIO(rendered(template or standard_template(type(content)), content)))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def paragraph(document: Any, words: str) -> Any:
    [found] = [each for each in document.paragraphs if words in each.text]
    return found


def looks(style: Any) -> tuple[str, float]:
    """The East Asian font and the size in points."""
    return style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size.pt


def changed(kind: Any, change: Callable[[Any], None]) -> bytes:
    """The shipped template after a change."""
    document = Document(BytesIO(standard_template(kind)))
    change(document)
    return saved(document)


def saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def rewritten(kind: Any, old: str, new: str) -> bytes:
    """The shipped template with words of a paragraph of its body, a table or a foot replaced."""

    def change(document: Any) -> None:
        roots = [document.element.body]
        roots += [
            relation.target_part.element for relation in document.part.rels.values() if "foot" in relation.reltype
        ]
        found = [text for root in roots for text in root.iter(qn("w:t")) if old in (text.text or "")]
        assert found, f"{old} is not in the template"
        for text in found:
            text.text = text.text.replace(old, new)

    return changed(kind, change)


def repacked(data: bytes, parts: dict[str, bytes], **patterns: tuple[str, str]) -> bytes:
    """A package with parts added or, by the end of their names, changed by a pattern."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for end, (pattern, replacement) in patterns.items():
                if name.endswith((f"{end}.xml", f"{end}.xml.rels")):
                    content = re.sub(pattern, replacement, content.decode(), count=1).encode()
            new.writestr(name, content)
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()
