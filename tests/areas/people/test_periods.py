"""Weekly periods: totals of the curriculum, needs by subject, weak and shortage subjects, teaching off one's own."""

import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from xietong.areas.people.rules.periods import (
    GRADES,
    SUBJECTS,
    Need,
    Supply,
    curriculum_of,
    need,
    supply,
    weekly_periods,
)
from xietong.areas.people.rules.table import RuleFault

pytestmark = pytest.mark.once

FILE = Path(__file__).resolve().parents[3] / "src" / "xietong" / "areas" / "people" / "data" / "rules.toml"
VALUES = {row["code"]: row["value"] for row in tomllib.loads(FILE.read_text("utf-8"))["rule"]}
CURRICULUM = curriculum_of(VALUES)
ONE_OF_EACH = dict.fromkeys(GRADES, 1)


def needs(classes: dict[int, int]) -> tuple[Need, ...]:
    """Of the whole week, whatever grade it is of."""
    whole = weekly_periods(classes, CURRICULUM)
    return tuple(need(subject, whole, CURRICULUM) for subject in SUBJECTS)


def test_years_add_up_to_the_published_totals() -> None:
    yearly = [CURRICULUM.yearly(grade) for grade in GRADES]
    assert yearly == [910, 910, 1050, 1050, 1050, 1050, 1190, 1190, 1122]
    assert sum(yearly) == 9522


def test_the_middles_of_the_ranges_are_the_whole_week() -> None:
    assert sum(CURRICULUM.shares[subject].middle for subject in SUBJECTS) == 100
    assert sum(share.low for share in CURRICULUM.shares.values()) <= 100


@pytest.mark.parametrize("missing", ["people.periods.share.arts.low", "people.periods.part_time"])
def test_curriculum_of_names_the_rule_that_is_missing(missing: str) -> None:
    values = {code: value for code, value in VALUES.items() if code != missing}
    with pytest.raises(RuleFault, match=re.escape(missing)):
        curriculum_of(values)


def test_needs_are_shares_of_all_periods_of_the_week() -> None:
    assert weekly_periods(ONE_OF_EACH, CURRICULUM) == 274
    found = {one.subject: one for one in needs(ONE_OF_EACH)}
    assert tuple(found) == SUBJECTS
    chinese = found["chinese"]
    assert (chinese.low, chinese.middle, chinese.high) == (Fraction("54.8"), Fraction("57.54"), Fraction("60.28"))
    assert chinese.teachers == Fraction("57.54") / 12
    assert sum(one.middle for one in found.values()) == 274


def test_needs_grow_with_the_classes_of_a_grade() -> None:
    small, large = ({one.subject: one.middle for one in needs({7: n})} for n in (1, 3))
    assert large == {subject: 3 * periods for subject, periods in small.items()}
    assert {one.teachers for one in needs({})} == {0}


def test_supplies_tell_weak_and_shortage_subjects() -> None:
    """Two classes of grade 5 have 60 periods: 4.2 for a foreign language, 0.3 of a teacher at a load of 14."""
    needed = next(one for one in needs({5: 2}) if one.subject == "foreign")
    assert needed.teachers == Fraction("0.3")
    given = [Decimal("0.24"), Decimal("0.239"), Decimal("0.3"), Decimal("0.299"), 1, 0, None]
    found = [supply(needed, count, CURRICULUM) for count in given]
    assert [(one.state, one.gap) for one in found] == [
        (Supply.WEAK, 1),
        (Supply.SHORTAGE, 1),
        (Supply.ENOUGH, 0),
        (Supply.WEAK, 1),
        (Supply.ENOUGH, 0),
        (Supply.SHORTAGE, 1),
        (Supply.UNKNOWN, None),
    ]


def test_a_subject_that_others_teach_beside_their_own_is_never_lacking() -> None:
    needed = next(one for one in needs(ONE_OF_EACH) if one.subject == "activities")
    found = [supply(needed, count, CURRICULUM) for count in (0, needed.teachers - 1, 100, None)]
    assert [(one.state, one.gap) for one in found] == [
        (Supply.PART_TIME, None), (Supply.PART_TIME, None), (Supply.ENOUGH, 0), (Supply.UNKNOWN, None),
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["activites", "activities,it"])
def test_a_subject_that_there_is_not_is_refused_by_the_rule(value: str) -> None:
    with pytest.raises(RuleFault, match="people.periods.part_time"):
        curriculum_of({**VALUES, "people.periods.part_time": value})


def test_no_subject_need_be_part_time() -> None:
    assert curriculum_of({**VALUES, "people.periods.part_time": ""}).part_time == frozenset()
