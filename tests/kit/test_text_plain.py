"""Plain text: nothing is lost, and what is no text is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.kit import text

UNKNOWN = "不能识别文件的文字编码；请另存为 .docx 后再上传。"
CHARACTERS = st.characters(
    exclude_categories=("Cs",),
    exclude_characters="".join(map(chr, range(9))) + "".join(map(chr, range(14, 32))) + "\ufeff",
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


def refusal(data: bytes, name: str = "方案.txt") -> str:
    with pytest.raises(text.Unreadable) as caught:
        text.read(data, name=name)
    return caught.value.message


def normalised(written: str) -> str:
    return written.replace("\r\n", "\n").replace("\r", "\n")


@given(
    written=st.text(CHARACTERS, min_size=1).map(lambda tail: "方案" + tail),
    encoding=st.sampled_from(ENCODINGS),
)
def test_read_loses_no_text(written: str, encoding: str) -> None:
    if encoding == "gb18030" and _is_utf8(written.encode(encoding)):
        return

    document = text.read(written.encode(encoding), name="方案.txt")

    assert document.text == normalised(written)
    assert "\n".join(line.text for line in document.lines) == normalised(written)
    assert [document.text[line.start : line.end] for line in document.lines] == normalised(written).split("\n")
    assert [line.number for line in document.lines] == list(range(1, len(document.lines) + 1))


def _is_utf8(data: bytes) -> bool:
    """Bytes that happen to be valid in both are read as UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@given(st.binary(min_size=1, max_size=400))
def test_read_answers_or_refuses_any_bytes(data: bytes) -> None:
    try:
        document = text.read(data, name="方案.txt")
    except text.Unreadable:
        return

    assert document.lines[-1].end == len(document.text)


def test_read_keeps_line_ends_of_all_systems() -> None:
    document = text.read("甲\r\n乙\r丙\n丁\u2028戊\x0b己".encode(), name="方案.txt")

    assert [line.text for line in document.lines] == ["甲", "乙", "丙", "丁\u2028戊\x0b己"]
    assert document.kind is text.Format.TXT


def test_read_tells_the_headings_of_markdown() -> None:
    document = text.read("# 目标\n#不是\n### 任务".encode(), name="方案.MD")

    assert document.kind is text.Format.MD
    assert [(line.text, line.style) for line in document.lines] == [
        ("# 目标", "heading 1"),
        ("#不是", ""),
        ("### 任务", "heading 3"),
    ]


def test_read_keeps_a_stray_control_character() -> None:
    written = "粘贴来的文字" * 40 + "\x07"

    assert text.read(written.encode("gb18030"), name="方案.txt").text == written


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的，请检查后再上传。"),
        (b"MZ\x90\x00\x03\x00\x00\x00", UNKNOWN),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 9, UNKNOWN),
        (b"\x01\x02\x03\x04" * 8, UNKNOWN),
        (b"\xff\xff\xff\xff", UNKNOWN),
        ("奇".encode("utf-16")[:-1], UNKNOWN),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000,
            "这是旧版 Office 或 WPS 格式；请另存为 .docx 后再上传。",
        ),
        (b"{\\rtf1\\ansi x}", "这是 RTF 格式；请另存为 .docx 后再上传。"),
        (b"\xef\xbb\xbf <HTML><body>x", "这是网页格式；请另存为 .docx 后再上传。"),
        (b"MIME-Version: 1.0\r\n", "这是网页格式；请另存为 .docx 后再上传。"),
        (b"\x89PNG\r\n\x1a\n", "这是图片或音视频，没有可以读取的文字；请上传 .docx 文件。"),
        (b"\x00\x00\x00\x18ftypheic", "这是图片或音视频，没有可以读取的文字；请上传 .docx 文件。"),
    ],
)
def test_read_refuses_what_is_no_text(data: bytes, message: str) -> None:
    for name in ("方案.txt", "方案.docx", "方案"):
        assert refusal(data, name) == message
