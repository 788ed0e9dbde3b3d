"""When a text is in force, and how two editions differ."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.mechanisms.rules import Force, Mark, compared, force_on

DAY = date(2026, 9, 1)
TEXTS = st.lists(st.sampled_from(["第一条 例会。", "第二条 参加。", "第三条 附则。", ""]), max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("today", "ends", "force"),
    [
        (DAY - timedelta(days=1), None, Force.AHEAD),
        (DAY, None, Force.IN_FORCE),
        (DAY, DAY, Force.IN_FORCE),
        (DAY + timedelta(days=1), DAY, Force.ENDED),
    ],
)
def test_force_begins_and_ends_with_its_days(today: date, ends: date | None, force: Force) -> None:
    assert force_on(today, DAY, ends) is force


def test_what_was_removed_stands_before_what_took_its_place() -> None:
    found = compared("第一条 例会。\n第二条 参加。", "第一条 例会。\n\n第二条 必须参加。\n第三条 附则。")
    assert [(one.mark, one.text) for one in found] == [
        (Mark.SAME, "第一条 例会。"),
        (Mark.REMOVED, "第二条 参加。"),
        (Mark.ADDED, "第二条 必须参加。"),
        (Mark.ADDED, "第三条 附则。"),
    ]


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_from_the_comparison(before: str, after: str) -> None:
    found = compared(before, after)
    for text, other in ((before, Mark.ADDED), (after, Mark.REMOVED)):
        words = [line for line in text.split("\n") if line]
        assert [one.text for one in found if one.mark is not other] == words
