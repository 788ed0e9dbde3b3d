"""Printed pages made text again: paragraphs, columns, tables, running titles, scans."""

from collections.abc import Iterator

import pytest

from tests.kit.pdf_files import Words, drawn
from xietong.kit import text
from xietong.kit.text import Role

REBUILT = "段落由 PDF 的各行拼接而成，请核对分段；页眉、页脚和页码已另行标出。"
WIDE, NARROW = 28, 13
SENTENCE = "为深入贯彻落实国家关于建设高质量教育体系的决策部署结合我县实际制定本方案"


def read(data: bytes) -> text.Document:
    return text.read(data, name="方案.pdf")


def told(document: text.Document) -> tuple[str, ...]:
    return tuple(remark.sentence % remark.values for remark in document.remarks)


def texts(document: text.Document, role: Role = Role.BODY) -> list[str]:
    return [line.text for line in document.lines if line.role is role]


def prose(count: int) -> str:
    return (SENTENCE * (count // len(SENTENCE) + 1))[: count - 1] + "。"


def printed(*paragraphs: str, x: float = 90, top: float = 740, width: int = WIDE, size: int = 16) -> list[Words]:
    """Paragraphs as a printer sets them: two characters of indent, full lines, 28 points apart."""
    lines: list[Words] = []
    for paragraph in paragraphs:
        at, indent = 0, 2
        while at < len(paragraph):
            part = paragraph[at : at + width - indent]
            lines.append(Words(part, x + indent * size, top - 28 * len(lines), size))
            at, indent = at + width - indent, 0
    return lines


def numbered(pages: list[list[Words]], header: str = "") -> Iterator[list[Words]]:
    for number, page in enumerate(pages, start=1):
        head = [Words(header, 90, 800, 12)] if header else []
        yield [*head, *page, Words(f"— {number} —", 280, 60, 14)]


def test_read_joins_the_lines_of_a_paragraph() -> None:
    first, second, third = prose(100), prose(53), prose(26)

    document = read(drawn(printed(first, second, third)))

    assert texts(document) == [first, second, third]
    assert document.lines[1].start == 101


def test_read_joins_a_paragraph_across_pages_and_tells_what_stood_between() -> None:
    long = prose(300)
    lines = printed(prose(40), long, prose(40))
    one, other = lines[:8], [Words(each.text, each.x, each.y + 8 * 28, each.size) for each in lines[8:]]

    document = read(drawn(*numbered([one, other], header="云岭县人民政府办公室")))

    assert texts(document) == [prose(40), long, prose(40)]
    assert [(line.text, line.page, line.role) for line in document.lines if line.role is not Role.BODY] == [
        ("云岭县人民政府办公室", 1, Role.HEADER),
        ("— 1 —", 1, Role.PAGE_NUMBER),
        ("云岭县人民政府办公室", 2, Role.HEADER),
        ("— 2 —", 2, Role.PAGE_NUMBER),
    ]
    assert [line.page for line in document.lines if line.role is Role.BODY] == [1, 1, 2]
    assert told(document) == (REBUILT,)


def test_read_keeps_headings_and_short_lines_apart() -> None:
    title = [Words("云岭县高校与基础教育协同提质", 185, 740, 16), Words("行动方案", 265, 712, 16)]
    body = ["各乡镇人民政府：", "一、总体目标", prose(80), "二、主要任务", prose(40)]

    document = read(drawn(title + printed(*body, top=684)))

    assert texts(document) == ["云岭县高校与基础教育协同提质", "行动方案", *body]


def test_read_parts_numbered_items_that_end_at_the_margin_and_are_not_indented() -> None:
    items = [Words("（一）" + prose(25), 90, 740, 16), Words("（二）" + prose(25), 90, 712, 16)]

    document = read(drawn([*items, *printed(prose(80), top=684)]))

    assert texts(document) == ["（一）" + prose(25), "（二）" + prose(25), prose(80)]


def test_read_keeps_a_space_between_latin_words_of_two_lines() -> None:
    line = prose(25)[:-1] + "ABC"

    document = read(
        drawn([Words(line, 90, 740, 16), Words("DEF" + prose(10), 90, 712, 16), *printed(prose(80), top=684)])
    )

    assert texts(document)[0] == f"{line} DEF{prose(10)}"


@pytest.mark.parametrize("by_rows", [False, True])
def test_read_takes_one_column_after_the_other(by_rows: bool) -> None:
    left = printed(prose(100), prose(60), x=60, width=NARROW)
    right = printed(prose(95), prose(60), x=310, width=NARROW)
    order = [each for pair in zip(left, right, strict=True) for each in pair] if by_rows else [*left, *right]

    document = read(drawn(order))

    assert texts(document) == [prose(100), prose(60), prose(95), prose(60)]


def test_read_gives_the_rows_of_a_table_as_lines() -> None:
    head = [Words("序号", 90, 740, 14), Words("任务", 160, 740, 14), Words("单位", 400, 740, 14)]
    first = [Words("1", 90, 712, 14), Words("选派专家进校指导并形", 160, 712, 14), Words("成报告", 160, 694, 14)]
    second = [Words("2", 90, 666, 14), Words("建立机制", 160, 666, 14), Words("县财政局", 400, 666, 14)]

    document = read(drawn([*head, *first, Words("县教体局", 400, 712, 14), *second]))

    assert texts(document) == ["序号\t任务\t单位", "1\t选派专家进校指导并形成报告\t县教体局", "2\t建立机制\t县财政局"]


def test_read_keeps_a_heading_that_is_repeated_inside_the_page() -> None:
    pages = [[Words("序号任务单位", 90, 735, 14), Words(f"第{number}行", 90, 707, 14)] for number in "一二三"]

    document = read(drawn(*pages))

    assert texts(document) == ["序号任务单位", "第一行", "序号任务单位", "第二行", "序号任务单位", "第三行"]


@pytest.mark.parametrize("number", ["3", "- 3 -", "—3—", "第3页", "第 3 页 共 12 页", "3/12", "iv"])
def test_read_knows_page_numbers(number: str) -> None:
    document = read(drawn([Words("正文", 90, 700, 16), Words(number, 280, 50, 14)]))

    assert [(line.text, line.role) for line in document.lines] == [
        ("正文", Role.BODY),
        (number, Role.PAGE_NUMBER),
    ]


def test_read_puts_a_footer_behind_its_page_wherever_it_is_drawn() -> None:
    pages = [[Words("内部资料", 90, 40, 12), Words(f"第{number}段", 90, 700, 16)] for number in "一二"]

    document = read(drawn(*pages))

    assert [(line.text, line.role) for line in document.lines] == [
        ("第一段", Role.BODY),
        ("内部资料", Role.FOOTER),
        ("第二段", Role.BODY),
        ("内部资料", Role.FOOTER),
    ]


def test_read_names_scanned_pages_and_those_with_recognised_text() -> None:
    stamp = [Words("扫描全能王", 400, 30, 12)]

    document = read(drawn(printed(prose(40)), stamp, printed(prose(60)), [], [], scans=(2, 3, 4)))

    assert texts(document) == [prose(40), prose(60)]
    assert told(document) == (
        REBUILT,
        "第 2、4 页是扫描的图片，其中的文字未读入；请补上这几页的文字。",
        "第 5 页没有文字。",
        "第 3 页是带文字层的图片，文字可能由扫描识别得来，请与原件核对。",
    )


def test_read_refuses_a_scan_with_nothing_but_a_stamp() -> None:
    with pytest.raises(text.Unreadable) as caught:
        read(drawn([Words("扫描全能王", 400, 30, 12)], scans=(1,)))

    assert caught.value.message.startswith("这是扫描件，只有图片，没有可以读取的文字。")


def test_read_refuses_pages_that_are_neither_text_nor_picture() -> None:
    with pytest.raises(text.Unreadable) as caught:
        read(drawn([], []))

    assert caught.value.message == (
        "PDF 中没有可以读取的文字（可能已转为图形）；请上传 .docx，或由 Word、WPS 直接导出的 PDF。"
    )
