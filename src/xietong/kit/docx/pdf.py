"""A document as PDF, by LibreOffice where it is installed; set-up never needs it."""

from importlib import resources
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from xietong.kit import office
from xietong.kit.errors import NotReady, Refused

DOCX, PDF = office.Kind("docx", "MS Word 2007 XML"), office.Kind("pdf", "writer_pdf_Export")


def may_make_pdf() -> bool:
    """Whether a page should offer it."""
    return office.installed() is not None


def pdf(document: bytes, *, seconds: float = office.SECONDS) -> bytes:
    """This function will make a .docx into a PDF, with stand-ins for the official fonts that the machine lacks.

    Raises ``NotReady`` where LibreOffice is not installed, ``Refused`` where it fails or takes too long.
    """
    try:
        return office.converted(document, DOCX, PDF, fonts=font_map(), seconds=seconds)
    except office.Absent as error:
        raise NotReady(
            _("本机没有安装 LibreOffice，不能生成 PDF；请下载 .docx，用 Word 或 WPS 打开后另存为 PDF。")
        ) from error
    except office.Stalled as error:
        raise Refused(_("生成 PDF 超时；请下载 .docx，用 Word 或 WPS 打开后另存为 PDF。")) from error
    except office.Failed as error:
        raise Refused(_("生成 PDF 失败；请下载 .docx，用 Word 或 WPS 打开后另存为 PDF。")) from error


def font_map() -> str:
    """The configuration of fonts for the one program, which leaves the machine's own as it is."""
    data = resources.files("xietong.kit.docx").joinpath("data")
    return data.joinpath("fonts.conf").read_text(encoding="utf-8").replace("FONTS", escape(str(data)))
