"""Standard errors of constants against the delta method, known spreads and refusals."""

from typing import Any

import numpy as np
import pytest

from tests.quant.anchored import NAN, covariance_of, estimated, right_or_wrong
from xietong.quant.linking import (
    Constants,
    Items,
    drawn_errors,
    haebara,
    items_of,
    mean_mean,
    mean_sigma,
    normal_nodes,
    parameters_of,
    refitted_errors,
    stocking_lord,
)

pytestmark = pytest.mark.once

NODES = normal_nodes()
METHODS = {
    "mean/mean": mean_mean,
    "mean/sigma": mean_sigma,
    "Haebara": lambda *anchor: haebara(*anchor, NODES, NODES).constants,
    "Stocking-Lord": lambda *anchor: stocking_lord(*anchor, NODES, NODES).constants,
}
SOURCE = right_or_wrong(6, seed=4)
TARGET = SOURCE.transformed(Constants(0.8, 0.3))
PERSONS = 200_000
"""So many that the constants are a straight function of the parameters over the width of the errors."""


def delta(method: Any, covariances: Any) -> Any:
    """Standard errors of A and B by the delta method, with differences for derivatives."""
    total = np.zeros((2, 2))
    for side, covariance in enumerate(covariances):
        slopes = []
        for place in range(len(covariance)):
            found = []
            for step in (1e-4, -1e-4):
                tables = [np.column_stack([each.slopes, each.intercepts, each.lower]) for each in (SOURCE, TARGET)]
                if place % 3 < 2:
                    tables[side].ravel()[place] += step
                constants = method(*(items_of(SOURCE.kinds, each[:, 0], each[:, 1:2], each[:, 2]) for each in tables))
                found.append((constants.stretch, constants.shift))
            slopes.append(np.subtract(*found) / 2e-4)
        total += np.array(slopes).T @ covariance @ np.array(slopes)
    return np.sqrt(np.diag(total))


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_drawn_errors_are_those_of_the_delta_method(method: Any) -> None:
    """Of 200 replications a standard deviation is uncertain by 1 ÷ √400; four times that is 20 %."""
    covariances = covariance_of(SOURCE, PERSONS), covariance_of(TARGET, 2 * PERSONS)
    found = drawn_errors(SOURCE, TARGET, *covariances, method, replications=200, seed=5)

    assert (found.failed, found.refused, found.draws.shape) == (0, 0, (200, 2))
    assert (found.stretch, found.shift) == pytest.approx(delta(method, covariances), rel=0.2)
    assert found.draws.mean(axis=0) == pytest.approx((0.8, 0.3), abs=4 * max(found.stretch, found.shift) / 200**0.5)


def test_refitted_errors_are_those_of_drawn_calibrations() -> None:
    def fit(chance: np.random.Generator) -> tuple[Items, Items]:
        return estimated(SOURCE, PERSONS, chance), estimated(TARGET, 2 * PERSONS, chance)

    covariances = covariance_of(SOURCE, PERSONS), covariance_of(TARGET, 2 * PERSONS)
    found = refitted_errors(fit, mean_mean, replications=300, seed=6)

    assert (found.stretch, found.shift) == pytest.approx(delta(mean_mean, covariances), rel=0.17)
    assert found.stretch == pytest.approx(found.draws[:, 0].std(ddof=1))
    assert (found.failed, found.refused) == (0, 0)


def test_errors_follow_their_seed() -> None:
    covariance = covariance_of(SOURCE, 500)
    draws = [
        drawn_errors(SOURCE, SOURCE, covariance, covariance, mean_mean, replications=5, seed=seed).draws
        for seed in (1, 1, 2)
    ]

    assert np.array_equal(draws[0], draws[1])
    assert not (draws[0] == draws[2]).any()


def test_each_parameter_is_drawn_with_its_own_covariance() -> None:
    """Item by item: a, then d of each step, then c of an item that is right or wrong."""
    items = items_of(["graded", "dichotomous", "partial"], [2, 1, 1.5], [[1, -1], [0, NAN], [0.5, 0.7]], [0, 0.5, 0])
    spread = np.array([0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09])
    mixing = np.eye(9)
    mixing[1, 0] = 0.5
    covariance = mixing @ np.diag(spread**2) @ mixing.T
    seen: list[Any] = []

    def link(source: Items, target: Items) -> Constants:
        assert np.array_equal(target.intercepts, items.intercepts, equal_nan=True)
        seen.append(parameters_of(source))
        return Constants(1.0, 0.0)

    drawn_errors(items, items, covariance, np.zeros((9, 9)), link, replications=2000, seed=7)
    assert parameters_of(items).tolist() == [2, 1, -1, 1, 0, 0.5, 1.5, 0.5, 0.7]
    assert np.cov(np.array(seen).T) == pytest.approx(covariance, abs=4 * 2**0.5 * 0.09**2 / 2000**0.5)
    assert np.std(seen, axis=0) == pytest.approx(np.sqrt(np.diag(covariance)), rel=4 / 4000**0.5)


