"""What belongs into which blank, what holds in a new edition, what is frozen."""

from typing import Any

import pytest

from xietong.areas.dispatch.rules.snapshots import Figure, Source
from xietong.areas.dispatch.rules.upward import (
    Kept,
    Value,
    blanks_of,
    figures_of,
    fitting,
    frozen,
    kept_in,
    suggested,
    suggestions,
    texts_of,
    values_of,
)

pytestmark = pytest.mark.once

ASKED = Figure("应报单位", "2", "个", "要求报送的单位", (Source("filing", 7, "一小"),))
RATE = Figure("报送率", "50.0%")


def layout(**labels: str) -> list[dict[str, Any]]:
    """One row: a head, then a blank at each address under its label."""
    head = {"address": "A1", "label": "", "text": "项目", "is_blank": False}
    blanks = [{"address": name, "label": label, "text": "", "is_blank": True} for name, label in labels.items()]
    return [{"name": "表1", "rows": [[head, *blanks]]}]


def test_blanks_are_known_by_their_labels() -> None:
    assert blanks_of(layout(B1="应报单位", C1="")) == {"B1": "应报单位", "C1": ""}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、应报 单位（个）", "应报单位"),
        ("已说明逾期任务 · 数量", "已说明逾期任务"),
        ("逾期任务", "逾期任务"),
        ("备注", ""),
        ("", ""),
    ],
)
def test_a_figure_is_suggested_by_its_name(label: str, name: str) -> None:
    assert suggested(label, ["应报单位", "逾期任务", "已说明逾期任务"]) == name


def test_suggestions_leave_out_what_says_nothing() -> None:
    assert suggestions(layout(B1="应报单位", C1="备注"), ["应报单位"]) == {"B1": "应报单位"}


def test_a_new_edition_keeps_what_stands_where_it_stood() -> None:
    before = layout(B1="应报单位", C1="报送率", D1="县名", E1="备注", F1="填表人")
    after = layout(B1="应报单位", C1="完成率", E1="备注", F1="填表人")
    kept = kept_in(
        before, after, mapping={"B1": "应报单位", "C1": "报送率"}, constants={"D1": "云岭县", "F1": "演示"}
    )
    assert kept == Kept({"B1": "应报单位"}, {"F1": "演示"}, ("C1 报送率", "D1 县名"))


def test_values_follow_the_order_of_the_form() -> None:
    labels = {"B1": "报送率（％）", "C1": "应报单位", "D1": "县名", "E1": "备注"}
    found = values_of(labels, {"C1": "应报单位", "B1": "报送率"}, {"D1": "云岭县"}, [ASKED, RATE])
    assert found == [
        Value("B1", "报送率（％）", "报送率", "50.0"),
        Value("C1", "应报单位", "应报单位", "2", "个"),
        Value("D1", "县名", "", "云岭县"),
    ]


def test_a_share_keeps_its_mark_unless_the_head_bears_it() -> None:
    assert [fitting("50.0%", one) for one in ("报送率", "报送率%", "报送率（％）")] == ["50.0%", "50.0", "50.0"]
    assert fitting("—", "报送率%") == "—"


def test_what_is_frozen_holds_the_rows_of_the_figures_that_were_used() -> None:
    values = [Value("B1", "应报单位", "应报单位", "2", "个"), Value("C1", "县名", "", "云岭县")]
    content = frozen(
        title="月报表",
        to_whom="市教育局",
        month="2026年9月",
        day="2026-09-30",
        kind="xlsx",
        layout=layout(B1="应报单位", C1="县名"),
        values=values,
        figures=[ASKED, RATE],
    )
    assert figures_of(content) == [ASKED]
    assert texts_of(content) == {"B1": "2", "C1": "云岭县"}
    assert content["layout"] == layout(B1="应报单位", C1="县名")
    assert (figures_of({}), texts_of({})) == ([], {})
