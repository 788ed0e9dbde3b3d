"""Outlines other than the published one: plain .md, full width, broken numbers, and no outline at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.plans.rules.reader import (
    Caution,
    CautionCode,
    Kind,
    Reading,
    outline_text,
    print_outline,
    proposals,
    read,
    to_json,
)
from xietong.areas.plans.rules.reader.characters import fold

SEED = (Path(__file__).parents[3] / "src/xietong/areas/plans/data/anyi.txt").read_text(encoding="utf-8")


def outline(reading: Reading) -> list[tuple[str, str]]:
    return [(clause.number, clause.heading) for clause in reading.clauses]


def cautions(*lines: str) -> tuple[Caution, ...]:
    return read(lines).warnings


def in_markdown(text: str) -> list[str]:
    """The same plan as somebody would keep it in a .md file with Windows line ends."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        mark = "# " if number == 0 else "## " if line[1] == "、" else ""
        body = line.replace("一是", "**一是**").replace("(一)", "**(一)** ")
        lines += [mark + body + " \u3000\r", "\r"]
    return lines


FULL_WIDTH = str.maketrans({",": "，", ";": "；", "(": "（", ")": "）", "%": "％", ":": "：", "4": "４"})


def test_read_finds_the_same_plan_in_markdown() -> None:
    plain, marked = read(SEED.split("\n")), read(in_markdown(SEED))

    assert outline(marked) == outline(plain)
    assert marked.title.words == plain.title.words
    assert [clause.kind for clause in marked.clauses] == [clause.kind for clause in plain.clauses]
    assert [(each.name, each.starts_on, each.ends_on) for each in marked.phases] == [
        (each.name, each.starts_on, each.ends_on) for each in plain.phases
    ]
    assert [each.name for each in marked.organisations] == [each.name for each in plain.organisations]
    assert [each.title for each in proposals(marked)] == [each.title for each in proposals(plain)]


def test_read_finds_the_same_plan_in_full_width() -> None:
    plain, wide = read(SEED.split("\n")), read(SEED.translate(FULL_WIDTH).split("\n"))

    assert [fold(heading) for _, heading in outline(wide)] == [heading for _, heading in outline(plain)]
    assert [clause.number for clause in wide.clauses] == [clause.number for clause in plain.clauses]
    assert [phase.name for phase in wide.phases] == ["启动阶段", "实施阶段", "总结阶段"]
    assert [each.text for each in wide.quantities] == ["４所", "八个", "三方", "三点", "5％"]
    assert [each.value for each in wide.quantities] == [each.value for each in plain.quantities]
    assert outline_text(wide) == SEED.translate(FULL_WIDTH)


def test_read_takes_arabic_levels() -> None:
    reading = read(["一、任务", "1.甲。", "（1）乙。", "2、丙", "1.5万元用于丙。", "3.2025年做丁。"])

    assert outline(reading) == [
        ("一", "任务"),
        ("一1", "甲"),
        ("一1(1)", "乙"),
        ("一2", "丙"),
        ("一3", "2025年做丁"),
    ]
    assert reading.clauses[3].text == "2、丙\n1.5万元用于丙。\n"


def test_read_makes_a_heading_only_of_a_short_sentence() -> None:
    long = "甲" * 41

    reading = read(["一、任务", f"(一){long}。乙。", "(二)", f"(三){long}"])

    assert outline(reading) == [("一", "任务"), ("一(一)", ""), ("一(二)", ""), ("一(三)", "")]
    assert print_outline(reading).split("\n")[2] == "  (一)" + "甲" * 30 + "……"
    assert [each.title for each in proposals(reading)] == [long, long]


@pytest.mark.parametrize(
    ("chapter", "section", "kinds"),
    [
        ("总体要求", "工作目标", [Kind.FRAMEWORK, Kind.GOAL]),
        ("总体要求", "指导思想", [Kind.FRAMEWORK, Kind.FRAMEWORK]),
        ("重点任务", "组织保障", [Kind.TASK, Kind.TASK]),
        ("保障措施", "加强宣传", [Kind.GUARANTEE, Kind.GUARANTEE]),
        ("实施步骤", "第一步", [Kind.PHASE, Kind.PHASE]),
        ("附则", "解释", [Kind.OTHER, Kind.OTHER]),
    ],
)
def test_read_tells_the_kind_by_the_heading(chapter: str, section: str, kinds: list[Kind]) -> None:
    reading = read([f"一、{chapter}", f"(一){section}。"])

    assert [clause.kind for clause in reading.clauses] == kinds


