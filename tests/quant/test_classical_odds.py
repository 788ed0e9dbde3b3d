"""Common odds ratio and ordinal difference of stratified tables against published values and enumeration."""

from itertools import combinations
from math import exp, log, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xietong.quant.classical import CommonOdds, mantel, mantel_haenszel

pytestmark = pytest.mark.once

BERKELEY = [
    [[313, 512], [19, 89]],
    [[207, 353], [8, 17]],
    [[205, 120], [391, 202]],
    [[279, 138], [244, 131]],
    [[138, 53], [299, 94]],
    [[351, 22], [317, 24]],
]
"""Men and women refused and admitted by six departments: Bickel, P. J., Hammel, E. A., O'Connell, J. W. (1975). Sex
bias in graduate admissions. Science 187; UCBAdmissions in R."""
RABBITS = [[[6, 0], [5, 0]], [[3, 3], [6, 0]], [[0, 6], [4, 2]], [[1, 5], [0, 6]], [[0, 2], [0, 5]]]
"""Rabbits that died and were cured by penicillin, given at once and 1.5 hours late, in five doses: Agresti, A.
(1990). Categorical Data Analysis, pages 231–237. Wiley."""
RATINGS = [[[13, 5, 7], [5, 14, 4]], [[28, 54, 98], [1, 2, 10]]]
"""Low and high performers of the reference and focal group by rating: table 2 of Zwick, R., Thayer, D. T. (1996).
Evaluating the magnitude of differential item functioning in polytomous items. Journal of Educational and Behavioral
Statistics 21."""

COUNTS = st.integers(0, 6)


def tables_of(categories: int) -> Any:
    return st.lists(
        st.lists(st.lists(COUNTS, min_size=categories, max_size=categories), min_size=2, max_size=2),
        min_size=1,
        max_size=3,
    )


def limits(found: CommonOdds) -> tuple[float, float]:
    """Of the 95 % interval of the ratio."""
    return tuple(exp(log(found.ratio) + side * 1.959963985 * found.log_error) for side in (-1, 1))


def test_berkeley_is_as_r_prints_it() -> None:
    """mantelhaen.test(UCBAdmissions)."""
    found = mantel_haenszel(BERKELEY)

    assert found.ratio == pytest.approx(0.9046968, abs=5e-8)
    assert found.chi_square == pytest.approx(1.4269, abs=5e-5)
    assert found.p == pytest.approx(0.2323, abs=5e-5)
    assert limits(found) == pytest.approx((0.7719074, 1.0603298), abs=5e-7)


def test_rabbits_are_as_r_prints_them() -> None:
    """mantelhaen.test of the example that its manual takes from Agresti."""
    found = mantel_haenszel(RABBITS)

    assert found.ratio == pytest.approx(7)
    assert found.chi_square == pytest.approx(3.9286, abs=5e-5)
    assert found.p == pytest.approx(0.04747, abs=5e-6)
    assert limits(found) == pytest.approx((1.026713, 47.725133), abs=5e-6)


def test_mantel_is_the_chi_square_without_correction_where_there_are_two_categories() -> None:
    """mantelhaen.test(UCBAdmissions, correct = FALSE)."""
    found = mantel(BERKELEY)

    assert found.chi_square == pytest.approx(1.5246, abs=5e-5)
    assert found.p == pytest.approx(0.2169, abs=5e-5)


def test_the_standardised_difference_by_hand() -> None:
    """Of the focal group 23 are low and 13 high; of the reference group 25 and 180."""
    low, high = 22 / 23 - 19 / 25, 22 / 13 - 250 / 180

    assert mantel(RATINGS).difference == pytest.approx((23 * low + 13 * high) / 36)


def test_delta_is_negative_where_the_reference_group_has_the_better_odds() -> None:
    found = mantel_haenszel([[[10, 30], [20, 20]]])

    assert found.ratio == pytest.approx(3)
    assert found.delta == pytest.approx(-2.35 * log(3))
    assert found.delta_error == pytest.approx(2.35 * found.log_error)
    assert mantel([[[10, 30], [20, 20]]]).difference == pytest.approx(-0.25)


def test_the_variance_of_one_stratum_is_that_of_woolf() -> None:
    found = mantel_haenszel([[[10, 30], [20, 25]]])

    assert found.log_error == pytest.approx(sqrt(1 / 10 + 1 / 30 + 1 / 20 + 1 / 25))


