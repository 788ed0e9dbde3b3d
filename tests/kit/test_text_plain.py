"""Plain text: nothing is lost, and what is no text is refused."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.kit import text
from xietong.kit.office import VARIABLE

UNKNOWN = "不能识别文件的文字编码；请另存为 .docx 后再上传。"
ARCHIVED = "这是网页归档（.mht）或 XML 格式；请用浏览器或 Word 打开，另存为 .docx 或 .html 后再上传。"
CHARACTERS = st.characters(
    exclude_categories=("Cs",),
    exclude_characters="".join(map(chr, range(9))) + "".join(map(chr, range(14, 32))) + "\ufeff",
)
TRADITIONAL = (
    "雲嶺縣關於印發《高校與基礎教育協同提質行動方案》的通知\n為深入貫徹落實國家關於建設高質量教育體系的決策部署，"
    "進一步深化縣域基礎教育綜合改革，充分發揮高校在人才培養等方面的優勢，結合我縣實際，制定本方案。"
)
SIMPLIFIED = "云岭县关于印发行动方案的通知\n为深入贯彻落实国家关于建设高质量教育体系的决策部署，制定本方案。\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


@pytest.fixture(scope="module", autouse=True)
def without_office() -> Iterator[None]:
    """Bytes that happen to be an old format are refused at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "/nowhere/soffice")
        yield


def refusal(data: bytes, name: str = "方案.txt") -> str:
    with pytest.raises(text.Unreadable) as caught:
        text.read(data, name=name)
    return caught.value.message


def told(document: text.Document) -> tuple[str, ...]:
    return tuple(remark.sentence % remark.values for remark in document.remarks)


def normalised(written: str) -> str:
    return written.replace("\r\n", "\n").replace("\r", "\n")


@given(tail=st.text(CHARACTERS, min_size=1), encoding=st.sampled_from(ENCODINGS))
def test_read_loses_no_text(tail: str, encoding: str) -> None:
    """GB18030 has no mark of its own: three characters of it can be three others in Big5, two lines cannot."""
    written = SIMPLIFIED + tail
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
            "不能从这种文件中读取文字；请另存为 .docx 后再上传。",
        ),
        (b"MIME-Version: 1.0\r\n", ARCHIVED),
        (b"<?xml version='1.0'?><w:wordDocument/>", ARCHIVED),
        (b"\x89PNG\r\n\x1a\n", "这是图片或音视频，没有可以读取的文字；请上传 .docx 文件。"),
        (b"\x00\x00\x00\x18ftypheic", "这是图片或音视频，没有可以读取的文字；请上传 .docx 文件。"),
    ],
)
def test_read_refuses_what_is_no_text(data: bytes, message: str) -> None:
    for name in ("方案.txt", "方案.docx", "方案"):
        assert refusal(data, name) == message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("written", ["关于印发方案的通知", "一、目标\r\n到2026年，建成4所优质学校。", "plan, part 1"])
def test_read_knows_utf_16_without_a_mark(written: str, encoding: str) -> None:
    document = text.read(written.encode(encoding), name="方案.txt")

    assert document.text == normalised(written)
    assert document.remarks == ()


def test_read_reads_big5_and_says_so() -> None:
    document = text.read(TRADITIONAL.encode("cp950"), name="方案.txt")

    assert document.text == TRADITIONAL
    assert told(document) == ("文件按 Big5 编码（繁体）读入，请核对有无错字。",)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_read_takes_traditional_and_mixed_text_in_the_usual_encodings(encoding: str) -> None:
    for written in (TRADITIONAL, TRADITIONAL + SIMPLIFIED, SIMPLIFIED):
        document = text.read(written.encode(encoding), name="方案.txt")

        assert document.text == written
        assert document.remarks == ()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_read_keeps_the_encoding_of_a_text_with_a_damaged_byte(encoding: str) -> None:
    sound = (SIMPLIFIED * 20).encode(encoding)

    document = text.read(sound[:60] + b"\xff" + sound[60:], name="方案.txt")

    assert document.text.replace("\ufffd", "")[-200:] == (SIMPLIFIED * 20)[-200:]
    assert told(document) == (f"有 {document.text.count(chr(0xFFFD))} 处文字已损坏，以“\ufffd”代替，请核对。",)
    assert document.text.count("\ufffd") < 5


def test_read_leaves_out_zero_bytes_and_says_so() -> None:
    sound = SIMPLIFIED.encode()

    document = text.read(sound + b"\0" + sound * 19 + bytes(4096), name="方案.txt")

    assert document.text == SIMPLIFIED * 20
    assert told(document) == ("文件中有 4097 个空字节，已略去；文件可能曾经损坏，请核对是否完整。",)


def test_read_refuses_an_ofd_with_the_way_out() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>")

    assert refusal(file.getvalue(), "方案.ofd") == (
        "这是 OFD 版式文件，不能直接读取。请在 WPS 或 OFD 阅读器中打开，转换或导出为 Word（.docx）后再上传；"
        "有 .docx 原稿的，请直接上传原稿。"
    )
