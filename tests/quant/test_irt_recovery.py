"""What persons were simulated with is found again, within the errors that are said."""

from dataclasses import replace

import numpy as np
import pytest

from tests.quant.calibrated import assert_near, of_item, sat, truth_of
from xietong.quant.irt.calibration import calibrate
from xietong.quant.irt.errors import standard_errors
from xietong.quant.irt.maximisation import Beta
from xietong.quant.responses import Responses

pytestmark = pytest.mark.once

ABILITIES = np.linspace(-2, 2, 9)
MODELS = ("rasch", "2pl", "3pl", "grm", "pcm", "gpcm")


@pytest.mark.parametrize("model", ["rasch", "2pl", "grm", "pcm", "gpcm"])
def test_every_model_finds_its_items(model: str) -> None:
    truth = truth_of([model] * 15, 100)
    responses = sat(truth, 3000, 101)
    found = calibrate(responses, model)

    assert_near(found, standard_errors(found, responses), truth)


def test_mixed_models_find_their_items() -> None:
    models = MODELS * 4
    truth = truth_of(models, 102)
    responses = sat(truth, 4000, 103)
    found = calibrate(responses, models)

    assert_near(found, standard_errors(found, responses), truth)


def test_guessing_is_found_with_and_without_a_prior() -> None:
    truth = truth_of(["3pl"] * 20, 104)
    responses = sat(truth, 6000, 105)
    for prior in (None, Beta(5, 21)):
        found = calibrate(responses, "3pl", lower_prior=prior)
        errors = standard_errors(found, responses, lower_prior=prior)

        curves = [[of_item(items, item, ABILITIES)[1] for item in range(20)] for items in (found.items, truth)]
        off = np.array(curves[0]) - curves[1]

        assert found.converged
        assert np.abs(off).max() < 0.08
        assert abs(off.mean()) < 0.004
        told = np.isfinite(errors.lower) & (errors.lower < 0.07)
        assert told.sum() >= 8
        assert np.abs((found.items.lower - truth.lower) / errors.lower)[told].max() < 4


def test_two_populations_are_found() -> None:
    models = MODELS * 2
    truth = truth_of(models, 106)
    parts = [sat(truth, 3000, 107), sat(truth, 2000, 108, mean=-0.6, sd=1.3)]
    responses = Responses(
        np.vstack([part.codes for part in parts]),
        parts[0].categories,
        np.concatenate([part.weights for part in parts]),
    )
    groups = np.repeat([0, 1], [3000, 2000])
    found = calibrate(responses, models, groups=groups, n_groups=2)
    errors = standard_errors(found, responses, groups=groups)

    assert_near(found, errors, truth, [0, -0.6], [1, 1.3])
    assert abs(found.means[1] + 0.6) < 4 * errors.means[1] < 0.3
    assert abs(found.sds[1] - 1.3) < 4 * errors.sds[1] < 0.3
    assert np.isnan([errors.means[0], errors.sds[0]]).all()


def test_new_items_are_found_on_the_scale_of_fixed_ones() -> None:
    models = MODELS * 3
    truth = truth_of(models, 109)
    responses = sat(truth, 3000, 110, mean=1.0, sd=0.8)
    is_fixed = np.arange(len(models)) % 3 == 0
    found = calibrate(
        responses, models, fixed=replace(truth, slopes=np.where(is_fixed, truth.slopes, np.nan)), free_first=True
    )
    errors = standard_errors(found, responses)

    assert_near(found, errors, truth, [1.0], [0.8])
    assert np.isnan(errors.slopes[is_fixed]).all()
    assert abs(found.means[0] - 1.0) < 4 * errors.means[0] < 0.3
    assert abs(found.sds[0] - 0.8) < 4 * errors.sds[0] < 0.3


def test_booklets_find_all_items() -> None:
    models = ("2pl", "gpcm", "grm") * 6
    truth = truth_of(models, 111)
    responses = sat(truth, 6000, 112)
    blocks = np.arange(18) // 3
    booklet = np.arange(6000)[:, None] % 6
    absent = ((blocks - booklet) % 6) > 2
    found = calibrate(replace(responses, codes=np.where(absent, np.int8(-1), responses.codes)), models)
    errors = standard_errors(found, replace(responses, codes=np.where(absent, np.int8(-1), responses.codes)))

    assert absent.mean() == 0.5
    assert_near(found, errors, truth)
