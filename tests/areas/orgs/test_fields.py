"""Which figures a record has, and where."""

import pytest

from xietong.areas.orgs.rules.fields import FIELDS, GRADES, SUBJECTS, grade_name

pytestmark = pytest.mark.once


def test_places_are_the_grades_or_the_stage_as_a_whole() -> None:
    assert FIELDS["pupils"].places(("middle", "high")) == [
        *(("middle", grade) for grade in (7, 8, 9)),
        *(("high", grade) for grade in (10, 11, 12)),
    ]
    assert FIELDS["posts"].places(("primary",)) == [("primary", 0)]
    assert FIELDS["outdoor_area"].places(("primary",)) == []


def test_every_figure_without_grades_stands_in_one_subject() -> None:
    named = [code for _name, codes in SUBJECTS for code in codes]
    assert sorted(named) == sorted(code for code, spec in FIELDS.items() if not spec.grades)


def test_grade_name_knows_every_grade() -> None:
    assert grade_name("kindergarten", 3) == "大班"
    assert grade_name("primary", 1) == "一年级"
    assert grade_name("high", 12) == "高三"
    assert grade_name("primary", 0) == ""
    assert all(grade_name(stage, grade) for stage, grades in GRADES.items() for grade in grades)
