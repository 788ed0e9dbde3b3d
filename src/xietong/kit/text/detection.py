"""Which format the bytes are. The content decides; the name only tells .md from .txt."""

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text import package
from xietong.kit.text.document import Format

LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"mime-version:")


def detect(data: bytes, *, name: str) -> Format:
    """The format of a document, or ``Unreadable`` for what cannot be read."""
    if not data:
        raise Unreadable(gettext_noop("文件是空的，请检查后再上传。"))
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    _refuse_known(data)
    return Format.MD if name.lower().endswith((".md", ".markdown")) else Format.TXT


def _zipped(data: bytes) -> Format:
    with package.opened(data) as parts:
        main = parts.main_part()
    if main.startswith("word/"):
        return Format.DOCX
    if main.startswith(("xl/", "ppt/")):
        raise Unreadable(gettext_noop("这是电子表格或演示文稿，不是文字材料；请把文字另存为 .docx 后再上传。"))
    raise Unreadable(gettext_noop("不能从这种压缩文件中读取文字；请另存为 .docx 后再上传。"))


def _refuse_known(data: bytes) -> None:
    if data.startswith(LEGACY) and ENCRYPTED_STREAM in data:
        raise Unreadable(gettext_noop("文件设有密码，请取消密码后再上传。"))
    if data.startswith(LEGACY):
        raise Unreadable(gettext_noop("这是旧版 Office 或 WPS 格式；请另存为 .docx 后再上传。"))
    if data.startswith(b"{\\rtf"):
        raise Unreadable(gettext_noop("这是 RTF 格式；请另存为 .docx 后再上传。"))
    if data.startswith(PICTURES) or data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        raise Unreadable(gettext_noop("这是图片或音视频，没有可以读取的文字；请上传 .docx 文件。"))
    if data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise Unreadable(gettext_noop("这是网页格式；请另存为 .docx 后再上传。"))
