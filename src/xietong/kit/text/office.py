"""Old and foreign formats made into .docx by LibreOffice, where it is installed."""

from xietong.kit import office
from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Format

MADE = office.Kind("docx", "MS Word 2007 XML")
FILTERS = {Format.DOC: "MS Word 97", Format.WPS: "MS Word 97", Format.RTF: "Rich Text Format"}

SAVE_AS = {
    Format.DOC: gettext_noop(
        "这是旧版 Word 格式（.doc）。请在 Word 或 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。"
    ),
    Format.WPS: gettext_noop(
        "这是 WPS 文字格式（.wps）。请在 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。"
    ),
    Format.RTF: gettext_noop(
        "这是 RTF 格式。请在 Word 或 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。"
    ),
}
STALLED = gettext_noop("文件转换超时。请在 Word 或 WPS 中打开，选“文件—另存为”，类型选“Word 文档（.docx）”，再上传。")
FAILED = gettext_noop("文件无法转换，可能已损坏。请在 Word 或 WPS 中打开，另存为 .docx 后再上传。")


def docx_from(data: bytes, kind: Format, *, seconds: float = office.SECONDS) -> bytes:
    """The bytes of a .docx made from a document of another kind.

    Raises ``Unreadable`` with the way to save it as .docx where LibreOffice is absent, fails or takes too long.
    """
    try:
        return office.converted(data, office.Kind(kind.value, FILTERS[kind]), MADE, seconds=seconds)
    except office.Absent as error:
        raise Unreadable(SAVE_AS[kind]) from error
    except office.Stalled as error:
        raise Unreadable(STALLED) from error
    except office.Failed as error:
        raise Unreadable(FAILED) from error
