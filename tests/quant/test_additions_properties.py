"""The cheapest additions of generated counties: they pass, and nothing is cheaper than the bound."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.quant.allocation.additions import Standard, Status, Terms, Units, cheapest, passes

pytestmark = pytest.mark.once

Question = tuple[Units, Standard, Terms]


@st.composite
def questions(draw: st.DrawFn, *, most_units: int = 8, most_items: int = 4, most: float = np.inf) -> Question:
    """A county in one or two groups, some of it missing or not judged, with terms; not all of them can be met."""
    n, k, groups = draw(st.integers(1, most_units)), draw(st.integers(1, most_items)), draw(st.integers(1, 2))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    pupils = random.integers(1, 40, n).astype(float)
    thresholds = random.uniform(0, 3, (groups, k)).round(1)
    group = random.integers(0, groups, n)
    totals = np.round(thresholds[group] * pupils[:, None] * random.lognormal(0.2, 0.7, (n, k)))
    totals[random.random((n, k)) < draw(st.sampled_from([0, 0.1]))] = np.nan
    judged = random.random(n) >= draw(st.sampled_from([0, 0.2]))
    limits = random.uniform(0.15, 0.6, groups)
    standard = Standard(np.ones(k), thresholds, limits, floor=0.85, min_met=draw(st.integers(0, k)))
    cost = np.round(random.uniform(0.5, 9, (n, k)), 1)
    caps = np.where(random.random(k) < 0.3, random.integers(0, 40, k), np.inf)
    terms = Terms(cost, np.full((n, k), most), random.random(k) < 0.6, caps)
    return Units(totals, pupils, group, judged), standard, terms


def is_solution(question: Question, additions: np.ndarray) -> bool:
    units, standard, terms = question
    is_within = (additions <= terms.upper).all() and (additions.sum(axis=0) <= terms.caps * (1 + 1e-9)).all()
    is_whole = (additions[:, terms.integer] % 1 == 0).all() and (additions[np.isnan(units.totals)] == 0).all()
    return bool((additions >= 0).all() and is_within and is_whole) and passes(units, standard, additions).passed


@settings(max_examples=60)
@given(questions())
def test_what_is_found_passes_and_costs_no_less_than_the_bound(question: Question) -> None:
    answer = cheapest(*question, gap=0.02, seconds=20)
    if answer.status is Status.INFEASIBLE:
        assert answer.blocked
        return
    assert is_solution(question, answer.additions)
    assert answer.cost == pytest.approx((question[2].cost * answer.additions).sum())
    assert answer.bound <= answer.cost <= answer.bound / 0.98 + 1e-4


@settings(max_examples=40)
@given(questions(), st.integers(0, 2**32))
def test_no_other_solution_is_cheaper_than_the_bound(question: Question, seed: int) -> None:
    """Others are looked for around the one that was found: with more here, less there, and nothing at all."""
    answer = cheapest(*question, gap=0.02, seconds=20)
    terms, random = question[2], np.random.default_rng(seed)
    for scale in np.repeat([0.0, 0.5, 1.0, 2.0], 8):
        other = np.maximum(answer.additions + random.normal(0, scale, answer.additions.shape), 0)
        other = np.where(terms.integer, np.round(other), other)
        if is_solution(question, other):
            assert (terms.cost * other).sum() >= answer.bound - 1e-6


@settings(max_examples=25)
@given(questions(most_units=3, most_items=2, most=2))
def test_whole_numbers_are_as_cheap_as_the_best_of_all(question: Question) -> None:
    units, standard, terms = question
    question = units, standard, replace(terms, integer=np.ones_like(terms.integer))
    shape = units.totals.shape
    every = (np.reshape(one, shape) for one in itertools.product((0.0, 1.0, 2.0), repeat=units.totals.size))
    costs = [(terms.cost * one).sum() for one in every if is_solution(question, one)]
    answer = cheapest(*question, gap=0, seconds=20)
    assert answer.cost == pytest.approx(min(costs, default=np.inf))
    assert (answer.status is Status.SOLVED) == bool(costs)


@settings(max_examples=15)
@given(questions())
def test_rounds_only_get_better(question: Question) -> None:
    rounds = cheapest(*question, gap=0.001, seconds=20).rounds
    assert [one.bound for one in rounds] == sorted(one.bound for one in rounds)
    assert [one.best for one in rounds] == sorted((one.best for one in rounds), reverse=True)
    assert all(one.violation >= 0 for one in rounds)


@settings(max_examples=5)
@given(questions())
def test_the_same_question_has_the_same_answer(question: Question) -> None:
    one, other = cheapest(*question), cheapest(*question)
    np.testing.assert_array_equal(one.additions, other.additions)
    assert (one.cost, one.rounds, one.blocked) == (other.cost, other.rounds, other.blocked)


@settings(max_examples=15)
@given(questions(), st.floats(0, 2))
def test_a_budget_refuses_only_what_costs_more(question: Question, share: float) -> None:
    units, standard, terms = question
    free = cheapest(*question, seconds=20)
    if not np.isfinite(free.cost):
        return
    bound = cheapest(units, standard, replace(terms, budget=share * free.cost), seconds=20)
    if bound.status is Status.INFEASIBLE:
        (refusal,) = bound.blocked
        assert refusal.needed > refusal.allowed == share * free.cost
    else:
        assert bound.cost <= share * free.cost * (1 + 1e-9)


@settings(max_examples=1)
@given(questions(most_units=60, most_items=7))
def test_a_search_that_is_cut_short_has_a_bound_all_the_same(question: Question) -> None:
    answer = cheapest(*question, gap=0, seconds=0.2)
    assert answer.bound <= answer.cost
    assert np.isinf(answer.cost) or is_solution(question, answer.additions)
