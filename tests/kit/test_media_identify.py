"""Files are what their content says."""

import zipfile
from io import BytesIO

import docx
import pillow_heif
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from xietong.kit import media
from xietong.kit.media import Group

UNKNOWN = "不支持这种文件；可以上传图片、PDF、Word、Excel、PPT、WPS、文本、压缩包（.zip）、mp4 和 mp3。"
ACTIVE = "不能上传网页、脚本或程序文件。"
LOCKED = "文件设有密码，请取消密码后再上传。"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture(form: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 48), (200, 30, 30)).save(file, form)
    return file.getvalue()


def heic() -> bytes:
    file = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), (200, 30, 30))).save(file)
    return file.getvalue()


def word() -> bytes:
    file = BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def sheet() -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.add_worksheet().write(0, 0, "学校")
    book.close()
    return file.getvalue()


def zipped(*names: str, content: bytes = b"x", method: int = zipfile.ZIP_STORED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


def streamed(*names: str) -> bytes:
    """A zip written to a pipe: sizes follow the contents."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    file = Pipe()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "内容" * 50)
    return file.getvalue()


def compound(*streams: str) -> bytes:
    return COMPOUND + bytes(504) + b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in streams)


def kind(head: bytes, name: str) -> str:
    return media.identify(head, name=name).extension


def refusal(head: bytes, name: str) -> str:
    with pytest.raises(media.Unreadable) as caught:
        media.identify(head, name=name)
    return caught.value.message


@pytest.mark.parametrize(
    ("data", "extension", "group", "previewable"),
    [
        (picture("JPEG"), "jpg", Group.IMAGE, True),
        (picture("PNG"), "png", Group.IMAGE, True),
        (picture("WEBP"), "webp", Group.IMAGE, True),
        (picture("GIF"), "gif", Group.IMAGE, True),
        (heic(), "heic", Group.IMAGE, False),
        (b"%PDF-1.4\n", "pdf", Group.DOCUMENT, True),
        (b"\r\n%PDF-1.4\n", "pdf", Group.DOCUMENT, True),
        (word(), "docx", Group.DOCUMENT, False),
        (sheet(), "xlsx", Group.SHEET, False),
        (sheet()[:2500], "xlsx", Group.SHEET, False),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx", Group.SLIDES, False),
        (streamed("_rels/.rels", "docProps/app.xml", "xl/workbook.xml"), "xlsx", Group.SHEET, False),
        (zipped("材料/方案.pdf"), "zip", Group.ARCHIVE, False),
        (zipped(), "zip", Group.ARCHIVE, False),
        (compound("Root Entry", "WordDocument"), "doc", Group.DOCUMENT, False),
        (compound("Workbook"), "xls", Group.SHEET, False),
        (compound("Book"), "xls", Group.SHEET, False),
        (compound("PowerPoint Document"), "ppt", Group.SLIDES, False),
        ("学校,人数\n".encode("gb18030"), "txt", Group.TEXT, True),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(16), "mp4", Group.MEDIA, True),
        (b"ID3\x03\x00" + bytes(16), "mp3", Group.MEDIA, True),
        (b"\xff\xfb\x90\x00" + bytes(16), "mp3", Group.MEDIA, True),
    ],
)
def test_identify_goes_by_content(data: bytes, extension: str, group: Group, previewable: bool) -> None:
    for name in ("无扩展名", f"对.{extension}", "错.rar"):
        found = media.identify(data, name=name)

        assert (found.extension, found.group, found.previewable) == (extension, group, previewable)
        assert found is media.KINDS[extension]


def test_identify_lets_the_name_choose_among_equals() -> None:
    assert kind(compound("WordDocument"), "通知.WPS") == "wps"
    assert kind(compound("Workbook"), "名册.et") == "et"
    assert kind(compound("PowerPoint Document"), "课件.dps") == "dps"
    assert kind(compound("WordDocument"), "名册.et") == "doc"
    assert kind(compound(), "旧.xls") == "xls"
    assert kind("学校,人数\n".encode(), "名册.csv") == "csv"
    assert kind(zipped("[Content_Types].xml", "docProps/app.xml"), "通知.docx") == "docx"


def test_identify_does_not_look_into_a_zip_within_a_zip() -> None:
    assert kind(zipped("通知.docx", "名册.xlsx", content=word()), "材料.docx") == "zip"


def test_kind_corrects_a_harmless_mismatch() -> None:
    jpeg, text = media.identify(picture("JPEG"), name="x"), media.identify(b"abc", name="x")

    assert [jpeg.fits(name) for name in ("照.JPG", "照.jpeg", "照.png", "照")] == [True, True, False, False]
    assert jpeg.corrected("照.JPEG") == "照.JPEG"
    assert jpeg.corrected("照片.v2.png") == "照片.v2.jpg"
    assert jpeg.corrected("照片") == "照片.jpg"
    assert jpeg.corrected("") == "文件.jpg"
    assert text.corrected("方案.md") == "方案.md"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00" + bytes(60), "照片.jpg"),
        (b"\x7fELF\x02" + bytes(60), "照片.jpg"),
        (b"\xcf\xfa\xed\xfe" + bytes(60), "程序"),
        (b"\xca\xfe\xba\xbe" + bytes(60), "A.class"),
        (b"#!/bin/sh\nrm -rf /\n", "说明.txt"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "图.png"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "说明.txt"),
        ("<HTML>".encode("utf-16"), "说明.txt"),
        ("前言\n<script>alert(1)</script>".encode(), "说明.txt"),
        (b"<html>%PDF-1.4", "说明.pdf"),
        (b"alert(1)", "a.js"),
        (b"echo 1", "a.BAT"),
        (zipped("META-INF/MANIFEST.MF", "A.class"), "a.zip"),
        (zipped("AndroidManifest.xml"), "a.zip"),
    ],
)
def test_identify_refuses_active_content(data: bytes, name: str) -> None:
    assert refusal(data, name) == ACTIVE


def test_identify_refuses_macros() -> None:
    data = zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")

    assert (
        refusal(data, "通知.docx") == "文件含有宏，不能上传；请另存为不含宏的格式（.docx、.xlsx 或 .pptx）后再上传。"
    )


def test_identify_refuses_locked_files() -> None:
    assert refusal(compound("EncryptionInfo", "EncryptedPackage"), "通知.docx") == LOCKED


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Rar!\x1a\x07\x00" + bytes(20), "材料.rar"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), "材料.zip"),
        (picture("BMP"), "图.bmp"),
        (picture("TIFF"), "图.tif"),
        (b"\x00\x00\x00\x18ftypavif" + bytes(16), "图.avif"),
        (b"\x00\x00\x00\x18ftypqt  " + bytes(16), "视频.mov"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "录音.wav"),
        (zipped("mimetype", "content.xml"), "文稿.odt"),
        (zipped("OFD.xml"), "公文.ofd"),
        (compound("Property"), "安装.msi"),
        (bytes(100), "空白.docx"),
    ],
)
def test_identify_refuses_other_kinds(data: bytes, name: str) -> None:
    assert refusal(data, name) == UNKNOWN


def test_identify_refuses_an_empty_file() -> None:
    assert refusal(b"", "空.txt") == "文件是空的，请检查后再上传。"


@given(
    st.sampled_from([b"", b"PK\x03\x04", COMPOUND, b"\x00\x00\x00\x18ftyp", b"RIFF"]),
    st.binary(),
    st.text(max_size=9),
)
def test_identify_answers_or_refuses_any_bytes(start: bytes, rest: bytes, name: str) -> None:
    try:
        found = media.identify(start + rest, name=name)
    except media.Unreadable:
        return

    assert found is media.KINDS[found.extension]
    assert found.fits(found.corrected(name))
