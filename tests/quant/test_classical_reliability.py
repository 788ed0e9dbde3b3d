"""Alpha, its interval and the error of measurement against published values, analysis of variance and simulation."""

from dataclasses import astuple
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.sitting import LSAT6, LSAT7, Sitting, patterns_of, published, same_again, sittings
from xietong.quant.classical import feldt, reliability, spearman_brown
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

NAN = float("nan")


def values_of(sitting: Sitting) -> list[float]:
    found = astuple(reliability(sitting.responses, sitting.full))
    return [*found[:-1], *found[-1]]


def by_analysis_of_variance(sitting: Sitting) -> float:
    """1 − mean square of the rest ÷ mean square of persons (Hoyt 1941), in fractions, person by person."""
    rows = [marks for w, marks in sitting.persons() for _ in range(w)]
    n, k = len(rows), len(sitting.full)
    if n < 2 or k < 2:
        return NAN
    grand = sum(sum(row) for row in rows) / Fraction(n * k)
    person = [sum(row) / Fraction(k) for row in rows]
    item = [sum(row[j] for row in rows) / Fraction(n) for j in range(k)]
    persons = k * sum((mean - grand) ** 2 for mean in person) / Fraction(n - 1)
    rest = sum((rows[i][j] - person[i] - item[j] + grand) ** 2 for i in range(n) for j in range(k))
    return float(1 - rest / Fraction((n - 1) * (k - 1)) / persons) if persons else NAN


def test_alpha_is_the_published_one() -> None:
    assert round(reliability(published(LSAT7)).alpha, 3) == 0.453
    assert reliability(published(LSAT6)).alpha == pytest.approx(0.29499719, abs=5e-9)


def test_feldt_gives_the_published_interval() -> None:
    """The example of C. Evans' function on the statistics pages of the MRC Cognition and Brain Sciences Unit."""
    assert feldt(0.913, 873, 20) == pytest.approx((0.9044024, 0.9211588), abs=5e-8)


def test_the_interval_of_a_paper_is_that_of_its_alpha_and_persons() -> None:
    found = reliability(published(LSAT7), level=0.9)

    assert (found.lower, found.upper) == feldt(found.alpha, 1000, 5, level=0.9)
    assert found.lower < found.alpha < found.upper


def test_the_interval_holds_alpha_as_often_as_it_says() -> None:
    """Five parallel normal items of reliability 0.5 each, so that alpha is 5 × 0.5 ÷ (1 + 4 × 0.5)."""
    chance, rounds, true = np.random.default_rng(6), 600, 5 * 0.5 / 3
    held = 0
    for _ in range(rounds):
        marks = 60 + 7 * (chance.normal(size=(40, 1)) + chance.normal(size=(40, 5)))
        found = reliability(responses_of(marks.round().astype(int), categories=127))
        held += found.lower <= true <= found.upper
    assert held / rounds == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / rounds))


def test_alpha_and_error_are_those_of_the_model() -> None:
    n = 20_000
    rows, chances = patterns_of((0.6, 1.0, 1.5, 0.8, 1.2), (-1.5, 0.0, 0.5, 1.0, -0.5))
    covariance = np.cov(rows.T, aweights=chances, ddof=0)
    variance = covariance.sum()
    alpha = 5 / 4 * (1 - np.trace(covariance) / variance)
    found = reliability(responses_of(rows[np.random.default_rng(7).choice(len(rows), n, p=chances)]))

    assert found.lower < alpha < found.upper
    assert found.alpha == pytest.approx(alpha, abs=4 * (1 - alpha) * np.sqrt(2 * 5 / 4 / n))
    assert found.sd == pytest.approx(np.sqrt(variance), rel=4 / np.sqrt(2 * n))
    assert found.sem == pytest.approx(np.sqrt(variance * (1 - alpha)), rel=0.03)


def test_standardised_alpha_is_that_of_items_of_one_variance() -> None:
    chance = np.random.default_rng(8)
    table = (chance.random((300, 4)) < chance.random((300, 1))).astype(int)
    r = np.corrcoef(table.T)
    mean = (r.sum() - 4) / 12

    assert reliability(responses_of(table), [1, 5, 2, 9]).standardised == pytest.approx(4 * mean / (1 + 3 * mean))


def test_alpha_without_an_item_is_that_of_the_others() -> None:
    rows, full = np.random.default_rng(9).integers(0, 3, (60, 4)), np.array([1, 2, 3, 4])
    found = reliability(responses_of(rows, categories=3), full)
    for item in range(4):
        others = np.arange(4) != item
        wanted = reliability(responses_of(rows[:, others], categories=3), full[others]).alpha
        assert found.without[item] == pytest.approx(wanted)


def test_marks_are_the_unit_of_the_error() -> None:
    rows = np.random.default_rng(10).integers(0, 2, (60, 4))
    one, ten = (reliability(responses_of(rows), [mark] * 4) for mark in (1, 10))

    assert one.sd == pytest.approx(rows.sum(axis=1).std())
    assert ten.alpha == pytest.approx(one.alpha)
    assert (ten.sd, ten.sem) == pytest.approx((10 * one.sd, 10 * one.sem))


