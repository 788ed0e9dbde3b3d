"""Pupils in schools against published fits, the whole covariance matrix, closed forms and simulated truth."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.surveyed import (
    AGES,
    BATCHES,
    CHILDREN,
    DISTANCES,
    DYESTUFF,
    DYESTUFF2,
    FEMALE,
    dense,
    nested,
)
from xietong.quant.sampling import Multilevel, multilevel

pytestmark = pytest.mark.once


def errors_of(found: Multilevel) -> Any:
    return np.sqrt(np.diag(found.covariance))


def test_dyestuff_has_the_published_components() -> None:
    # Bates, D. M. (2010). lme4: Mixed-effects Modeling with R, chapter 1; Bates et al. (2015). Journal of
    # Statistical Software 67.
    found = multilevel(DYESTUFF, BATCHES)
    assert found.between == pytest.approx(1764.05, abs=5e-9)
    assert found.within == pytest.approx(2451.25, abs=5e-9)
    assert found.share == pytest.approx(1764.05 / 4215.3)
    assert found.coefficients == pytest.approx([1527.5])
    assert errors_of(found) == pytest.approx([19.38], abs=5e-3)
    assert found.deviance == pytest.approx(319.6543, abs=5e-5)
    assert not found.at_boundary

    likely = multilevel(DYESTUFF, BATCHES, restricted=False)
    assert likely.between == pytest.approx(1388.33, abs=5e-3)
    assert likely.within == pytest.approx(2451.25, abs=5e-9)
    assert errors_of(likely) == pytest.approx([17.69], abs=5e-3)
    assert likely.deviance == pytest.approx(327.3271, abs=5e-5)
    effects = [-16.62822, 0.36952, 26.97467, -21.80145, 53.57983, -42.49434]
    assert likely.effects == pytest.approx(effects, abs=6e-6)


@pytest.mark.parametrize(("restricted", "within", "deviance"), [(True, 13.806, 161.8283), (False, 13.346, 162.8730)])
def test_dyestuff2_has_no_variance_between_batches(restricted: bool, within: float, deviance: float) -> None:
    # The same sources.
    found = multilevel(DYESTUFF2, BATCHES, restricted=restricted)

    assert (found.between, found.share, found.at_boundary) == (0, 0, True)
    assert found.within == pytest.approx(within, abs=5e-4)
    assert found.within == pytest.approx(np.var(DYESTUFF2, ddof=int(restricted)))
    assert found.coefficients == pytest.approx([5.6656], abs=5e-5)
    assert found.deviance == pytest.approx(deviance, abs=5e-5)
    assert (found.effects == 0).all()
    assert (found.reliability == 0).all()
    assert np.isnan(found.errors).all()


@pytest.mark.parametrize(
    ("rows", "columns", "coefficients", "errors", "deviations", "likelihood"),
    [
        ("all", "age", [16.76111, 0.66019], [0.80240, 0.06161], [2.114724, 1.431592], -223.5013),
        (
            "all",
            "age, sex",
            [17.70671, 0.66019, -2.32102],
            [0.83392, 0.06161, 0.76142],
            [1.807425, 1.431592],
            -218.7563,
        ),
        ("girls", "age", [17.37273, 0.47955], [0.85874, 0.05259], [2.06847, 0.7800331], -70.60916),
    ],
)
def test_growth_of_children_has_the_published_fit(
    rows: str, columns: str, coefficients: Any, errors: Any, deviations: Any, likelihood: float
) -> None:
    # Pinheiro, J. C., Bates, D. M. (2000). Mixed-Effects Models in S and S-PLUS, sections 1.4 and 4.2 (lme, REML).
    taken = FEMALE > 0 if rows == "girls" else FEMALE >= 0
    table = np.column_stack((AGES, FEMALE))[:, : 1 + (columns == "age, sex")]
    found = multilevel(DISTANCES[taken], CHILDREN[taken], table[taken])

    assert found.coefficients == pytest.approx(coefficients, abs=6e-6)
    assert errors_of(found) == pytest.approx(errors, abs=6e-6)
    assert np.sqrt([found.between, found.within]) == pytest.approx(deviations, abs=6e-7 if rows == "all" else 5e-6)
    assert found.deviance == pytest.approx(-2 * likelihood, abs=2e-4)


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize(("seed", "between"), [(1, 9.0), (2, 1.0), (3, 200.0), (4, 0.0), (5, 0.05)])
def test_unbalanced_schools_have_the_fit_of_the_whole_matrix(seed: int, between: float, restricted: bool) -> None:
    scores, school, _ = nested(seed, 14, between, 16.0)
    before = np.random.default_rng(seed).normal(100, 15, (len(scores), 2))
    scores = scores + before @ [0.3, -0.1]
    found = multilevel(scores, school, before, restricted=restricted)
    ratio, columns = found.between / found.within, np.column_stack((np.ones(len(scores)), before))
    wanted = dense(scores, school, columns, ratio, restricted=restricted)

    assert found.coefficients == pytest.approx(wanted.coefficients, rel=1e-8)
    assert found.covariance == pytest.approx(wanted.covariance, rel=1e-6)
    assert found.within == pytest.approx(wanted.within)
    assert found.deviance == pytest.approx(wanted.deviance)
    assert found.effects == pytest.approx(wanted.effects, abs=1e-8)
    assert found.errors == pytest.approx(wanted.errors, nan_ok=True)
    near = [ratio * 0.98, ratio * 1.02] if ratio else [1e-4]
    for other in (*near, 0.01, 0.3, 1, 5, 50):
        assert dense(scores, school, columns, other, restricted=restricted).deviance > wanted.deviance


def test_schools_of_one_size_have_the_components_of_the_analysis_of_variance() -> None:
    chance = np.random.default_rng(11)
    table = chance.normal(0, 2, 9)[:, None] + chance.normal(0, 3, (9, 7))
    found = multilevel(table.ravel(), np.repeat(np.arange(9), 7))
    within = table.var(axis=1, ddof=1).mean()

    assert found.within == pytest.approx(within)
    assert found.between == pytest.approx(table.mean(axis=1).var(ddof=1) - within / 7)
    assert found.reliability == pytest.approx([1 - within / 7 / table.mean(axis=1).var(ddof=1)] * 9)
    assert found.effects == pytest.approx(found.reliability * (table.mean(axis=1) - table.mean()))


def test_simulated_components_are_found_and_errors_are_honest() -> None:
    found, squares = [], []
    for seed in range(150):
        scores, school, effects = nested(1000 + seed, 50, 4.0, 16.0, most=15)
        fit = multilevel(scores, school)
        found.append((fit.between, fit.within, fit.coefficients[0]))
        squares.append(np.mean(((fit.effects - effects) / fit.errors) ** 2))

    error = np.std(found, axis=0) / len(found) ** 0.5
    assert (np.abs(np.mean(found, axis=0) - [4, 16, 50]) <= 4 * error).all()
    # The errors do not count that the variances were estimated, which is worth some 2 % with 50 schools.
    assert abs(np.mean(squares) - 1) <= 4 * np.std(squares) / len(squares) ** 0.5 + 0.02


def test_value_added_is_what_is_left_of_the_school_after_what_pupils_brought() -> None:
    chance = np.random.default_rng(12)
    school = np.repeat(np.arange(40), 30)
    intake, added = chance.normal(0, 8, 40)[school], chance.normal(0, 3, 40)
    before = 100 + intake + chance.normal(0, 10, len(school))
    scores = 0.8 * before + added[school] + chance.normal(0, 5, len(school))
    found, raw = multilevel(scores, school, before[:, None]), multilevel(scores, school)

    assert abs(found.coefficients[1] - 0.8) <= 4 * errors_of(found)[1]
    assert found.between == pytest.approx(added.var(ddof=1), rel=0.35)
    assert np.corrcoef(found.effects, added)[0, 1] > 0.9 > np.corrcoef(raw.effects, added)[0, 1] + 0.2


def test_a_school_without_pupils_has_the_errors_of_a_guess() -> None:
    scores, school, _ = nested(6, 12, 9.0, 4.0)
    found, moved = multilevel(scores, school), multilevel(scores, np.where(school == 11, 13, school))

    assert moved.between == pytest.approx(found.between)
    assert moved.effects[[11, 12]].tolist() == [0, 0]
    assert moved.errors[[11, 12]] == pytest.approx([found.between**0.5] * 2)
    assert moved.reliability[[11, 12]].tolist() == [0, 0]
    assert moved.effects[13] == pytest.approx(found.effects[11])


@given(st.randoms(use_true_random=False), st.floats(0.01, 100), st.floats(-1e4, 1e4))
def test_fits_do_not_depend_on_order_names_and_units(random: Any, unit: float, shift: float) -> None:
    scores, school, _ = nested(7, 8, 9.0, 16.0)
    order, names = list(range(len(scores))), list(range(8))
    random.shuffle(order)
    random.shuffle(names)
    wanted = multilevel(scores, school)
    found = multilevel(unit * scores[order] + shift, np.array(names)[school[order]])

    assert [found.between, found.within] == pytest.approx([unit**2 * wanted.between, unit**2 * wanted.within])
    assert found.effects[names] == pytest.approx(unit * wanted.effects, rel=1e-6)
    assert found.errors[names] == pytest.approx(unit * wanted.errors, rel=1e-6)
    assert found.coefficients == pytest.approx(unit * wanted.coefficients + shift)


def test_covariates_in_other_units_and_mixed_leave_the_schools_where_they_are() -> None:
    scores, school, _ = nested(8, 10, 9.0, 16.0)
    before = np.random.default_rng(8).normal(500, 100, (len(scores), 2))
    mixing, shift = np.array([[2.0, -1.0], [0.5, 3.0]]), np.array([1000.0, -7.0])
    wanted, found = (multilevel(scores, school, table) for table in (before, before @ mixing + shift))

    assert found.between == pytest.approx(wanted.between)
    assert found.effects == pytest.approx(wanted.effects)
    assert mixing @ found.coefficients[1:] == pytest.approx(wanted.coefficients[1:])
    assert found.coefficients[0] + shift @ found.coefficients[1:] == pytest.approx(wanted.coefficients[0])


def test_a_mean_of_a_billion_loses_no_digits() -> None:
    scores, school, _ = nested(9, 8, 9.0, 16.0)
    scores = np.round(scores * 2**10) / 2**10

    assert multilevel(scores + 2.0**30, school).between == pytest.approx(multilevel(scores, school).between)


def test_a_share_next_to_one_is_found() -> None:
    chance = np.random.default_rng(13)
    level, noise = chance.normal(0, 1, 6)[:, None], 1e-6 * chance.normal(0, 1, (6, 5))
    found = multilevel((level + noise).ravel(), np.repeat(np.arange(6), 5))

    assert found.between == pytest.approx((level + noise).mean(axis=1).var(ddof=1))
    assert found.within == pytest.approx(noise.var(axis=1, ddof=1).mean(), rel=1e-6)


def test_a_variance_next_to_nothing_is_not_at_the_boundary() -> None:
    chance = np.random.default_rng(14)
    level, noise = chance.normal(0, 1, 8), chance.normal(0, 1, (8, 5))
    noise -= noise.mean(axis=1, keepdims=True)
    within = noise.var(axis=1, ddof=1).mean()
    level *= np.sqrt(within / 5 * (1 + 1e-7) / level.var(ddof=1))
    found = multilevel((level[:, None] + noise).ravel(), np.repeat(np.arange(8), 5))

    assert not found.at_boundary
    assert found.between == pytest.approx(within / 5 * 1e-7, rel=1e-4)


@pytest.mark.parametrize(
    ("pupils", "large", "small", "ratio"),
    [(60, 0.0, 0.7, 0.0), (60, 0.0, 0.8, 1.0466), (100, 0.1, 0.7, 0.00065), (100, 0.1, 0.8, 1.0830)],
)
def test_of_two_valleys_the_deeper_is_found(pupils: int, large: float, small: float, ratio: float) -> None:
    # Large schools are much alike and small ones are not: one valley for each; the first may be at the boundary.
    school = np.concatenate((np.repeat([0, 1, 2], pupils), np.repeat([3, 4, 5, 6], 2)))
    level = np.concatenate((large * np.array([0, 1, -1]), small * np.array([3, -2, 1, -2])))
    scores = level[school] + np.tile([1, -1], len(school) // 2)
    found = multilevel(scores, school)

    assert found.between / found.within == pytest.approx(ratio, abs=1e-4)
    assert found.at_boundary == (ratio == 0)
    ones = np.ones((len(school), 1))
    for other in (0, 0.0006, 0.0012, 0.05, 0.5, 0.8, 1.2, 3):
        assert dense(scores, school, ones, other, restricted=True).deviance >= found.deviance - 1e-9


def test_a_covariate_of_schools_takes_its_part_of_the_variance() -> None:
    scores, school, _ = nested(10, 30, 1.0, 4.0)
    town = (school % 2).astype(float)
    found = multilevel(scores + 20 * town, school, town[:, None])

    assert multilevel(scores + 20 * town, school).between > 50
    assert found.between < 3
    assert abs(found.coefficients[1] - 20) <= 4 * errors_of(found)[1]


@pytest.mark.parametrize(
    ("scores", "schools", "covariates", "why"),
    [
        ([1, 2, 3], [0, 0, 0], None, "1 schools with 1 coefficients between them leave no variance"),
        ([1, 2, 3, 5], [0, 0, 1, 1], [[0], [0], [1], [1]], "2 schools with 2 coefficients between them"),
        ([1, 2, 3], [0, 1, 2], None, "do not vary within schools"),
        ([4, 4, 4, 4], [0, 0, 1, 1], None, "do not vary within schools"),
        ([0.1, 0.1, 0.7, 0.7, 0.7], [0, 0, 1, 1, 1], None, "do not vary within schools"),
        ([1, 2, 3, 5], [0, 0, 1, 1], [[1], [2], [3], [5]], "do not vary within schools"),
        ([1, 2, 3, 5], [0, 0, 1, 1], [[1, 2], [2, 1], [3, 3], [5, 4]], "do not vary within schools"),
        ([], [], None, "there is no pupil"),
        ([1, np.nan, 3], [0, 0, 1], None, "scores of pupil 1 cannot be nan"),
        ([1, 2, 3], [0, 0, -1], None, "schools of pupil 2 cannot be -1"),
        ([1, 2, 3], [0, 0], None, r"schools have the shape \(2,\) instead of \(3,\)"),
        ([1, 2, 3], [0, 0, 1], [1, 2, 3], r"covariates have the shape \(3,\) instead of \(3, K\)"),
        ([1, 2, 3], [0, 0, 1], [[1], [2]], r"covariates have the shape \(2, 1\)"),
        ([1, 2, 3], [0, 0, 1], [[1, 1], [2, np.inf], [0, 0]], "covariate 1 of pupil 1 cannot be inf"),
        ([1, 2, 3], [0, 0, 1], [[1, 7], [2, 7], [0, 7]], "covariate 1 is the same for all pupils"),
        ([1, 2, 4, 3], [0, 0, 1, 1], [[1, 2], [2, 4], [0, 0], [5, 10]], "a covariate is made up of the others"),
    ],
)
def test_multilevel_refuses(scores: Any, schools: Any, covariates: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        multilevel(scores, np.array(schools, dtype=int), covariates)
