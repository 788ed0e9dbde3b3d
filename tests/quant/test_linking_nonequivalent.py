"""Tucker, Levine and Braun/Holland against a published example, persons one by one, and properties."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.quant.anchored import NAN
from tests.quant.equated import ANCHORED_X, ANCHORED_Y, persons, tables
from xietong.quant.linking import Moments, braun_holland, levine, linear_equating, tucker

pytestmark = pytest.mark.once


def internal(x: Any, y: Any, *, weight: float) -> Any:
    return levine(x, y, weight=weight, internal=True)


def external(x: Any, y: Any, *, weight: float) -> Any:
    return levine(x, y, weight=weight, internal=False)


METHODS = pytest.mark.parametrize("method", [tucker, internal, external, braun_holland])


def test_groups_have_the_published_moments() -> None:
    """Kolen and Brennan, chapter 4: of X, of the anchor, and their covariance in both groups."""
    found = []
    for table in (ANCHORED_X, ANCHORED_Y):
        score, anchor = persons(table)
        found.append(
            (len(score), score.mean(), score.std(), anchor.mean(), anchor.std(), np.cov(score, anchor, ddof=0)[0, 1])
        )

    assert found[0] == pytest.approx((1655, 15.8205, 6.5278, 5.1063, 2.3760, 13.4088), abs=5.1e-5)
    assert found[1] == pytest.approx((1638, 18.6728, 6.8784, 5.8626, 2.4515, 14.7603), abs=5.1e-5)


@pytest.mark.parametrize(
    ("method", "intercept", "slope"), [(tucker, 0.536778, 1.028948), (internal, 0.251348, 1.011166)]
)
def test_lines_are_those_of_the_package_equate(method: Any, intercept: float, slope: float) -> None:
    """It divides by n − 1, which moves a slope by less than 1 ÷ n of the difference of both n, 6e-6."""
    line = method(ANCHORED_X, ANCHORED_Y, weight=1.0).line

    assert line.slope == pytest.approx(slope, abs=2e-6)
    assert line.intercept == pytest.approx(intercept, abs=2e-5)


def test_braun_holland_is_that_of_the_package_equate() -> None:
    """With proportional weights it mixes counts instead of parts: each group counts by the square of its n."""
    n_x, n_y = ANCHORED_X.sum(), ANCHORED_Y.sum()
    line = braun_holland(ANCHORED_X, ANCHORED_Y, weight=n_x**2 / (n_x**2 + n_y**2)).line

    assert (line.intercept, line.slope) == pytest.approx((0.897270, 1.006770), abs=6e-7)


def test_braun_holland_has_the_published_moments_of_the_synthetic_population() -> None:
    """Kolen and Brennan, chapter 5, frequency estimation, all weight on the first group: Y has 16.8329, 6.6017."""
    found = braun_holland(ANCHORED_X, ANCHORED_Y, weight=1.0)

    assert (found.y.mean, found.y.variance**0.5) == pytest.approx((16.8329, 6.6017), abs=5e-5)
    assert (found.x.mean, found.x.variance**0.5) == pytest.approx((15.8205, 6.5278), abs=5e-5)


def test_lines_by_hand() -> None:
    """X is 2 V, half of them 1: variances 1 and ¼, covariance ½. Y is V or V + 2: 3/16 + 1 and 3/16, 3/16."""
    x = [[1, 0], [0, 0], [0, 1]]
    y = [[1, 0], [0, 3], [1, 0], [0, 3]]

    found = tucker(x, y, weight=0.5)
    assert found.x == Moments(1.25, pytest.approx(1 + 0.5 * 4 * (3 / 16 - 4 / 16) + 0.25 * 4 / 16))
    assert found.y == Moments(pytest.approx(1.75 - 0.125), pytest.approx(19 / 16 + 0.5 / 16 + 0.25 / 16))
    assert found.line.slope == pytest.approx((found.y.variance / found.x.variance) ** 0.5)
    assert found.line.intercept == pytest.approx(1.625 - 1.25 * found.line.slope)
    assert internal(x, y, weight=0).x == Moments(1.5, pytest.approx(0.75))
    assert internal(x, y, weight=1).y.mean == pytest.approx(1.75 - (19 / 16) / (3 / 16) * 0.25)
    assert external(x, y, weight=0).x.mean == pytest.approx(1 + (1 + 0.5) / (0.25 + 0.5) * 0.25)
    assert external(x, y, weight=1).y.mean == pytest.approx(1.75 - (22 / 16) / (6 / 16) * 0.25)
    assert braun_holland(x, y, weight=1).y == Moments(1.5, 1.25)


def mixture(form: Any, anchor: Any, gamma: float, other: Any, weight: float) -> tuple[float, float]:
    """Of a group that has the form and one that would have it: its mean along the line, and what the line leaves."""
    mean = form.mean() + gamma * (other.mean() - anchor.mean())
    variance = gamma**2 * other.var() + form.var() - gamma**2 * anchor.var()
    whole = weight * form.mean() + (1 - weight) * mean
    apart = weight * (1 - weight) * (form.mean() - mean) ** 2
    return whole, weight * form.var() + (1 - weight) * variance + apart


@pytest.mark.parametrize(
    ("method", "gamma_of"),
    [
        (tucker, lambda form, anchor, both: both / anchor),
        (internal, lambda form, anchor, both: form / both),
        (external, lambda form, anchor, both: (form + both) / (anchor + both)),
    ],
)
@given(tables(), tables(), st.floats(0, 1))
def test_synthetic_populations_are_mixtures(method: Any, gamma_of: Any, x: Any, y: Any, weight: float) -> None:
    assume(x.any() and y.any())
    sides = [persons(table) for table in (x, y)]
    moments = [(*np.var(side, axis=1), np.cov(*side, ddof=0)[0, 1]) for side in sides]
    assume(all(min(form, anchor, abs(both), abs(anchor + both)) > 1e-6 for form, anchor, both in moments))
    found = method(x, y, weight=weight)

    for got, own, other, part in ((found.x, 0, 1, weight), (found.y, 1, 0, 1 - weight)):
        wanted = mixture(*sides[own], gamma_of(*moments[own]), sides[other][1], part)
        assert (got.mean, got.variance) == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    if found.x.variance > 1e-9 and found.y.variance > 1e-9:
        assert found.line.of(np.array([found.x.mean])) == pytest.approx([found.y.mean], abs=1e-7)
        assert found.line.slope**2 * found.x.variance == pytest.approx(found.y.variance)


@given(tables(), tables(), st.floats(0, 1))
def test_braun_holland_reweights_persons(x: Any, y: Any, weight: float) -> None:
    """A person counts as much as the synthetic population has his anchor score more often than his group."""
    x, y = x + 1, y + 1
    found = braun_holland(x, y, weight=weight)
    parts = [table.sum(axis=0) / table.sum() for table in (x, y)]
    both = weight * parts[0] + (1 - weight) * parts[1]

    for got, table, part in zip((found.x, found.y), (x, y), parts, strict=True):
        score, anchor = persons(table)
        weights = (both / part)[anchor]
        mean = np.average(score, weights=weights)
        assert (got.mean, got.variance) == pytest.approx((mean, np.average((score - mean) ** 2, weights=weights)))


@METHODS
@given(tables(), tables(), st.floats(0, 1))
def test_lines_turn_round_with_the_groups(method: Any, x: Any, y: Any, weight: float) -> None:
    x, y = x + 1, y + 1
    there, back = method(x, y, weight=weight), method(y, x, weight=1 - weight)

    assert (back.x.mean, back.y.mean) == pytest.approx((there.y.mean, there.x.mean), abs=1e-9, nan_ok=True)
    if there.line.slope > 1e-3:
        assert back.line.of(there.line.of(np.arange(5.0))) == pytest.approx(np.arange(5.0), abs=1e-6)


@METHODS
@given(tables(), tables(), st.integers(2, 5))
def test_nobody_counts_more_than_another(method: Any, x: Any, y: Any, times: int) -> None:
    x, y = x + 1, y + 1
    found, again = method(x, y, weight=0.3).line, method(times * x, y, weight=0.3).line

    assert (again.slope, again.intercept) == pytest.approx((found.slope, found.intercept), nan_ok=True)


@METHODS
@pytest.mark.parametrize("weight", [0, 0.4, 1])
def test_groups_of_one_anchor_distribution_are_equated_as_if_random(method: Any, weight: float) -> None:
    x, y = ANCHORED_X, ANCHORED_X[::-1]
    found, wanted = method(x, y, weight=weight).line, linear_equating(x.sum(axis=1), y.sum(axis=1))

    assert (found.slope, found.intercept) == pytest.approx((wanted.slope, wanted.intercept))


def test_braun_holland_is_tucker_where_regressions_are_straight_and_even() -> None:
    base = np.array([1, 2, 1])
    x, y = np.zeros((7, 3)), np.zeros((9, 3))
    for anchor, (first, second) in enumerate(((5, 1), (3, 2), (1, 4))):
        x[2 * anchor : 2 * anchor + 3, anchor] = first * base
        y[3 * anchor : 3 * anchor + 3, anchor] = second * base
    one, other = (method(x, y, weight=0.3) for method in (tucker, braun_holland))

    assert (one.line.slope, one.line.intercept) == pytest.approx((other.line.slope, other.line.intercept))
    assert one.x.variance == pytest.approx(other.x.variance)


@pytest.mark.parametrize("method", [tucker, internal, external])
def test_an_anchor_that_does_not_vary_gives_no_line(method: Any) -> None:
    found = method([[0, 1.3], [0, 0.9]], [[0.7, 1], [2, 3]], weight=0.5)

    assert (found.line.slope, found.line.intercept) == pytest.approx((NAN, NAN), nan_ok=True)
    assert np.isnan(found.x.mean)
    assert not np.isnan(found.y.mean)


@METHODS
def test_a_form_on_which_all_are_equal_gives_no_line(method: Any) -> None:
    assert np.isnan(method([[0, 0], [3, 4]], [[3, 1], [1, 3]], weight=1).line.slope)


def test_a_variance_below_nothing_gives_no_line() -> None:
    """The anchor varies less in the first group; Levine's γ takes more off than there is."""
    found = internal([[0, 1, 0, 0], [0, 0, 1, 0]], [[2, 1, 1, 1], [1, 1, 1, 2]], weight=1)

    assert found.y.variance < 0
    assert np.isnan(found.line.slope)
    assert np.isnan(found.line.intercept)


