"""Subjects and the words for them, training that fits, whom the measures count, what the checks ask."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.orgs.rules.checks import Weight
from xietong.areas.people.rules.checks import StaffFacts, findings
from xietong.areas.people.rules.counting import is_higher
from xietong.areas.people.rules.subjects import GENERAL, SUBJECTS, Match, fits, match, trained_for, words

pytestmark = pytest.mark.once


def test_no_word_means_two_subjects() -> None:
    spelt = [word for one in SUBJECTS.values() for word in (one.name, *one.synonyms)]
    assert len(spelt) == len(set(spelt)) == len(words())
    assert {part for one in SUBJECTS.values() for part in one.parts} <= set(SUBJECTS)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("英语", "foreign"),
        ("体育与健康", "sports"),
        ("思想品德", "morality"),
        ("品德与社会", "morality"),
        ("信息技术", "it"),
        ("生物学", "biology"),
        ("综合实践活动", "practice"),
    ],
)
def test_the_words_of_exports_are_known(word: str, code: str) -> None:
    assert words()[word] == code


@pytest.mark.parametrize(
    ("major", "code"),
    [
        ("汉语言文学（师范）", "chinese"),
        ("小学语文", "chinese"),
        ("信息与计算科学", "maths"),
        ("数学与应用数学", "maths"),
        ("体育教育", "sports"),
        ("艺术设计", "art"),
        ("物理学", "physics"),
        ("思想政治教育", "morality"),
        ("计算机科学与技术", "it"),
        ("计算机科学教育", "it"),
        ("历史与社会", "society"),
        ("小学教育", GENERAL),
        ("学前教育", "kindergarten"),
        ("综合实践", "practice"),
        ("行政管理", None),
    ],
)
def test_majors_tell_a_subject(major: str, code: str | None) -> None:
    assert trained_for(major) == code


@pytest.mark.parametrize(
    ("stage", "taught", "trained", "expected"),
    [
        ("primary", "chinese", ("汉语言文学",), Match.FITS),
        ("primary", "chinese", ("体育教育", "语文"), Match.FITS),
        ("primary", "chinese", ("体育教育", "体育"), Match.OFF),
        ("primary", "chinese", ("体育教育", ""), Match.OFF),
        ("primary", "chinese", ("体育教育", "行政管理"), Match.UNKNOWN),
        ("primary", "chinese", ("", ""), Match.UNKNOWN),
        ("primary", "", ("体育教育",), Match.UNKNOWN),
        ("primary", "practice", ("体育教育",), Match.UNKNOWN),
        ("primary", "art", ("小学教育",), Match.FITS),
        ("middle", "art", ("小学教育",), Match.OFF),
    ],
)
def test_a_teacher_fits_his_subject_or_not_or_it_is_not_known(
    stage: str, taught: str, trained: tuple[str, ...], expected: Match
) -> None:
    assert match(stage, taught, *trained) is expected


def test_an_integrated_subject_and_its_parts_fit_each_other() -> None:
    assert fits("primary", "science", "physics")
    assert fits("middle", "physics", "science")
    assert not fits("middle", "physics", "chemistry")
    assert not fits("primary", "music", "art")


@given(st.sampled_from(sorted(SUBJECTS)), st.sampled_from(sorted(SUBJECTS)), st.sampled_from(["primary", "middle"]))
def test_fitting_is_mutual(one: str, other: str, stage: str) -> None:
    assert fits(stage, one, one)
    assert fits(stage, one, other) == fits(stage, other, one)


@pytest.mark.parametrize("lowest", ["14", "21", "31"])
def test_qualifications_above_what_is_asked_for(lowest: str) -> None:
    ladder, held = ["11", "14", "21", "31", "41", "61"], {"primary": lowest}
    assert [code for code in ladder if is_higher(held, "primary", code)] == ladder[: ladder.index(lowest) + 1]
    assert not is_higher(held, "primary", "")
    assert not is_higher(held, "special", "11")


def facts(**changed: object) -> StaffFacts:
    usual = {
        "staff": 10,
        "established": 9,
        "teachers": {"primary": 8},
        "pupils": {"primary": Decimal(200)},
        "posts": Decimal(9),
        "before": 10,
    }
    return StaffFacts(**usual | changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"posts": None, "established": 99}, []),
        ({"posts": Decimal(8)}, [("above_posts", Weight.WORD)]),
        ({"teachers": {"middle": 1}}, [("no_teachers", Weight.FAULT)]),
        ({"pupils": {"primary": Decimal(0)}, "teachers": {}}, []),
        ({"staff": 0, "established": 0, "teachers": {}}, [("no_staff", Weight.FAULT)]),
        ({"staff": 0, "established": 0, "teachers": {}, "pupils": {}}, [("no_staff", Weight.FAULT)]),
        ({"staff": 0, "established": 0, "teachers": {}, "pupils": {"primary": Decimal(0)}}, []),
        ({"before": 0}, []),
        ({"before": 15}, []),
        ({"before": 16}, [("staff_jump", Weight.WORD)]),
        ({"before": 7}, [("staff_jump", Weight.WORD)]),
        ({"staff": 0, "established": 0, "teachers": {"primary": 1}, "before": 0}, []),
    ],
)
def test_what_the_checks_ask(changed: dict[str, object], expected: list[tuple[str, Weight]]) -> None:
    assert [(one.code, one.weight) for one in findings(facts(**changed), Decimal("33.34"))] == expected


def test_a_finding_names_its_figures() -> None:
    [found] = findings(facts(established=12), Decimal("33.34"))
    assert found.sentence % found.values == "在编教职工 12 人，超过核定编制 9 人，请写明原因。"
    [jump] = findings(facts(before=20), Decimal("33.34"))
    assert jump.sentence % jump.values == "教职工从上一学年的 20 人变为 10 人，变动超过 33.34%，请写明原因。"
