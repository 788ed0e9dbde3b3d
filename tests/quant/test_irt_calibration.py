"""Marginal maximum likelihood against published calibrations, plain sums and a general optimiser."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

from tests.quant.calibrated import log_likelihood, sat, truth_of
from tests.quant.sitting import LSAT6, LSAT7, published
from xietong.quant.irt import calibration
from xietong.quant.irt.calibration import calibrate
from xietong.quant.irt.climbing import derivatives_of
from xietong.quant.irt.expectation import expected
from xietong.quant.irt.maximisation import Beta, chance_table, priors_of
from xietong.quant.irt.packing import packed
from xietong.quant.items import items_of
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

MODELS = ("rasch", "2pl", "3pl", "grm", "pcm", "gpcm")


def test_lsat7_two_parameters() -> None:
    """As mirt for R finds them (Chalmers, 2012, Journal of Statistical Software 48), whose pages say -2658.805."""
    found = calibrate(published(LSAT7), "2pl")

    assert found.log_likelihood == pytest.approx(-2658.80511, abs=1e-5)
    assert found.items.slopes == pytest.approx([0.98755, 1.08084, 1.70746, 0.76499, 0.73567], abs=3e-5)
    assert found.items.intercepts[:, 0] == pytest.approx([1.85586, 0.80797, 1.80520, 0.48600, 1.85446], abs=3e-5)
    assert (found.persons, found.n_parameters, found.converged, found.message) == (1000, 10, True, "")


def test_lsat7_rasch() -> None:
    """The same source; its variance with slopes of 1 is the square of the common slope."""
    found = calibrate(published(LSAT7), "rasch")

    assert found.log_likelihood == pytest.approx(-2664.90089, abs=1e-5)
    assert found.items.slopes**2 == pytest.approx([1.02265] * 5, abs=2e-5)
    assert found.items.intercepts[:, 0] == pytest.approx([1.86826, 0.79100, 1.46098, 0.52150, 1.99297], abs=1.5e-5)
    assert found.n_parameters == 6


def test_lsat6() -> None:
    """ltm 1.2 for R (Rizopoulos, 2006, Journal of Statistical Software 17), `rasch` and `ltm` of its data LSAT."""
    rasch, two = (calibrate(published(LSAT6), model) for model in ("rasch", "2pl"))

    assert two.log_likelihood == pytest.approx(-2466.65338, abs=1e-5)
    assert rasch.log_likelihood == pytest.approx(-2466.93760, abs=1e-5)
    assert rasch.items.slopes == pytest.approx([0.75513] * 5, abs=1e-5)
    assert rasch.items.thresholds()[:, 0] == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=6e-5)


def test_lsat7_with_guessing_is_no_worse_than_published() -> None:
    """anova of mirt's documentation: four items of two parameters and the fifth of three, not quite at its end."""
    responses = published(LSAT7)
    found = calibrate(responses, ["2pl"] * 4 + ["3pl"])

    assert -2658.794 < found.log_likelihood < -2658.77
    assert found.n_parameters == 11
    assert found.log_likelihood == pytest.approx(log_likelihood(found.items, responses), abs=1e-6)


@pytest.mark.parametrize("pair", [("2pl", "grm"), ("2pl", "gpcm"), ("rasch", "pcm")])
def test_models_of_several_categories_are_those_of_two(pair: Any) -> None:
    one, other = (calibrate(published(LSAT7), model) for model in pair)

    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-8)
    assert other.items.slopes == pytest.approx(one.items.slopes, abs=1e-6)
    assert other.items.intercepts == pytest.approx(one.items.intercepts, abs=1e-6)


def test_rasch_and_partial_credit_share_one_slope() -> None:
    found = calibrate(published(LSAT7), ["rasch", "pcm", "rasch", "pcm", "2pl"])

    assert len(set(found.items.slopes[:4].tolist())) == 1
    assert found.items.slopes[4] != found.items.slopes[0]
    assert found.n_parameters == 1 + 4 + 2


@pytest.mark.parametrize("model", [*MODELS, None])
def test_log_likelihood_is_that_of_plain_sums(model: Any) -> None:
    models = [model] * 6 if model else list(MODELS)
    responses = sat(truth_of(models, 7), 400, 8)
    responses.codes[np.random.default_rng(9).random(responses.codes.shape) < 0.2] = -1
    found = calibrate(responses, models)

    assert found.converged
    assert found.gradient < 1e-8
    assert found.log_likelihood == pytest.approx(log_likelihood(found.items, responses), abs=1e-4)


