"""Cuts take away nothing that keeps the limit, and what they were made for."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.quant.counties import standard_of, terms_of, units_of
from xietong.quant.allocation.additions.programme import Programme
from xietong.quant.allocation.additions.tangents import at_the_limit, closing, room, shares, tangents
from xietong.quant.allocation.additions.task import Cone, Task, task_of

pytestmark = pytest.mark.once

SIZE = 2.5


def cone_of(random: np.random.Generator, n: int, limit: float) -> Cone:
    totals = random.lognormal(1, 1, n)
    return Cone(0, 0, limit, np.arange(n), random.uniform(1, 50, n), totals, SIZE)


def slack_of_tangents(cone: Cone, ratios: np.ndarray, additions: np.ndarray) -> np.ndarray:
    """By how much each part of the additions is above its tangent."""
    lower, value = tangents(cone, ratios)
    totals = (cone.totals + additions[:, 0]) / SIZE
    part = totals**2 / (cone.weight * totals.sum())
    point = np.stack([part, additions[:, 0] / SIZE, np.full(len(part), totals.sum())], axis=1)
    return (value * point).sum(axis=1) - lower


@given(st.integers(0, 2**32), st.integers(2, 12), st.floats(0.05, 1))
def test_a_tangent_cuts_off_no_part(seed: int, n: int, limit: float) -> None:
    """A part is a convex function and above every tangent, whether the limit is kept or not."""
    random = np.random.default_rng(seed)
    cone, ratios = cone_of(random, n, limit), random.lognormal(0, 1, n)
    assert (slack_of_tangents(cone, ratios, random.lognormal(0, 2, (n, 1))) >= -1e-9).all()


@given(st.integers(0, 2**32), st.integers(2, 12), st.floats(0.05, 1))
def test_a_tangent_touches_at_its_ratios(seed: int, n: int, limit: float) -> None:
    random = np.random.default_rng(seed)
    cone, additions = cone_of(random, n, limit), random.lognormal(0, 2, (n, 1))
    assert slack_of_tangents(cone, shares(cone, additions), additions) == pytest.approx(np.zeros(n), abs=1e-8)


@given(st.integers(0, 2**32), st.integers(2, 12), st.floats(0.05, 0.8))
def test_tangents_at_the_limit_cut_off_what_breaks_it(seed: int, n: int, limit: float) -> None:
    """The parts that the tangents ask for are more than the limit leaves room for."""
    random = np.random.default_rng(seed)
    cone, additions = cone_of(random, n, limit), random.lognormal(0, 1, (n, 1))
    assume(cone.excess(additions) > 0.01)
    lower, value = tangents(cone, at_the_limit(cone, shares(cone, additions)))
    amount = (cone.totals + additions[:, 0]).sum() / SIZE
    asked = lower - value[:, 1] * additions[:, 0] / SIZE - value[:, 2] * amount
    assert asked.sum() > (1 + limit**2) * amount


@given(st.integers(0, 2**32), st.integers(2, 12), st.floats(0.05, 0.8), st.floats(0, 1))
def test_a_closing_row_cuts_off_what_breaks_the_limit_and_nothing_else(
    seed: int, n: int, limit: float, wider: float
) -> None:
    random = np.random.default_rng(seed)
    cone, broken = cone_of(random, n, limit), random.lognormal(0, 1, (n, 1))
    excess = cone.excess(broken)
    assume(excess > 1e-6)
    row = closing(cone, shares(cone, broken), excess)
    assert row.value @ broken[:, 0] / SIZE < row.lower
    other = random.lognormal(0, 1, (n, 1))
    totals = (cone.totals + other[:, 0]) / SIZE
    over = ((totals**2 / cone.weight).sum() / totals.sum() - (1 + limit**2) * totals.sum()) / room(cone)
    over = max(over, 0) + wider
    assert row.value @ other[:, 0] / SIZE + row.slope * over >= row.lower - 1e-6


def test_a_closing_row_moves_in_where_rounding_alone_separates_it() -> None:
    cone = Cone(0, 0, 0.5, np.arange(2), np.ones(2), np.array([1.0, 3.0]), 1.0)
    at, near = np.array([0.5, 1.5]), closing(cone, np.array([0.5, 1.5]), 1e-12)
    assert near.lower == pytest.approx(closing(cone, at, 1e-6).lower + 1e-5, abs=1e-9)


# The programme


def small_task() -> Task:
    county = units_of((1,), (3,))
    return task_of(county, standard_of(1, limit=0.4), terms_of(county, 1))


def test_tightening_stops_after_so_many_tries_and_without_time() -> None:
    task = small_task()
    programme = Programme(task, seconds=9)
    point = programme.tighten(programme.relaxed, task.lower, task.upper, tries=1)
    assert point is not None
    assert task.cones[0].excess(point.additions) > 0
    programme.seconds = 0
    assert programme.tighten(programme.relaxed, task.lower, task.upper) is None


def test_what_need_not_be_whole_is_never_solved_in_whole_numbers() -> None:
    programme = Programme(small_task(), seconds=9)
    programme.make_whole()
    assert programme.whole is None
