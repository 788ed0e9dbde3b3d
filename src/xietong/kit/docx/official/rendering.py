"""The child's part: a template and a content become a document."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError

from xietong.kit.docx.layout import watermark
from xietong.kit.docx.official.content import Bulletin, Circular, Official, Picture
from xietong.kit.docx.official.context import context, said
from xietong.kit.docx.official.environment import Confined
from xietong.kit.docx.official.fitting import fit
from xietong.kit.docx.official.guarding import guard
from xietong.kit.docx.official.sealing import describe, sealed
from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable

BROKEN = gettext_noop("模板中的占位符有误，不能生成文件；请在模板页面重新检查后上传。")


def rendered(template: bytes, content: Official) -> bytes:
    """The bytes of the document; raises ``Unreadable``."""
    guard(template)
    return sealed(filled(template, content))


def filled(template: bytes, content: Official) -> Any:
    """The document itself."""
    made = DocxTemplate(BytesIO(template))
    document = made.get_docx()
    signer, day = made_by(content)
    # Properties are rendered too: those of the template are gone by then.
    describe(document, title="", author="", day=day)
    if content.watermark:
        open_headers(document)
    try:
        made.render(context(content, lambda picture: drawn(made, picture)), Confined(), autoescape=True)
    except TemplateError as error:
        raise Unreadable(BROKEN) from error
    fit(document, content)
    describe(document, title=content.title.replace("\n", ""), author=signer, day=day)
    if content.watermark:
        for header in headers(document):
            watermark(header, content.watermark)
    return document


def made_by(content: Official) -> tuple[str, date]:
    if isinstance(content, Bulletin):
        return content.unit, content.day
    if isinstance(content, Circular):
        return content.signer, content.day
    return content.printed_by, content.printed_on


class Drawing(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A picture with the words for those who do not see it."""

    says = ""

    def _insert_image(self) -> str:
        return str(super()._insert_image()).replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(self.says)} ", 1)


def drawn(made: DocxTemplate, picture: Picture) -> Drawing:
    drawing = Drawing(made, BytesIO(picture.png), width=Mm(picture.width))
    drawing.says = said(picture.says or picture.caption)
    return drawing


def open_headers(document: Any) -> None:
    """Sees to it that every page has a header, which the watermark hangs on."""
    for number, section in enumerate(document.sections):
        shown = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            shown.append(section.even_page_header)
        if section.different_first_page_header_footer:
            shown.append(section.first_page_header)
        for header in shown if number == 0 else ():
            header.is_linked_to_previous = False


def headers(document: Any) -> Iterator[Any]:
    """The headers as docxtpl leaves them: python-docx itself still knows those of the template."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.HEADER:
            yield relation.target_part.element
