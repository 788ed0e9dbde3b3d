"""What a subject needs of the grades that have it."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.people.rules.grades import TaughtIn, needs_of_grades, weights_of
from xietong.areas.people.rules.periods import GRADES, SUBJECTS, curriculum_of, need, weekly_periods
from xietong.areas.people.rules.subjects import GROUP_OF, GROUPS
from xietong.areas.people.rules.subjects import SUBJECTS as TAUGHT

pytestmark = pytest.mark.once

FILE = Path(__file__).resolve().parents[3] / "src" / "xietong" / "areas" / "people" / "data" / "rules.toml"
VALUES = {row["code"]: row["value"] for row in tomllib.loads(FILE.read_text("utf-8"))["rule"]}
CURRICULUM = curriculum_of(VALUES)
IN = weights_of(CURRICULUM, TaughtIn.of(VALUES))


def need_of(classes: dict[int, int]) -> dict[str, Fraction]:
    return {one.subject: one.middle for one in needs_of_grades(classes, CURRICULUM, IN)}


def test_groups_are_those_of_the_curriculum_and_every_subject_of_them_is_taught() -> None:
    assert tuple(GROUPS) == SUBJECTS
    assert set(GROUP_OF) <= set(TAUGHT)
    assert set(GROUP_OF.values()) == set(GROUPS)


@given(st.integers(1, 40))
def test_as_many_classes_in_every_grade_need_what_the_shares_say(count: int) -> None:
    classes = dict.fromkeys(GRADES, count)
    whole = weekly_periods(classes, CURRICULUM)
    wanted = tuple(need(subject, whole, CURRICULUM) for subject in SUBJECTS)
    assert needs_of_grades(classes, CURRICULUM, IN) == wanted


@given(st.dictionaries(st.sampled_from(list(GRADES)), st.integers(0, 9)), st.sampled_from(list(GRADES)))
def test_needs_of_two_schools_add_up(classes: dict[int, int], grade: int) -> None:
    one, other = need_of(classes), need_of({grade: 3})
    both = need_of({**classes, grade: classes.get(grade, 0) + 3})
    assert both == {subject: one[subject] + other[subject] for subject in SUBJECTS}


def test_a_subject_needs_nothing_where_no_grade_has_it() -> None:
    primary, middle = need_of({1: 2, 2: 2}), need_of({9: 1})
    assert (primary["foreign"], primary["it"], primary["humanities"]) == (0, 0, 0)
    assert primary["chinese"] == Fraction(21, 100) * 104
    assert middle["it"] == 0
    # 3.5 % of the 274 periods of nine classes fall to three of them, which have 34 each.
    assert middle["humanities"] == Fraction(35, 1000) * 274 / 3
