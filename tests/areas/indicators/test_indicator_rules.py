"""Lights, bands, periods and forecasts: what a value is held against, and where it is going."""

from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.indicators.rules.bands import Band, Limits, band, fulfilled
from xietong.areas.indicators.rules.forecast import NORMAL90, T90, forecast, needed_pace, t90
from xietong.areas.indicators.rules.lights import Light, light
from xietong.areas.indicators.rules.periods import is_month, is_period, ordinal, shifted

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("value", "wanted", "upward", "found"),
    [
        (60, 60, True, "green"),
        (57, 60, True, "yellow"),
        (56.9, 60, True, "red"),
        (60, 60, False, "green"),
        (63, 60, False, "yellow"),
        (63.1, 60, False, "red"),
        (0, 0, False, "green"),
        (0.1, 0, False, "red"),
        (None, 60, True, "none"),
        (60, None, True, "none"),
    ],
)
def test_light_is_yellow_up_to_a_share_short_of_the_target(
    value: float | None, wanted: float | None, upward: bool, found: str
) -> None:
    assert light(value, wanted, upward=upward, tolerance=0.05) is Light(found)


@pytest.mark.parametrize(
    ("value", "wanted", "upward", "found"),
    [
        (60, 60, True, "A"),
        (54, 60, True, "B"),
        (53, 60, True, "C"),
        (42, 60, True, "C"),
        (41, 60, True, "D"),
        (10, 9, False, "B"),
        (12, 9, False, "C"),
        (20, 9, False, "D"),
        (1, 0, False, "D"),
        (-1, 0, True, "D"),
        (None, 60, True, "-"),
        (1, None, True, "-"),
    ],
)
def test_band_says_how_much_of_the_way_is_done(
    value: float | None, wanted: float | None, upward: bool, found: str
) -> None:
    assert band(value, wanted, Limits(0.9, 0.7), upward=upward) is Band(found)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_bands_mirror_the_direction(value: float, wanted: float) -> None:
    assert fulfilled(value, wanted, upward=True) == fulfilled(wanted, value, upward=False)


@pytest.mark.parametrize(
    ("number", "found"),
    [(2026, True), (1999, False), (2101, False), (202601, True), (202612, True), (202600, False), (202613, False),
     (199912, False), (0, False), (99999, False)],
)  # fmt: skip
def test_is_period_takes_years_and_months_of_this_century(number: int, found: bool) -> None:
    assert is_period(number) is found


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(-40, 40))
def test_months_are_numbered_through(year: int, month: int, by: int) -> None:
    period = 100 * year + month
    assert (is_month(period), is_month(year)) == (True, False)
    assert ordinal(shifted(period, by)) == ordinal(period) + by
    assert shifted(shifted(period, by), -by) == period
    assert (shifted(year, by), ordinal(year)) == (year + by, year)


def test_shifted_goes_over_the_turn_of_the_year() -> None:
    assert (shifted(202612, 1), shifted(202601, -1)) == (202701, 202512)


def test_forecast_needs_two_places_and_tells_of_scatter_from_three() -> None:
    assert forecast([], 2026) is None
    assert forecast([(2025, 4.0)], 2026) is None
    assert forecast([(2025, 4.0), (2025, 5.0)], 2026) is None
    two = forecast([(2024, 4.0), (2025, 6.0)], 2027)
    assert two is not None
    assert (two.value, two.pace, two.low, two.high) == (10.0, 2.0, None, None)


def test_forecast_by_hand() -> None:
    """Points (0, 1), (1, 2), (2, 4): slope 1.5, residual sum of squares 1/6, one degree of freedom."""
    found = forecast([(0, 1.0), (1, 2.0), (2, 4.0)], 3)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    reach = 3.078 * sqrt((1 / 6) * (1 + 1 / 3 + 4 / 2))
    assert found.value == pytest.approx(7 / 3 + 1.5 * 2)
    assert found.pace == pytest.approx(1.5)
    assert (found.low, found.high) == (pytest.approx(found.value - reach), pytest.approx(found.value + reach))


@given(st.floats(-100, 100), st.floats(-5, 5), st.integers(3, 8))
def test_forecast_recovers_a_straight_line(start: float, pace: float, n: int) -> None:
    found = forecast([(place, start + pace * place) for place in range(n)], n + 3)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.value == pytest.approx(start + pace * (n + 3), abs=1e-6)
    assert found.low <= found.value <= found.high
    assert found.high - found.low == pytest.approx(0, abs=1e-4)


def test_t90_falls_to_that_of_the_normal() -> None:
    values = [t90(free) for free in range(1, len(T90) + 2)]
    assert all(before > after for before, after in pairwise(values))
    assert values[-1] == NORMAL90


def test_needed_pace_is_the_rest_of_the_way_over_the_rest_of_the_time() -> None:
    assert needed_pace((2024, 50.0), 2027, 80.0) == 10.0
    assert needed_pace((2027, 50.0), 2027, 80.0) is None