def test_draws_that_cannot_be_items_are_drawn_again_and_counted() -> None:
    """A slope of 1 with a deviation of 1 is below 0 in one of six draws."""
    items = items_of(["graded"], [1.0], [[0.0]])
    slopes: list[float] = []

    def link(source: Items, target: Items) -> Constants:
        slopes.extend((source.slopes[0], target.slopes[0]))
        return Constants(1.0, 0.0)

    wide = np.diag([1.0, 0.0])
    found = drawn_errors(items, items, wide, wide, link, replications=500, seed=8)
    assert len(slopes) == 1000
    assert min(slopes) > 0
    assert found.refused / (1000 + found.refused) == pytest.approx(0.1587, abs=4 * (0.1587 * 0.8413 / 1188) ** 0.5)


def test_a_covariance_that_is_too_wide_is_refused() -> None:
    items = items_of(["graded"], [1.0], [[0.0, -0.1]])

    with pytest.raises(ValueError, match="the target covariance is too wide: 21 draws refused, the last for item 0"):
        drawn_errors(items, items, np.zeros((3, 3)), np.diag([1e6, 1e6, 1e6]), mean_mean, replications=20, seed=9)


def test_replications_without_constants_are_counted_and_left_out() -> None:
    drawn = iter([Constants(1.0, 2.0), Constants(NAN, NAN), Constants(3.0, 6.0), Constants(1.0, NAN)])
    found = refitted_errors(lambda chance: (SOURCE, TARGET), lambda *anchor: next(drawn), replications=4, seed=1)

    assert (found.stretch, found.shift) == pytest.approx((2**0.5, 8**0.5))
    assert found.failed == 2
    assert found.draws.shape == (4, 2)


def test_one_replication_with_constants_has_no_error() -> None:
    drawn = iter([Constants(1.0, 2.0), Constants(NAN, NAN)])
    found = refitted_errors(lambda chance: (SOURCE, TARGET), lambda *anchor: next(drawn), replications=2, seed=1)

    assert (found.stretch, found.shift) == pytest.approx((NAN, NAN), nan_ok=True)
    assert found.failed == 1


@pytest.mark.parametrize("replications", [1, 0, -1])
def test_errors_need_two_replications(replications: int) -> None:
    known = np.zeros((18, 18))

    with pytest.raises(ValueError, match=f"{replications} replications have no standard deviation"):
        refitted_errors(lambda chance: (SOURCE, TARGET), mean_mean, replications=replications, seed=1)
    with pytest.raises(ValueError, match=f"{replications} replications have no standard deviation"):
        drawn_errors(SOURCE, TARGET, known, known, mean_mean, replications=replications, seed=1)


@pytest.mark.parametrize(
    ("covariance", "why"),
    [
        (np.zeros((2, 2)), r"has the shape \(2, 2\) instead of \(3, 3\)"),
        (np.zeros(3), r"has the shape \(3,\) instead of \(3, 3\)"),
        (np.diag([1, NAN, 1]), "is not finite and symmetric"),
        (np.diag([1, float("inf"), 1]), "is not finite and symmetric"),
        (np.triu(np.ones((3, 3))), "is not finite and symmetric"),
        (np.ones((3, 3)) - 2 * np.eye(3), "has the eigenvalue -2 below 0"),
    ],
)
def test_a_covariance_that_cannot_be_is_named(covariance: Any, why: str) -> None:
    items = items_of(["partial"], [1.0], [[0.0, 1.0]])
    known = np.zeros((3, 3))

    with pytest.raises(ValueError, match=f"the source covariance {why}"):
        drawn_errors(items, items, covariance, known, mean_mean, replications=2, seed=1)
    with pytest.raises(ValueError, match=f"the target covariance {why}"):
        drawn_errors(items, items, known, covariance, mean_mean, replications=2, seed=1)


def test_a_singular_covariance_is_drawn_along_what_it_has() -> None:
    items = items_of(["graded"], [1.0], [[0.0, -1.0]])
    same = np.ones((3, 3)) * 0.01
    seen: list[Any] = []

    def link(source: Items, target: Items) -> Constants:
        seen.append(parameters_of(source) - [1, 0, -1])
        return Constants(1.0, 0.0)

    drawn_errors(items, items, same, same, link, replications=3, seed=3)
    for each in seen:
        assert each == pytest.approx([each[0]] * 3, abs=1e-8)
