"""A county as a whole: all or nothing, what is lacking in the order of the document, and the traps."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.areas.indicators.balancing import STANDARDS, M, P, county, rich, roll, school, special
from xietong.areas.indicators.rules.balance import (
    County,
    Lack,
    Monitored,
    Part,
    School,
    State,
    judge_county,
)

pytestmark = pytest.mark.once

NO, UNKNOWN = State.NOT_MET, State.NOT_REPORTED


def lacking(given_county: County) -> tuple[Lack, ...]:
    found = judge_county(given_county, STANDARDS)
    lacks = found.lacking()
    assert found.state is (NO if any(one.state is NO for one in lacks) else UNKNOWN if lacks else State.MET)
    return lacks


def with_facts(one: School, **own: object) -> School:
    return replace(one, facts={stage: replace(facts, **own) for stage, facts in one.facts.items()})


def test_a_balanced_county_lacks_nothing() -> None:
    found = judge_county(county(), STANDARDS)
    assert (found.state, found.lacking()) == (State.MET, ())
    assert (len(found.units), len(found.exclusions), len(found.variations)) == (2, 1, 14)
    assert [len(judgements) for judgements in found.requirements.values()] == [15, 9, 1, 1, 1]


def test_what_is_lacking_comes_in_the_order_of_the_document() -> None:
    given_county = county(
        with_facts(school(classes=roll(P, 46)), backbone=0, equipment_value=None),
        with_facts(school("乙", 600, M), backbone=6, art=0, sports=0, music=0, mixed_arts=0),
        with_facts(school("丙", 600, M), backbone=30),
        special(),
        recognition=80,
        rotated=None,
        vetoes={"fraud": True},
        monitored=(Monitored("语文", 2, Decimal("0.1")),),
        basic_since=None,
    )
    assert lacking(given_county) == (
        Lack(Part.UNITS, "甲", UNKNOWN, P, ("L2", "L6")),
        Lack(Part.UNITS, "乙", NO, M, ("L3",)),
        Lack(Part.VARIATION, "L6", UNKNOWN, P),
        Lack(Part.VARIATION, "L2", NO, M),
        Lack(Part.VARIATION, "L3", NO, M),
        Lack(Part.GUARANTEES, "G5", NO, details=("G5.primary",)),
        Lack(Part.GUARANTEES, "G11", UNKNOWN, details=("G11.rotated", "G11.backbone")),
        Lack(Part.QUALITY, "Q9", NO, details=("Q9.level",)),
        Lack(Part.RECOGNITION, "R", NO, details=("R",)),
        Lack(Part.VETOES, "V", NO, details=("V",)),
        Lack(Part.ELIGIBILITY, "E", UNKNOWN, details=("E",)),
    )


def test_one_missing_fact_keeps_a_county_from_passing_and_is_not_a_failure() -> None:
    """A trap: a submission that is missing, counted as 0, would fail a school, or lower a mean."""
    given_county = county(with_facts(school(), backbone=None), school("乙", 600, M))
    assert lacking(given_county) == (
        Lack(Part.UNITS, "甲", UNKNOWN, P, ("L2",)),
        Lack(Part.VARIATION, "L2", UNKNOWN, P),
    )


def test_one_uneven_indicator_fails_a_county_of_schools_that_all_pass() -> None:
    """The mean of the coefficients, by which the older rule judged, is far below the limit."""
    given_county = county(
        with_facts(school(pupils=100), backbone=1),
        with_facts(school("乙", 100), backbone=1),
        with_facts(school("丙", 100), backbone=Decimal("3.2")),
        school("丁", 600, M),
    )
    assert lacking(given_county) == (Lack(Part.VARIATION, "L2", NO, P),)


def test_a_county_without_schools_has_handed_in_nothing() -> None:
    empty = judge_county(replace(county(), schools=()), STANDARDS)
    assert empty.lacking() == (Lack(Part.UNITS, "", UNKNOWN),)
    assert empty.state is UNKNOWN


def test_the_stages_of_one_school_are_judged_apart() -> None:
    nine = School(
        "甲",
        "nine_year",
        {P: 300, M: 200},
        facts={P: rich(300, teaching_area=None), M: replace(rich(200), above_degree=3, multimedia_classrooms=2)},
        shared=rich(500),
        conditions=school(classes=(*roll(P, 45), *roll(M, 50))).conditions,
    )
    assert lacking(county(nine, special())) == (Lack(Part.UNITS, "甲", NO, M, ("L1", "L7")),)


@settings(max_examples=25)
@given(st.permutations(range(6)))
def test_the_order_of_schools_changes_nothing(order: list[int]) -> None:
    schools = [
        school(),
        with_facts(school("乙", 70), backbone=0),
        school("丙", 900, M, classes=roll(M, 55)),
        with_facts(school("丁", 333, M), equipment_value=None),
        school("戊", 40, kind="teaching_point", funded=40),
        special(),
    ]
    first = judge_county(county(*schools), STANDARDS)
    other = judge_county(county(*(schools[n] for n in order)), STANDARDS)
    assert other.state is first.state
    assert {one.unit.school: one for one in other.units} == {one.unit.school: one for one in first.units}
    assert [(one.spread, one.state) for one in other.variations] == [
        (one.spread, one.state) for one in first.variations
    ]
    assert set(other.lacking()) == set(first.lacking())
