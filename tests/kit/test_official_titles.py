"""Where a title turns over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.kit.docx.official.title import WIDEST, broken, width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于工作情况的通报", ["关于工作情况的通报"]),
        (
            "关于2026年11月高校与县域基础教育协同提质行动月调度情况的通报",
            ["关于2026年11月高校与县域基础教育", "协同提质行动月调度情况的通报"],
        ),
        ("关于2026年11月协同提质行动月调度情况的通报", ["关于2026年11月协同提质", "行动月调度情况的通报"]),
        (
            "关于印发《云岭县教师专业发展三年行动计划（2026—2028年）》的通知",
            ["关于印发《云岭县教师专业发展", "三年行动计划（2026—2028年）》的通知"],
        ),
        ("第一行\n第二行由拟稿人定", ["第一行", "第二行由拟稿人定"]),
        ("甲" * 30, ["甲" * 15, "甲" * 15]),
    ],
)
def test_title_turns_over_between_words_in_even_lines(title: str, lines: list[str]) -> None:
    assert broken(title) == lines


def test_title_that_cannot_be_broken_stays_whole() -> None:
    assert broken("A" * 60) == ["A" * 60]


@given(st.text(alphabet="关于工作情况的，、（）《》2026年甲乙A", max_size=90))
def test_no_character_is_lost_and_no_line_begins_with_what_may_not(title: str) -> None:
    lines = broken(title)

    assert "".join(lines) == title
    if len(lines) > 1:
        assert all(width(line) <= WIDEST for line in lines)
        assert not any(line[0] in "的，、）》" for line in lines[1:])
