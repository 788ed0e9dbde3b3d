"""Reading PDF: text layers, scans, locked and broken files."""

import zlib
from io import BytesIO

import pytest
from PIL import Image

from tests.kit.pdf_files import assembled, stream, written
from xietong.kit import sandbox, text

BROKEN = "PDF 文件不完整或已损坏；请重新导出，或另存为 .docx 后再上传。"
SCAN = (
    "这是扫描件，只有图片，没有可以读取的文字。请上传 .docx 原稿，或由 Word、WPS 直接导出的 PDF；"
    "只有纸质件的，请先用文字识别（OCR）软件转成 .docx，核对后再上传。"
)
REBUILT = "段落由 PDF 的各行拼接而成，请核对分段；页眉、页脚和页码已另行标出。"


def read(data: bytes) -> text.Document:
    return text.read(data, name="方案.pdf")


def told(document: text.Document) -> tuple[str, ...]:
    """The remarks as a Chinese reader gets them."""
    return tuple(remark.sentence % remark.values for remark in document.remarks)


def refusal(data: bytes) -> str:
    with pytest.raises(text.Unreadable) as caught:
        text.read_safely(data, name="方案.pdf")
    return caught.value.message


def test_read_gives_lines_with_pages() -> None:
    document = read(written(["行动方案", "一、目标"], ["二、任务"]))

    assert document.kind is text.Format.PDF
    assert [(line.number, line.text, line.page, line.start, line.end) for line in document.lines] == [
        (1, "行动方案", 1, 0, 4),
        (2, "一、目标", 1, 5, 9),
        (3, "二、任务", 2, 10, 14),
    ]
    assert told(document) == (REBUILT,)


def test_read_names_the_pages_without_text() -> None:
    document = read(written(["甲方"], [], ["乙方"], []))

    assert told(document) == (REBUILT, "第 2、4 页没有文字。")
    assert document.text == "甲方\n乙方"


def test_read_refuses_a_scan() -> None:
    file = BytesIO()
    Image.new("L", (600, 800), 200).save(file, "PDF")

    assert refusal(file.getvalue()) == SCAN


def test_read_refuses_a_locked_file() -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)

    locked = written(["密码"], trailer=b"/Encrypt 10 0 R /ID [<00> <00>]", last=[lock])

    assert refusal(locked) == "文件设有密码，请取消密码后再上传。"


def test_read_refuses_a_file_cut_before_its_pages() -> None:
    whole = written(["行动方案"])

    assert refusal(whole[:120]) == BROKEN
    assert refusal(b"%PDF-1.7\n" + b"\xff" * 500) == BROKEN


def test_read_warns_of_a_file_cut_behind_its_pages() -> None:
    whole = written(["行动方案"])

    document = read(whole[: whole.index(b"startxref")])

    assert document.text == "行动方案"
    assert told(document) == (REBUILT, "文件末尾不完整，可能缺页，请核对。")


def test_read_safely_survives_a_bomb_in_a_stream() -> None:
    deep = zlib.compress(zlib.compress(bytes(1 << 30), 9), 9)
    bomb = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(deep, b"/Filter [/FlateDecode /FlateDecode]"),
        ]
    )

    assert len(bomb) < 10_000
    with pytest.raises(sandbox.SandboxError):
        text.read_safely(bomb, name="方案.pdf")


def test_read_safely_gives_the_same_document() -> None:
    data = written(["行动方案"], ["目标"])

    assert text.read_safely(data, name="方案.pdf") == read(data)