def test_braun_holland_names_the_anchor_score_that_a_group_lacks() -> None:
    x, y = [[1, 0, 1], [1, 0, 2]], [[1, 1, 0], [1, 1, 0]]

    with pytest.raises(ValueError, match="anchor score 1: nobody who took form X has it"):
        braun_holland(x, y, weight=0.5)
    with pytest.raises(ValueError, match="anchor score 2: nobody who took form Y has it"):
        braun_holland(x, y, weight=1)


@METHODS
@pytest.mark.parametrize(
    ("x", "y", "weight", "why"),
    [
        ([1, 2], [[1]], 0.5, r"scores of X and anchor have the shape \(2,\); 2 axes"),
        ([[1]], [[]], 0.5, r"scores of Y and anchor have the shape \(1, 0\)"),
        ([[1, 0], [0, -2]], [[1, 1]], 0.5, "scores of X and anchor, score 1, 1: -2.0 is no count"),
        ([[1, 0]], [[0, 0]], 0.5, "scores of Y and anchor count nobody"),
        ([[1, 0]], [[1, 0, 0]], 0.5, "the anchor has 2 scores beside X and 3 beside Y"),
        ([[1]], [[1]], -0.1, "weight -0.1 is not from 0 to 1"),
        ([[1]], [[1]], NAN, "weight nan is not from 0 to 1"),
    ],
)
def test_tables_that_cannot_be_are_named(method: Any, x: Any, y: Any, weight: float, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        method(x, y, weight=weight)
