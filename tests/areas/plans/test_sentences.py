"""Where sentences begin and end, and which of them only name their clause."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import xietong.areas.plans
from xietong.areas.plans.rules import reader
from xietong.areas.plans.rules.sentences import Place, sentences

SEED = (Path(xietong.areas.plans.__file__).parent / "data" / "anyi.txt").read_text(encoding="utf-8")


def places(text: str) -> list[Place]:
    return [Place(one.start, one.end, one.label, one.heading) for one in reader.read(text.split("\n")).clauses]


def cut(text: str) -> list[tuple[str, bool]]:
    return [(text[one.start : one.end], one.is_heading) for one in sentences(text, places(text))]


def test_sentences_end_at_stops_and_line_ends() -> None:
    text = "提质方案\n为落实要求，制定本方案。\n一、工作任务\n（一）建平台。建立平台；定期交流！怎么办？\n各校配合\n"
    assert cut(text) == [
        ("提质方案", True),
        ("为落实要求，制定本方案。", False),
        ("一、工作任务", True),
        ("（一）建平台。", True),
        ("建立平台；", False),
        ("定期交流！", False),
        ("怎么办？", False),
        ("各校配合", False),
    ]


def test_sentences_keep_quotations_and_brackets_whole() -> None:
    text = "方案\n一、任务\n落实“立德。树人”要求。他说：“好。”第二句（见附件。）在此。"
    assert [words for words, heading in cut(text) if not heading] == [
        "落实“立德。树人”要求。",
        "他说：“好。”第二句（见附件。）在此。",
    ]


def test_sentences_take_a_closing_mark_along() -> None:
    text = "方案\n一、任务\n(做好这件事。)然后做那件。)"
    assert [words for words, heading in cut(text) if not heading] == ["(做好这件事。)然后做那件。)"]


def test_sentences_drop_bare_marks_and_blanks() -> None:
    assert cut("方案\n　　\n——\n一、任务\n。。\n做事。") == [("方案", True), ("一、任务", True), ("做事。", False)]


def test_sentences_of_the_published_plan_count_what_it_says() -> None:
    found = sentences(SEED, places(SEED))
    assert (len(found), sum(one.is_heading for one in found)) == (53, 22)


@given(st.text(alphabet="一二、（）。；\n“”a会", max_size=60))
def test_sentences_lose_no_word_and_never_overlap(text: str) -> None:
    found = sentences(text, places(text))
    spans = [(one.start, one.end) for one in found]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    held = {at for start, end in spans for at in range(start, end)}
    assert [text[at] for at in range(len(text)) if at not in held and text[at].isalnum()] == []
