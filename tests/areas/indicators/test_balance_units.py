"""Which schools count as what, and how what they share is divided."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.areas.indicators.balancing import STANDARDS, H, M, P, S, standards
from xietong.areas.indicators.rules.balance import Facts, Reason, School, Stage, counted

pytestmark = pytest.mark.once

R = Decimal(23226)


def places(*schools: School) -> tuple[list[tuple[str, Stage]], list[tuple[str, Stage | None, Reason]]]:
    found = counted(schools, STANDARDS)
    return (
        [(one.school, one.stage) for one in found.units],
        [(one.school, one.stage, one.reason) for one in found.exclusions],
    )


def divided(kind: str, pupils: dict[Stage, int | None], **own: object) -> dict[Stage, Fraction | None]:
    """What each unit of a school has of 23226 square metres."""
    one = School("甲", kind, pupils, shared=Facts(teaching_area=R), **own)
    return {unit.stage: unit.facts.teaching_area for unit in counted([one], STANDARDS).units}


@pytest.mark.parametrize(
    ("kind", "pupils", "units"),
    [
        ("primary", {P: 30}, [P]),
        ("teaching_point", {P: 50}, [P]),
        ("middle", {M: 300}, [M]),
        ("nine_year", {P: 400, M: 200}, [P, M]),
        ("twelve_year", {P: 400, M: 200, H: 100}, [P, M]),
        ("complete_middle", {M: 200, H: 900}, [M]),
        ("primary", {P: 400, M: 60}, [P, M]),
        ("high", {M: 60, H: 900}, [M]),
        ("primary", {}, [P]),
    ],
)
def test_each_stage_of_compulsory_education_is_a_unit(
    kind: str, pupils: dict[Stage, int], units: list[Stage]
) -> None:
    assert places(School("甲", kind, pupils))[0] == [("甲", stage) for stage in units]


@pytest.mark.parametrize(
    ("kind", "pupils", "excluded"),
    [
        ("special", {S: 90}, (None, Reason.SPECIAL)),
        ("vocational", {H: 900}, (None, Reason.VOCATIONAL)),
        ("kindergarten", {Stage.KINDERGARTEN: 90}, (None, Reason.KINDERGARTEN)),
        ("teaching_point", {P: 49}, (P, Reason.SMALL_POINT)),
        ("high", {H: 900}, (H, Reason.HIGH_STAGE)),
        ("primary", {P: 0}, (P, Reason.NO_PUPILS)),
    ],
)
def test_what_is_not_counted_is_told_with_its_reason(
    kind: str, pupils: dict[Stage, int], excluded: tuple[Stage | None, Reason]
) -> None:
    assert places(School("甲", kind, pupils)) == ([], [("甲", *excluded)])


def test_parts_of_a_school_that_is_counted_are_told_too() -> None:
    attached = School("甲", "twelve_year", {P: 100, M: 0, H: 50, S: 8, Stage.KINDERGARTEN: 60})
    assert places(attached) == (
        [("甲", P)],
        [
            ("甲", M, Reason.NO_PUPILS),
            ("甲", H, Reason.HIGH_STAGE),
            ("甲", S, Reason.SPECIAL),
            ("甲", Stage.KINDERGARTEN, Reason.KINDERGARTEN),
        ],
    )


def test_a_teaching_point_that_did_not_report_its_pupils_is_not_left_out() -> None:
    assert places(School("甲", "teaching_point", {P: None})) == ([("甲", P)], [])


def test_what_is_shared_is_divided_by_weighted_pupils() -> None:
    """The vector of the source: 166 and 210 pupils, which rounds to 9711 and 13515."""
    found = divided("nine_year", {P: 166, M: 210})
    assert {stage: round(float(area), 3) for stage, area in found.items()} == {P: 9711.627, M: 13514.373}
    assert sum(found.values()) == R


@pytest.mark.parametrize(
    ("kind", "pupils", "shares"),
    [
        ("complete_middle", {M: 100, H: 200}, {M: Fraction(100, 340)}),
        ("twelve_year", {P: 100, M: 100, H: 100}, {P: Fraction(100, 342), M: Fraction(110, 342)}),
        ("nine_year", {P: 100, M: 0}, {P: Fraction(1)}),
        ("primary", {P: 7}, {P: Fraction(1)}),
    ],
)
def test_the_high_school_part_takes_its_share_with_it(
    kind: str, pupils: dict[Stage, int], shares: dict[Stage, Fraction]
) -> None:
    assert divided(kind, pupils) == {stage: share * 23226 for stage, share in shares.items()}


def test_what_a_stage_reported_itself_is_not_divided() -> None:
    found = divided("nine_year", {P: 166, M: 210}, facts={P: Facts(teaching_area=9000)})
    assert found[P] == 9000
    assert round(float(found[M]), 3) == 13514.373


def test_nothing_is_divided_while_a_stage_is_silent_about_its_pupils() -> None:
    assert divided("twelve_year", {P: 166, M: 210}) == {P: None, M: None}
    assert divided("middle", {M: None}) == {M: R}


def test_a_county_may_wait_for_stages_to_report() -> None:
    nine = School("甲", "nine_year", {P: 166, M: 210}, shared=Facts(teaching_area=R))
    one = School("乙", "primary", {P: 9}, shared=Facts(teaching_area=R))
    found = counted([nine, one], standards(split__on="0")).units
    assert [unit.facts.teaching_area for unit in found] == [None, None, R]


def test_teachers_belong_to_the_stage_that_they_teach() -> None:
    nine = School("甲", "nine_year", {P: 166, M: 210}, facts={P: Facts(backbone=3)}, shared=Facts(backbone=9))
    assert [unit.facts.backbone for unit in counted([nine], STANDARDS).units] == [3, None]


@pytest.mark.parametrize(
    ("kind", "pupils", "is_rural", "is_visited"),
    [
        ("primary", {P: 49}, True, False),
        ("primary", {P: 50}, True, True),
        ("primary", {P: 99}, True, True),
        ("primary", {P: 100}, True, False),
        ("primary", {P: 60}, False, False),
        ("primary", {P: None}, True, False),
        ("nine_year", {P: 60, M: 60}, True, False),
    ],
)
def test_only_small_rural_schools_are_visited(
    kind: str, pupils: dict[Stage, int | None], is_rural: bool, is_visited: bool
) -> None:
    found = counted([School("甲", kind, pupils, is_rural)], STANDARDS).units
    assert {unit.is_visited for unit in found} == {is_visited}
