"""Answers that say little or nothing: what is told then, and that nothing is made up."""

from typing import Any

import numpy as np
import pytest

from tests.quant.calibrated import log_likelihood, sat, truth_of
from tests.quant.sitting import LSAT7, published
from xietong.quant.irt.calibration import calibrate
from xietong.quant.items import items_of
from xietong.quant.responses import Responses, responses_of

pytestmark = pytest.mark.once

MODELS = ("rasch", "2pl", "3pl", "grm", "pcm", "gpcm")
INF = float("inf")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (np.ones((4, 2)), "everybody is in category 1"),
        (np.zeros((4, 2)), "everybody is in category 0"),
        (np.array([[1, 1]]), "everybody is in category 1"),
        (np.full((3, 2), -1), "nobody answered"),
        (np.zeros((0, 2)), "nobody answered"),
    ],
)
def test_items_that_all_answered_alike_have_no_estimate(model: str, codes: Any, why: str) -> None:
    found = calibrate(responses_of(codes), model)

    assert np.isnan(found.items.slopes).all()
    assert np.isnan(found.items.intercepts).all()
    assert (found.converged, found.n_parameters, found.gradient) == (False, 0, 0)
    assert found.log_likelihood == pytest.approx(0, abs=1e-12)
    assert f"item 0: {why}, it has no estimate; item 1: {why}, it has no estimate" in found.message
    assert found.message.endswith("no item has an estimate")
    assert (found.means.tolist(), found.sds.tolist()) == ([0], [1])


def test_rows_without_weight_are_nobody() -> None:
    found = calibrate(responses_of([[0, 1], [1, 0]], weights=0), "2pl")

    assert found.persons == 0
    assert "item 0: nobody answered" in found.message
    assert "group 0: nobody is in it" in found.message


def test_one_constant_item_leaves_the_others_as_they_are() -> None:
    responses = published(LSAT7)
    more = responses_of(
        np.insert(responses.codes, 2, 1, axis=1), weights=responses.weights, categories=[2, 2, 2, 2, 2, 2]
    )
    plain, found = calibrate(responses, "2pl"), calibrate(more, "2pl")

    assert found.message == "item 2: everybody is in category 1, it has no estimate"
    assert found.converged
    assert np.delete(found.items.slopes, 2).tolist() == plain.items.slopes.tolist()
    assert found.log_likelihood == plain.log_likelihood


def unused(model: str, categories: int, missing: int) -> Any:
    """An item of so many categories, one of which nobody reached, among others; and without that category."""
    truth = truth_of([model, "2pl", "2pl", "grm"], 70)
    codes = sat(truth, 800, 71).codes.astype(int)
    gap = np.where(codes[:, 0] >= missing, codes[:, 0] + 1, codes[:, 0])
    wide = responses_of(np.column_stack([gap, codes[:, 1:]]), categories=[categories, 2, 2, 4])
    models = [model, "2pl", "2pl", "grm"]
    return calibrate(wide, models), calibrate(responses_of(codes, categories=[4, 2, 2, 4]), models)


@pytest.mark.parametrize("missing", [0, 2, 4])
def test_graded_items_with_an_unused_category_are_those_without_it(missing: int) -> None:
    found, plain = unused("grm", 5, missing)
    steps = plain.items.intercepts[0, :3].tolist()
    wanted = {0: [INF, *steps], 2: [steps[0], steps[1], steps[1], steps[2]], 4: [*steps, -INF]}[missing]

    assert f"item 0: nobody is in category {missing}" == found.message
    assert found.items.intercepts[0].tolist() == wanted
    assert np.isnan(found.items.intercepts[1]).tolist() == [False, True, True, True]
    assert found.log_likelihood == plain.log_likelihood


def test_partial_credit_with_an_unused_top_category_is_that_without_it() -> None:
    found, plain = unused("gpcm", 5, 4)

    assert found.message == "item 0: nobody is in category 4"
    assert found.items.intercepts[0].tolist() == [*plain.items.intercepts[0, :3], -INF]
    assert found.log_likelihood == plain.log_likelihood


def test_partial_credit_with_an_unused_middle_category_counts_the_higher_ones_as_they_are() -> None:
    found, plain = unused("gpcm", 5, 2)

    assert found.message == "item 0: nobody is in category 2"
    assert np.isneginf(found.items.intercepts[0]).tolist() == [False, True, False, False]
    assert found.converged
    # A point that nobody got makes the item another one: its categories count 0, 1, 3, 4.
    assert found.log_likelihood != pytest.approx(plain.log_likelihood, abs=1e-3)


@pytest.mark.parametrize("model", ["gpcm", "pcm"])
def test_partial_credit_without_a_lowest_category_is_refused(model: str) -> None:
    responses = responses_of([[1, 0], [2, 1], [1, 1]], categories=[3, 2])

    with pytest.raises(ValueError, match="item 0: nobody is in category 0; count its categories from the lowest"):
        calibrate(responses, model)


