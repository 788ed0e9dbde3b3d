"""Draws have the moments of the posteriors, and of the population."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.answering import INF, LSAT7, LSAT7_ITEMS, answered, answers, mixed_items, right_wrong, unfit
from xietong.quant.irt import answers as answers_module
from xietong.quant.irt.ability import eap
from xietong.quant.irt.plausible import plausible_values
from xietong.quant.irt.population import STANDARD, population_of
from xietong.quant.irt.reliability import marginal_reliability
from xietong.quant.items import Items
from xietong.quant.responses import Responses, responses_of

pytestmark = pytest.mark.once


@pytest.mark.parametrize("nodes", [None, np.linspace(-5, 5, 11)])
def test_draws_of_a_person_have_mean_and_deviation_of_the_posterior(nodes: Any) -> None:
    """Within 4 standard errors, of nodes far apart too: what the cells add is taken off."""
    count = 40_000
    draws = plausible_values(LSAT7, LSAT7_ITEMS, STANDARD, nodes, count=count, seed=1)
    found = eap(LSAT7, LSAT7_ITEMS, STANDARD, nodes)
    miss = (draws.mean(axis=1) - found.value) / found.error * np.sqrt(count)
    ratio = draws.var(axis=1) / found.error**2

    assert draws.shape == (32, count)
    assert np.abs(miss).max() < 4
    assert np.abs(ratio - 1).max() < 4 * np.sqrt(2 / count)


def test_draws_lie_as_the_distribution_function_says() -> None:
    nodes = np.linspace(-6, 6, 241)
    draws = plausible_values(responses_of([[1]]), right_wrong([3.0], [0.0]), STANDARD, nodes, count=100_000, seed=2)
    fine = np.linspace(-6, 6, 4801)
    density = np.exp(-(fine**2) / 2) / (1 + np.exp(-3 * fine))
    reached = density.cumsum() / density.sum()
    for level in (0.01, 0.25, 0.5, 0.9, 0.999):
        at = fine[np.searchsorted(reached, level)]
        assert (draws < at).mean() == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / 100_000) + 2e-3)


def test_draws_of_all_persons_have_the_deviation_of_the_population() -> None:
    items, persons = mixed_items(12, 3), 5000
    chance = np.random.default_rng(3)
    abilities = 0.4 + 1.3 * chance.normal(size=persons)
    population = population_of(0.4, 1.3)
    responses = answered(items, abilities, chance)
    draws = plausible_values(responses, items, population, seed=4)
    found = eap(responses, items, population)

    assert draws.shape == (persons, 5)
    assert draws.mean(axis=0) == pytest.approx(np.full(5, 0.4), abs=4 * 1.3 * np.sqrt(2 / persons))
    assert draws.std(axis=0) == pytest.approx(np.full(5, 1.3), abs=4 * 1.3 / np.sqrt(persons))
    assert found.value.std() < 1.3 - 4 * 1.3 / np.sqrt(persons)
    # two draws of one person go together as the estimate is reliable
    together = np.corrcoef(draws.T)[0, 1]
    assert together == pytest.approx(marginal_reliability(found), abs=4 / np.sqrt(persons))


def test_the_same_seed_draws_the_same_in_whatever_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    found = plausible_values(LSAT7, LSAT7_ITEMS, seed=5)
    again = plausible_values(LSAT7, LSAT7_ITEMS, seed=np.random.default_rng(5))
    other = plausible_values(LSAT7, LSAT7_ITEMS, seed=6)
    monkeypatch.setattr(answers_module, "CELLS", 200)

    assert np.array_equal(found, again)
    assert not np.isclose(found, other).any()
    assert plausible_values(LSAT7, LSAT7_ITEMS, seed=5) == pytest.approx(found, abs=1e-10)


@given(answers(least=1), st.integers(0, 99))
def test_draws_lie_among_the_nodes(drawn: tuple[Items, Responses], seed: int) -> None:
    items, responses = drawn
    draws = plausible_values(responses, items, STANDARD, np.linspace(-6, 6, 61), count=4, seed=seed)

    assert np.isfinite(draws).all()
    assert (np.abs(draws) < 6.1).all()
    # within a person no two alike: draws are no nodes
    assert (np.diff(np.sort(draws, axis=1), axis=1) > 0).all()


def test_answers_that_cannot_be_have_no_draws() -> None:
    items = unfit(mixed_items(3, 1), 2, intercepts=[0.2, -INF, -INF])
    responses = responses_of([[1, 1, 3], [1, 1, 1]], categories=[2, 4, 4])
    draws = plausible_values(responses, items, count=2, seed=1)

    assert np.isnan(draws).tolist() == [[True] * 2, [False] * 2]


def test_there_is_at_least_one_draw() -> None:
    with pytest.raises(ValueError, match="0 plausible values cannot be drawn"):
        plausible_values(LSAT7, LSAT7_ITEMS, count=0, seed=1)
