"""Chances of categories and the derivatives of their logarithms against textbook formulas and differences."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.calibrated import chances_by_hand
from xietong.quant.irt import chances as chances_module
from xietong.quant.irt.chances import chances, graded, logistic
from xietong.quant.items import Kind

pytestmark = pytest.mark.once

NODES = np.linspace(-4, 4, 9)
KINDS = ("dichotomous", "guessed", "graded", "partial")


@st.composite
def items(draw: st.DrawFn, kind: str) -> Any:
    """Parameters of one or two items of this kind with as many categories, and what those count."""
    steps = 1 if kind in {"dichotomous", "guessed"} else draw(st.integers(1, 4))
    rows = []
    for _ in range(draw(st.integers(1, 2))):
        falls = draw(st.lists(st.floats(0.1, 2), min_size=steps, max_size=steps))
        first = draw(st.floats(-2, 3))
        row = first - np.cumsum(falls) if kind == "graded" else first + np.array(falls) - 1
        lower = [draw(st.floats(0.01, 0.4))] if kind == "guessed" else []
        rows.append([draw(st.floats(-2.5, 2.5)), *row, *lower])
    return np.array(rows), np.arange(steps + 1.0)


def model(kind: str) -> Kind:
    return Kind.DICHOTOMOUS if kind == "guessed" else Kind(kind)


def by_hand(kind: str, row: Any, nodes: Any) -> Any:
    steps, lower = (row[1:-1], row[-1]) if kind == "guessed" else (row[1:], 0.0)
    return chances_by_hand(model(kind), row[0], steps, lower, nodes)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_chances_are_those_of_the_textbook(kind: str, data: Any) -> None:
    own, points = data.draw(items(kind))
    found, _ = chances(model(kind), own, points, NODES)

    assert found == pytest.approx(np.array([by_hand(kind, row, NODES) for row in own]), abs=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_the_loops_are_the_same_when_they_are_not_compiled(kind: str, data: Any) -> None:
    own, points = data.draw(items(kind))
    found = chances(model(kind), own, points, NODES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chances_module, "compiled", lambda loop, **_: loop)
        plain = chances(model(kind), own, points, NODES)

    for one, other in zip(found, plain, strict=True):
        assert one == pytest.approx(other, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_derivatives_are_differences_of_the_logarithms(kind: str, data: Any) -> None:
    own, points = data.draw(items(kind))
    chance, slopes = chances(model(kind), own, points, NODES)
    step = 1e-5
    for place in range(own.shape[1]):
        moved = [
            chances(model(kind), own + sign * step * np.eye(own.shape[1])[place], points, NODES)[0]
            for sign in (1, -1)
        ]

        change = np.log(moved[0]) - np.log(moved[1])
        assert slopes[..., place] == pytest.approx(change / (2 * step), abs=1e-6, rel=1e-6)
    assert (chance[..., None] * slopes).sum(axis=1) == pytest.approx(np.zeros((len(own), 9, own.shape[1])), abs=1e-12)


def test_categories_that_do_not_occur_are_passed_over_in_partial_credit() -> None:
    found, slopes = chances(Kind.PARTIAL, np.array([[0.8, -1.0]]), np.array([0.0, 3.0]), NODES)
    right = 1 / (1 + np.exp(-(3 * 0.8 * NODES - 1)))

    assert found[0, 1] == pytest.approx(right)
    assert slopes[0, 1, :, 0] == pytest.approx(3 * NODES * (1 - right))


@pytest.mark.parametrize("value", [-700.0, -50.0, -1.0, 0.0, 2.0, 30.0])
def test_logistic_keeps_its_digits_in_the_tail(value: float) -> None:
    wanted = np.exp(value) / (1 + np.exp(value)) if value < 0 else 1 / (1 + np.exp(-value))

    assert logistic(value) == (pytest.approx(wanted, rel=1e-14, abs=0), logistic(-value)[0])
    assert (logistic(-1e4), logistic(1e4)) == ((0, 1), (1, 0))


def test_chances_far_out_are_small_and_not_nothing() -> None:
    own = np.array([[5.0, -10.0, 0.0]])
    chance, slopes = chances(Kind.DICHOTOMOUS, own, np.arange(2.0), np.array([-8.0]))

    assert chance[0, 1, 0] == pytest.approx(np.exp(-50), rel=1e-12)
    assert slopes[0, 1, 0].tolist() == pytest.approx([-8, 1, np.exp(50)], rel=1e-12)
    graded, rising = chances(Kind.GRADED, np.array([[5.0, 0.0, -10.0, -20.0]]), np.arange(4.0), np.array([-8.0]))
    assert np.log(graded[0, :, 0]) == pytest.approx([0, -40, -50, -60], abs=1e-4)
    assert np.isfinite(rising).all()


def test_graded_intercepts_that_do_not_descend_are_no_item() -> None:
    own = np.array([[1.0, 0.0, 0.0]])
    found, slopes = chances(Kind.GRADED, own, np.arange(3.0), NODES)
    graded(own, NODES, plain := np.empty_like(found), np.zeros_like(slopes))

    assert np.array_equal(found, plain, equal_nan=True)
    assert np.isnan(found[0, 1]).all()