def test_read_closes_a_list_where_the_paragraph_resumes() -> None:
    reading = read(["一、任务", "要求:一是甲。二是乙。同时,丙。", "丁。"])

    assert [clause.text for clause in reading.clauses] == [
        "一、任务\n要求:同时,丙。\n丁。",
        "一是甲。",
        "二是乙。",
    ]


def test_read_follows_a_list_over_paragraphs() -> None:
    reading = read(["一、任务", "一是甲。", "甲之二。", "二是乙。", "丙。"])

    assert [clause.text for clause in reading.clauses] == [
        "一、任务\n\n丙。",
        "一是甲。\n甲之二。\n",
        "二是乙。",
    ]


def test_read_tells_two_lists_of_a_clause_apart() -> None:
    reading = read(["一、任务", "一是甲。二是乙。另有:一是丙;二是丁"])

    assert [clause.number for clause in reading.clauses] == ["一", "一·一", "一·二", "一·2·一", "一·2·二"]
    assert reading.clauses[0].text == "一、任务\n另有:"
    assert [each.code for each in reading.warnings] == [CautionCode.NO_TITLE]


def test_read_ends_a_list_where_the_next_begins_in_the_same_sentence() -> None:
    reading = read(["一、任务", "一是甲,二是乙,一是丙,二是丁"])

    texts = [clause.text for clause in reading.clauses]
    assert texts == ["一、任务\n", "一是甲,", "二是乙,", "一是丙,", "二是丁"]


def test_read_leaves_a_numeral_inside_a_phrase_alone() -> None:
    reading = read(["一、任务", "任务之一是甲,统一是要求。"])

    assert outline(reading) == [("一", "任务")]


def test_read_reports_numbers_that_skip() -> None:
    assert cautions("某方案", "一、任务", "三、甲", "四、乙") == (
        Caution(CautionCode.NUMBER_SKIPS, 3, "三、", "二、"),
    )
    assert cautions("某方案", "一、任务", "(二)甲") == (Caution(CautionCode.NUMBER_SKIPS, 3, "(二)", "(一)"),)
    assert cautions("某方案", "一、任务", "一是甲;三是乙。") == (
        Caution(CautionCode.NUMBER_SKIPS, 3, "三是", "二是"),
    )


def test_read_reports_numbers_that_repeat() -> None:
    reading = read(["某方案", "一、任务", "1.甲", "1.乙", "2.丙", "一、再", "一是甲;一是乙。"])

    assert reading.warnings == (
        Caution(CautionCode.NUMBER_REPEATS, 4, "1."),
        Caution(CautionCode.NUMBER_REPEATS, 6, "一、"),
        Caution(CautionCode.NUMBER_REPEATS, 7, "一是"),
    )
    assert [clause.number for clause in reading.clauses] == [
        "一",
        "一1",
        "一1",
        "一2",
        "一",
        "一·一",
        "一·一",
    ]


def test_message_says_what_is_wrong_in_chinese() -> None:
    skipped = Caution(CautionCode.NUMBER_SKIPS, 3, "(三)", "(二)")

    assert skipped.message == "第3行：编号不连续：原文为“(三)”，按顺序应为“(二)”"
    assert len({Caution(code, 1).message for code in CautionCode}) == len(CautionCode)


@pytest.mark.parametrize("lines", [[], [""], ["", " \u3000\r", ""]])
def test_read_of_nothing_is_a_warning(lines: list[str]) -> None:
    reading = read(lines)

    assert reading.warnings == (Caution(CautionCode.EMPTY, 1),)
    assert reading.clauses == ()
    assert proposals(reading) == ()
    assert outline_text(reading) == "\n".join(lines)
    assert print_outline(reading) == "（无标题）\n提示（1）\n  第1行：文本为空\n"


