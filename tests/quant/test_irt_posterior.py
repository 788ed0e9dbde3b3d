"""Posteriors and likelihoods against published figures, sums by hand and properties."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.answering import (
    INF,
    LSAT7,
    LSAT7_ITEMS,
    NAN,
    answered,
    answers,
    booklets_of,
    mixed_items,
    right_wrong,
    unfit,
)
from xietong.quant.irt import answers as answers_module
from xietong.quant.irt.population import STANDARD, Population, population_of
from xietong.quant.irt.posterior import marginal_log_likelihood, posteriors_of
from xietong.quant.items import Items
from xietong.quant.responding import probabilities
from xietong.quant.responses import Responses, responses_of

pytestmark = pytest.mark.once

WIDE = np.linspace(-8, 8, 241)


def shares(*arguments: Any, **named: Any) -> Any:
    return np.concatenate([part.shares for part in posteriors_of(*arguments, **named).parts()])


@pytest.mark.parametrize("nodes", [None, WIDE, np.linspace(-6, 6, 61)])
def test_likelihood_of_lsat7_is_the_published_one(nodes: Any) -> None:
    """R mirt 1.47, ltm and others agree on it; Bock and Aitkin (1981) have the same data."""
    assert marginal_log_likelihood(LSAT7, LSAT7_ITEMS, STANDARD, nodes) == pytest.approx(-2658.80511, abs=6e-6)


def test_likelihood_of_lsat7_under_one_slope_is_the_published_one() -> None:
    """R mirt: slopes fixed at 1, variance 1.02265."""
    items = right_wrong([1.0] * 5, [1.86826, 0.79100, 1.46098, 0.52150, 1.99297])

    found = marginal_log_likelihood(LSAT7, items, population_of(0, 1.02265**0.5))
    assert found == pytest.approx(-2664.90089, abs=2e-5)


@given(answers(least=1))
def test_posterior_is_prior_times_likelihood(drawn: tuple[Items, Responses]) -> None:
    items, responses = drawn
    nodes = np.linspace(-3, 3, 7)
    table = probabilities(items, nodes)
    for row, found in zip(responses.codes, shares(responses, items, nodes=nodes), strict=True):
        joint = np.exp(-(nodes**2) / 2)
        for item, code in enumerate(row):
            joint = joint * (table[:, item, code] if code >= 0 else 1)
        assert found == pytest.approx(joint / joint.sum(), abs=1e-12)


def test_all_patterns_together_are_certain() -> None:
    items = mixed_items(4, 1)
    rows = list(product(*(range(int(m) + 1) for m in (~np.isnan(items.intercepts)).sum(axis=1))))
    parts = posteriors_of(responses_of(rows), items).parts()

    assert sum(float(np.exp(part.evidence).sum()) for part in parts) == pytest.approx(1, abs=1e-12)


def test_default_nodes_are_exact_for_a_long_test() -> None:
    """Trap: 21 Gauss–Hermite nodes lose 20 units of log-likelihood on 60 items."""
    chance = np.random.default_rng(1)
    items = mixed_items(60, 2)
    responses = answered(items, chance.normal(size=500), chance)
    exact = marginal_log_likelihood(responses, items, STANDARD, np.linspace(-8, 8, 2001))

    assert marginal_log_likelihood(responses, items) == pytest.approx(exact, abs=1e-6)
    assert abs(marginal_log_likelihood(responses, items, STANDARD, np.linspace(-6, 6, 11)) - exact) > 1


def test_each_person_has_the_population_of_the_group() -> None:
    items, groups = right_wrong([1.0], [0.0]), population_of([-1, 2], [1, 0.5], [1, 0, 1])
    found = shares(responses_of([[1], [1], [0]]), items, groups, WIDE)
    alone = [
        shares(responses_of([[code]]), items, population_of(mean, sd), WIDE)[0]
        for code, mean, sd in ((1, 2, 0.5), (1, -1, 1), (0, 2, 0.5))
    ]

    assert found == pytest.approx(np.array(alone))


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(3)
    items = mixed_items(5, 3)
    responses = booklets_of(answered(items, chance.normal(size=23), chance), chance)
    groups = population_of([0, 1], 1, np.arange(23) % 2)
    whole = shares(responses, items, groups)
    monkeypatch.setattr(answers_module, "CELLS", 200)
    parts = list(posteriors_of(responses, items, groups).parts())

    assert len(parts) > 5
    assert np.concatenate([part.shares for part in parts]) == pytest.approx(whole, abs=1e-14)
    assert [part.rows.start for part in parts[1:]] == [part.rows.stop for part in parts[:-1]]


@given(answers(least=1), st.data())
def test_order_and_repetition_of_persons_and_items_do_not_matter(drawn: tuple[Items, Responses], draw: Any) -> None:
    items, responses = drawn
    found = marginal_log_likelihood(responses, items, STANDARD, WIDE)
    rows = draw.draw(st.permutations(range(len(responses.codes))))
    places = draw.draw(st.permutations(range(len(items.kinds))))
    moved = Responses(responses.codes[rows][:, places], responses.categories[places], responses.weights[rows])
    whole = np.repeat(np.arange(len(responses.codes)), responses.weights.astype(int))
    repeated = Responses(responses.codes[whole], responses.categories, np.ones(len(whole)))

    assert marginal_log_likelihood(moved, items.take(places), STANDARD, WIDE) == pytest.approx(found, rel=1e-12)
    assert marginal_log_likelihood(repeated, items, STANDARD, WIDE) == pytest.approx(found, rel=1e-12)


@given(answers(least=1))
def test_an_item_without_estimate_is_as_if_not_presented(drawn: tuple[Items, Responses]) -> None:
    items, responses = drawn
    codes = responses.codes.copy()
    codes[:, 0] = -1
    without = Responses(codes, responses.categories, responses.weights)
    found = shares(responses, unfit(items, 0, slopes=NAN, intercepts=NAN), nodes=WIDE)

    assert found == pytest.approx(shares(without, items, nodes=WIDE), abs=1e-14)


def test_nothing_answered_leaves_the_population() -> None:
    items = right_wrong([1.0, 2.0], [0.0, 1.0])
    found = next(posteriors_of(responses_of([[-1, -1]]), items, nodes=WIDE).parts())

    assert found.shares[0] == pytest.approx(np.exp(STANDARD.log_weights(WIDE)[0]))
    assert found.evidence == pytest.approx([0], abs=1e-12)


def test_no_item_with_an_estimate_and_no_persons() -> None:
    items = unfit(right_wrong([1.0], [0.0]), 0, slopes=NAN, intercepts=NAN)

    assert marginal_log_likelihood(responses_of([[1], [0]]), items) == pytest.approx(0, abs=1e-12)
    assert marginal_log_likelihood(responses_of(np.empty((0, 1))), right_wrong([1.0], [0.0])) == 0


def test_answers_that_cannot_be_have_no_posterior() -> None:
    items = unfit(mixed_items(3, 1), 2, intercepts=[0.2, -INF, -INF])
    responses = responses_of([[1, 1, 3], [1, 1, 1]], categories=[2, 4, 4], weights=[0, 1])
    found = next(posteriors_of(responses, items).parts())

    assert np.isnan(found.shares).all(axis=1).tolist() == [True, False]
    assert found.evidence[0] == -INF
    assert np.isfinite(marginal_log_likelihood(responses, items))
    assert marginal_log_likelihood(Responses(responses.codes, responses.categories, np.ones(2)), items) == -INF


def test_contradictory_answers_to_steep_items_far_apart_have_a_posterior() -> None:
    """Wrong on what everybody can do, right on what nobody can: each unlikely as e⁻¹⁰⁰⁰, and still they compare."""
    items = right_wrong([200.0, 200.0], [-1000.0, 1000.0])
    found = shares(responses_of([[1, 0]]), items, nodes=WIDE)[0]

    assert found.sum() == pytest.approx(1)
    assert found @ WIDE == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("responses", "items", "population", "why"),
    [
        (
            responses_of([[1, 0], [1, -2]]),
            right_wrong([1, 1], [0, 0]),
            STANDARD,
            "row 1, item 1: the answer is omitted",
        ),
        (responses_of([[0, 0]]), right_wrong([1], [0]), STANDARD, "1 items have parameters, 2 have responses"),
        (
            responses_of([[1, 1], [1, 2]]),
            right_wrong([1, 1], [0, 0]),
            STANDARD,
            "row 1, item 1: the answer has a cat",
        ),
        (responses_of([[1]]), right_wrong([1], [0]), population_of(0, 1, [0, 0]), "groups have the shape"),
    ],
)
def test_posteriors_refuse(responses: Responses, items: Items, population: Population, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        posteriors_of(responses, items, population)


def test_any_code_is_taken_for_an_item_without_estimate() -> None:
    items = unfit(right_wrong([1, 1], [0, 0]), 1, slopes=NAN, intercepts=NAN)

    assert shares(responses_of([[1, 9]]), items, nodes=[-1, 1]) == pytest.approx(np.array([[0.26894142, 0.73105858]]))


def test_memory_for_many_persons_is_bounded() -> None:
    """The widest array of a block has some 4 MB: persons × (items × categories + nodes)."""
    items = mixed_items(60, 2)
    responses = responses_of(
        np.zeros((30_000, 60), dtype=np.int8), categories=(~np.isnan(items.intercepts)).sum(axis=1) + 1
    )
    part = next(posteriors_of(responses, items).parts())

    assert part.shares.nbytes < 4_200_000
    assert len(part.evidence) * 60 * 4 * 8 < 4_200_000
