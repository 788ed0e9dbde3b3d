"""The text layer of a PDF; a scan has none and is refused."""

from collections.abc import Iterator

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Draft, Paragraph, Remark

SCAN = gettext_noop("这是扫描件，没有可以读取的文字；请上传 .docx，或由 Word、WPS 直接导出的 PDF。")
BROKEN = gettext_noop("PDF 文件不完整或已损坏；请重新导出，或另存为 .docx 后再上传。")
PASSWORD = gettext_noop("文件设有密码，请取消密码后再上传。")
EMPTY_PAGES = gettext_noop("第 %(pages)s 页没有文字，可能是图片，未读入。")
CUT = gettext_noop("文件末尾不完整，可能缺页，请核对。")
TRAILER_BYTES = 2048


def read(data: bytes) -> Draft:
    """The lines of every page, in the order in which the PDF draws them."""
    pages = tuple(_pages(data))
    empty = [number for number, text in enumerate(pages, start=1) if not text.strip()]
    if len(empty) == len(pages):
        raise Unreadable(SCAN)
    paragraphs = (
        Paragraph(line, page=number)
        for number, text in enumerate(pages, start=1)
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    return Draft(tuple(paragraphs), remarks=tuple(_remarks(data, empty)))


def _pages(data: bytes) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415  slow import, needed in the child only

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Unreadable(PASSWORD if locked else BROKEN) from error
    try:
        for page in pdf:
            yield page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(BROKEN) from error
    finally:
        pdf.close()


def _remarks(data: bytes, empty: list[int]) -> Iterator[Remark]:
    if empty:
        yield Remark(EMPTY_PAGES, {"pages": "、".join(map(str, empty))})
    if b"%%EOF" not in data[-TRAILER_BYTES:]:
        yield Remark(CUT, {})
