"""A document of paragraphs: title, number, addressee, headed paragraphs, who signs where, on A4 upright."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from xietong.kit.docx.layout import HEADING, TITLE, blank, number_pages, tighten, watermark, write
from xietong.kit.docx.sheet import line

LINE = 28.95  # points: 22 lines a page
A_LINE = 27  # characters of the body
SMALL, CLOSE = 10.5, 16.0  # points: size and line of a sheet
NARROW = (16, 14, 18, 18)  # millimetres above, below, left and right of a sheet that takes one page


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of the body. A heading stands in 黑体; a plain one begins two characters in."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """The content as data. `signed` stands at the right below the body, `places` are left to be filled by hand.

    A `sheet` is set small and close on narrow margins, so that it takes one page; it has no page number.
    """

    title: str
    body: tuple[Paragraph, ...]
    number: str = ""
    addressee: str = ""
    signed: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    watermark: str = ""
    sheet: bool = False


def letter(content: Letter) -> bytes:
    """This function will write the content as a .docx on A4 upright."""
    document = blank()
    section = document.sections[0]
    size, points = (SMALL, CLOSE) if content.sheet else (16.0, LINE)
    head(document, content, size=size, points=points)
    for one in content.body:
        say(document, one, size=size, points=points)
    for words in content.signed:
        sign(document, words, size=size, points=points, first=words is content.signed[0])
    for words in content.places:
        line(document, words, size=size, points=points, centred=False)
    if content.sheet:
        narrow(section)
    else:
        number_pages(section)
    if content.watermark:
        watermark(section.header._element, content.watermark)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def head(document: Any, content: Letter, *, size: float, points: float) -> None:
    """Title, number and addressee; a letter has an empty line below its title."""
    large, high = (18, 30) if content.sheet else (22, 36)
    line(document, content.title, font=TITLE, size=large, points=high)
    if content.number:
        line(document, content.number, size=size, points=points)
    if content.addressee:
        line(document, "", points=points / 2)
        line(document, content.addressee, size=size, points=points, centred=False)


def narrow(section: Any) -> None:
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, NARROW)
    section.header_distance = Mm(4)


def say(document: Any, one: Paragraph, *, size: float, points: float) -> None:
    """A paragraph of several lines is several paragraphs of the document."""
    for words in one.text.split("\n"):
        paragraph = document.add_paragraph()
        tighten(paragraph, points=points)
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        if one.heading:
            paragraph.paragraph_format.keep_with_next = True
            write(paragraph, words, font=HEADING, size=size)
        else:
            write(paragraph, words, size=size)


def sign(document: Any, words: str, *, size: float, points: float, first: bool) -> None:
    """At the right, two characters in where they fit; it does not go to the next page without what follows."""
    paragraph = document.add_paragraph()
    tighten(paragraph, points=points)
    if first:
        paragraph.paragraph_format.space_before = Pt(points)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = Pt(size * max(0, min(2, A_LINE - len(words))))
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, words, size=size)
