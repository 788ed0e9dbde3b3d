"""Which format the bytes are. The content decides; the name only tells .md from .txt and .wps from .doc."""

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text import package
from xietong.kit.text.document import Format
from xietong.kit.text.legacy import NO_TEXT, legacy

PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<!--")
OTHER_MARKUP = (b"<?xml", b"mime-version:", b"from: <saved by")
BLANK = b"\xef\xbb\xbf \t\r\n"
HEAD = 1024
OFD = gettext_noop(
    "这是 OFD 版式文件，不能直接读取。请在 WPS 或 OFD 阅读器中打开，转换或导出为 Word（.docx）后再上传；"
    "有 .docx 原稿的，请直接上传原稿。"
)


def detect(data: bytes, *, name: str) -> Format:
    """The format of a document, or ``Unreadable`` for what cannot be read."""
    if not data:
        raise Unreadable(gettext_noop("文件是空的，请检查后再上传。"))
    head = data[:HEAD].lstrip(BLANK).lower()
    if head.startswith(MARKUP) or (head.startswith(b"<") and b"<html" in head):
        return Format.HTML
    if b"%PDF-" in data[:HEAD]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if (old := legacy(data, name=name)) is not None:
        return old
    _refuse_known(data, head)
    return Format.MD if name.lower().endswith((".md", ".markdown")) else Format.TXT


def _zipped(data: bytes) -> Format:
    with package.opened(data) as parts:
        if parts.has("OFD.xml"):
            raise Unreadable(OFD)
        main = parts.main_part()
    if main.startswith("word/"):
        return Format.DOCX
    if main.startswith(("xl/", "ppt/")):
        raise Unreadable(NO_TEXT)
    raise Unreadable(gettext_noop("不能从这种压缩文件中读取文字；请另存为 .docx 后再上传。"))


def _refuse_known(data: bytes, head: bytes) -> None:
    if data.startswith(PICTURES) or data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        raise Unreadable(gettext_noop("这是图片或音视频，没有可以读取的文字；请上传 .docx 文件。"))
    if head.startswith(OTHER_MARKUP):
        raise Unreadable(
            gettext_noop("这是网页归档（.mht）或 XML 格式；请用浏览器或 Word 打开，另存为 .docx 或 .html 后再上传。")
        )