def test_several_unused_categories_are_told_together() -> None:
    codes = np.array([[0, 0], [3, 1], [0, 1], [3, 0], [3, 1]] * 20)

    assert "item 0: nobody is in category 1, 2, 4" in calibrate(responses_of(codes, categories=[5, 2]), "grm").message


def with_item(slope: float, intercept: float, persons: int = 4000) -> tuple[Responses, Any]:
    base = truth_of(["2pl"] * 12, 72)
    rows = [*base.intercepts[:, :1].tolist(), [intercept]]
    truth = items_of([*base.kinds, "dichotomous"], [*base.slopes, abs(slope)], rows)
    truth.slopes[-1] = slope
    return sat(truth, persons, 73), truth


def test_a_negative_slope_is_told_and_fits() -> None:
    responses, truth = with_item(-0.9, 0.3)
    found = calibrate(responses, "2pl")

    assert found.message == "item 12: its slope is negative"
    assert found.items.slopes[12] == pytest.approx(-0.9, abs=0.25)
    assert found.log_likelihood > log_likelihood(truth, responses)


def test_a_repeated_item_is_told_and_the_climb_does_not_stop_short() -> None:
    responses = sat(truth_of(["2pl"] * 6, 74), 800, 75)
    found = calibrate(responses_of(np.column_stack([responses.codes, responses.codes[:, 0]])), "2pl")
    told = "it is steeper than can be told, as if it repeated another"

    assert f"item 0: {told}; item 6: {told}" in found.message
    assert np.flatnonzero(found.steep).tolist() == [0, 6]
    assert np.abs(found.items.slopes[[0, 6]]).min() > 20
    assert found.gradient < 1e-4


@pytest.mark.parametrize("rows", [1, 5])
def test_a_population_without_spread_is_told(rows: int) -> None:
    responses = sat(truth_of(["2pl"] * 10, 76), 600, 77)
    codes = np.vstack([responses.codes, np.tile([1, 0], (rows, 5))])
    groups = np.repeat([0, 1], [600, rows])
    found = calibrate(responses_of(codes), "2pl", groups=groups, n_groups=2)

    assert found.message == "group 1: its standard deviation is 0.05, the least there is"
    assert found.sds[1] == pytest.approx(0.05)
    assert found.converged
    assert found.gradient < 1e-8
    assert len(found.nodes) < 1000


def test_a_population_that_got_everything_right_is_far_off_and_nothing_breaks() -> None:
    responses = sat(truth_of(["2pl"] * 10, 78), 600, 79)
    groups = np.repeat([0, 1], [600, 3])
    found = calibrate(
        responses_of(np.vstack([responses.codes, np.ones((3, 10))])), "2pl", groups=groups, n_groups=2, most_cycles=60
    )

    assert found.means[1] > 3
    assert np.isfinite(found.vector).all()


def test_a_population_without_persons_is_told() -> None:
    responses = published(LSAT7)
    found, plain = calibrate(responses, "2pl", n_groups=3), calibrate(responses, "2pl")

    told = "group {}: nobody is in it, it has no estimate"
    assert found.message == "; ".join(told.format(group) for group in (1, 2))
    assert np.isnan(found.means).tolist() == np.isnan(found.sds).tolist() == [False, True, True]
    assert found.n_parameters == plain.n_parameters
    assert found.log_likelihood == plain.log_likelihood


@pytest.mark.parametrize("most", range(1, 12))
def test_too_few_cycles_are_told_whichever_is_the_last(most: int) -> None:
    responses = sat(truth_of(["2pl"] * 60, 80), 300, 81)
    found = calibrate(responses, "2pl", most_cycles=most)

    assert (found.converged, found.cycles) == (False, most)
    assert f"gave up after {most} cycles, the last of which moved a parameter by" in found.message
    assert found.gradient > 0


def test_an_asymptote_of_zero_is_told_and_its_gradient_does_not_count() -> None:
    found = calibrate(published(LSAT7), "3pl")

    told = "its lower asymptote is 0, the least there is"
    assert found.message == "; ".join(f"item {item}: {told}" for item in (0, 2, 3, 4))
    assert found.items.lower[[0, 2, 3, 4]].tolist() == [0, 0, 0, 0]
    assert found.converged
    assert found.gradient < 1e-8
    assert found.log_likelihood > calibrate(published(LSAT7), "2pl").log_likelihood


def test_one_item_and_two_items_end() -> None:
    codes = published(LSAT7).codes
    for items in (1, 2):
        found = calibrate(responses_of(codes[:, :items], weights=published(LSAT7).weights), "2pl")
        assert found.converged
        assert found.gradient < 1e-8
