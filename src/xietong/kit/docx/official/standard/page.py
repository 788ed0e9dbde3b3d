"""The page of a template: fonts, grid, and what stands at the foot of odd and even pages."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from xietong.kit.docx.layout import SONG, blank
from xietong.kit.docx.official.standard.looks import EVEN, ODD, add_looks

FOOT = 25
"""Millimetres from the edge: the dash beside the number stands 7 mm below the text."""

CODE = "校验码：{{ 校验码 }}"
CODE_SIZE = 18  # halves of a point
WORD_2013 = "15"  # and later: the mode without compatibility


def page() -> Any:
    """An empty document with the styles and the feet."""
    document = blank()
    plain_defaults(document)
    chinese_settings(document)
    drop_thumbnail(document)
    add_looks(document)
    section = document.sections[0]
    section.header_distance, section.footer_distance = Mm(15), Mm(FOOT)
    document.settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
    foot(section.footer, ODD.name, [code(), tab(), *number()])
    foot(section.even_page_footer, EVEN.name, [*number(), tab(), code()])
    return document


def plain_defaults(document: Any) -> None:
    """Without fonts of a theme and without the space that Word leaves below and between lines by itself."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[name]
    normal = document.styles["Normal"].paragraph_format
    normal.widow_control = False
    normal.space_after = normal.space_before = 0


def chinese_settings(document: Any) -> None:
    """As a Chinese Word of today has them; else it opens the file in 兼容模式 and sets punctuation apart."""
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), WORD_2013)


def drop_thumbnail(document: Any) -> None:
    """The picture by which a file manager would show an empty page."""
    relations = document.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def foot(footer: Any, style: str, pieces: list[Any]) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = style
    for piece in pieces:
        paragraph._p.append(piece)


def code() -> Any:
    """The check code that ties this sheet to this version."""
    return run(f'<w:sz w:val="{CODE_SIZE}"/>', f"<w:t>{CODE}</w:t>")


def number() -> list[Any]:
    """— 3 — in 宋体 of 4号."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(run("", "<w:t>1</w:t>"))
    return [run("", '<w:t xml:space="preserve">— </w:t>'), field, run("", '<w:t xml:space="preserve"> —</w:t>')]


def tab() -> Any:
    return run("", "<w:tab/>")


def run(properties: str, content: str) -> Any:
    fonts = f'<w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/>'
    return parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{fonts}{properties}</w:rPr>{content}</w:r>")