@given(sittings(presented=True))
def test_alpha_is_one_less_the_ratio_of_mean_squares(sitting: Sitting) -> None:
    wanted = by_analysis_of_variance(sitting)

    assert reliability(sitting.responses, sitting.full).alpha == pytest.approx(
        wanted, rel=1e-9, abs=1e-9, nan_ok=True
    )


def test_booklets_take_each_covariance_from_those_who_had_both_items() -> None:
    rows = np.random.default_rng(11).integers(0, 3, (90, 3))
    rows[:30, 0] = rows[30:60, 1] = rows[60:, 2] = -1
    covariance = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            both = rows[(rows[:, i] >= 0) & (rows[:, j] >= 0)]
            covariance[i, j] = np.cov(both[:, i], both[:, j], ddof=0)[0, 1]
    found = reliability(responses_of(rows))

    assert found.alpha == pytest.approx(1.5 * (1 - np.trace(covariance) / covariance.sum()))
    assert np.isnan(found.lower)
    assert np.isnan(found.upper)


def test_items_that_nobody_had_together_have_no_alpha_and_the_others_do() -> None:
    found = reliability(responses_of([[1, 1, -1], [0, 0, -1], [1, 1, -1], [1, -1, 0], [0, -1, 1]]))

    assert np.isnan(found.alpha)
    assert found.without[2] == pytest.approx(2 * (1 - (0.24 + 2 / 9) / (0.24 + 2 / 9 + 4 / 9)))


def test_items_that_go_against_each_other_have_a_negative_alpha() -> None:
    found = reliability(responses_of([[1, 0], [0, 1], [1, 0], [1, 1]]))

    assert found.alpha < 0
    assert found.sem > found.sd


def test_items_that_agree_wholly_have_no_error() -> None:
    found = reliability(responses_of([[1, 1, 1], [0, 0, 0], [1, 1, 1]]))

    assert found.alpha == pytest.approx(1)
    assert found.sem == 0


@pytest.mark.parametrize(
    ("rows", "sd"),
    [
        ([[1, 0, 1]], 0),
        ([[1, 1], [1, 1]], 0),
        ([[0, 0], [0, 0]], 0),
        ([[1, 0], [0, 1]], 0),
        ([[1], [0]], 0.5),
        ([[-1, -1], [-1, -1]], NAN),
        (np.empty((0, 2), int), NAN),
    ],
)
def test_alpha_without_what_it_needs(rows: Any, sd: float) -> None:
    found = reliability(responses_of(rows))

    assert found.sd == pytest.approx(sd, nan_ok=True)
    assert np.isnan([found.alpha, found.lower, found.upper, found.sem]).all()


def test_a_constant_item_leaves_alpha_and_takes_the_standardised_one() -> None:
    """A tenth of a mark for everybody, with these weights, would come out with a variance of 3e-18."""
    rows, weights = [[1, 1, 1], [0, 0, 1], [1, 1, 1], [0, 1, 1]], [0.2, 0.1, 0.8, 0.1]
    found = reliability(responses_of(rows, weights=weights), [1, 1, 0.1])

    assert np.isfinite(found.alpha)
    assert np.isnan(found.standardised)


def test_totals_that_vary_by_rounding_only_have_no_alpha() -> None:
    """Everybody has one mark; with these weights the sum of the covariances comes out as 3e-17."""
    rows = [[1, 0], [0, 1], [1, 0]]

    assert np.isnan(reliability(responses_of(rows, weights=[0.5, 0.6, 0.9])).alpha)


@given(sittings(), st.data())
def test_reliability_does_not_depend_on_how_persons_are_written_down(sitting: Sitting, draw: Any) -> None:
    wanted = values_of(sitting)
    for again in same_again(draw, sitting):
        assert values_of(again) == pytest.approx(wanted, rel=1e-6, abs=1e-9, nan_ok=True)


@given(sittings(), st.data())
def test_reliability_follows_the_order_of_the_items(sitting: Sitting, draw: Any) -> None:
    order = draw.draw(st.permutations(range(len(sitting.full))))
    found, wanted = values_of(sitting.order(np.array(order))), values_of(sitting)

    assert found[:6] == pytest.approx(wanted[:6], rel=1e-6, abs=1e-9, nan_ok=True)
    assert found[6:] == pytest.approx([wanted[6 + j] for j in order], rel=1e-6, abs=1e-9, nan_ok=True)


def test_spearman_brown_is_the_alpha_of_the_longer_paper() -> None:
    """Of parallel items with a correlation of 0.4, taken twice as many."""
    three, six = (k * 0.4 / (1 + (k - 1) * 0.4) for k in (3, 6))

    assert spearman_brown(three, 2) == pytest.approx(six)
    assert spearman_brown(six, 0.5) == pytest.approx(three)
    assert np.isnan(spearman_brown(-1, 2))


@pytest.mark.parametrize("level", [0, 1, -0.1, NAN])
def test_reliability_refuses_a_level_that_cannot_be(level: float) -> None:
    with pytest.raises(ValueError, match="level is .*, not between 0 and 1"):
        reliability(published(LSAT6), level=level)


@pytest.mark.parametrize("length", [0, -1, NAN])
def test_spearman_brown_refuses_a_length_that_cannot_be(length: float) -> None:
    with pytest.raises(ValueError, match="length is .*, not above 0"):
        spearman_brown(0.5, length)
