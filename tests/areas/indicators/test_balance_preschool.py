"""普及普惠: each requirement at its border, and what is not known."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.areas.indicators.balancing import MET, shipped
from xietong.areas.indicators.rules.balance import (
    PRESCHOOL,
    Check,
    Garden,
    GardenClass,
    Kind,
    Preschool,
    State,
    judge_preschool,
    preschool_standards_of,
)
from xietong.areas.people.rules.table import RuleFault

pytestmark = pytest.mark.once

STANDARDS = preschool_standards_of(shipped())
YES, NO, UNKNOWN, EMPTY = State.MET, State.NOT_MET, State.NOT_REPORTED, State.EMPTY
CLASSES = (GardenClass("small", 25), GardenClass("middle", 30), GardenClass("big", 35), GardenClass("mixed", 30))


def garden(code: str = "甲", **own: Any) -> Garden:
    whole = Garden(
        code, is_public=True, children=120, teachers=8, certifiable=9, certified=9, classes=CLASSES, designed=2017,
        outdoor_area=Decimal(480), activity_area=Decimal("980.4"), building_area=Decimal("1252.8"),
    )  # fmt: skip
    return replace(whole, **own)


def given(*gardens: Garden, **own: Any) -> Preschool:
    whole = Preschool(
        gardens or (garden(),), age_group=140, public_fund=500, inclusive_subsidy=500, contract_pay=30_000,
        staff_pay=40_000, recognition=85, materials={one.code: MET for one in PRESCHOOL if one.needs_material},
    )  # fmt: skip
    return replace(whole, **own)


def check(code: str, preschool: Preschool) -> Check:
    found = [one for judgement in judge_preschool(preschool, STANDARDS).judgements for one in judgement.checks]
    return next(one for one in found if one.code == code)


def test_a_county_that_lacks_nothing() -> None:
    found = judge_preschool(given(), STANDARDS)
    assert (found.state, found.lacking(), len(found.judgements)) == (YES, (), 17)


def test_nothing_handed_in_is_not_reported() -> None:
    found = judge_preschool(Preschool(), STANDARDS)
    assert {one.code for one in found.judgements if one.state is not UNKNOWN} == {"K12"}
    assert found.state is UNKNOWN
    assert len(found.lacking()) == 16


def test_kinds_are_told() -> None:
    material = [one.code for one in PRESCHOOL if one.kind is Kind.MATERIAL]
    assert material == ["K4", "K5", "K6", "K8", "K10", "K11", "K16"]


def test_a_missing_rule_is_named() -> None:
    values = shipped()
    del values["indicators.preschool.K12.old"]
    with pytest.raises(RuleFault, match=r"indicators\.preschool\.K12\.old"):
        preschool_standards_of(values)


BORDERS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("K1.enrolled", {"age_group": 141}, {"age_group": 142}),
    ("K7.public", {"public_fund": 500}, {"public_fund": Decimal("499.99")}),
    ("K7.inclusive", {"inclusive_subsidy": 500}, {"inclusive_subsidy": 499}),
    ("K9.pay", {"contract_pay": 30_000}, {"contract_pay": 29_999}),
    ("K17", {"recognition": 85}, {"recognition": Decimal("84.9")}),
]


@pytest.mark.parametrize(("code", "met", "short"), BORDERS)
def test_figures_of_the_county_at_their_border(code: str, met: dict[str, Any], short: dict[str, Any]) -> None:
    states = [check(code, given(**own)).state for own in (met, short, dict.fromkeys(met))]
    assert states == [YES, NO, UNKNOWN]


@pytest.mark.parametrize(
    ("public", "inclusive", "private", "states"),
    [
        (50, 30, 20, [YES, YES]),
        (50, 29, 21, [NO, YES]),
        (49, 31, 20, [YES, NO]),
        (None, 30, 20, [UNKNOWN, UNKNOWN]),
    ],
)
def test_children_are_counted_by_the_kind_of_their_kindergarten(
    public: int | None, inclusive: int, private: int, states: list[State]
) -> None:
    county = given(
        garden(children=public),
        garden("乙", is_public=False, is_inclusive=True, children=inclusive),
        garden("丙", is_public=False, children=private),
    )
    assert [check(code, county).state for code in ("K2.inclusive", "K3.public")] == states


def test_a_kindergarten_that_is_silent_is_named_and_the_value_is_of_the_others() -> None:
    found = check("K1.enrolled", given(garden(), garden("乙", children=None)))
    assert (found.state, found.missing, found.value) == (UNKNOWN, ("乙",), Fraction(12_000, 140))


@pytest.mark.parametrize(
    ("areas", "state"),
    [((4, 4), YES), ((4, Decimal("3.99")), NO), ((4, None), UNKNOWN)],
)
def test_every_kindergarten_designed_since_2017_has_its_areas(areas: tuple[Any, Any], state: State) -> None:
    gardens = [garden(str(n), outdoor_area=None if area is None else area * 120) for n, area in enumerate(areas)]
    assert check("K12.outdoor_area.new", given(*gardens)).state is state
    assert check("K12.outdoor_area.old", given(*gardens)).state is EMPTY
    assert check("K12.activity_area.new", given(*gardens)).state is YES


@pytest.mark.parametrize(("short", "state"), [(1, YES), (2, NO)])
def test_half_of_the_older_kindergartens_have_their_areas(short: int, state: State) -> None:
    older = [garden(str(n), designed=2016, building_area=1252 if n < short else 1253) for n in range(2)]
    assert check("K12.building_area.old", given(*older, garden())).state is state
    assert check("K12.building_area.new", given(*older, garden())).state is YES


def test_a_kindergarten_of_unknown_age_is_missing_on_both_sides() -> None:
    county = given(garden(), garden("乙", designed=None), garden("空", children=0, designed=None))
    found = [check(f"K12.outdoor_area.{era}", county) for era in ("new", "old")]
    assert [(one.state, one.missing) for one in found] == [(UNKNOWN, ("乙",))] * 2


@pytest.mark.parametrize(("large", "state"), [(3, YES), (4, NO)])
def test_classes_may_be_as_large_as_their_grade_allows(large: int, state: State) -> None:
    """Of 20 classes 17 are 85 percent."""
    classes = CLASSES * 5
    sized = tuple(replace(one, children=one.children + (n < large)) for n, one in enumerate(classes))
    assert check("K13.within", given(garden(classes=sized))).state is state


@pytest.mark.parametrize("classes", [None, (), (GardenClass("small", None), GardenClass("small", 40))])
def test_a_roll_that_is_not_complete_is_missing(classes: Any) -> None:
    found = check("K13.within", given(garden(), garden("乙", classes=classes), garden("空", children=0)))
    assert (found.state, found.missing, found.value) == (UNKNOWN, ("乙",), 100)


@pytest.mark.parametrize(("teachers", "state"), [(8, YES), (7, NO), (0, UNKNOWN), (None, UNKNOWN)])
def test_teachers_are_counted_over_the_county(teachers: int | None, state: State) -> None:
    assert check("K14.ratio", given(garden(teachers=teachers))).state is state


def test_children_without_their_teachers_are_not_in_the_value() -> None:
    found = check("K14.ratio", given(garden(), garden("乙", teachers=None)))
    assert (found.state, found.value, found.missing) == (UNKNOWN, 15, ("乙",))


def test_one_kindergarten_may_have_more_children_to_a_teacher_than_another() -> None:
    found = check("K14.ratio", given(garden(teachers=6), garden("乙", teachers=10)))
    assert (found.state, found.value) == (YES, 15)


@pytest.mark.parametrize(("certified", "state"), [(9, YES), (8, NO), (None, UNKNOWN)])
def test_everybody_holds_a_certificate(certified: int | None, state: State) -> None:
    assert check("K15.certified", given(garden(certified=certified))).state is state
