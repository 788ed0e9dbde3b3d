"""The seven indicators of a unit, its verdict, and what it must raise."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.areas.indicators.balancing import STANDARDS, M, P, at, standards, unit
from xietong.areas.indicators.rules.balance import (
    ITEMS,
    Facts,
    Gap,
    Item,
    ItemState,
    ItemVerdict,
    Raise,
    Stage,
    State,
    Unit,
    judge_unit,
)

pytestmark = pytest.mark.once

FULL = Facts(
    above_degree=40, backbone=10, sports=3, music=2, art=1, mixed_arts=4, visiting=5,
    teaching_area=Decimal("3000.5"), indoor_sports_area=Decimal("500.5"), sports_ground_area=Decimal(4500),
    equipment_value=Decimal(1_000_000), multimedia_classrooms=20,
)  # fmt: skip


def items(given_unit: Unit) -> dict[str, ItemVerdict]:
    return {one.item: one for one in judge_unit(given_unit, STANDARDS).items}


def outcome(given_unit: Unit) -> tuple[State, int]:
    found = judge_unit(given_unit, STANDARDS)
    assert found.passes == (found.state is State.MET)
    return found.state, found.met


def test_items_are_counted_from_raw_facts() -> None:
    values = [one.value for one in items(Unit("甲", P, 500, FULL)).values()]
    assert values == [8, 2, 2, 5, Fraction(5000.5) / 500, 2000, 4]


def test_teachers_of_mixed_arts_count_and_indoor_sports_are_no_teaching_rooms() -> None:
    """Two of the traps: both are forgotten in public programs."""
    found = items(Unit("甲", P, 500, FULL))
    assert (found["L3"].value, found["L4"].value) == (Fraction(100 * 10, 500), Fraction(2500, 500))


@pytest.mark.parametrize(("is_visited", "teachers"), [(True, 15), (False, 10)])
def test_visiting_teachers_count_at_small_rural_schools_alone(is_visited: bool, teachers: int) -> None:
    found = items(Unit("甲", P, 80, FULL, is_visited))
    assert found["L3"].value == Fraction(100 * teachers, 80)


def test_missing_facts_are_named_and_never_taken_for_nothing() -> None:
    silent = Unit("甲", P, 80, Facts(sports=1, music=1, teaching_area=900), is_visited=True)
    found = items(silent)
    assert {code: one.missing for code, one in found.items()} == {
        "L1": ("above_degree",),
        "L2": ("backbone",),
        "L3": ("art", "mixed_arts", "visiting"),
        "L4": ("indoor_sports_area",),
        "L5": ("sports_ground_area", "indoor_sports_area"),
        "L6": ("equipment_value",),
        "L7": ("multimedia_classrooms",),
    }
    assert {(one.state, one.value, one.shown, one.to_threshold) for one in found.values()} == {
        (ItemState.MISSING, None, None, None)
    }


def test_a_unit_with_a_fact_missing_neither_passes_nor_fails() -> None:
    assert outcome(unit(backbone=None)) == (State.NOT_REPORTED, 6)
    assert outcome(unit(backbone=None, equipment_value=0)) == (State.NOT_REPORTED, 5)
    assert outcome(unit(backbone=0)) == (State.NOT_MET, 6)


def test_a_unit_without_its_pupils_lacks_them_everywhere() -> None:
    found = items(unit(None))
    assert {one.missing for one in found.values()} == {("pupils",)}


@pytest.mark.parametrize(
    ("stage", "values", "state", "met"),
    [
        (P, {}, State.MET, 7),
        (M, {}, State.MET, 7),
        (P, {"L5": "6.375"}, State.MET, 6),
        (P, {"L5": "6.37"}, State.NOT_MET, 6),
        (M, {"L5": "8.67"}, State.MET, 6),
        (M, {"L5": "8.669999"}, State.NOT_MET, 6),
        (P, {"L5": "7.49", "L6": "1999"}, State.NOT_MET, 5),
        (P, {"L5": "7.4999999999"}, State.MET, 6),
    ],
)
def test_six_are_met_and_the_seventh_reaches_its_floor(
    stage: Stage, values: dict[str, str], state: State, met: int
) -> None:
    assert outcome(at(400, stage, **values)) == (state, met)


def test_a_share_that_no_binary_number_holds_is_met_to_the_letter() -> None:
    """4.2 for each hundred of 1250 pupils are 52.5 teachers, 0.9 are 11.25."""
    facts = Facts(above_degree=Decimal("52.5"), sports=Decimal("11.25"), music=0, art=0, mixed_arts=0)
    found = items(Unit("甲", P, 1250, facts))
    assert [found[code].state for code in ("L1", "L3")] == [ItemState.MET, ItemState.MET]


@pytest.mark.parametrize(
    ("values", "state", "shown", "is_borderline"),
    [
        ({"L1": "4.196"}, ItemState.ABOVE_FLOOR, "4.20", True),
        ({"L1": "4.194"}, ItemState.ABOVE_FLOOR, "4.19", False),
        ({"L1": "4.195"}, ItemState.ABOVE_FLOOR, "4.20", True),
        ({"L1": "3.567"}, ItemState.BELOW, "3.57", True),
        ({"L5": "6.3749"}, ItemState.BELOW, "6.37", False),
        ({"L5": "6.376"}, ItemState.ABOVE_FLOOR, "6.38", False),
        ({"L6": "1999.996"}, ItemState.ABOVE_FLOOR, "2000.00", True),
        ({"L1": "4.2"}, ItemState.MET, "4.20", False),
    ],
)
def test_a_verdict_is_borderline_where_the_printed_figure_says_otherwise(
    values: dict[str, str], state: ItemState, shown: str, is_borderline: bool
) -> None:
    [code] = values
    found = items(at(1000, **values))[code]
    assert (found.state, str(found.shown), found.is_borderline) == (state, shown, is_borderline)


def test_gaps_are_told_in_the_resource_itself() -> None:
    found = items(at(430, L1="3.2", L4="3.5", L6="1500", L7="2"))
    assert {code: (found[code].to_threshold, found[code].to_floor) for code in ("L1", "L4", "L6", "L7", "L2")} == {
        "L1": (Gap(Fraction("4.3"), 5), Gap(Fraction("1.591"), 2)),
        "L4": (Gap(Fraction(430)), Gap(Fraction("139.75"))),
        "L6": (Gap(Fraction(215_000)), Gap(Fraction(86_000))),
        "L7": (Gap(Fraction("1.29"), 2), Gap(Fraction(0), 0)),
        "L2": (Gap(Fraction(0), 0), Gap(Fraction(0), 0)),
    }


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({}, []),
        ({"L5": "7"}, []),
        ({"L5": "6"}, [("L5", False)]),
        ({"L1": "4", "L5": "7"}, [("L1", True)]),
        ({"L1": "3", "L5": "7"}, [("L1", True)]),
        ({"L1": "3", "L5": "3"}, [("L1", True), ("L5", False)]),
        ({"L1": "3.6", "L5": "7.4", "L6": "1000"}, [("L5", True), ("L6", True)]),
    ],
)
def test_raises_are_the_fewest_that_make_the_unit_pass(
    values: dict[str, str], raised: list[tuple[str, bool]]
) -> None:
    found = judge_unit(at(500, **values), STANDARDS)
    assert [(one.item, one.to_threshold) for one in found.raises] == raised
    gaps = {one.item: one for one in found.items}
    assert [one.gap for one in found.raises] == [
        gaps[code].to_threshold if to_threshold else gaps[code].to_floor for code, to_threshold in raised
    ]


def test_the_example_that_is_reckoned_by_hand() -> None:
    """As it stands in docs/methods/balance.md."""
    facts = Facts(
        above_degree=18, backbone=4, sports=2, music=1, art=1, mixed_arts=0, teaching_area=2000,
        indoor_sports_area=70, sports_ground_area=3000, equipment_value=810_000, multimedia_classrooms=10,
    )  # fmt: skip
    found = judge_unit(Unit("甲", P, 430, facts), STANDARDS)
    assert [(one.item, str(one.shown), one.state) for one in found.items] == [
        ("L1", "4.19", ItemState.ABOVE_FLOOR),
        ("L2", "0.93", ItemState.ABOVE_FLOOR),
        ("L3", "0.93", ItemState.MET),
        ("L4", "4.49", ItemState.ABOVE_FLOOR),
        ("L5", "7.14", ItemState.ABOVE_FLOOR),
        ("L6", "1883.72", ItemState.ABOVE_FLOOR),
        ("L7", "2.33", ItemState.MET),
    ]
    assert [(one.item, one.to_threshold, one.gap) for one in found.raises] == [
        ("L1", True, Gap(Fraction("0.06"), 1)),
        ("L4", True, Gap(Fraction(5))),
        ("L5", True, Gap(Fraction(155))),
        ("L6", True, Gap(Fraction(50_000))),
    ]


def test_raises_take_for_met_what_is_not_known() -> None:
    short = unit(backbone=None, equipment_value=0)
    assert judge_unit(short, STANDARDS).raises == (Raise("L6", False, Gap(Fraction(850_000))),)


def test_the_rule_may_ask_for_all_seven_or_for_fewer() -> None:
    short = at(500, L5="7", L6="1900")
    met = [judge_unit(short, standards(min_items_met=most)).state for most in ("5", "6", "7")]
    assert met == [State.MET, State.NOT_MET, State.NOT_MET]


counts = st.integers(0, 40)
areas = st.decimals(0, 9000, places=2)
facts = st.builds(
    Facts,
    above_degree=counts, backbone=counts, sports=counts, music=counts, art=counts, mixed_arts=counts,
    visiting=counts, teaching_area=areas, indoor_sports_area=st.decimals(0, 100, places=2),
    sports_ground_area=areas, equipment_value=st.decimals(0, 3_000_000, places=2), multimedia_classrooms=counts,
)  # fmt: skip
units = st.builds(Unit, st.just("甲"), st.sampled_from([P, M]), st.integers(1, 900), facts, is_visited=st.booleans())


@given(units, st.sampled_from(ITEMS), st.integers(1, 10_000))
def test_adding_to_an_item_never_lowers_the_number_that_is_met(one: Unit, item: Item, more: int) -> None:
    name = item.adds[0]
    richer = replace(one, facts=replace(one.facts, **{name: getattr(one.facts, name) + more}))
    before, after = judge_unit(one, STANDARDS), judge_unit(richer, STANDARDS)
    assert after.met >= before.met
    assert after.passes >= before.passes


@given(units)
def test_what_must_be_raised_is_enough(one: Unit) -> None:
    """Each gap in whole things, or to the letter, closes; and without raising anything a unit that lacks fails."""
    found = judge_unit(one, STANDARDS)
    assert found.passes == (not found.raises)
    given_facts = one.facts
    for raised in found.raises:
        name = next(item.adds[0] for item in ITEMS if item.code == raised.item)
        more = raised.gap.exact if raised.gap.whole is None else raised.gap.whole
        given_facts = replace(given_facts, **{name: Fraction(getattr(given_facts, name)) + more})
    assert judge_unit(replace(one, facts=given_facts), STANDARDS).passes