def test_two_populations_by_plain_sums() -> None:
    truth, chance = truth_of(MODELS, 10), np.random.default_rng(11)
    groups = chance.integers(0, 2, 600)
    parts = [sat(truth, 600, 12), sat(truth, 600, 13, mean=0.8, sd=1.4)]
    responses = replace(parts[0], codes=np.where(groups[:, None] == 0, parts[0].codes, parts[1].codes))
    found = calibrate(responses, MODELS, groups=groups, n_groups=2)

    wanted = log_likelihood(found.items, responses, groups, found.means, found.sds)
    assert found.log_likelihood == pytest.approx(wanted, abs=1e-4)
    assert (found.means[0], found.sds[0]) == (0, 1)


@pytest.mark.parametrize("models", [("2pl", "2pl", "grm"), ("3pl", "gpcm", "gpcm", "2pl"), ("rasch", "pcm", "grm")])
def test_a_general_optimiser_finds_the_same_maximum(models: Any) -> None:
    responses = sat(truth_of(models, 20, steps=2), 1500, 23)
    found = calibrate(responses, models)
    layout, packs = found.layout, packed(responses, found.layout, np.zeros(1500, dtype=np.int64))
    nodes = np.linspace(-6, 6, 61)

    def deviance(free: Any) -> Any:
        vector = found.vector.copy()
        vector[layout.free] = free
        counts = expected(packs, chance_table(layout, vector, nodes), priors_of(layout, vector, nodes))
        return -counts.log_likelihood, -derivatives_of(layout, vector, nodes, counts, None)[layout.free]

    bounds = [(0, 0.9) if place in layout.lowers else (-9, 9) for place in np.flatnonzero(layout.free)]
    away = found.vector[layout.free] * 0.9 + 0.01
    best = minimize(deviance, away, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-9})

    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-4)
    assert found.vector[layout.free] == pytest.approx(best.x, abs=2e-3)


def test_a_prior_of_asymptotes_is_in_what_is_climbed_and_not_in_the_log_likelihood() -> None:
    responses = sat(truth_of(["3pl"] * 8, 30), 800, 31)
    free, bound = (calibrate(responses, "3pl", lower_prior=prior) for prior in (None, Beta(5, 17)))

    assert bound.converged
    assert bound.gradient < 1e-7
    assert bound.log_likelihood < free.log_likelihood
    assert bound.log_likelihood == pytest.approx(log_likelihood(bound.items, responses), abs=1e-5)
    height = [
        each.log_likelihood + Beta(5, 17).log(np.maximum(each.items.lower, 1e-9)).sum() for each in (free, bound)
    ]
    assert height[1] > height[0]


def test_a_flat_prior_is_none() -> None:
    responses = published(LSAT7)
    none, flat = (calibrate(responses, "3pl", lower_prior=prior) for prior in (None, Beta(1, 1)))

    assert flat.log_likelihood == pytest.approx(none.log_likelihood, abs=1e-9)
    assert flat.items.lower == pytest.approx(none.items.lower, abs=1e-6)


def test_fixed_items_keep_their_parameters_and_set_the_scale() -> None:
    truth = truth_of(MODELS, 40)
    responses = sat(truth, 3000, 41, mean=0.7, sd=1.3)
    kept = truth.slopes.copy()
    kept[3:] = np.nan
    found = calibrate(responses, MODELS, fixed=replace(truth, slopes=kept), free_first=True)

    assert found.items.slopes[:3].tolist() == truth.slopes[:3].tolist()
    assert found.items.lower[:3].tolist() == truth.lower[:3].tolist()
    assert np.array_equal(found.items.intercepts[:3], truth.intercepts[:3], equal_nan=True)
    assert found.means[0] == pytest.approx(0.7, abs=0.25)
    assert found.sds[0] == pytest.approx(1.3, abs=0.25)
    assert found.n_parameters == 2 + 4 + 4 + 4
    assert found.log_likelihood == pytest.approx(
        log_likelihood(found.items, responses, None, found.means, found.sds), abs=1e-4
    )


