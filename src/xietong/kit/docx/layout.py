"""Page, fonts and paragraphs of GB/T 9704-2012.

The official fonts are named in the document, whether or not this machine has them: the reader's Word or WPS does.
"""

from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

TITLE, HEADING, KAI, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
SONG, LATIN = "宋体", "Times New Roman"
LONG, SHORT = 297, 210
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
"""Millimetres; with them the text takes 156 × 225 mm."""

LINE = "579"  # twentieths of a point: 22 lines a page
HIGH, MOST_WIDE = 150, 480  # points: of a character of a watermark, of all of them
WATERMARK = """
<w:p {namespaces} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
  <w:r><w:pict>
    <v:shapetype id="words" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">
      <v:textpath on="t" fitshape="t"/>
    </v:shapetype>
    <v:shape type="#words" stroked="f" fillcolor="#e4e4e4"
      style="position:absolute;width:{width:g}pt;height:{high:g}pt;rotation:315;z-index:-1;
             mso-position-horizontal:center;mso-position-horizontal-relative:margin;
             mso-position-vertical:center;mso-position-vertical-relative:margin">
      <v:textpath style="font-family:'{font}'" string="{words}"/>
    </v:shape>
  </w:pict></w:r>
</w:p>"""


def blank(*, landscape: bool = False) -> Any:
    """An empty document with the page, the grid of lines and the body font set."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.font.name = LATIN
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    # Else Word and LibreOffice take the punctuation of another language.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.page_width, section.page_height = Mm(width), Mm(height)
    margins = (LEFT, RIGHT, TOP, BOTTOM) if landscape else (TOP, BOTTOM, LEFT, RIGHT)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
    set_grid(section)
    return document


def set_grid(section: Any) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), LINE)
    properties.append(grid)


def write(paragraph: Any, text: str, *, font: str = BODY, size: float = 16, bold: bool = False) -> None:
    """Adds words to a paragraph in an official font."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.name = LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def tighten(paragraph: Any, *, points: float, centred: bool = False) -> None:
    """Lines of a fixed height, off the grid, which would double a line higher than its own."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    # Word wants it before what is set above.
    paragraph._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc")
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def number_pages(section: Any) -> None:
    """— 3 — in the middle of the foot, in 宋体."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, "— ", font=SONG, size=14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    write(paragraph, " —", font=SONG, size=14)


def watermark(header: Any, words: str) -> None:
    """Grey words across every page that shows the header, which is given as its element."""
    width = min(MOST_WIDE, HIGH * len(words))
    shape = WATERMARK.format(
        namespaces=nsdecls("w"),
        font=HEADING,
        words=escape(words, {'"': "&quot;"}),
        width=width,
        high=width / len(words),
    )
    header.append(parse_xml(shape))
