"""Mistakes that calibration programs are known to make."""

from dataclasses import replace

import numpy as np
import pytest

from tests.quant.calibrated import log_likelihood, sat, truth_of
from tests.quant.test_irt_degenerate import with_item
from xietong.quant.irt.calibration import Calibration, calibrate
from xietong.quant.irt.maximisation import Beta
from xietong.quant.items import items_of
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once


def test_nodes_are_enough_for_an_exam_of_sixty_items() -> None:
    chance = np.random.default_rng(90)
    slopes, places = chance.lognormal(0, 0.3, 60), chance.normal(0, 1, 60)
    truth = items_of(["dichotomous"] * 60, slopes, (-slopes * places)[:, None])
    responses = sat(truth, 5000, 91)
    found = calibrate(responses, "2pl")

    assert found.converged
    assert found.log_likelihood == pytest.approx(log_likelihood(found.items, responses), abs=1e-2)
    finer = calibrate(responses, "2pl", begin=finer_than(found))
    assert len(finer.nodes) == 2 * len(found.nodes)
    assert np.abs(finer.items.slopes - found.items.slopes).max() < 1e-4
    off = [np.sqrt(((each.items.slopes - slopes) ** 2).mean()) for each in (found, finer)]
    assert off[0] < off[1] + 1e-4
    assert off[0] < 0.06


def finer_than(found: Calibration) -> Calibration:
    return replace(found, nodes=np.linspace(found.nodes[0], found.nodes[-1], 2 * len(found.nodes)))


def test_an_almost_flat_item_far_off_is_not_held_back() -> None:
    responses, truth = with_item(0.05, -0.6, persons=6000)
    found = calibrate(responses, "2pl")

    assert truth.thresholds()[-1, 0] == pytest.approx(12)
    assert found.converged
    assert found.items.intercepts[-1, 0] == pytest.approx(-0.6, abs=4 * 0.03)
    assert abs(found.items.thresholds()[-1, 0]) > 6
    assert found.log_likelihood > log_likelihood(truth, responses)


def test_the_rule_that_stops_does_not_lie() -> None:
    models = ["3pl"] * 8 + ["gpcm"] * 4
    responses = sat(truth_of(models, 92), 3000, 93)
    found, tighter = (calibrate(responses, models, tolerance=tolerance) for tolerance in (1e-8, 1e-11))

    assert found.converged
    assert found.gradient < 1e-7
    assert tighter.vector == pytest.approx(found.vector, abs=1e-6)
    assert tighter.log_likelihood == pytest.approx(found.log_likelihood, abs=1e-8)


def test_a_loose_rule_says_how_loose_it_is() -> None:
    models = ["3pl"] * 8
    responses = sat(truth_of(models, 94), 2000, 95)
    loose, tight = (calibrate(responses, models, tolerance=tolerance) for tolerance in (1e-3, 1e-9))

    assert loose.cycles < tight.cycles
    assert loose.gradient > 100 * tight.gradient
    assert loose.log_likelihood < tight.log_likelihood + 1e-9


def test_no_prior_is_hidden_in_guessing() -> None:
    models = ["3pl"] * 12
    truth = truth_of(models, 96)
    responses = sat(truth, 3000, 97)
    found = calibrate(responses, models)

    assert found.log_likelihood > log_likelihood(truth, responses)
    for prior in (Beta(5, 17), Beta(2, 5), Beta(1, 9)):
        assert found.log_likelihood > calibrate(responses, models, lower_prior=prior).log_likelihood


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_an_item_that_the_able_get_wrong_is_not_given_a_steep_slope_upwards(seed: int) -> None:
    chance = np.random.default_rng(seed)
    slopes = 1.2 * chance.lognormal(0, 0.25, 20)
    slopes[[3, 7]] = -1.2, -0.5
    places = chance.normal(0, 1, 20)
    right = 0.2 + 0.8 / (1 + np.exp(-(slopes * chance.normal(0, 1, 3000)[:, None] + places)))
    responses = responses_of((chance.random(right.shape) < right).astype(int))
    found = calibrate(responses, "3pl")

    # Begun with the slope 1, item 7 climbed to 8 and more, 13 to 34 units of log-likelihood below what there is.
    assert found.converged
    assert found.items.slopes[3] == pytest.approx(-1.2, abs=0.3)
    assert -1.5 < found.items.slopes[7] < 0
    assert found.log_likelihood > calibrate(responses, "3pl", lower_prior=Beta(5, 17)).log_likelihood
    assert "item 7: its slope is negative" in found.message


def test_a_loose_rule_does_not_stop_on_coarse_nodes() -> None:
    responses = sat(truth_of(["2pl"] * 60, 80), 500, 81)

    assert len(calibrate(responses, "2pl", tolerance=0.05).nodes) > 40


def test_steps_that_all_seem_to_lead_down_do_not_pass_for_the_end() -> None:
    chance = np.random.default_rng(1)
    ability = chance.normal(0, 1, 1000)
    right = 1 / (1 + np.exp(-(ability[:, None] * 1.2 + np.linspace(-1, 1, 10))))
    codes = (chance.random(right.shape) < right).astype(int)
    found = calibrate(responses_of(np.column_stack([codes, codes[:, 0]])), "2pl", most_cycles=150)

    # Where chances far out were 0 instead of small it stood still at -6434.16 and said that it had converged.
    assert found.log_likelihood > -6320
    assert found.gradient < 1e-4
