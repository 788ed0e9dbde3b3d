"""PDF with a text layer. A printed page knows no paragraphs: they are rebuilt from the places of its lines."""

from collections.abc import Iterator

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Remark, Role
from xietong.kit.text.draft import Draft
from xietong.kit.text.joining import paragraphs
from xietong.kit.text.pieces import Sheet, sheet
from xietong.kit.text.rows import Row, rows
from xietong.kit.text.running import roles

SCAN = gettext_noop(
    "这是扫描件，只有图片，没有可以读取的文字。请上传 .docx 原稿，或由 Word、WPS 直接导出的 PDF；"
    "只有纸质件的，请先用文字识别（OCR）软件转成 .docx，核对后再上传。"
)
NO_TEXT = gettext_noop("PDF 中没有可以读取的文字（可能已转为图形）；请上传 .docx，或由 Word、WPS 直接导出的 PDF。")
BROKEN = gettext_noop("PDF 文件不完整或已损坏；请重新导出，或另存为 .docx 后再上传。")
PASSWORD = gettext_noop("文件设有密码，请取消密码后再上传。")
SCANNED_PAGES = gettext_noop("第 %(pages)s 页是扫描的图片，其中的文字未读入；请补上这几页的文字。")
EMPTY_PAGES = gettext_noop("第 %(pages)s 页没有文字。")
RECOGNISED = gettext_noop("第 %(pages)s 页是带文字层的图片，文字可能由扫描识别得来，请与原件核对。")
REBUILT = gettext_noop("段落由 PDF 的各行拼接而成，请核对分段；页眉、页脚和页码已另行标出。")
CUT = gettext_noop("文件末尾不完整，可能缺页，请核对。")
TRAILER_BYTES = 2048
STAMP = 20
"""So few characters on a scanned page are the stamp of the scanning program or a page number."""


def read(data: bytes) -> Draft:
    """The paragraphs of all pages, running titles told as such."""
    sheets = list(_sheets(data))
    read_ones = [each for each in sheets if each.has_text and not _is_scan(each)]
    if not read_ones:
        raise Unreadable(SCAN if any(each.is_picture for each in sheets) else NO_TEXT)
    pages = [(each, rows(each.lines, each.number)) for each in read_ones]
    found = roles([(each.height, inside) for each, inside in pages])
    ordered = [(row, found.get(id(row), Role.BODY)) for _, inside in pages for row in _in_order(inside, found)]
    return Draft(
        tuple(paragraphs(ordered, {each.number: each.width for each in sheets})),
        remarks=tuple(_remarks(data, sheets)),
    )


def _in_order(inside: list[Row], found: dict[int, Role]) -> list[Row]:
    """The rows of a page, header first and footer last wherever the file draws them."""
    places = {Role.HEADER: 0, Role.FOOTER: 2, Role.PAGE_NUMBER: 2}
    return sorted(inside, key=lambda row: places.get(found.get(id(row), Role.BODY), 1))


def _is_scan(each: Sheet) -> bool:
    return each.is_picture and sum(len(piece.text) for line in each.lines for piece in line) < STAMP


def _sheets(data: bytes) -> Iterator[Sheet]:
    import pypdfium2  # noqa: PLC0415  slow import, needed in the child only

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Unreadable(PASSWORD if locked else BROKEN) from error
    try:
        for number, page in enumerate(pdf, start=1):
            yield sheet(page, number)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(BROKEN) from error
    finally:
        pdf.close()


def _remarks(data: bytes, sheets: list[Sheet]) -> Iterator[Remark]:
    yield Remark(REBUILT, {})
    for sentence, pages in (
        (
            SCANNED_PAGES,
            [each.number for each in sheets if _is_scan(each) or (each.is_picture and not each.has_text)],
        ),
        (EMPTY_PAGES, [each.number for each in sheets if not each.has_text and not each.is_picture]),
        (RECOGNISED, [each.number for each in sheets if each.is_picture and each.has_text and not _is_scan(each)]),
    ):
        if pages:
            yield Remark(sentence, {"pages": "、".join(map(str, pages))})
    if b"%%EOF" not in data[-TRAILER_BYTES:]:
        yield Remark(CUT, {})
