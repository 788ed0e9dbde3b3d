"""The placeholders of a template, each with its place: read paragraph by paragraph, however Word has cut the runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from xietong.kit.docx.official.faults import BODY, FOOTER, HEADER, NOTES, Place

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARTS = {RELATIONSHIP_TYPE.HEADER: HEADER, RELATIONSHIP_TYPE.FOOTER: FOOTER, RELATIONSHIP_TYPE.FOOTNOTES: NOTES}
MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
HALVES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
WIDES = re.compile(r"｛\s*[｛{%％]|\{\s*[｛％]|[｝}%％]\s*｝|[｝％]\s*\}")
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
NEAR = 10
"""Characters of the words around."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A placeholder as it stands in a paragraph of the file; `is_whole` for one that is written to its end."""

    text: str
    place: Place
    paragraph: Any
    is_whole: bool = True


def marks(document: Any) -> Iterator[Mark]:
    """Every mark of the file in the order of reading, first those of the body."""
    for part, root in parts(document):
        yield from marks_of(part, root)


def parts(document: Any) -> Iterator[tuple[str, Any]]:
    yield BODY, document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in PARTS:
            yield PARTS[relation.reltype], parse_xml(relation.target_part.blob)


def marks_of(part: str, root: Any) -> Iterator[Mark]:
    tables = list(root.iter(qn("w:tbl")))
    outside = 0
    for paragraph in root.iter(qn("w:p")):
        if next(paragraph.iterancestors(FALLBACK), None) is not None:
            continue
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        outside += cell is None
        words = text_of(paragraph)
        for start, text, is_whole in found(words):
            around = words[max(0, start - NEAR) : start + len(text) + NEAR].strip()
            place = Place(part, around, outside) if cell is None else in_table(part, around, cell, tables)
            yield Mark(text, place, paragraph, is_whole)


def text_of(paragraph: Any) -> str:
    """The words of a paragraph without those of boxes that hang on it."""
    own = (each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(qn("w:p"))) is paragraph)
    return "".join(each.text or "" for each in own)


def found(words: str) -> Iterator[tuple[int, str, bool]]:
    """The marks of a paragraph and what is left of broken ones between them."""
    end = 0
    for each in MARK.finditer(words):
        yield from broken(words, end, each.start())
        yield each.start(), each.group(), HALVES.search(each.group()[2:-2]) is None
        end = each.end()
    yield from broken(words, end, len(words))


def broken(words: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    for pattern in (HALVES, WIDES):
        each = pattern.search(words, start, end)
        if each:
            yield each.start(), each.group(), False
            return


def in_table(part: str, around: str, cell: Any, tables: list[Any]) -> Place:
    row = next(cell.iterancestors(qn("w:tr")))
    table = next(row.iterancestors(qn("w:tbl")))
    rows, cells = list(table.iter(qn("w:tr"))), list(row.iter(qn("w:tc")))
    return Place(part, around, 0, tables.index(table) + 1, rows.index(row) + 1, cells.index(cell) + 1)
