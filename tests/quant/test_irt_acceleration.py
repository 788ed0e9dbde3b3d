"""Acceleration of maps whose fixed point is known."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.quant.irt import acceleration
from xietong.quant.irt.acceleration import MEMORY, Anderson, combined

pytestmark = pytest.mark.once


def travelled(matrix: Any, fixed: Any, steps: int) -> Any:
    """Where x → x* + M (x − x*) has come to from 0."""
    ahead, point = Anderson(), np.zeros(len(fixed))
    for _ in range(steps):
        point = ahead.after(point, fixed + matrix @ (point - fixed))
    return point


@given(st.integers(0, 1000), st.integers(1, 5))
def test_a_linear_map_of_n_places_is_solved_in_n_plus_one_steps(seed: int, size: int) -> None:
    chance = np.random.default_rng(seed)
    axes = np.linalg.qr(chance.normal(size=(size, size)))[0]
    matrix = axes @ np.diag(np.linspace(0.3, 0.95, size)) @ axes.T
    fixed = chance.normal(size=size)

    assert travelled(matrix, fixed, size + 1) == pytest.approx(fixed, abs=1e-6)
    assert np.abs(travelled(matrix, fixed, size) - fixed).max() > 1e-6


def test_a_slow_map_is_reached_within_its_memory() -> None:
    matrix, fixed = np.diag([0.999, 0.99, 0.5, 0.1]), np.array([1.0, -2.0, 3.0, 4.0])

    assert travelled(matrix, fixed, 8) == pytest.approx(fixed, abs=1e-8)
    assert np.abs(np.linalg.matrix_power(matrix, 8) @ -fixed).max() > 0.9


def test_the_first_step_is_the_map_itself_and_again_after_forgetting() -> None:
    ahead = Anderson()
    first, second, third = (np.array([x]) for x in (1.0, 0.5, 0.25))

    assert ahead.after(np.zeros(1), first) is first
    assert ahead.after(first, second) is not second
    ahead.forget()
    assert ahead.after(second, third) is third


def test_it_remembers_so_many_steps_and_no_more() -> None:
    ahead = Anderson()
    for step in range(MEMORY + 5):
        ahead.after(np.array([float(step)]), np.array([step + 0.5**step]))

    assert len(ahead.steps) == len(ahead.images) == MEMORY + 1
    assert ahead.images[-1] == MEMORY + 4 + 0.5 ** (MEMORY + 4)


@pytest.mark.parametrize("compiled", [acceleration.compiled, lambda loop, **_: loop], ids=["compiled", "plain"])
def test_combined_is_least_squares(monkeypatch: pytest.MonkeyPatch, compiled: Any) -> None:
    monkeypatch.setattr(acceleration, "compiled", compiled)
    chance = np.random.default_rng(5)
    by_step, by_image, step = chance.normal(size=(3, 6)), chance.normal(size=(3, 6)), chance.normal(size=6)
    weights = np.linalg.lstsq(by_step.T, step, rcond=None)[0]

    assert combined(by_step, by_image, step) == pytest.approx(by_image.T @ weights)


@pytest.mark.parametrize("compiled", [acceleration.compiled, lambda loop, **_: loop], ids=["compiled", "plain"])
def test_differences_that_say_nothing_of_their_own_are_left_out(
    monkeypatch: pytest.MonkeyPatch, compiled: Any
) -> None:
    monkeypatch.setattr(acceleration, "compiled", compiled)
    step = np.array([2.0, 5.0])
    by_step, by_image = np.array([[1.0, 0], [3, 0], [0, 0]]), np.array([[1.0, 0], [99, 99], [2, 5]])

    assert combined(by_step, by_image, step).tolist() == [2, 0]
    assert combined(by_step[:0], by_image[:0], step).tolist() == [0, 0]


def test_what_is_combined_stays_as_it_is() -> None:
    by_step, by_image, step = np.array([[1.0, 2.0]]), np.array([[3.0, 1.0]]), np.array([2.0, 5.0])
    combined(by_step, by_image, step)

    assert (by_step.tolist(), by_image.tolist(), step.tolist()) == ([[1, 2]], [[3, 1]], [2, 5])
