"""Bands, places, births, assumptions: the small rules of school places at their borders."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.placing import SIZES, assumptions
from xietong.areas.places.rules.assumptions import (
    BAD_HORIZON,
    BAD_SIZE,
    BAD_USE,
    NOT_ASCENDING,
    TOO_LOW,
    Assumptions,
    Trio,
)
from xietong.areas.places.rules.bands import Band, Bands
from xietong.areas.places.rules.births import is_absurd, missing_years
from xietong.areas.places.rules.fairness import fairness
from xietong.areas.places.rules.projects import first_year
from xietong.areas.places.rules.stages import COMPULSORY, KINDERGARTEN, SCHOOL, EntryAges
from xietong.areas.places.rules.supply import Line, Standards, Sum, added, setting_of, summed

pytestmark = pytest.mark.once
BANDS = Bands(0.6, 0.95, 1.0)


def line(pupils: int, places: int | None, *, township: int = 1, stage: str = "primary") -> Line:
    return Line(1, township, stage, "public", "town", pupils, places)


@pytest.mark.parametrize(
    ("pupils", "places", "band"),
    [
        (59, 100, Band.SPARE),
        (60, 100, Band.FIT),
        (95, 100, Band.FIT),
        (96, 100, Band.TIGHT),
        (100, 100, Band.TIGHT),
        (101, 100, Band.SHORT),
        (1, 0, Band.SHORT),
        (0, 0, Band.NONE),
    ],
)
def test_bands_at_their_borders(pupils: int, places: int, band: Band) -> None:
    assert BANDS.of(pupils, places) is band


def test_places_are_whole_usable_rooms_of_standard_classes() -> None:
    assert Standards(SIZES, 1.0).places(10, "primary") == 450
    assert Standards(SIZES, 0.95).places(10, "middle") == 9 * 50
    assert Standards(SIZES, 0.1).places(10, "middle") == 50


def test_chains_know_their_steps_and_when_births_enter() -> None:
    assert [KINDERGARTEN.first, COMPULSORY.first, SCHOOL.stages[-1]] == ["kindergarten", "primary", "high"]
    assert COMPULSORY.groups == (slice(0, 6), slice(6, 9))
    assert COMPULSORY.places[6] == ("middle", 7)
    ages = EntryAges(3, 6)
    # Born from 1 September 2018 to 31 August 2019: six years old by 31 August 2025.
    assert (ages.cohort(COMPULSORY, 2025), ages.cohort(KINDERGARTEN, 2025)) == (2018, 2021)


def test_free_and_short_do_not_make_up_for_each_other() -> None:
    full, empty, unknown = line(50, 45), line(10, 45), line(30, None)
    assert added([full, empty, unknown]) == Sum(90, 90, 35, 5, 1)
    assert (unknown.free, unknown.short) == (0, 0)
    assert [one.is_half_empty(BANDS) for one in (full, empty, unknown, line(0, 45))] == [False, True, False, False]
    assert summed([full, line(1, 2, township=2)], lambda one: one.township) == {
        1: added([full]), 2: Sum(2, 1, 1, 0, 0),
    }  # fmt: skip


def test_shares_of_nothing_are_not_told() -> None:
    assert (Sum().per_hundred, Sum().share) == (None, None)
    assert (Sum(90, 60).per_hundred, Sum(90, 45).share) == (150.0, 50.0)


def test_settings_by_the_class_of_the_standard() -> None:
    assert [setting_of(one) for one in ("111", "112", "121", "123", "210", "220", "")] == [
        "city", "city", "town", "town", "village", "village", "",
    ]  # fmt: skip


def test_fairness_by_hand() -> None:
    """Places per pupil 1 and 2, 100 pupils each: mean 1.5, deviation 0.5."""
    found = fairness([line(100, 100), line(100, 200, township=2)])
    assert found is not None
    assert found.cv == pytest.approx(1 / 3)
    assert (found.within, found.share_between) == (0.0, 100.0)
    assert found.between == pytest.approx((2 / 3 * 0.5 * -0.4054651) + (4 / 3 * 0.5 * 0.2876821))


def test_fairness_of_equals_is_even_and_of_one_school_unknown() -> None:
    even = fairness([line(50, 100), line(100, 200, township=2)])
    assert even is not None
    assert (even.cv, even.share_between) == (0.0, 0.0)
    assert fairness([line(10, 20), line(10, None), line(0, 45)]) is None


def test_births_are_absurd_beyond_three_times_the_usual() -> None:
    assert not is_absurd(300, [100, 100, 90], 3)
    assert is_absurd(301, [100, 100, 90], 3)
    assert not is_absurd(9000, [100], 3)


def test_missing_years_lie_between_the_first_and_what_is_needed() -> None:
    assert missing_years([2015, 2018], 2020) == [2016, 2017, 2019, 2020]
    assert missing_years([], 2020) == []


def test_a_building_serves_from_the_school_year_that_begins_with_it_there() -> None:
    days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2027, 1, 5))
    assert [first_year(day) for day in days] == [2026, 2026, 2027, 2027]


def test_usual_assumptions_have_no_fault_and_come_back_as_they_were_kept() -> None:
    usual = assumptions()
    assert list(usual.faults()) == []
    assert Assumptions.of(usual.as_json()) == usual


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"births": Trio(0, -3, 1)}, NOT_ASCENDING),
        ({"migration": Trio(100, 60, 130)}, NOT_ASCENDING),
        ({"births": Trio(-100, 0, 0)}, TOO_LOW),
        ({"migration": Trio(-1, 0, 0)}, TOO_LOW),
        ({"horizon": 0}, BAD_HORIZON),
        ({"horizon": 11}, BAD_HORIZON),
        ({"usable": 0}, BAD_USE),
        ({"usable": 100.5}, BAD_USE),
        ({"sizes": SIZES | {"high": 0}}, BAD_SIZE),
    ],
)
def test_assumptions_that_cannot_be(fields: dict[str, object], fault: str) -> None:
    assert list(assumptions(**fields).faults()) == [fault]


@given(st.lists(st.tuples(st.integers(0, 500), st.none() | st.integers(0, 500)), max_size=20))
def test_places_are_pupils_seated_and_free_places(rows: list[tuple[int, int | None]]) -> None:
    lines = [line(*row) for row in rows]
    known = [one for one in lines if one.places is not None]
    found = added(lines)
    assert found.places - found.free == sum(one.pupils - one.short for one in known)
