"""What must not matter to a calibration: order, names, repetition, and items that nobody saw."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.quant.calibrated import sat, truth_of
from xietong.quant.irt.calibration import Calibration, calibrate
from xietong.quant.responses import Responses, responses_of

pytestmark = pytest.mark.once

MODELS = ("rasch", "2pl", "grm", "pcm", "gpcm", "2pl", "grm")
few = settings(max_examples=12)
seeds = st.integers(0, 10_000)


def of(seed: int, persons: int = 400, models: Any = MODELS) -> Responses:
    responses = sat(truth_of(models, seed, steps=2), persons, seed + 1)
    weights = np.random.default_rng(seed).integers(1, 4, persons).astype(float)
    return replace(responses, weights=weights)


def fit(responses: Responses, models: Any, **others: Any) -> Calibration:
    """To the last digits, if the answers tell the parameters at all."""
    found = calibrate(responses, models, tolerance=1e-10, **others)
    assume(found.converged and np.nanmax(np.abs(found.items.slopes)) < 4)
    return found


def assert_same(found: Calibration, wanted: Calibration, within: float = 1e-6) -> None:
    assert found.log_likelihood == pytest.approx(wanted.log_likelihood, rel=1e-9)
    for name in ("slopes", "intercepts", "lower"):
        one, other = getattr(found.items, name), getattr(wanted.items, name)
        assert one == pytest.approx(other, abs=within, rel=within, nan_ok=True)


@few
@given(seeds)
def test_the_order_of_persons_does_not_matter(seed: int) -> None:
    responses = of(seed)
    order = np.random.default_rng(seed).permutation(len(responses.codes))
    shuffled = replace(responses, codes=responses.codes[order], weights=responses.weights[order])

    assert_same(fit(shuffled, MODELS), fit(responses, MODELS))


@few
@given(seeds, st.permutations(range(len(MODELS))))
def test_the_order_of_items_does_not_matter(seed: int, order: Any) -> None:
    responses, at = of(seed), np.array(order)
    shuffled = Responses(responses.codes[:, at], responses.categories[at], responses.weights)
    found, plain = fit(shuffled, [MODELS[item] for item in order]), fit(responses, MODELS)

    assert_same(found, replace(plain, items=plain.items.take(at.tolist())))


@few
@given(seeds)
def test_weights_are_repeated_rows(seed: int) -> None:
    responses = of(seed, 300)
    times = responses.weights.astype(int)
    each = replace(responses, codes=np.repeat(responses.codes, times, axis=0), weights=np.ones(times.sum()))

    assert_same(fit(each, MODELS), fit(responses, MODELS))


@few
@given(seeds, st.floats(0.2, 5))
def test_a_common_factor_of_weights_scales_the_log_likelihood_alone(seed: int, factor: float) -> None:
    responses = of(seed)
    plain, found = (fit(replace(responses, weights=responses.weights * times), MODELS) for times in (1, factor))

    assert_same(found, replace(plain, log_likelihood=plain.log_likelihood * factor))


@few
@given(seeds)
def test_wrong_for_right_mirrors_the_item(seed: int) -> None:
    models = ["2pl"] * 6
    responses = of(seed, 400, models)
    codes = responses.codes.copy()
    codes[:, 2] = 1 - codes[:, 2]
    plain, found = fit(responses, "2pl"), fit(replace(responses, codes=codes), "2pl")
    sign = np.where(np.arange(6) == 2, -1, 1)

    assert found.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-6)
    mirrored = found.items.slopes[0] * plain.items.slopes[0]
    turned = np.sign(mirrored)
    assert found.items.slopes * turned == pytest.approx(plain.items.slopes * sign, rel=1e-4, abs=1e-4)
    assert found.items.intercepts[:, 0] == pytest.approx(plain.items.intercepts[:, 0] * sign, rel=1e-4, abs=1e-4)


@few
@given(seeds)
def test_an_item_that_nobody_answered_changes_nothing_else(seed: int) -> None:
    responses = of(seed)
    place = seed % (len(MODELS) + 1)
    more = Responses(
        np.ascontiguousarray(np.insert(responses.codes, place, -1, axis=1)),
        np.insert(responses.categories, place, 2),
        responses.weights,
    )
    plain = fit(responses, MODELS)
    found = fit(more, [*MODELS[:place], "2pl", *MODELS[place:]])

    assert np.isnan(found.items.slopes[place])
    assert f"item {place}: nobody answered, it has no estimate" in found.message
    rest = [item for item in range(len(MODELS) + 1) if item != place]
    assert_same(replace(found, items=found.items.take(rest)), plain, 1e-9)


@few
@given(seeds)
def test_names_of_populations_change_only_the_scale(seed: int) -> None:
    models = ["2pl"] * 6 + ["grm"] * 2
    truth = truth_of(models, seed)
    parts = [sat(truth, 300, seed + 1), sat(truth, 300, seed + 2, mean=0.5, sd=1.2)]
    responses = Responses(np.vstack([part.codes for part in parts]), parts[0].categories, np.ones(600))
    groups = np.repeat([0, 1], 300)
    one, other = (fit(responses, models, groups=codes, n_groups=2) for codes in (groups, 1 - groups))

    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-5)
    assert other.sds[1] == pytest.approx(1 / one.sds[1], rel=1e-4)
    assert other.means[1] == pytest.approx(-one.means[1] / one.sds[1], abs=1e-4)
    assert other.items.slopes == pytest.approx(one.items.slopes * one.sds[1], rel=1e-4)
    assert other.items.thresholds() == pytest.approx(
        (one.items.thresholds() - one.means[1]) / one.sds[1], rel=1e-3, abs=1e-3, nan_ok=True
    )


@few
@given(seeds)
def test_three_populations_may_be_numbered_anyhow_beyond_the_first(seed: int) -> None:
    responses = of(seed, 600)
    groups = np.arange(600) % 3
    one = fit(responses, MODELS, groups=groups, n_groups=3)
    other = fit(responses, MODELS, groups=np.array([0, 2, 1])[groups], n_groups=3)

    assert_same(other, one, 1e-5)
    assert other.means == pytest.approx(one.means[[0, 2, 1]], abs=1e-5)
    assert other.sds == pytest.approx(one.sds[[0, 2, 1]], abs=1e-5)


def test_nothing_is_changed_that_was_given() -> None:
    responses = of(1)
    before = [responses.codes.copy(), responses.categories.copy(), responses.weights.copy()]
    first = calibrate(responses, MODELS)
    vector = first.vector.copy()
    calibrate(responses, MODELS, begin=first)

    assert np.array_equal(responses.codes, before[0])
    assert np.array_equal(responses.categories, before[1])
    assert np.array_equal(responses.weights, before[2])
    assert np.array_equal(first.vector, vector)
    assert np.array_equal(calibrate(responses_of(responses.codes, weights=responses.weights), MODELS).vector, vector)
