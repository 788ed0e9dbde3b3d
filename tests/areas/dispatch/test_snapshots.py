"""What is frozen comes back as it was, whatever kept it; what differs is named."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.dispatch.rules.snapshots import (
    Difference,
    Figure,
    Graph,
    Line,
    Listing,
    Section,
    Snapshot,
    Source,
    digest,
    figures_changed,
    filled,
    lines_changed,
    packed,
    pieces,
    unknown_names,
    unpacked,
)

WORDS = st.text(max_size=8)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="{}\n"), min_size=1, max_size=8)
SOURCES = st.builds(Source, WORDS, st.integers(1, 99), WORDS)
TOLD = st.lists(SOURCES, max_size=2).map(tuple)
LINES = st.builds(Line, st.tuples(WORDS, WORDS), st.none() | SOURCES)
SNAPSHOTS = st.builds(
    Snapshot,
    title=WORDS,
    day=st.dates().map(str),
    head=st.dictionaries(WORDS, WORDS, max_size=2),
    sections=st.lists(st.builds(Section, WORDS, WORDS, WORDS, WORDS, TOLD), max_size=2).map(tuple),
    figures=st.lists(st.builds(Figure, NAMES, WORDS, WORDS, WORDS, TOLD), max_size=2).map(tuple),
    listings=st.lists(
        st.builds(Listing, WORDS, st.just(("甲", "乙")), st.just((1.5, 2.0)), st.lists(LINES, max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    graphs=st.lists(
        st.builds(Graph, WORDS, st.just(("一",)), st.tuples(st.tuples(WORDS, st.tuples(st.floats(0, 9)))), WORDS),
        max_size=1,
    ).map(tuple),
    rolls=st.dictionaries(WORDS, st.lists(WORDS, max_size=2).map(tuple), max_size=1),
)
EMPTY = Snapshot("题", "2026-09-30", {}, ())


@given(SNAPSHOTS)
def test_a_snapshot_comes_back_from_the_database(snapshot: Snapshot) -> None:
    content = packed(snapshot)
    assert unpacked(json.loads(json.dumps(content))) == snapshot
    assert digest(json.loads(json.dumps(content, sort_keys=True))) == digest(content)


@given(SNAPSHOTS, SNAPSHOTS)
def test_other_content_has_another_digest(one: Snapshot, other: Snapshot) -> None:
    assert (digest(packed(one)) == digest(packed(other))) == (packed(one) == packed(other))


def test_a_snapshot_finds_its_parts_by_name() -> None:
    one = replace(
        EMPTY, figures=(Figure("甲", "1"),), listings=(Listing("表", (), ()),), graphs=(Graph("图", (), ()),)
    )
    assert (one.figure("甲"), one.listing("表"), one.graph("图")) == (one.figures[0], one.listings[0], one.graphs[0])
    assert (one.figure("乙"), one.listing("乙"), one.graph("乙")) == (None, None, None)


def test_words_hold_figures_by_name() -> None:
    figures = {"应报": Figure("应报", "21")}
    assert pieces("应报{应报}个，{按时}个") == [
        (False, "应报"),
        (True, "应报"),
        (False, "个，"),
        (True, "按时"),
        (False, "个"),
    ]
    assert filled("应报{应报}个", figures) == "应报21个"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("应报{应报单位}个", []),
        ("应报{应报的单位}个", [("应报的单位", "应报单位")]),
        ("{甲乙丙}", [("甲乙丙", "")]),
        ("应报{应报单位", [("{", "")]),
        ("应报}", [("}", "")]),
    ],
)
def test_what_is_no_figure_is_named_with_the_likeliest(text: str, wrong: list[tuple[str, str]]) -> None:
    assert unknown_names(text, ["应报单位", "报送率"]) == wrong


def test_figures_that_differ_are_told_with_their_change() -> None:
    before = replace(EMPTY, figures=(Figure("甲", "3"), Figure("乙", "5"), Figure("丙", "50.0%"), Figure("丁", "1")))
    after = replace(EMPTY, figures=(Figure("甲", "3"), Figure("丙", "75.0%"), Figure("丁", "—"), Figure("戊", "2")))
    found = figures_changed(before, after)
    assert [(one.name, one.before, one.after, one.change) for one in found] == [
        ("丙", "50.0%", "75.0%", "+25"),
        ("丁", "1", "—", ""),
        ("戊", None, "2", ""),
        ("乙", "5", None, ""),
    ]
    assert Difference("甲", "3", "3.0").change == ""


def test_lines_are_known_by_their_rows() -> None:
    row = Source("decision", 1, "")
    before = Listing(
        "表", ("编号", "情况"), (1, 1), (Line(("1", "落实中"), row), Line(("2", "完成")), Line(("3", "同")))
    )
    after = Listing(
        "表", ("编号", "情况"), (1, 1), (Line(("1", "已销项"), row), Line(("3", "同")), Line(("4", "新")))
    )
    found = [(one.name, one.before, one.after) for one in lines_changed(before, after)]
    assert found == [("1", "落实中", "已销项"), ("4", None, "新"), ("2", "完成", None)]


def test_what_was_filed_is_known_by_its_matter_from_month_to_month() -> None:
    def filed(pk: int, text: str) -> Listing:
        return Listing("表", ("任务", "说明"), (1, 1), (Line(("章程", text), Source("entry", pk, "章程　一小")),))

    (found,) = lines_changed(filed(1, "起草"), filed(2, "备案"))
    assert (found.name, found.before, found.after) == ("章程", "起草", "备案")
    assert lines_changed(filed(1, "起草"), filed(2, "起草")) == []
