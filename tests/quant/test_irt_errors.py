"""Standard errors against the spread of refits, each other and the information of every person by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.quant.calibrated import log_likelihood, sat, truth_of
from tests.quant.sitting import LSAT7, published
from xietong.quant.compiling import compiled
from xietong.quant.irt.calibration import calibrate
from xietong.quant.irt.errors import pick, posteriors, standard_errors
from xietong.quant.irt.layout import items_from
from xietong.quant.irt.maximisation import Beta
from xietong.quant.items import items_of
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

MODELS = ("rasch", "2pl", "3pl", "grm", "pcm", "gpcm")
REFITS = 80


@pytest.mark.parametrize("information", ["scores", "observed"])
def test_errors_are_the_spread_of_refits(information: Any) -> None:
    models = ["2pl"] * 5 + ["grm", "gpcm"]
    truth = truth_of(models, 200, steps=2)
    vectors, covariances, first = [], [], None
    for seed in range(REFITS):
        responses = sat(truth, 600, 300 + seed)
        found = calibrate(responses, models, begin=first, tolerance=1e-5)
        first = first or found
        free = found.layout.free
        vectors.append(found.vector[free])
        covariances.append(np.diag(standard_errors(found, responses, information=information).covariance)[free])
    spread, said = np.std(vectors, axis=0, ddof=1), np.sqrt(np.mean(covariances, axis=0))

    # A spread of 80 draws has an error of 1 ÷ √(2·79) = 8 %; that of 20 ratios together is smaller.
    assert np.abs(np.log(said / spread)).max() < 4 * 0.08
    assert np.exp(np.log(said / spread).mean()) == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize("prior", [None, Beta(5, 17)])
def test_both_kinds_agree_for_many_persons(prior: Any) -> None:
    models = ("rasch", "2pl", "3pl", "grm", "pcm", "gpcm", "3pl", "2pl")
    responses = sat(truth_of(models, 210), 12000, 211)
    groups = np.arange(12000) % 2
    found = calibrate(responses, models, groups=groups, n_groups=2, lower_prior=prior)
    one, other = (
        standard_errors(found, responses, groups=groups, lower_prior=prior, information=each)
        for each in ("scores", "observed")
    )

    for name in ("slopes", "intercepts", "lower", "means", "sds"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=0.12, nan_ok=True)
    place = found.layout.log_sds[1]
    assert one.sds[1] == pytest.approx(np.sqrt(one.covariance[place, place]) * found.sds[1])
    assert abs(found.sds[1] - 1) > 1e-3
    assert np.isfinite(one.lower).sum() == (2 if prior else (found.items.lower > 0).sum())


def test_observed_information_is_the_curvature_of_plain_sums() -> None:
    responses = published(LSAT7)
    found = calibrate(responses, "2pl")
    errors = standard_errors(found, responses, information="observed")
    layout, kinds = found.layout, [model.kind for model in found.models]
    free, step = np.flatnonzero(layout.free), 1e-3

    def height(*moves: Any) -> float:
        vector = found.vector.copy()
        for place, by in moves:
            vector[place] += by
        return log_likelihood(items_from(layout, vector, kinds, responses.categories), responses)

    curvature = np.array(
        [
            [
                (height((a, step), (b, step)) - height((a, step), (b, -step))
                 - height((a, -step), (b, step)) + height((a, -step), (b, -step))) / (4 * step**2)
                for b in free
            ]
            for a in free
        ]
    )  # fmt: skip
    wanted = np.linalg.inv(-curvature)

    assert errors.covariance[np.ix_(free, free)] == pytest.approx(wanted, rel=2e-3, abs=1e-5)
    assert errors.slopes == pytest.approx(np.sqrt(np.diag(wanted))[::2], rel=1e-3)


def test_scores_are_differences_of_each_person_by_plain_sums() -> None:
    responses = published(LSAT7)
    found = calibrate(responses, "3pl", lower_prior=Beta(5, 17))
    errors = standard_errors(found, responses, lower_prior=Beta(5, 17))
    layout, kinds = found.layout, [model.kind for model in found.models]
    scores = np.zeros((32, len(found.vector)))
    for place in np.flatnonzero(layout.free):
        sides = []
        for by in (1e-5, -1e-5):
            vector = found.vector.copy()
            vector[place] += by
            items = items_from(layout, vector, kinds, responses.categories)
            rows = [responses_of(row[None], categories=2) for row in responses.codes]
            sides.append([log_likelihood(items, row, count=81) for row in rows])
        scores[:, place] = (np.array(sides[0]) - np.array(sides[1])) / 2e-5
    matrix = (scores * responses.weights[:, None]).T @ scores
    lower = found.vector[layout.lowers]
    matrix[layout.lowers, layout.lowers] += 4 / lower**2 + 16 / (1 - lower) ** 2
    free = np.ix_(layout.free, layout.free)

    assert errors.covariance[free] == pytest.approx(np.linalg.inv(matrix[free]), rel=1e-3, abs=1e-5)
    assert np.isnan(errors.covariance[-1]).all()


def test_weights_count_as_persons_and_rows_in_blocks() -> None:
    responses = published(LSAT7)
    each = responses_of(np.repeat(responses.codes, responses.weights.astype(int), axis=0))
    many = replace(each, codes=np.tile(each.codes, (5, 1)), weights=np.full(5000, 0.2))
    found = calibrate(responses, "2pl")
    wanted = standard_errors(found, responses).covariance

    assert standard_errors(found, each).covariance == pytest.approx(wanted, rel=1e-9, nan_ok=True)
    for information in ("scores", "observed"):
        one, other = (
            standard_errors(replace(found, persons=float(these.weights.sum())), these, information=information)
            for these in (many, responses)
        )
        assert one.covariance == pytest.approx(other.covariance, rel=1e-6, nan_ok=True)


def test_what_was_not_presented_tells_nothing() -> None:
    responses = published(LSAT7)
    more = np.vstack([responses.codes, np.full((1, 5), -1)])
    weighted = responses_of(more, weights=[*responses.weights, 500])
    plain, with_nobody = (standard_errors(calibrate(each, "2pl"), each).covariance for each in (responses, weighted))

    assert with_nobody == pytest.approx(plain, rel=1e-5, nan_ok=True)


def test_a_common_slope_has_one_error() -> None:
    responses = published(LSAT7)
    rasch = standard_errors(calibrate(responses, "rasch"), responses, information="observed")

    assert len(set(rasch.slopes.tolist())) == 1
    assert np.isfinite(rasch.intercepts).all()


def test_what_lies_at_its_bound_or_was_not_estimated_has_no_error() -> None:
    responses = published(LSAT7)
    found = calibrate(responses, "3pl")
    errors = standard_errors(found, responses)

    assert np.isnan(errors.lower).tolist() == (found.items.lower == 0).tolist() == [True, False, True, True, True]
    assert np.isfinite(errors.slopes).all()
    fixed = standard_errors(calibrate(responses, "2pl", fixed=calibrate(responses, "2pl").items), responses)
    assert np.isnan(fixed.slopes).all()
    assert np.isnan(fixed.covariance).all()


def test_fixed_asymptotes_of_zero_do_not_meet_the_prior() -> None:
    responses = published(LSAT7)
    fixed = items_of(["dichotomous"] * 5, [1.0] * 5, [[1.0]] * 5)
    fixed.slopes[2:] = np.nan
    found = calibrate(responses, "3pl", fixed=fixed, lower_prior=Beta(5, 17))
    errors = standard_errors(found, responses, lower_prior=Beta(5, 17))

    assert found.converged
    assert np.isnan(errors.lower).tolist() == [True, True, False, False, False]


def test_categories_without_persons_have_no_error_where_they_have_no_intercept() -> None:
    codes = np.array([[0, 0, 1], [3, 1, 0], [1, 0, 0], [3, 1, 1], [1, 1, 1], [0, 1, 0]] * 40)
    responses = responses_of(codes, categories=[5, 2, 2])
    graded = standard_errors(calibrate(responses, ["grm", "2pl", "2pl"]), responses)
    partial = standard_errors(calibrate(responses, ["gpcm", "2pl", "2pl"]), responses)

    assert np.isfinite(graded.intercepts[0]).tolist() == [True, True, True, False]
    assert graded.intercepts[0, 1] == graded.intercepts[0, 2]
    assert np.isfinite(partial.intercepts[0]).tolist() == [True, False, True, False]


def test_rows_without_weight_leave_no_mark_whatever_they_hold() -> None:
    codes = published(LSAT7).codes.astype(int)
    more, weights = np.vstack([codes, [[9, 1, 1, 1, -1]]]), [*published(LSAT7).weights, 0]
    models = ["grm"] + ["2pl"] * 4
    plain, with_it = published(LSAT7), responses_of(more, weights=weights)
    one, other = (standard_errors(calibrate(each, models), each) for each in (plain, with_it))

    assert other.slopes == pytest.approx(one.slopes, rel=1e-6)
    assert other.intercepts[:, 0] == pytest.approx(one.intercepts[:, 0], rel=1e-6)


def test_a_population_without_persons_has_no_error() -> None:
    responses = published(LSAT7)
    found = calibrate(responses, "2pl", n_groups=2)
    errors = standard_errors(found, responses)

    assert np.isnan(found.means).tolist() == np.isnan(found.sds).tolist() == [False, True]
    assert np.isnan([*errors.means, *errors.sds]).all()
    assert np.isfinite(errors.slopes).all()


def test_posteriors_are_the_same_without_a_compiler() -> None:
    chance = np.random.default_rng(220)
    likely, priors = chance.random((2, 256, 5)), chance.dirichlet(np.ones(5), 2)
    patterns, groups = chance.integers(0, 256, (4, 2)).astype(np.uint8), np.array([0, 1, 1, 0])
    plain, fast = np.empty((4, 5)), np.empty((4, 5))
    posteriors(patterns, groups, likely, priors, plain)
    compiled(posteriors)(patterns, groups, likely, priors, fast)
    wanted = priors[groups] * likely[0, patterns[:, 0]] * likely[1, patterns[:, 1]]

    assert plain == pytest.approx(wanted / wanted.sum(axis=1, keepdims=True), rel=1e-12)
    assert fast == pytest.approx(plain, rel=1e-12)


def test_what_follows_from_a_state_is_the_same_without_a_compiler() -> None:
    chance = np.random.default_rng(221)
    moments, places = chance.random((3, 2, 2, 2)), np.array([[0, 1], [0, 2]])
    states = np.array([[0, 1], [2, 0], [1, 2]])
    plain, fast = np.zeros((3, 3)), np.zeros((3, 3))
    pick(states, moments, places, plain)
    compiled(pick)(states, moments, places, fast)
    wanted = [
        [moments[0, 0, 0, 0] + moments[0, 1, 1, 0], moments[0, 0, 0, 1], moments[0, 1, 1, 1]],
        [moments[1, 1, 0, 0], 0, moments[1, 1, 0, 1]],
        [moments[2, 0, 1, 0], moments[2, 0, 1, 1], 0],
    ]

    assert plain == pytest.approx(np.array(wanted))
    assert np.array_equal(plain, fast)


def test_other_responses_are_refused() -> None:
    responses = published(LSAT7)
    found = calibrate(responses, "2pl")
    omitted = responses.codes.copy()
    omitted[3, 1] = -2

    for other in (
        replace(responses, weights=responses.weights * 2),
        replace(responses, codes=responses.codes[:, :4]),
    ):
        with pytest.raises(ValueError, match="these are not the responses of the calibration"):
            standard_errors(found, other)
    with pytest.raises(ValueError, match="row 3, item 1: the answer is omitted; say whether that is wrong"):
        standard_errors(found, replace(responses, codes=omitted))
    with pytest.raises(ValueError, match=r"groups are int64 of the shape \(3,\)"):
        standard_errors(found, responses, groups=[0, 0, 0])
    with pytest.raises(ValueError, match="information 'fisher' is neither scores nor observed"):
        standard_errors(found, responses, information="fisher")  # type: ignore[arg-type]
