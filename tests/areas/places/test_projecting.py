"""Forecasts of a county: what follows from births and past years, and what cannot be told."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.placing import AGES, assumptions
from xietong.areas.places.rules import projecting
from xietong.areas.places.rules.assumptions import LONGEST, Trio
from xietong.areas.places.rules.ground import SPAN, STEPS, Ground, SchoolShare
from xietong.areas.places.rules.hindsight import hindsight
from xietong.areas.places.rules.projecting import NO_BIRTHS, NO_RATIO, TOO_SHORT, TooLittle, projected
from xietong.areas.places.rules.stages import STAGES

pytestmark = pytest.mark.once
STEADY = {"births": Trio(0.0, 0.0, 0.0)}


def ground(*, years: int = 4, townships: tuple[int, ...] = (7, 9), per_grade: float = 100.0, **fields: Any) -> Ground:
    """Townships with the same pupils in every grade and year, and the same births in every cohort.

    The second has no middle school, and the high school stands in the first.
    """
    pupils = np.full((len(townships), years, len(STEPS)), per_grade)
    pupils[1:, :, SPAN["middle"]] = pupils[1:, :, SPAN["high"]] = 0
    usual: dict[str, Any] = {
        "base": 2025,
        "townships": townships,
        "pupils": pupils,
        "births": {(key, cohort): 125 for key in townships for cohort in range(2010, 2025)},
        "last_cohort": 2024,
        "arrivals": np.zeros((len(townships), LONGEST, len(STEPS))),
        "places": np.full((len(townships), LONGEST + 1, 4), 500.0),
        "schools": (
            SchoolShare(1, 7, "primary", 0.25, (160.0,) * LONGEST),
            SchoolShare(2, 0, "high", 1.0),
            SchoolShare(3, 9, "middle", 0.0),
            SchoolShare(4, 7, "middle", 0.55),
            SchoolShare(5, 7, "middle", 0.45),
        ),
        "ages": AGES,
        "teachers": {"kindergarten": 7.0, "primary": 19.0, "middle": 13.5, "high": 12.5},
    }
    return Ground(**usual | fields)


def whole_but(stage: str) -> Any:
    """Places everywhere, but none of a stage in the second township."""
    places = ground().places.copy()
    places[1, :, STAGES.index(stage)] = 0
    return places


def test_a_county_that_stands_still_is_projected_to_stand_still() -> None:
    found = projected(ground(), assumptions(**STEADY, horizon=3))
    assert (found["base"], found["first"], found["years"]) == (2025, 2022, [2026, 2027, 2028])
    assert found["history"]["primary"] == [1200.0] * 4
    for stage, pupils in (("kindergarten", 600.0), ("primary", 1200.0), ("middle", 300.0), ("high", 300.0)):
        told = found["county"][stage]
        for name in ("low", "middle", "high", "p10", "p90"):
            assert told[name] == pytest.approx([pupils] * 3, rel=0.02), (stage, name)
    # Two schools with 55 and 45 in each of three grades, classes of 50: three for a grade, not two.
    assert found["county"]["middle"]["classes"] == found["townships"]["7"]["middle"]["classes"] == [9.0] * 3
    assert found["townships"]["9"]["middle"]["classes"] == [0.0] * 3
    assert found["county"]["primary"]["teachers"] == [63.2] * 3
    assert found["county"]["primary"]["places"] == [1000.0] * 3
    assert found["townships"]["9"]["middle"]["middle"] == [0.0] * 3
    assert "middle" not in projected(ground(places=whole_but("middle")), assumptions(horizon=1))["townships"]["9"]
    assert list(found["schools"]) == ["1", "2", "4", "5"]
    assert found["schools"]["1"]["primary"] == {
        "pupils": [150.0] * 3, "classes": [6.0] * 3, "teachers": [7.9] * 3, "places": [160.0] * 3,
    }  # fmt: skip
    assert (found["schools"]["2"]["high"]["pupils"], found["schools"]["2"]["high"]["places"]) == ([300.0] * 3, None)


def test_births_not_known_yet_follow_the_variants_and_known_ones_do_not() -> None:
    falling = assumptions(births=Trio(-10.0, -5.0, 0.0), horizon=5)
    told = projected(ground(), falling)["county"]["kindergarten"]
    # The small class of 2026 to 2028 is born; the first cohort that is not known enters in 2029.
    assert told["low"][:3] == told["middle"][:3] == told["high"][:3] == [600.0] * 3
    assert (told["low"][3], told["middle"][3], told["high"][3]) == (580.0, 590.0, 600.0)
    assert told["middle"][4] == pytest.approx(200 + 200 * 0.95 + 200 * 0.95**2)


def test_new_housing_comes_as_far_as_the_variant_says() -> None:
    arrivals = np.zeros((2, LONGEST, len(STEPS)))
    arrivals[0, 0, SPAN["primary"]] = 10.0
    told = projected(ground(arrivals=arrivals), assumptions(**STEADY, horizon=1))["townships"]["7"]["primary"]
    assert (told["low"], told["middle"], told["high"]) == ([636.0], [660.0], [678.0])


def test_pupils_of_housing_where_no_school_is_go_where_the_pupils_are() -> None:
    arrivals = np.zeros((2, LONGEST, len(STEPS)))
    arrivals[1, 0, SPAN["middle"]] = 10.0
    found = projected(ground(arrivals=arrivals), assumptions(**STEADY, horizon=1))["townships"]
    assert (found["7"]["middle"]["middle"], found["9"]["middle"]["middle"]) == ([330.0], [0.0])


def test_everybody_may_enter_with_the_ratio_of_the_county() -> None:
    births = {(key, cohort): 200 if key == 9 else 100 for key in (7, 9) for cohort in range(2010, 2025)}
    own = projected(ground(births=births), assumptions(**STEADY, horizon=1))["townships"]
    pooled = projected(ground(births=births), assumptions(**STEADY, horizon=1, entry="pooled"))["townships"]
    assert own["9"]["kindergarten"]["middle"][0] < pooled["9"]["kindergarten"]["middle"][0]
    assert pooled["9"]["kindergarten"]["middle"] == [pytest.approx(200 + 200 * 200 / 300, abs=0.1)]


def test_the_same_seed_gives_the_same_band_and_more_years_do_not_change_it() -> None:
    rng = np.random.default_rng(3)
    moving = ground()
    moving = replace(moving, pupils=moving.pupils * rng.uniform(0.9, 1.1, moving.pupils.shape))
    once, again = (projected(moving, assumptions(horizon=4)) for _n in range(2))
    longer, other = projected(moving, assumptions(horizon=6)), projected(moving, assumptions(horizon=4, seed=2))
    assert once == again
    assert longer["county"]["primary"]["p10"][:4] == once["county"]["primary"]["p10"]
    assert other["county"]["primary"]["p10"] != once["county"]["primary"]["p10"]
    low, middle, high = (once["county"]["primary"][name] for name in ("p10", "middle", "p90"))
    assert all(a < b < c for a, b, c in zip(low, middle, high, strict=True))


def test_a_county_without_a_stage_is_projected_without_it() -> None:
    pupils = ground().pupils.copy()
    pupils[:, :, SPAN["high"]] = pupils[:, :, SPAN["kindergarten"]] = 0
    found = projected(ground(pupils=pupils), assumptions(horizon=2))
    assert list(found["county"]) == ["primary", "middle"]
    assert list(found["schools"]) == ["1", "4", "5"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"years": 1}, TOO_SHORT),
        ({"births": {}, "last_cohort": None}, NO_BIRTHS),
        ({"births": {(7, 2024): 100}}, NO_RATIO),
    ],
)
def test_what_does_not_suffice_is_said(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TooLittle) as refused:
        projected(ground(**given), assumptions())
    assert refused.value.sentence == sentence


def test_births_that_are_needed_and_missing_are_named() -> None:
    whole = ground()
    assert whole.lacking(10) == []
    without = {key: count for key, count in whole.births.items() if key != (9, 2023)}
    assert ground(births=without).lacking(10) == [(9, 2023)]
    # A township without any pupils needs none.
    assert ground(births=without, pupils=whole.pupils * [[[1]], [[0]]]).lacking(10) == []
    assert ground(births={}, last_cohort=None).lacking(10) == []


def test_the_county_as_one_area_knows_the_cohorts_that_all_townships_know() -> None:
    births = {(7, 2023): 10, (9, 2023): 5, (7, 2024): 9}
    whole = ground(births=births).together()
    assert (whole.townships, whole.births, whole.places[0, 0, 0]) == ((0,), {(0, 2023): 15}, 1000.0)


def test_back_test_needs_four_years_and_says_how_many_there_are() -> None:
    assert hindsight(ground(years=3), seed=1) == {"years": 3, "needed": 4, "stages": {}}
    assert hindsight(ground(years=5, births={}, last_cohort=None), seed=1)["stages"] == {}


def test_back_test_of_a_county_that_stands_still_is_without_error() -> None:
    rng = np.random.default_rng(5)
    still = hindsight(ground(years=6), seed=1)
    assert list(still["stages"]) == ["kindergarten", "primary", "middle"]
    assert [row["ahead"] for row in still["stages"]["primary"]] == [1, 2, 3]
    assert still["stages"]["primary"][0]["error"] == 0.0
    moving = ground(years=6)
    moving = replace(moving, pupils=moving.pupils * rng.uniform(0.8, 1.2, moving.pupils.shape))
    found = hindsight(moving, seed=1)["stages"]["middle"][0]
    assert found["error"] > 0
    assert 0 <= found["coverage"] <= 100


def test_numbers_that_nothing_was_compared_for_are_left_out() -> None:
    """The last years have no births, so that what would be projected of them is not known."""
    births = {key: count for key, count in ground().births.items() if key[1] < 2016}
    found = hindsight(ground(years=6, births=births), seed=1)["stages"]
    assert found["primary"][2]["error"] is None or found["primary"][2]["compared"] >= 0


def test_growth_is_a_factor_of_the_year_before() -> None:
    assert projecting.growth(Trio(-10.0, 0.0, 5.0), "high") == pytest.approx(1.05)
