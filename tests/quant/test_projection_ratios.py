"""Ratios from history: published estimates, what a made-up county gives back, gaps, and what is refused."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.projecting import county
from xietong.quant.projection import entry, progression
from xietong.quant.projection.deviations import likeness, line
from xietong.quant.projection.shrinkage import averaged, between_areas, own_share, within_areas

pytestmark = pytest.mark.once

NONE = np.nan
# Hachemeister (1975), as in the R package actuar: average claims of five states in twelve quarters, and how many.
CLAIMS = [
    [1738, 1642, 1794, 2051, 2079, 2234, 2032, 2035, 2115, 2262, 2267, 2517],
    [1364, 1408, 1597, 1444, 1342, 1675, 1470, 1448, 1464, 1831, 1612, 1471],
    [1759, 1685, 1479, 1763, 1674, 2103, 1502, 1622, 1828, 2155, 2233, 2059],
    [1223, 1146, 1010, 1257, 1426, 1532, 1953, 1123, 1343, 1243, 1762, 1306],
    [1456, 1499, 1609, 1741, 1482, 1572, 1606, 1735, 1607, 1573, 1613, 1690],
]
NUMBERS = [
    [7861, 9251, 8706, 8575, 7917, 8263, 9456, 8003, 7365, 7832, 7849, 9077],
    [1622, 1742, 1523, 1515, 1622, 1602, 1964, 1515, 1527, 1748, 1654, 1861],
    [1147, 1357, 1329, 1204, 998, 1077, 1277, 1218, 896, 1003, 1108, 1121],
    [407, 396, 348, 341, 315, 328, 352, 331, 287, 384, 321, 342],
    [2902, 3172, 3046, 3068, 2693, 2910, 3275, 2697, 2663, 3017, 3242, 3425],
]


def test_shrinkage_meets_the_published_estimates_for_hachemeister() -> None:
    """The vignette "Credibility theory features of actuar": within 139120026, between 89639, premium 1684."""
    ratios, sizes = np.array(CLAIMS, float)[..., None], np.array(NUMBERS, float)[..., None]
    total = sizes.sum(axis=1)
    mean = (ratios * sizes).sum(axis=1) / total
    within = within_areas(ratios, sizes)
    between = between_areas(mean, total, within)
    own = own_share(total, within, between)
    assert within.round().tolist() == [139120026]
    assert between.round().tolist() == [89639]
    assert own[:, 0].round(4).tolist() == [0.9847, 0.9276, 0.8985, 0.7279, 0.9588]
    assert round(float((own * mean).sum() / own.sum())) == 1684


def test_progression_meets_the_published_ratios_of_enrollcast() -> None:
    found = progression([[[100, 90, 80], [110, 95, 88], [120, 99, 91]]], weights=[1, 1])
    assert found.ratio.round(7).tolist() == [[0.925, 0.9678363]]
    assert (found.pooled == found.ratio[0]).all()


def test_progression_weighs_years_as_wiche_does() -> None:
    """Knocking at the College Door: the last year weighs 0.4, the four before it 0.15 each."""
    history = [[[100, 0], [100, 90], [100, 92], [100, 94], [100, 96], [100, 98]]]
    found = progression(history, weights=[0.15, 0.15, 0.15, 0.15, 0.4])
    assert found.ratio[0, 0] == pytest.approx(0.15 * (0.9 + 0.92 + 0.94 + 0.96) + 0.4 * 0.98)


def test_averaged_by_hand() -> None:
    """Weights 1 and 3 on ratios of 50 and 150 pupils: 16 / (1/50 + 9/150) = 200 pupils speak."""
    mean, size = averaged(np.array([[[0.8], [1.0]]]), np.array([[[50.0], [150.0]]]), np.array([1.0, 3.0]))
    assert (mean.item(), size.item()) == (pytest.approx(0.95), pytest.approx(200))


def test_entry_meets_the_example_that_the_documentation_counts_by_hand() -> None:
    births = np.repeat([[100.0], [50.0], [10.0]], 2, axis=1)
    found = entry(births, [[94, 96], [40, 42], [10, 12]], weights=[1, 1])
    np.testing.assert_allclose(found.size[:, 0], [200, 100, 20])
    np.testing.assert_allclose(found.prior, [8.51], atol=0.01)
    np.testing.assert_allclose(found.pooled, [0.91875])
    np.testing.assert_allclose(found.own[:, 0], [0.959, 0.922, 0.701], atol=5e-4)
    np.testing.assert_allclose(found.ratio[:, 0], [0.9487, 0.8277, 1.0459], atol=1e-4)
    n, m = found.size, found.prior
    np.testing.assert_allclose(found.ratio, (n * [[0.95], [0.82], [1.1]] + m * found.pooled) / (n + m))


def test_progression_finds_ratios_and_deviations_again() -> None:
    made = county(1, areas=300, years=10, rho=0.3)
    found, true = progression(made.history), made.ratios[:, 1:]
    own = (made.history[:, 1:, 1:] / made.history[:, :-1, :-1])[:, -3:].mean(axis=1)
    off = {name: np.sqrt(np.nanmean((each - true) ** 2)) for name, each in {
        "own": own, "all": np.broadcast_to(found.pooled, true.shape), "drawn": found.ratio,
    }.items()}  # fmt: skip
    assert off["drawn"] < 0.95 * min(off["own"], off["all"])
    assert np.sqrt(np.mean(found.error**2)) == pytest.approx(off["drawn"], rel=0.15)
    size = 1 / np.mean(1 / np.maximum(made.history[:, :-1, :-1], 1), axis=1)
    np.testing.assert_allclose(np.mean(np.log(found.sd / np.sqrt(0.015**2 + 0.05 / size))), 0, atol=0.05)
    assert found.alike == pytest.approx(0.5, abs=0.07)
    assert found.rho == pytest.approx(0.3, abs=0.07)


def test_progression_finds_nothing_in_common_where_nothing_is() -> None:
    found = progression(county(2, areas=200, alike=0).history)
    assert (found.alike, found.rho) == (pytest.approx(0, abs=0.03), pytest.approx(0, abs=0.03))


def test_areas_that_do_not_differ_all_take_the_ratio_of_all() -> None:
    found = progression(county(3, between=0).history)
    assert np.isinf(found.prior).any()
    alike = np.isinf(found.prior)
    assert (found.ratio[:, alike] == found.pooled[alike]).all()
    assert (found.own[:, alike] == 0).all()


def test_a_history_without_any_variation_is_taken_as_it_is() -> None:
    found = progression([[[100, 50]] * 4, [[100, 80]] * 4])
    np.testing.assert_allclose(found.ratio, [[0.5], [0.8]])
    np.testing.assert_allclose(found.sd, 0, atol=1e-9)
    np.testing.assert_allclose(found.error, 0, atol=1e-9)
    assert (found.alike, found.rho) == (0, 0)


def test_an_empty_grade_or_a_missing_year_falls_back_to_the_ratio_of_all() -> None:
    """Area 0 has no ratio at all; area 1 only that of the last year, as the year before is not known."""
    history = [[[0, 5], [0, 0], [0, 3]], [[50, NONE], [60, NONE], [NONE, 54]], [[100, 80], [100, 90], [100, 95]]]
    found = progression(history, weights=[1, 1])
    assert found.pooled.item() == pytest.approx((0.9 + (54 + 95) / 160) / 2)
    assert (found.size[0, 0], found.own[0, 0], found.ratio[0, 0]) == (0, 0, found.pooled.item())
    assert found.size[1, 0] == 60
    assert np.isfinite(found.sd).all()


def test_one_year_of_ratios_varies_as_chance_alone() -> None:
    found = progression([[[100, 0], [0, 80]], [[400, 0], [0, 360]]])
    assert found.pooled.item() == pytest.approx(440 / 500)
    np.testing.assert_allclose(found.sd[:, 0], np.sqrt(0.88 / np.array([100, 400])))


@given(st.permutations(range(6)), st.integers(0, 99))
def test_areas_in_another_order_give_the_same_ratios(order: list[int], seed: int) -> None:
    history = county(seed, areas=6, years=5).history
    here, there = progression(history), progression(history[order])
    np.testing.assert_allclose(there.ratio, here.ratio[order], rtol=1e-9)
    np.testing.assert_allclose(there.sd, here.sd[order], rtol=1e-9)


@given(st.integers(0, 99), st.integers(2, 8), st.integers(1, 6))
def test_a_ratio_lies_between_its_own_and_that_of_all(seed: int, areas: int, years: int) -> None:
    made = county(seed, areas=areas, years=years)
    found = entry(made.births, made.history[..., 0], weights=[1] * years)
    own = (made.history[..., 0] / made.births).mean(axis=1)
    low, high = np.minimum(own, found.pooled), np.maximum(own, found.pooled)
    assert ((low - 1e-9 <= found.ratio[:, 0]) & (found.ratio[:, 0] <= high + 1e-9)).all()
    assert (found.error >= 0).all()


@pytest.mark.parametrize(
    ("variances", "expected"),
    [
        ([4.0, 4.0], (4.0, 0.0)),
        ([0.1, 0.05], (0.0, 10.0)),
        ([0.7, 0.6], (0.5, 20.0)),
        ([1.0, 2.0], (2 - 1 / 3, 0.0)),
    ],
)
def test_line_parts_what_moves_all_from_chance(variances: list[float], expected: tuple[float, float]) -> None:
    size, freedom = np.array([[100.0], [200.0]]), np.array([[2], [2]])
    steady, single = line(size, np.array(variances)[:, None] * freedom, freedom, np.array([9.0]))
    assert (steady.item(), single.item()) == (pytest.approx(expected[0]), pytest.approx(expected[1]))


def test_likeness_by_hand() -> None:
    """Products 1, -1 and 1 of three pairs, mean square 1."""
    assert likeness(np.array([[[1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [1.0, NONE]]]), axis=2) == pytest.approx(1 / 3)
    assert likeness(np.array([[[1.0, -1.0]]]), axis=2) == 0
    assert likeness(np.array([[[1.0], [-1.0]]]), axis=2) == 0


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([[[1, 2], [3, -4]]], "enrolment of area 0, year 1, grade 1 is -4.0"),
        ([[[1, 2], [np.inf, 4]]], "enrolment of area 0, year 1, grade 0 is inf"),
        ([[[1, 2]]], "1 years of 2 grades give no ratio"),
        ([[[1], [2]]], "2 years of 1 grades give no ratio"),
        ([[1, 2]], "enrolment needs the axes area, year, grade"),
        ([[[9, 9, 9], [9, 0, 9], [9, 0, 9]]], "no area has a ratio from grade 1 to grade 2 in the last 1 years"),
        ([[[9, 9], [NONE, NONE]]], "no area has a ratio from grade 0 to grade 1 in the last 1 years"),
    ],
)
def test_progression_refuses_and_names_the_place(history: Any, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        progression(history, weights=[1])


@pytest.mark.parametrize(
    ("births", "entrants", "said"),
    [
        ([[1, -1]], [[1, 1]], "births of area 0, year 1 is -1.0"),
        ([[1, 1]], [[1, np.inf]], "entrants of area 0, year 1 is inf"),
        ([[1, 1]], [[1]], "births of the shape (1, 2) do not fit entrants of (1, 1)"),
        ([[0, 0]], [[1, 1]], "no area has a ratio from births to the first grade in the last 2 years"),
    ],
)
def test_entry_refuses_and_names_the_place(births: Any, entrants: Any, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        entry(births, entrants)


@pytest.mark.parametrize("weights", [[], [1, 0], [1, np.nan], [np.inf], [[1, 2]]])
def test_weights_are_numbers_above_0(weights: Any) -> None:
    with pytest.raises(ValueError, match="weights of the last years are numbers above 0"):
        entry([[1, 1]], [[1, 1]], weights=weights)
