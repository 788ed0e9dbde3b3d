"""The jackknife against closed forms, all samples of a small design, a published table; Rubin's rules by hand."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from tests.quant.surveyed import GPA, LSAT
from xietong.quant.sampling import Estimate, Replicates, combined, jackknife, jk1, jk2, jkn, zones

pytestmark = pytest.mark.once

SCORES = st.lists(st.floats(-50, 50), min_size=2, max_size=12)


def mean_of(score: Any) -> Any:
    return lambda weights: weights @ score / weights.sum()


def total_of(score: Any) -> Any:
    return lambda weights: weights @ score


def correlation(weights: Any) -> Any:
    share = weights / weights.sum()
    one, other = LSAT - share @ LSAT, GPA - share @ GPA
    return share @ (one * other) / np.sqrt((share @ one**2) * (share @ other**2))


def survey(seed: int, sizes: tuple[int, ...]) -> tuple[Any, Any, Any, Any]:
    """Scores, weights, schools and strata: so many schools in each stratum, of one to five pupils."""
    chance = np.random.default_rng(seed)
    strata = np.repeat(np.arange(len(sizes)), sizes)
    school = np.repeat(np.arange(len(strata)), chance.integers(1, 6, len(strata)))
    return chance.normal(50, 10, len(school)), chance.uniform(1, 5, len(school)), school, strata[school]


def test_the_correlation_of_the_law_schools_has_the_published_error() -> None:
    # Efron, B., Tibshirani, R. J. (1993), sections 6.3, 10.4 and 11: .776, bias −.006473, standard error .1425.
    found = jackknife(correlation, jk1(np.ones(15), np.arange(15)))

    assert found.value.item() == pytest.approx(0.776374, abs=5e-7)
    assert 14 * (found.replicates.mean() - found.value) == pytest.approx(-0.006473, abs=1e-6)
    assert found.error.item() == pytest.approx(0.1425, abs=5e-5)
    assert found.freedom == 14


@given(SCORES)
def test_jk1_of_a_mean_of_single_pupils_is_the_variance_over_n(scores: list[float]) -> None:
    found = jackknife(mean_of(np.array(scores)), jk1([2.5] * len(scores), range(len(scores))))

    assert found.variance == pytest.approx(np.var(scores, ddof=1) / len(scores), rel=1e-9, abs=1e-12)


def test_jkn_of_a_total_is_the_textbook_variance() -> None:
    scores, weights, school, strata = survey(1, (4, 2, 7))
    found = jackknife(total_of(scores), jkn(weights, school, strata))
    totals, stratum = np.bincount(school, weights * scores), np.repeat([0, 1, 2], (4, 2, 7))
    own = [totals[stratum == place] for place in range(3)]

    assert found.variance == pytest.approx(sum(len(each) * each.var(ddof=1) for each in own))
    assert found.freedom == 10
    assert found.value == pytest.approx(totals.sum())


def test_jk2_of_a_total_is_that_of_jkn_with_half_the_replicates() -> None:
    scores, weights, school, strata = survey(2, (2,) * 6)
    one, other = jk2(weights, school, strata, seed=1), jkn(weights, school, strata)
    totals = np.bincount(school, weights * scores).reshape(6, 2)

    assert one.weights.shape == (6, len(scores))
    assert (one.freedom, other.freedom) == (6, 6)
    assert jackknife(total_of(scores), one).variance == pytest.approx(np.square(np.diff(totals)).sum())
    assert jackknife(total_of(scores), other).variance == pytest.approx(np.square(np.diff(totals)).sum())


def test_jk2_leaves_out_either_school_of_each_pair() -> None:
    out = np.array([jk2(np.ones(6), range(6), [0, 0, 1, 1, 2, 2], seed).weights.argmin(axis=1) for seed in range(64)])

    assert {tuple(each % 2) for each in out} == set(product((0, 1), repeat=3))
    assert (out // 2 == np.arange(3)).all()


@pytest.mark.parametrize("kind", ["jkn", "jk2"])
def test_over_all_samples_the_jackknife_is_the_variance_of_the_estimate(kind: str) -> None:
    strata, totals, variances = [[3.0, 8.0, 4.0], [10.0, 1.0, 6.0]], [], []
    for sample in product(*(product(each, repeat=2) for each in strata)):
        scores = np.array(sample).ravel()
        weights, school, stratum = np.full(4, 1.5), np.arange(4), np.array([0, 0, 1, 1])
        drawn = jkn(weights, school, stratum) if kind == "jkn" else jk2(weights, school, stratum, seed=len(totals))
        found = jackknife(total_of(scores), drawn)
        totals.append(found.value)
        variances.append(found.variance)

    assert np.mean(totals) == pytest.approx(32)
    assert np.mean(variances) == pytest.approx(np.var(totals))


def test_weights_of_each_replicate_by_hand() -> None:
    found = jkn([1, 2, 1, 1, 4], [3, 3, 8, 9, 5], [0, 0, 0, 0, 7] * np.array([1, 1, 1, 1, 0]))
    third = 4 / 3

    assert found.weights == pytest.approx(
        np.array(
            [
                [0, 0, third, third, 4 * third],
                [third, 2 * third, third, third, 0],
                [third, 2 * third, 0, third, 4 * third],
                [third, 2 * third, third, 0, 4 * third],
            ]
        )
    )
    assert found.coefficients.tolist() == [0.75] * 4


def test_a_statistic_may_be_a_fit_of_any_shape() -> None:
    scores, weights, school, strata = survey(3, (5, 6))
    other = np.random.default_rng(4).normal(0, 1, len(scores)) + scores / 10

    def line(weights: Any) -> Any:
        return np.polynomial.polynomial.polyfit(scores, np.column_stack((other, 2 * other)), 1, w=np.sqrt(weights))

    drawn = jkn(weights, school, strata)
    found = jackknife(line, drawn)
    slope = jackknife(lambda weights: line(weights)[1, 0], drawn)

    assert found.value.shape == found.error.shape == (2, 2)
    assert found.replicates.shape == (11, 2, 2)
    assert found.error[1] == pytest.approx([slope.error, 2 * slope.error])
    assert np.diag(found.covariance) == pytest.approx(found.variance.ravel())
    assert found.covariance[2, 3] == pytest.approx(2 * slope.variance)
    assert found.covariance == pytest.approx(found.covariance.T)


@given(st.randoms(use_true_random=False))
def test_errors_do_not_depend_on_order_and_names(random: Any) -> None:
    scores, weights, school, strata = survey(5, (3, 4, 2))
    order = list(range(len(scores)))
    random.shuffle(order)
    names = np.array(random.sample(range(100), 9))
    wanted = jackknife(mean_of(scores), jkn(weights, school, strata))
    found = jackknife(mean_of(scores[order]), jkn(weights[order] * 3, names[school[order]], 7 - strata[order]))

    assert found.value == pytest.approx(wanted.value)
    assert found.error == pytest.approx(wanted.error)


def test_a_weight_of_two_is_two_rows() -> None:
    scores, weights, school, strata = survey(6, (3, 4))
    once = jackknife(mean_of(scores), jkn(2 * weights, school, strata))
    twice = jackknife(mean_of(np.tile(scores, 2)), jkn(*(np.tile(each, 2) for each in (weights, school, strata))))

    assert twice.error == pytest.approx(once.error)


def test_what_is_undefined_in_a_replicate_has_no_error() -> None:
    def ratio(weights: Any) -> Any:
        with np.errstate(invalid="ignore"):
            return np.array([weights[0] / weights[0], weights.sum()])

    found = jackknife(ratio, jk1(np.ones(3), range(3)))

    assert found.error == pytest.approx([np.nan, 0], nan_ok=True)


def test_a_statistic_that_changes_its_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"replicate 0: the statistic has the shape \(2,\) instead of \(3,\)"):
        jackknife(lambda weights: weights[weights > 0], jk1(np.ones(3), range(3)))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (
            lambda: jkn([1, 1, 1], [0, 1, 2], [0, 0, 4]),
            "stratum 4 has one school only: join it with a similar stratum",
        ),
        (lambda: jk2([1, 1, 1], [0, 1, 2], [0, 0, 4], 1), "zone 4 has one school only"),
        (lambda: jk2(np.ones(5), range(5), [3, 3, 9, 9, 9], 1), "zone 9 has 3 schools instead of 2"),
        (lambda: jk1([1, 1], [6, 6]), "stratum 0 has one school only"),
        (lambda: jk1([], []), "there is no school"),
        (lambda: jkn([1, 1, 1], [0, 1, 0], [0, 0, 5]), "row 2: school 0 lies in stratum 5 and in another"),
        (lambda: jk1([1, 0, 0], [0, 4, 4]), "school 4 has no weight"),
        (lambda: jk1([1, -1], [0, 1]), "weights of row 1 cannot be -1.0"),
        (lambda: jk1([1, np.nan], [0, 1]), "weights of row 1 cannot be nan"),
        (lambda: jkn([1, 1], [0, 1], [0]), r"strata have the shape \(1,\)"),
        (lambda: jkn([1, 1], [0.0, 1.0], [0, 0]), "schools are float64 instead of whole numbers"),
        (lambda: zones([0, 0, 3]), "stratum 3 has one school only"),
        (lambda: zones([]), "there is no school"),
    ],
)
def test_replicates_refuse(make: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        make()


@pytest.mark.parametrize(
    ("strata", "wanted"),
    [
        ([0, 0], [0, 0]),
        ([5, 2, 5, 2, 5, 5], [1, 0, 1, 0, 2, 2]),
        ([1, 1, 1], [0, 0, 0]),
        ([1, 1, 1, 1, 1, 3, 3, 3], [0, 0, 1, 1, 1, 2, 2, 2]),
    ],
)
def test_neighbours_are_paired(strata: list[int], wanted: list[int]) -> None:
    assert zones(strata).tolist() == wanted


def estimate(value: Any, variance: Any, freedom: int) -> Estimate:
    """An estimate with that variance, from two replicates."""
    centre, away = np.asarray(value, dtype=float), np.sqrt(np.asarray(variance, dtype=float) / 2)
    return Estimate(centre, np.stack((centre - away, centre + away)), np.ones(2), freedom)


def test_plausible_values_by_hand() -> None:
    # Values 10, 12, 14: B = 4; variances 2, 3, 4: Ū = 3; T = 3 + 4/3 × 4 = 25/3, γ = 16/25.
    found = combined([estimate(value, variance, 20) for value, variance in ((10, 2), (12, 3), (14, 4))])
    imputed, observed = 2 / 0.64**2, 21 / 23 * 20 * 0.36

    assert found.value == pytest.approx(12)
    assert found.sampling == pytest.approx(3)
    assert found.imputation == pytest.approx(16 / 3)
    assert found.variance == pytest.approx(25 / 3)
    assert found.error == pytest.approx((25 / 3) ** 0.5)
    assert found.freedom == pytest.approx(imputed * observed / (imputed + observed))


def test_plausible_values_that_agree_leave_the_sampling_error() -> None:
    found = combined([estimate([5, 7], [4, 0], 30)] * 5)

    assert found.error == pytest.approx([2, 0])
    assert found.freedom == pytest.approx([31 / 33 * 30, np.nan], nan_ok=True)


def test_with_many_schools_the_freedom_is_rubins() -> None:
    found = combined([estimate(value, 3, 10**9) for value in (10, 12, 14)])

    assert found.freedom == pytest.approx(2 * (25 / 16) ** 2, rel=1e-6)


def test_combined_refuses() -> None:
    one = estimate(1, 1, 5)
    for few in ([], [one]):
        with pytest.raises(ValueError, match=f"{len(few)} set of plausible values says nothing"):
            combined(few)
    for other in (estimate([1, 2], [1, 1], 5), estimate(1, 1, 6)):
        with pytest.raises(ValueError, match="estimate 1 has another shape or other replicates than estimate 0"):
            combined([one, other])


def test_plausible_values_cover_the_truth() -> None:
    # Ability with error of measurement; posteriors of N(μ̂, ·) with μ̂ drawn, so that the imputation is proper.
    chance, schools, pupils, inside, rounds = np.random.default_rng(10), 30, 4, 0, 400
    drawn: Replicates = jk1(np.ones(schools * pupils), np.repeat(np.arange(schools), pupils))
    for _ in range(rounds):
        observed = chance.normal(0, 1, schools * pupils) + chance.normal(0, 1, schools * pupils)
        sets = []
        for _ in range(5):
            centre = observed.mean() + chance.normal(0, (2 / observed.size) ** 0.5)
            value = (observed + centre) / 2 + chance.normal(0, 0.5**0.5, observed.size)
            sets.append(jackknife(mean_of(value), drawn))
        found = combined(sets)
        inside += abs(found.value) <= student.ppf(0.975, found.freedom) * found.error

    assert abs(inside / rounds - 0.95) <= 4 * (0.95 * 0.05 / rounds) ** 0.5
