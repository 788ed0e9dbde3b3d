"""The guarantees, the quality indicators, recognition, vetoes and eligibility: each at its border."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.areas.indicators.balancing import (
    STANDARDS,
    H,
    M,
    P,
    S,
    conditions,
    county,
    roll,
    school,
    special,
    standards,
)
from xietong.areas.indicators.rules.balance import (
    ELIGIBILITY,
    GUARANTEES,
    QUALITY,
    RECOGNITION,
    VETOES,
    Check,
    Comparator,
    County,
    Excuse,
    Finding,
    Judgement,
    Kind,
    Monitored,
    School,
    SchoolClass,
    Standards,
    State,
    funded,
    judge_requirement,
)

pytestmark = pytest.mark.once

REQUIREMENTS = {one.code: one for one in (*GUARANTEES, *QUALITY, RECOGNITION, VETOES, ELIGIBILITY)}
RELAXED = standards(relaxations__on="1")
YES, NO, UNKNOWN, EMPTY = State.MET, State.NOT_MET, State.NOT_REPORTED, State.EMPTY


def judged(code: str, given: County, limits: Standards = STANDARDS) -> Judgement:
    return judge_requirement(REQUIREMENTS[code], given, limits)


def check(code: str, given: County, limits: Standards = STANDARDS) -> Check:
    """The one check of that code, or of the requirement."""
    found = judged(code.partition(".")[0], given, limits).checks
    return next(one for one in found if one.code == code)


def offenders(found: Check) -> list[tuple[str, str, Fraction | None, Fraction]]:
    return [(one.where, one.detail, one.value, one.limit) for one in found.offenders]


def test_a_balanced_county_meets_everything() -> None:
    small = school("小", 90, funded=100)
    given = replace(county(), schools=(*county().schools, small))
    assert {judged(code, given).state for code in REQUIREMENTS} == {YES}


def test_nothing_handed_in_is_nowhere_taken_for_something() -> None:
    """What is asked of each school has nobody to be asked of; all else is not reported."""
    states = {code: judged(code, County()).state for code in REQUIREMENTS}
    assert {code for code, state in states.items() if state is EMPTY} == {"G3", "G4", "G5", "G6", "G7", "Q4"}
    assert set(states.values()) == {EMPTY, UNKNOWN}


def test_kinds_are_told() -> None:
    kinds = {kind: [code for code, one in REQUIREMENTS.items() if one.kind is kind] for kind in Kind}
    assert kinds[Kind.MATERIAL] == ["G1", "G10", "Q3", "Q5", "Q6", "Q7", "Q8"]
    assert kinds[Kind.MIXED] == ["G2", "G14", "G15", "E"]
    assert judged("G2", county()).kind is Kind.MIXED


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        (Finding(is_met=True, evidence=("规划.pdf",)), YES),
        (Finding(is_met=True), UNKNOWN),
        (Finding(is_met=False), NO),
        (None, UNKNOWN),
    ],
)
@pytest.mark.parametrize("code", ["G1", "G2"])
def test_what_a_person_finds_needs_evidence(code: str, finding: Finding | None, state: State) -> None:
    given = county(materials={code: finding} if finding else {})
    found = judged(code, given)
    assert found.state is state
    assert found.checks[-1].evidence == (finding.evidence if finding else ())


RATIOS = [
    ("G2.primary", {"fund_primary": 720}, {"fund_primary": Decimal("719.99")}),
    ("G2.middle", {"fund_middle": 940}, {"fund_middle": 939}),
    ("G8.pay", {"teacher_pay": 80_000}, {"teacher_pay": 79_999}),
    ("G9.completed", {"trained": 500}, {"trained": 499}),
    ("G11.rotated", {"rotated": 10}, {"rotated": 9}),
    ("G11.backbone", {"rotated": 10, "rotated_backbone": 2}, {"rotated": 11, "rotated_backbone": 2}),
    ("G12.certified", {"certified": 500}, {"certified": 499}),
    ("G13.primary", {"town_primary_near": 300}, {"town_primary_near": 299}),
    ("G13.middle", {"town_middle_near": 190}, {"town_middle_near": 189}),
    ("G14.quota", {"quota_allotted": 200}, {"quota_allotted": 199}),
    ("G15.migrants", {"migrants_placed": 85}, {"migrants_placed": 84}),
    ("Q1", {"graduates": 950}, {"graduates": 949}),
    ("Q2.enrolled", {"disabled_enrolled": 95}, {"disabled_enrolled": 94}),
    ("R", {"recognition": 85}, {"recognition": Decimal("84.99")}),
]


@pytest.mark.parametrize(("code", "met", "short"), RATIOS)
def test_figures_of_the_county_at_their_border(code: str, met: dict[str, Any], short: dict[str, Any]) -> None:
    assert [check(code, county(**given)).state for given in (met, short)] == [YES, NO]
    assert [judged(code.partition(".")[0], county(**given)).state for given in (met, short)] == [YES, NO]
    assert check(code, county(**dict.fromkeys(short))).state is UNKNOWN


def test_the_two_ratios_of_rotation_have_two_denominators() -> None:
    """A trap: 20 % of those who rotated, not of those who may."""
    found = judged("G11", county(eligible=100, rotated=12, rotated_backbone=3)).checks
    assert [one.value for one in found] == [12, 25]
    assert check("G11.backbone", county(eligible=100, rotated=50, rotated_backbone=9)).state is NO


@pytest.mark.parametrize(
    ("given", "code", "state"),
    [
        ({"migrants": 0, "migrants_placed": 0}, "G15.migrants", EMPTY),
        ({"migrants": 0, "migrants_placed": 3}, "G15.migrants", UNKNOWN),
        ({"disabled": 0, "disabled_enrolled": 0}, "Q2.enrolled", EMPTY),
        ({"teachers": 0, "trained": 0}, "G9.completed", UNKNOWN),
        ({"cohort": 0, "graduates": 0}, "Q1", UNKNOWN),
    ],
)
def test_a_whole_of_nothing_answers_only_for_a_group_that_may_be_absent(
    given: dict[str, int], code: str, state: State
) -> None:
    assert check(code, county(**given)).state is state


def test_an_absent_group_does_not_stand_in_the_way() -> None:
    assert judged("Q2", county(disabled=0, disabled_enrolled=0)).state is EMPTY
    assert judged("G15", county(migrants=0, migrants_placed=0)).state is YES


def test_a_share_is_borderline_where_it_is_printed_as_met() -> None:
    found = judged("G9", county(teachers=5000, trained=4999))
    assert (found.state, found.is_borderline, str(found.checks[0].shown)) == (NO, True, "100.0")


@pytest.mark.parametrize(
    ("formula", "value"),
    [("1", Fraction(90_000, 1000 + 30 - 50 - 1)), ("2", Fraction(100 * (900 - 30 + 50), 1000 - 1))],
)
def test_retention_has_two_formulas(formula: str, value: Fraction) -> None:
    given = county(cohort=1000, graduates=900, moved_in=30, moved_out=50, died=1)
    assert check("Q1", given, standards(Q1__formula=formula)).value == value


@pytest.mark.parametrize("formula", ["1", "2"])
@pytest.mark.parametrize("name", ["cohort", "graduates", "moved_in", "moved_out", "died"])
def test_retention_needs_every_figure(formula: str, name: str) -> None:
    assert check("Q1", county(**{name: None}), standards(Q1__formula=formula)).state is UNKNOWN


@pytest.mark.parametrize(
    ("classes", "rooms", "state"),
    [(12, 1, YES), (13, 1, NO), (13, 2, YES), (24, 2, YES), (25, 2, NO), (1, 0, NO), (1, 1, YES)],
)
def test_a_room_for_every_twelve_classes_begun(classes: int, rooms: int, state: State) -> None:
    given = county(school(classes=roll(P, *[40] * classes), music_rooms=(Decimal(96),) * rooms))
    assert check("G3.music", given).state is state


def test_rooms_that_are_too_small_do_not_count() -> None:
    given = county(school(music_rooms=(Decimal("95.99"), Decimal(50)), art_rooms=(Decimal(90),)))
    assert [one.state for one in judged("G3", given).checks] == [NO, YES]
    assert offenders(check("G3.music", given)) == [("甲", "", 0, 1)]


@pytest.mark.parametrize(
    "own", [{"music_rooms": None}, {"classes": None}, {"classes": ()}, {"classes": roll(H, 40, 40)}]
)
def test_rooms_are_not_judged_without_rooms_and_classes(own: dict[str, Any]) -> None:
    found = check("G3.music", county(school(**own)))
    assert (found.state, found.missing, found.value) == (UNKNOWN, ("甲",), None)


@pytest.mark.parametrize(
    ("own", "excuse"),
    [
        ({"built": 2016, "music_rooms": (Decimal(73),)}, Excuse.BUILT_EARLIER),
        ({"built": 2016, "music_rooms": (Decimal("72.9"),)}, None),
        ({"built": 2017, "music_rooms": (Decimal(73),)}, None),
        ({"built": None, "music_rooms": (Decimal(73),)}, None),
        ({"music_rooms": (), "classes": roll(P, 29, 20), "is_rural": True}, Excuse.SMALL_CLASSES),
        ({"music_rooms": (), "classes": roll(P, 30, 20), "is_rural": True}, None),
        ({"music_rooms": (), "classes": roll(P, None, 20), "is_rural": True}, None),
        ({"music_rooms": (), "classes": roll(P, 29, 20)}, None),
    ],
)
def test_relaxations_of_rooms_are_told_and_count_where_the_county_says_so(
    own: dict[str, Any], excuse: Excuse | None
) -> None:
    given = county(school(**own))
    strict, relaxed = check("G3.music", given), check("G3.music", given, RELAXED)
    assert (strict.state, [one.excuse for one in strict.offenders], strict.excused) == (NO, [excuse], ())
    assert (relaxed.state, [one.excuse for one in relaxed.excused]) == ((YES, [excuse]) if excuse else (NO, []))


@pytest.mark.parametrize(
    ("kind", "pupils", "state"),
    [
        ("primary", {P: 2000}, YES),
        ("primary", {P: 2001}, NO),
        ("nine_year", {P: 1500, M: 1000}, YES),
        ("nine_year", {P: 1500, M: 1001}, NO),
        ("twelve_year", {P: 1500, M: 1000, H: 2000}, YES),
        ("complete_middle", {M: 2000, H: 2000}, YES),
        ("complete_middle", {M: 2001, H: 0}, NO),
        ("nine_year", {P: 1500}, UNKNOWN),
        ("high", {H: 5000}, EMPTY),
        ("special", {S: 5000}, EMPTY),
        ("vocational", {H: 5000}, EMPTY),
    ],
)
def test_schools_are_not_too_large(kind: str, pupils: dict[Any, int], state: State) -> None:
    assert check("G4", county(School("甲", kind, pupils))).state is state


@pytest.mark.parametrize(
    ("pupils", "own", "excuse"),
    [
        (2400, {"built": 2010}, Excuse.BUILT_EARLIER),
        (2401, {"built": 2010}, None),
        (2400, {"built": 2011}, None),
        (2200, {"migrants": 1101}, Excuse.MANY_MIGRANTS),
        (2200, {"migrants": 1100}, None),
        (2200, {"migrants": None}, None),
    ],
)
def test_relaxations_of_size_are_told_and_count_where_the_county_says_so(
    pupils: int, own: dict[str, Any], excuse: Excuse | None
) -> None:
    given = county(school(pupils=pupils, **own))
    assert [one.excuse for one in check("G4", given).offenders] == [excuse]
    assert check("G4", given, RELAXED).state is (YES if excuse else NO)


def test_what_is_excused_is_not_the_worst() -> None:
    given = county(school(pupils=2300, built=2000), school("乙", 1900))
    found = check("G4", given, RELAXED)
    assert (found.value, found.threshold, [one.where for one in found.excused]) == (1900, 2000, ["甲"])
    alone = check("G4", county(school(pupils=2300, built=2000)), RELAXED)
    assert (alone.state, alone.value) == (YES, None)


def test_classes_are_judged_one_by_one_and_never_by_their_average() -> None:
    """A trap: classes of 50 and 30 are 40 on average."""
    given = county(school(classes=roll(P, 50, 30)), school("乙", 300, M, classes=roll(M, 50, 51)))
    assert offenders(check("G5.primary", given)) == [("甲", "1班", 50, 45)]
    assert offenders(check("G5.middle", given)) == [("乙", "2班", 51, 50)]
    found = check("G5.primary", given)
    assert (found.value, found.threshold, found.comparator) == (50, 45, Comparator.AT_MOST)


def test_each_stage_of_a_school_has_its_own_class_size() -> None:
    classes = (SchoolClass(P, "一1", 46), SchoolClass(M, "七1", 46), SchoolClass(H, "高一1", 60))
    given = county(School("甲", "nine_year", {P: 46, M: 46}, conditions=conditions(classes=classes)))
    assert [one.state for one in judged("G5", given).checks] == [NO, YES]


@pytest.mark.parametrize("classes", [None, (), roll(P, 40, None), roll(M, 40)])
def test_a_roll_that_is_not_complete_is_missing(classes: Any) -> None:
    found = check("G5.primary", county(school(classes=classes)))
    assert (found.state, found.missing) == (UNKNOWN, ("甲",))


def test_a_class_that_is_too_large_outweighs_one_that_is_missing() -> None:
    given = county(school(classes=roll(P, 46, None, None)))
    found = check("G5.primary", given)
    assert (found.state, found.missing, len(found.offenders)) == (NO, ("甲",), 1)


def test_the_smallest_teaching_points_are_asked_too() -> None:
    """They are left out of the seven indicators, not of the guarantees."""
    point = school("点", 20, kind="teaching_point", classes=roll(P, 46), funded=20)
    assert offenders(check("G5.primary", county(point))) == [("点", "1班", 46, 45)]
    assert offenders(check("G6", county(point))) == [("点", "", 20, 100)]


@pytest.mark.parametrize(
    ("pupils", "counted", "state"),
    [(99, 100, YES), (99, 99, NO), (100, 0, EMPTY), (1, 100, YES), (99, None, UNKNOWN)],
)
def test_small_schools_are_funded_as_a_hundred(pupils: int, counted: int | None, state: State) -> None:
    assert check("G6", county(school(pupils=pupils, funded=counted))).state is state


def test_a_school_of_unknown_size_may_be_small() -> None:
    given = county(School("甲", "primary", {}, conditions=conditions(funded=100)))
    assert check("G6", given).missing == ("甲",)


def test_funded_is_a_hundred_at_least() -> None:
    assert [funded(pupils, STANDARDS) for pupils in (0, 99, 100, 101)] == [100, 100, 100, 101]


@pytest.mark.parametrize(
    ("own", "state"),
    [
        ({}, YES),
        ({"public_funds": Decimal("799999.99")}, NO),
        ({"public_funds": None}, UNKNOWN),
        ({"pupils": {S: 0}}, EMPTY),
        ({"pupils": {}}, UNKNOWN),
    ],
)
def test_special_schools_have_their_own_funds(own: dict[str, Any], state: State) -> None:
    one = special()
    named = {name: own[name] for name in own if name == "pupils"}
    stated = {name: own[name] for name in own if name != "pupils"}
    given = county(replace(one, **named, conditions=replace(one.conditions, **stated)))
    assert check("G7", given).state is state


def test_training_is_five_percent_at_every_school_not_on_average() -> None:
    rich = school(training_funds=Decimal(200_000))
    poor = school("乙", training_funds=Decimal(49_999))
    found = check("Q4", county(rich, poor, replace(special(), code="丙", conditions=conditions(public_funds=None))))
    assert offenders(found) == [("乙", "", Fraction(49_999, 10_000), 5)]
    assert (found.is_borderline, found.missing) == (True, ("丙",))


@pytest.mark.parametrize(
    ("level", "difference", "states"),
    [
        (3, Decimal("0.1499"), [YES, YES]),
        (2, Decimal("0.15"), [NO, NO]),
        (None, Decimal("0.1"), [UNKNOWN, YES]),
        (4, None, [YES, UNKNOWN]),
    ],
)
def test_monitoring_asks_a_level_and_less_than_a_difference(
    level: int | None, difference: Decimal | None, states: list[State]
) -> None:
    found = judged("Q9", county(monitored=(Monitored("数学", level, difference),))).checks
    assert [one.state for one in found] == states


def test_monitoring_is_borderline_below_its_limit() -> None:
    found = check("Q9.difference", county(monitored=(Monitored("数学", 3, Decimal("0.1499")),)))
    assert (found.state, str(found.shown), found.is_borderline) == (YES, "0.150", True)
    assert offenders(check("Q9.level", county(monitored=(Monitored("数学", 2, 0),)))) == [("数学", "", 2, 3)]


@pytest.mark.parametrize(
    ("vetoes", "state"),
    [
        ({"fraud": False}, YES),
        ({"fraud": True, "examination": None}, NO),
        ({"fraud": False, "examination": None}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_veto_is_denied_one_by_one(vetoes: dict[str, bool | None], state: State) -> None:
    assert judged("V", county(vetoes=vetoes)).state is state


def test_a_veto_names_what_has_happened() -> None:
    found = check("V", county(vetoes={"examination": False, "fraud": True}))
    assert [one.where for one in found.offenders] == ["fraud"]


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (date(2023, 5, 20), date(2026, 5, 20), 3),
        (date(2023, 5, 21), date(2026, 5, 20), 2),
        (date(2024, 2, 29), date(2027, 2, 28), 2),
    ],
)
def test_years_since_basic_balance_are_full(since: date, until: date, years: int) -> None:
    found = check("E", county(basic_since=since, judged_on=until))
    assert (found.value, found.state) == (years, YES if years >= 3 else NO)


@pytest.mark.parametrize("name", ["basic_since", "judged_on"])
def test_years_since_basic_balance_are_not_known_without_both_days(name: str) -> None:
    assert judged("E", county(**{name: None})).state is UNKNOWN