def test_all_items_fixed_leaves_only_the_population() -> None:
    truth = truth_of(["2pl"] * 6, 42)
    responses = sat(truth, 500, 43, mean=-1)
    found = calibrate(responses, "2pl", fixed=truth, free_first=True)
    none = calibrate(responses, "2pl", fixed=truth)

    assert (found.n_parameters, none.n_parameters, none.cycles) == (2, 0, 1)
    assert none.log_likelihood == pytest.approx(log_likelihood(truth, responses), abs=1e-5)
    best = minimize(
        lambda at: -log_likelihood(truth, responses, None, [at[0]], [np.exp(at[1])]), [0, 0], method="Nelder-Mead"
    )
    assert [found.means[0], np.log(found.sds[0])] == pytest.approx(best.x, abs=1e-3)


def test_many_begin_with_a_tenth_of_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    models = ("rasch", "2pl", "grm", "pcm", "gpcm") * 2
    responses = sat(truth_of(models, 50), 4000, 51)
    whole = calibrate(responses, models)
    monkeypatch.setattr(calibration, "SUBSAMPLE", 4000)
    tenth = calibrate(responses, models)

    assert tenth.cycles < whole.cycles
    assert tenth.vector == pytest.approx(whole.vector, abs=1e-5)
    assert tenth.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-6)


@pytest.mark.parametrize("most", [4, calibration.MOST_ROUGH])
def test_a_tenth_that_leads_nowhere_is_passed_over(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    responses = sat(truth_of(["2pl"] * 4, 53), 2000, 54)
    codes = np.concatenate([responses.codes, responses.codes[:, :1]], axis=1)
    codes[np.arange(2000) % 10 != 0, 4] = 0
    repeated = responses_of(codes)
    whole = calibrate(repeated, "2pl", most_cycles=40)
    monkeypatch.setattr(calibration, "SUBSAMPLE", 2000)
    monkeypatch.setattr(calibration, "MOST_ROUGH", most)

    assert np.array_equal(calibrate(repeated, "2pl", most_cycles=40).vector, whole.vector)


def test_beginning_where_another_ended_is_shorter_and_ends_there_too() -> None:
    responses = sat(truth_of(MODELS, 60), 1000, 61)
    other = replace(responses, weights=np.random.default_rng(62).integers(0, 3, 1000).astype(float))
    first = calibrate(responses, MODELS)
    cold, warm = calibrate(other, MODELS), calibrate(other, MODELS, begin=first)

    assert calibrate(responses, MODELS, begin=first).cycles <= 3
    assert warm.cycles <= cold.cycles
    assert warm.vector == pytest.approx(cold.vector, abs=1e-5)


def test_beginning_elsewhere_is_passed_over() -> None:
    responses = sat(truth_of(["2pl", "2pl", "3pl", "2pl"], 63), 500, 64)
    one = calibrate(responses, ["2pl", "2pl", "3pl", "2pl"])
    cold, warm = (calibrate(responses, ["3pl", "2pl", "2pl", "2pl"], begin=begin) for begin in (None, one))

    assert np.array_equal(cold.vector, warm.vector)
    assert cold.cycles == warm.cycles


def test_beginning_does_not_carry_over_what_was_fixed_then() -> None:
    truth = truth_of(["2pl"] * 5, 65)
    responses = sat(truth, 500, 66)
    kept = np.where(np.arange(5) < 2, truth.slopes, np.nan)
    first = calibrate(responses, "2pl", fixed=replace(truth, slopes=kept))
    then = calibrate(responses, "2pl", fixed=replace(truth, slopes=kept * 1.2), begin=first)

    assert then.items.slopes[:2].tolist() == (kept * 1.2)[:2].tolist()


def test_booklets_say_nothing_of_what_was_not_in_them() -> None:
    full = sat(truth_of(["2pl"] * 3, 67), 300, 68)
    apart = np.full((600, 6), -1)
    apart[:300, :3], apart[300:, 3:] = full.codes, full.codes
    one, two = calibrate(full, "2pl"), calibrate(responses_of(apart), "2pl")

    assert two.log_likelihood == pytest.approx(2 * one.log_likelihood, abs=1e-6)
    assert two.items.slopes == pytest.approx(np.tile(one.items.slopes, 2), abs=1e-5)


def test_parameters_of_an_exam_are_laid_out_by_item() -> None:
    truth = items_of(["dichotomous", "graded"], [1, 1], [[0.0, np.nan], [1.0, -1.0]])
    found = calibrate(sat(truth, 200, 69), ["2pl", "grm"])

    assert np.isnan(found.items.intercepts).tolist() == [[False, True], [False, False]]
    assert found.items.kinds == truth.kinds
    assert [model.value for model in found.models] == ["2pl", "grm"]