def test_read_without_numbers_keeps_all_as_preamble() -> None:
    reading = read(["云岭县实施方案", "各校要重视。", "到2026年完成。"])

    assert reading.title.words == "云岭县实施方案"
    assert reading.preamble.text == "各校要重视。\n到2026年完成。"
    assert reading.warnings == (Caution(CautionCode.NO_NUMBERING, 1),)
    assert [each.clause for each in reading.dates] == [None]
    assert to_json(reading)["clauses"] == []


@pytest.mark.parametrize(
    ("lines", "title", "preamble"),
    [
        (["云岭县", "实施方案（试行）", "前言"], "云岭县\n实施方案（试行）", "前言"),
        (["", "关于某事", "各单位:"], "关于某事", "各单位:"),
        (["关于某事", "再一行", "各单位:"], "关于某事", "再一行\n各单位:"),
        (["# 关于某事"], "关于某事", ""),
        (["第一句。", "第二句"], "", "第一句。\n第二句"),
        (["长" * 41], "", "长" * 41),
    ],
)
def test_read_takes_the_first_lines_that_are_no_sentence_as_title(
    lines: list[str], title: str, preamble: str
) -> None:
    reading = read(lines)

    assert (reading.title.words, reading.preamble.words) == (title, preamble)


def test_read_warns_when_no_chapter_holds_tasks() -> None:
    assert cautions("某方案", "一、附则") == (Caution(CautionCode.NO_TASKS, 1),)


def test_read_reports_phases_without_or_with_impossible_dates() -> None:
    lines = ["某方案", "一、任务", "二、进度安排", "(一)准备阶段。", "(二)推进阶段(2026年9月—2025年8月)。"]
    lines += ["(三)收尾阶段(2026年13月)。", "(四)"]

    reading = read(lines)

    assert reading.warnings == (
        Caution(CautionCode.DATE_UNREADABLE, 6, "2026年13月"),
        Caution(CautionCode.PHASE_UNDATED, 4, "准备阶段"),
        Caution(CautionCode.PHASE_BACKWARDS, 5, "推进阶段"),
        Caution(CautionCode.PHASE_UNDATED, 6, "收尾阶段"),
    )
    assert "  准备阶段 时间未写明\n" in print_outline(reading)


PIECES = st.sampled_from(
    [
        "一、", "(一)", "（二）", "1.", "2、", "(3)", "一是", "二是", "三是", "。", ",", "，", ";",
        "：", ":", "\n", "\r", "\u3000", "##", "-", "**", "甲", "乙", "同时,", "等", "、",
        "和", "由", "我县", "安义中学", "县教育局", "高校", "领导小组", "《", "》", "(教字〔2023〕39号)",
        "2023年", "13月", "至", "前", "底", "八个", "5%", "制定", "办法", "每月", "定期", "建立",
        "任务", "保障", "进度", "方案", "三小", "牵头", "单位",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join)


@given(TEXTS)
def test_read_loses_no_character(text: str) -> None:
    assert outline_text(read(text.split("\n"))) == text


@given(TEXTS)
def test_read_keeps_spans_inside_the_text_and_in_order(text: str) -> None:
    reading = read(text.split("\n"))

    starts = [clause.start for clause in reading.clauses]
    assert starts == sorted(starts)
    for clause in reading.clauses:
        assert 0 <= clause.start < clause.end <= len(text)
        if clause.parent is not None:
            above = reading.clauses[clause.parent]
            assert above.start <= clause.start < clause.end <= above.end
            assert above.level == clause.level - 1
    for found in (reading.organisations, reading.documents, reading.dates, reading.quantities):
        spans = [(each.span.start, each.span.end) for each in found]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)


@given(TEXTS)
def test_proposals_are_words_of_the_text(text: str) -> None:
    reading = read(text.split("\n"))

    found = proposals(reading)

    for place, each in enumerate(found):
        assert each.title == each.span.of(text) != ""
        assert each.parent is None or each.parent < place
    print_outline(reading)
    to_json(reading)


@given(st.text())
def test_fold_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
