"""What a template of a kind may not lack."""

import re
from collections.abc import Iterator
from dataclasses import MISSING
from typing import Any

from docx.oxml.ns import qn

from xietong.kit.docx.official import faults
from xietong.kit.docx.official.content import Official, placeholders
from xietong.kit.docx.official.faults import Fault, fault

CODE = "校验码"
WRITTEN = re.compile(r"\{\{\s*" + CODE)
SHOWN = ("文字", "栏目", "行", "图")
"""Of the blocks of the body: whoever leaves one out loses what the content says."""


def lacking(document: Any, kind: type[Official], used: set[str]) -> Iterator[Fault]:
    """The placeholders that are missing; the check code has to stand on every page."""
    for name, each in placeholders(kind).items():
        if each.default is MISSING and name not in used:
            yield fault(faults.MISSING, values={"name": name})
    if "正文" in used:
        yield from (fault(faults.DROPPED, values={"name": name}) for name in SHOWN if name not in used)
    if CODE in used and not all(has_code(page) for page in pages(document)):
        yield fault(faults.NO_CODE, values={"name": CODE})


def pages(document: Any) -> Iterator[tuple[Any, Any]]:
    """Header and footer of every sort of page that the document has."""
    for section in document.sections:
        yield section.header, section.footer
        if document.settings.odd_and_even_pages_header_footer:
            yield section.even_page_header, section.even_page_footer
        if section.different_first_page_header_footer:
            yield section.first_page_header, section.first_page_footer


def has_code(running: tuple[Any, Any]) -> bool:
    """Whether the check code is among the words; what is linked to an earlier section has the words of that."""
    return any(WRITTEN.search(words(each)) for each in running)


def words(running: Any) -> str:
    return "".join(each.text or "" for each in running._element.iter(qn("w:t")))
