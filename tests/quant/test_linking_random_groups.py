"""Mean, linear and equipercentile equating against a published example, hand counts and properties."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.anchored import NAN
from tests.quant.equated import MATHEMATICS_X, MATHEMATICS_Y
from xietong.quant.linking import equipercentile, linear_equating, mean_equating
from xietong.quant.linking.scores import moments_of

pytestmark = pytest.mark.once

COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=8).filter(any)


def test_forms_have_the_published_moments() -> None:
    """Kolen and Brennan, chapter 2: means 19.8524 and 18.9798, standard deviations 8.2116 and 8.9393."""
    x, y = (moments_of(np.array(form, dtype=float)) for form in (MATHEMATICS_X, MATHEMATICS_Y))

    assert (x.mean, x.variance**0.5) == pytest.approx((19.8524, 8.2116), abs=5e-5)
    assert (y.mean, y.variance**0.5) == pytest.approx((18.9798, 8.9393), abs=5e-5)


def test_equipercentile_gives_the_published_equivalents() -> None:
    """Kolen and Brennan, chapter 2, unsmoothed; three with more digits as R's package equate has them."""
    found = equipercentile(MATHEMATICS_X, MATHEMATICS_Y)

    assert found[:10] == pytest.approx(
        [0, 0.9796, 1.6462, 2.2856, 2.8932, 3.6205, 4.4997, 5.5148, 6.3124, 7.2242], abs=5.1e-5
    )
    assert found[[10, 20, 30]] == pytest.approx([8.16067, 19.16472, 30.13048], abs=5e-6)


def test_mean_and_linear_give_the_published_lines() -> None:
    """That package divides by n − 1: its slope is larger by √(n_Y (n_X − 1) ÷ (n_X (n_Y − 1)))."""
    mean, linear = mean_equating(MATHEMATICS_X, MATHEMATICS_Y), linear_equating(MATHEMATICS_X, MATHEMATICS_Y)
    n_x, n_y = sum(MATHEMATICS_X), sum(MATHEMATICS_Y)
    larger = (n_y * (n_x - 1) / (n_x * (n_y - 1))) ** 0.5

    assert (mean.slope, mean.intercept) == pytest.approx((1, -0.87262), abs=5e-6)
    assert linear.slope * larger == pytest.approx(1.08862, abs=5e-6)
    assert linear.of(np.array([0.0])).item() + (1 - larger) * linear.slope * 19.85239 == pytest.approx(
        -2.63197, abs=5e-6
    )


@pytest.mark.parametrize(
    ("x", "y", "wanted"),
    [
        ([1, 1], [1, 1], [0, 1]),
        ([1, 1], [1, 2, 1], [0.5, 1.5]),
        ([1, 2, 1], [1, 1], [-0.25, 0.5, 1.25]),
        ([0, 1, 0], [0, 1, 0], [0, 1, 2]),
        ([1, 0, 0, 1], [1, 0, 1], [0, 1, 1, 2]),
        ([0, 0, 1], [5], [-0.5, -0.5, 0]),
        ([3, 0], [0, 0, 3, 0], [2, 3]),
    ],
)
def test_equipercentile_by_hand(x: Any, y: Any, wanted: Any) -> None:
    assert equipercentile(x, y) == pytest.approx(wanted, abs=1e-12)


@given(COUNTS, COUNTS)
def test_equipercentile_rises_and_stays_on_the_form(x: Any, y: Any) -> None:
    found = equipercentile(x, y)

    assert len(found) == len(x)
    assert (np.diff(found) >= 0).all()
    assert found.min() >= -0.5
    assert found.max() <= len(y) - 0.5


@given(COUNTS)
def test_a_form_equates_to_itself(x: Any) -> None:
    """At scores that somebody has; the ranks of others have no place of their own."""
    reached = np.flatnonzero(x)
    line = linear_equating(x, x)

    assert equipercentile(x, x)[reached] == pytest.approx(reached, abs=1e-12)
    assert mean_equating(x, x).intercept == 0
    assert (line.slope, line.intercept) == pytest.approx((1, 0) if len(reached) > 1 else (NAN, NAN), nan_ok=True)


@given(COUNTS, COUNTS, st.integers(2, 5))
def test_nobody_counts_more_than_another(x: Any, y: Any, times: int) -> None:
    more = [times * count for count in x]

    assert np.array_equal(equipercentile(more, y), equipercentile(x, y))
    assert linear_equating(y, more).slope == pytest.approx(linear_equating(y, x).slope, nan_ok=True)
    assert mean_equating(more, y).intercept == pytest.approx(mean_equating(x, y).intercept)


@given(COUNTS, COUNTS)
def test_lines_give_the_moments_of_the_other_form_and_turn_round(x: Any, y: Any) -> None:
    line, back = linear_equating(x, y), linear_equating(y, x)
    if np.count_nonzero(x) > 1 and np.count_nonzero(y) > 1:
        own = np.repeat(np.arange(len(x)), x).astype(float)
        other = np.repeat(np.arange(len(y)), y)
        assert line.of(own).mean() == pytest.approx(other.mean())
        assert line.of(own).std() == pytest.approx(other.std())
        assert back.of(line.of(own)) == pytest.approx(own, abs=1e-9)
        assert mean_equating(x, y).of(own).mean() == pytest.approx(other.mean())


@given(COUNTS, COUNTS)
def test_equipercentile_follows_a_form_with_scores_turned_over(x: Any, y: Any) -> None:
    turned = equipercentile(x[::-1], y[::-1])

    assert turned[::-1] == pytest.approx(len(y) - 1 - equipercentile(x, y), abs=1e-9)


def test_a_form_on_which_all_are_equal_has_no_line() -> None:
    assert np.isnan(linear_equating([0, 5, 0], [1, 1]).slope)
    assert 3 * 0.1 / 0.1 != 3
    assert np.isnan(linear_equating([0, 0, 0, 0.1], [1, 1]).slope)
    assert linear_equating([1, 1], [0, 0, 7]).slope == 0
    assert mean_equating([0, 5, 0], [0, 0, 7]).intercept == 1


@pytest.mark.parametrize("method", [mean_equating, linear_equating, equipercentile])
@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([], r"have the shape \(0,\); 1 axes, none empty, are needed"),
        ([[1, 2]], r"have the shape \(1, 2\)"),
        ([1, -1], "score 1: -1.0 is no count"),
        ([1, 2, NAN], "score 2: nan is no count"),
        ([float("inf")], "score 0: inf is no count"),
        ([0, 0], "count nobody"),
    ],
)
def test_counts_that_cannot_be_are_named(method: Any, counts: Any, why: str) -> None:
    with pytest.raises(ValueError, match=f"scores of X.*{why}"):
        method(counts, [1, 1])
    with pytest.raises(ValueError, match=f"scores of Y.*{why}"):
        method([1, 1], counts)
