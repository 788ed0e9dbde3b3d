"""Whether a county passes and what it is short of, by hand and against the published example."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.quant.counties import units_of
from xietong.quant.allocation.additions import Standard, Terms, Units, cheapest, passes, shortfall

pytestmark = pytest.mark.once

# Two resources: teachers for a hundred pupils, and square metres for one.
STANDARD = Standard(np.array([100.0, 1.0]), np.array([[4.2, 4.5]]), np.array([0.5]), floor=0.85, min_met=1)


def test_passes_gives_the_published_coefficient() -> None:
    """Books of five schools in 县域义务教育校际均衡指标计算方法: mean 6.3344, S 3.2639, CV 0.52 on paper."""
    pupils = np.array([45.0, 37, 89, 76, 55])
    books = np.array([[279.0], [137], [935], [160], [402]])
    one = Standard(np.ones(1), np.zeros((1, 1)), np.array([0.5]), floor=0.85, min_met=1)
    verdict = passes(Units(books, pupils, np.zeros(5, int), np.ones(5, bool)), one)
    assert verdict.cv[0, 0] == pytest.approx(0.51526, abs=5e-6)
    assert (verdict.units.all(), verdict.groups.all(), verdict.passed) == (True, False, False)


def test_passes_needs_so_many_thresholds_and_every_floor() -> None:
    verdict = passes(units_of((4.2, 3.9 * 100), (4.2, 3.8 * 100), (4.1, 4.4 * 100), pupils=100), STANDARD)
    assert verdict.met.tolist() == [[True, False], [True, False], [False, False]]
    assert verdict.floors.tolist() == [[True, True], [True, False], [True, True]]
    assert verdict.units.tolist() == [True, False, False]


def test_passes_counts_additions() -> None:
    county = units_of((4.0, 450), (4.2, 450), pupils=100)
    strict = replace(STANDARD, min_met=2)
    assert not passes(county, strict).passed
    assert passes(county, strict, np.array([[0.2, 0], [0, 0]])).passed


def test_passes_keeps_an_unjudged_unit_in_the_coefficients() -> None:
    county = units_of((0.0, 450), (4.2, 450), pupils=100)
    spared = replace(county, judged=np.array([False, True]))
    verdict = passes(spared, STANDARD)
    assert verdict.units.all()
    assert verdict.cv[0, 0] == pytest.approx(1.0)
    assert not verdict.passed


def test_passes_lists_what_is_missing_and_counts_it_nowhere() -> None:
    verdict = passes(units_of((np.nan, 450), (4.2, 450), pupils=100), STANDARD)
    assert verdict.missing.tolist() == [[True, False], [False, False]]
    assert verdict.met.tolist() == [[False, True], [True, True]]
    assert verdict.cv.tolist() == [[0.0, 0.0]]
    assert verdict.passed
    assert not passes(units_of((np.nan, 440), (4.2, 450), pupils=100), STANDARD).passed


def test_passes_judges_no_coefficient_of_nothing() -> None:
    nobody_knows = passes(units_of((np.nan, 450), pupils=100), STANDARD)
    assert np.isnan(nobody_knows.cv[0, 0])
    assert nobody_knows.passed
    nobody_has = passes(replace(units_of((0.0, 450), pupils=100), judged=np.array([False])), STANDARD)
    assert nobody_has.cv.tolist() == [[0.0, 0.0]]
    assert nobody_has.passed


def test_shortfall_by_hand() -> None:
    """4.2 a hundred for 200 pupils are 8.4 teachers, 85 % of that 7.14; 4.5 each are 900, and 765."""
    short = shortfall(units_of((8.0, 700), (7.0, 900), (np.nan, 900), pupils=200), STANDARD)
    assert short.threshold == pytest.approx(np.array([[0.4, 200], [1.4, 0], [np.nan, 0]]), nan_ok=True)
    assert short.floor == pytest.approx(np.array([[0, 65], [0.14, 0], [np.nan, 0]]), nan_ok=True)
    np.testing.assert_array_equal(short.whole_threshold, [[1, 200], [2, 0], [np.nan, 0]])
    np.testing.assert_array_equal(short.whole_floor, [[0, 65], [1, 0], [np.nan, 0]])
    assert short.cv.shape == (1, 2)


@given(
    have=st.floats(0, 1e4),
    pupils=st.integers(1, 3000),
    wanted=st.floats(0.01, 5000),
    scale=st.sampled_from([1.0, 100.0]),
)
def test_shortfall_is_enough_in_floating_point_and_no_more_than_needed(
    have: float, pupils: int, wanted: float, scale: float
) -> None:
    one = Standard(np.array([scale]), np.array([[wanted]]), np.array([0.5]), floor=0.85, min_met=1)
    county = units_of((have,), pupils=pupils)
    short = shortfall(county, one)
    assert passes(county, one, short.threshold).met.all()
    assert passes(county, one, short.floor).floors.all()
    assert passes(county, one, short.whole_threshold).met.all()
    assert short.threshold[0, 0] <= max(wanted * pupils / scale - have, 0) + 2e-9 * wanted * pupils / scale
    assume(short.whole_threshold[0, 0] > 0)
    assert not passes(county, one, short.whole_threshold - 1).met.any()


# What is refused

TERMS = Terms(np.ones((2, 2)), np.ones((2, 2)), np.zeros(2, bool), np.ones(2))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pupils": np.array([100.0, 0.0])}, "unit 1 has no pupils"),
        ({"pupils": np.array([np.nan, 100.0])}, "unit 0 has no pupils"),
        ({"pupils": np.ones(3)}, r"pupils has shape \(3,\), not \(2,\)"),
        ({"judged": np.ones(1, bool)}, "judged has shape"),
        ({"group": np.array([0, 1])}, "unit 1 is of group 1, for which there is no standard"),
        ({"totals": np.array([[1.0, 1.0], [-1.0, 1.0]])}, r"unit 1 has -1\.0 of resource 0"),
        ({"totals": np.array([[1.0, np.inf], [1.0, 1.0]])}, "unit 0 has inf of resource 1"),
    ],
)
def test_units_that_cannot_be_judged_are_refused(change: dict[str, Any], message: str) -> None:
    county = replace(units_of((1, 1), (1, 1)), **change)
    for ask in (passes, shortfall):
        with pytest.raises(ValueError, match=message):
            ask(county, STANDARD)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scale": np.ones(3)}, "scale has shape"),
        ({"thresholds": np.ones((2, 2))}, "thresholds has shape"),
        ({"scale": np.array([100.0, 0.0])}, "scales and limits are above 0"),
        ({"limits": np.array([0.0])}, "scales and limits are above 0"),
        ({"thresholds": np.array([[np.nan, 1.0]])}, "scales and limits are above 0"),
        ({"floor": 1.5}, "the floor is a share"),
        ({"min_met": 3}, "no more thresholds can be met than there are"),
    ],
)
def test_a_standard_without_sense_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        passes(units_of((1, 1), (1, 1)), replace(STANDARD, **change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cost": np.ones(2)}, "cost has shape"),
        ({"integer": np.ones(3, bool)}, "integer has shape"),
        ({"cost": np.array([[1.0, np.inf], [1, 1]])}, "a cost is a number not below 0"),
        ({"upper": np.array([[1.0, -1.0], [1, 1]])}, "what may be added or spent is not below 0"),
        ({"caps": np.array([1.0, np.nan])}, "what may be added or spent is not below 0"),
        ({"budget": -1.0}, "what may be added or spent is not below 0"),
    ],
)
def test_terms_without_sense_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cheapest(units_of((1, 1), (1, 1)), STANDARD, replace(TERMS, **change))