def test_the_correction_never_turns_a_small_difference_into_a_larger_one() -> None:
    assert mantel_haenszel([[[10, 30], [10, 30]]]).chi_square == 0
    assert mantel_haenszel([[[10, 30], [10, 31]]]).chi_square == 0


@given(tables_of(3))
def test_mantel_is_the_mean_and_variance_over_all_ways_to_deal_out_the_focal_group(tables: Any) -> None:
    """Enumerated: of all subsets of the persons in a stratum that could be its focal group."""
    both = [table for table in tables if sum(table[0]) and sum(table[1])]
    small = [[[min(count, 2) for count in row] for row in table] for table in both]
    mean = variance = observed = 0.0
    for reference, focal in small:
        scores = [c for c, (r, f) in enumerate(zip(reference, focal, strict=True)) for _ in range(r + f)]
        sums = [sum(chosen) for chosen in combinations(scores, sum(focal))]
        mean, variance = mean + np.mean(sums), variance + np.var(sums)
        observed += sum(c * f for c, f in enumerate(focal))
    assume(variance > 0)

    assert mantel(small).chi_square == pytest.approx((observed - mean) ** 2 / variance, abs=1e-9)


@given(tables_of(2))
def test_groups_and_answers_changed_about(tables: Any) -> None:
    given_, groups, answers = np.array(tables), np.array(tables)[:, ::-1], np.array(tables)[:, :, ::-1]
    found, swapped, turned = (mantel_haenszel(each) for each in (given_, groups, answers))
    assume(found.ratio > 0 and np.isfinite(found.ratio))

    for other in (swapped, turned):
        assert other.ratio == pytest.approx(1 / found.ratio)
        assert other.log_error == pytest.approx(found.log_error)
        assert other.chi_square == pytest.approx(found.chi_square, abs=1e-9, nan_ok=True)
    assert mantel(answers).difference == pytest.approx(-mantel(given_).difference, abs=1e-12)


@given(tables_of(2), st.data())
def test_strata_may_come_in_any_order_and_lone_groups_say_nothing(tables: Any, draw: Any) -> None:
    again = [*draw.draw(st.permutations(tables)), [[0, 0], [5, 3]], [[4, 9], [0, 0]], [[0, 0], [0, 0]]]
    found, wanted = mantel_haenszel(again), mantel_haenszel(tables)

    assert [found.ratio, found.p] == pytest.approx([wanted.ratio, wanted.p], nan_ok=True)
    assert found.log_error == pytest.approx(wanted.log_error, nan_ok=True)
    assert mantel(again).difference == pytest.approx(mantel(tables).difference, nan_ok=True)


@pytest.mark.parametrize(
    ("tables", "ratio", "delta", "difference"),
    [
        (np.empty((0, 2, 2)), nan, nan, nan),
        ([[[0, 0], [3, 4]]], nan, nan, nan),
        ([[[0, 4], [0, 3]]], nan, nan, 0),
        ([[[4, 0], [3, 0]]], nan, nan, 0),
        ([[[0, 4], [3, 0]]], np.inf, -np.inf, -1),
        ([[[4, 0], [0, 3]]], 0, np.inf, 1),
    ],
)
def test_odds_without_what_they_need(tables: Any, ratio: float, delta: float, difference: float) -> None:
    found = mantel_haenszel(tables)

    assert found.ratio == pytest.approx(ratio, nan_ok=True)
    assert found.delta == pytest.approx(delta, nan_ok=True)
    assert np.isnan(found.log_error)
    assert mantel(tables).difference == pytest.approx(difference, nan_ok=True)
    assert np.isnan(found.p) == (np.isnan(ratio))


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ([[1, 2], [3, 4]], r"tables have the shape \(2, 2\) instead of \(strata, 2, 2\)"),
        ([[[1, 2, 3], [3, 4, 5]]], r"shape \(1, 2, 3\)"),
        ([[[1, 2], [3, 4]], [[1, -2], [3, 4]]], "stratum 1: counts .* are no finite numbers from 0 up"),
        ([[[1, np.inf], [3, 4]]], "stratum 0: counts"),
        ([[[1, nan], [3, 4]]], "stratum 0: counts"),
    ],
)
def test_odds_refuses_tables_that_cannot_be(tables: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        mantel_haenszel(tables)


@pytest.mark.parametrize("tables", [5, [[[1, 2, 3]]], [[1, 2], [3, 4]]])
def test_mantel_refuses_shapes_that_do_not_fit(tables: Any) -> None:
    with pytest.raises(ValueError, match="tables have the shape"):
        mantel(tables)
