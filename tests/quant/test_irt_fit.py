"""S-X² against published figures, sums by hand, and how often it rejects what is right and what is wrong."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.answering import INF, LSAT7, LSAT7_ITEMS, NAN, answered, answers, mixed_items, right_wrong, unfit
from xietong.quant.irt.calibration import calibrate
from xietong.quant.irt.fit import SPARSE, _judged, _merged, _starts, booklet_fit, item_fit
from xietong.quant.irt.population import STANDARD, population_of
from xietong.quant.irt.recursion import score_distribution
from xietong.quant.items import Items, items_of
from xietong.quant.responding import probabilities
from xietong.quant.responses import Responses, responses_of

pytestmark = pytest.mark.once

MIRT_ITEMS = right_wrong([0.9879, 1.0809, 1.7058, 0.7652, 0.7358], [1.8561, 0.8080, 1.8042, 0.4860, 1.8545])
"""LSAT7 as R mirt stops at its default tolerance of 1e-4; printed in its own tests to so many digits."""


def test_fit_of_lsat7_is_the_published_one() -> None:
    """R mirt, itemfit; jMetrik prints 4.7492191 14.4528980 1.2703374 5.2373430 0.9407036 from it."""
    found = item_fit(LSAT7, MIRT_ITEMS)

    assert found.statistic == pytest.approx([4.749, 14.453, 1.270, 5.237, 0.941], abs=6e-4)
    assert found.freedom.tolist() == [2] * 5
    assert found.complete == 32


def test_fit_of_lsat7_at_the_maximum_is_near_it() -> None:
    found = item_fit(LSAT7, LSAT7_ITEMS)

    assert found.statistic == pytest.approx([4.749, 14.451, 1.270, 5.237, 0.941], abs=3e-3)
    assert found.p == pytest.approx([0.0930, 0.0007, 0.5292, 0.0729, 0.6246], abs=2e-4)


def test_scores_are_those_that_every_category_can_have() -> None:
    """Kang and Chen: 10 items of four categories have 25 scores × 3 − 4 parameters = 71 degrees of freedom."""
    chance = np.random.default_rng(1)
    items = items_of(["partial"] * 10, np.full(10, 0.4), np.cumsum(chance.normal(0, 0.2, (10, 3)), axis=1))
    responses = answered(items, chance.normal(size=2000), chance)
    heavy = Responses(responses.codes, responses.categories, np.full(2000, 1e6))

    assert item_fit(heavy, items).freedom.tolist() == [71] * 10
    assert item_fit(heavy, items, free=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).freedom.tolist() == list(range(75, 65, -1))


def by_hand(responses: Responses, items: Items, item: int) -> float:
    """Without merging: the sum over scores and categories, with integrals over a fine grid."""
    grid = np.linspace(-7, 7, 701)
    density = np.exp(-(grid**2) / 2)
    rest = score_distribution(items, grid, [j for j in range(len(items.kinds)) if j != item])
    whole = score_distribution(items, grid)
    chance = probabilities(items, grid)[:, item]
    steps = int((~np.isnan(items.intercepts[item])).sum())
    score = responses.codes.sum(axis=1)
    found = 0.0
    for s in range(steps, whole.shape[1] - steps):
        persons = responses.weights[score == s].sum()
        for k in range(steps + 1):
            expected = persons * (density * chance[:, k] * rest[:, s - k]).sum() / (density * whole[:, s]).sum()
            observed = responses.weights[(score == s) & (responses.codes[:, item] == k)].sum()
            found += (observed - expected) ** 2 / expected
    return found


def test_statistic_is_the_sum_over_scores_and_categories() -> None:
    items = mixed_items(5, 5)
    steps = (~np.isnan(items.intercepts)).sum(axis=1)
    rows = np.array(list(product(*(range(int(m) + 1) for m in steps))))
    weights = np.random.default_rng(2).integers(20, 200, len(rows))
    responses = responses_of(rows, weights=1000 * weights)
    found = item_fit(responses, items)

    assert found.statistic == pytest.approx([by_hand(responses, items, item) for item in range(5)], rel=1e-8)


def test_groups_are_expected_each_for_itself() -> None:
    """Two groups of one kind are one group; two that differ explain what one cannot."""
    items, persons = right_wrong(np.linspace(0.5, 2.5, 10), np.linspace(-1, 1, 10)), 20_000
    chance = np.random.default_rng(3)
    groups = np.arange(persons) % 2
    mean = np.array([-1.5, 1.5])
    responses = answered(items, mean[groups] + 0.5 * chance.normal(size=persons), chance)
    same = item_fit(responses, items, population_of([0, 0], 1, groups))
    right = item_fit(responses, items, population_of(mean, 0.5, groups), free=np.zeros(10))

    assert same.statistic == pytest.approx(item_fit(responses, items).statistic)
    assert (right.p > 1e-4).all()
    swapped = item_fit(responses, items, population_of(-mean, 0.5, groups), free=np.zeros(10))
    assert (swapped.statistic > right.statistic).sum() >= 8


def rates(items: Items, true: Items, repeats: int, persons: int) -> Any:
    """How often each item is rejected at 5 %, with parameters that are known, not estimated."""
    rejected = np.zeros(len(items.kinds))
    for seed in range(repeats):
        chance = np.random.default_rng(seed)
        found = item_fit(answered(true, chance.normal(size=persons), chance), items, free=np.zeros(len(items.kinds)))
        rejected += found.p < 0.05
    return rejected / repeats


@pytest.mark.parametrize(
    "items", [right_wrong(np.linspace(0.7, 1.8, 12), np.linspace(-1.5, 1.5, 12)), mixed_items(9, 6)]
)
def test_what_is_right_is_rejected_as_often_as_it_should(items: Items) -> None:
    repeats = 60
    found = rates(items, items, repeats, 1500)
    total = found.size * repeats

    assert found.mean() == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / total))


def test_what_is_wrong_is_rejected() -> None:
    items = right_wrong(np.full(12, 1.2), np.linspace(-1.5, 1.5, 12))
    flat = unfit(items, 5, slopes=0.3)
    found = rates(items, flat, 10, 1500)

    assert found[5] == 1
    assert np.delete(found, 5).mean() < 0.3


def test_only_complete_rows_count() -> None:
    items = unfit(mixed_items(6, 7), 4, slopes=NAN, intercepts=NAN)
    chance = np.random.default_rng(4)
    responses = answered(mixed_items(6, 7), chance.normal(size=600), chance)
    codes = responses.codes.copy()
    codes[100:, 4] = -1
    codes[300:500, 2] = -1
    weights = np.where(np.arange(600) < 550, 1.0, 0.0)
    found = item_fit(Responses(codes, responses.categories, weights), items)
    rows = [*range(300), *range(500, 550)]
    rest = [0, 1, 2, 3, 5]
    alone = item_fit(responses_of(responses.codes[rows][:, rest]), items.take(rest))

    assert found.complete == alone.complete == 350
    assert np.isnan([found.statistic[4], found.freedom[4], found.p[4]]).all()
    assert found.statistic[rest] == pytest.approx(alone.statistic)
    assert found.p[rest] == pytest.approx(alone.p)


def test_free_parameters_are_those_that_the_item_has() -> None:
    items = unfit(mixed_items(6, 8), 4, intercepts=[0.5, -0.5, -INF])
    chance = np.random.default_rng(5)
    responses = answered(items, chance.normal(size=3000), chance)
    fixed, found = (item_fit(responses, items, free=free) for free in (np.zeros(6), None))

    assert items.lower[3] == 0.2
    assert (fixed.freedom - found.freedom).tolist() == [2, 4, 4, 3, 3, 4]
    assert found.statistic.tolist() == fixed.statistic.tolist()


@given(answers(least=1), st.data())
def test_order_and_repetition_do_not_matter(drawn: tuple[Items, Responses], draw: Any) -> None:
    items, responses = drawn
    found = item_fit(responses, items)
    rows = draw.draw(st.permutations(range(len(responses.codes))))
    places = draw.draw(st.permutations(range(len(items.kinds))))
    moved = Responses(responses.codes[rows][:, places], responses.categories[places], responses.weights[rows])
    whole = np.repeat(np.arange(len(responses.codes)), responses.weights.astype(int))
    repeated = Responses(responses.codes[whole], responses.categories, np.ones(len(whole)))

    again = item_fit(moved, items.take(places))
    assert again.statistic == pytest.approx(found.statistic[places], rel=1e-7, abs=1e-9, nan_ok=True)
    assert item_fit(repeated, items).statistic == pytest.approx(found.statistic, rel=1e-9, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("expected", "starts"),
    [
        ([1, 1, 1], [0, 1, 2]),
        ([0.5, 0.5, 3], [0, 2]),
        ([3, 0.2, 0.2], [0]),
        ([3, 0.9, 2], [0, 1]),
        ([3, 2, 0.9], [0, 1]),
        ([0.1, 0.2, 0.3], [0]),
        ([0, 0, 5], [0]),
    ],
)
def test_sparse_categories_are_merged_upwards_and_the_last_downwards(expected: Any, starts: Any) -> None:
    assert _starts(np.array(expected, dtype=float)) == starts


@pytest.mark.parametrize(
    ("expected", "groups"),
    [
        ([[5, 5], [5, 5]], [(0, 1), (1, 2)]),
        ([[5, 0.5], [5, 0.5], [5, 5]], [(0, 2), (2, 3)]),
        ([[5, 5], [0.1, 5], [0.1, 5]], [(0, 3)]),
        ([[5, 5], [0.1, 5], [2, 5], [0.3, 4]], [(0, 1), (1, 4)]),
        ([[5, 0.5], [5, 0.1]], []),
        (np.empty((0, 2)), []),
    ],
)
def test_sparse_scores_are_merged_upwards_and_the_last_downwards(expected: Any, groups: Any) -> None:
    assert [(group.start, group.stop) for group in _merged(np.array(expected, dtype=float))] == groups


def test_statistic_after_merging_by_hand() -> None:
    expected = np.array([[5, 0.5], [5, 0.5], [6, 4]], dtype=float)
    observed = np.array([[4, 1.5], [6, 0], [7, 3]], dtype=float)
    wanted = (10 - 10) ** 2 / 10 + (1.5 - 1) ** 2 / 1 + 1 / 6 + 1 / 4

    assert SPARSE == 1
    assert _judged(observed, expected) == pytest.approx((wanted, 2))


@given(st.lists(st.lists(st.floats(0, 3), min_size=3, max_size=3), max_size=8))
def test_merging_leaves_no_sparse_cell(rows: Any) -> None:
    expected = np.array(rows, dtype=float).reshape(-1, 3)
    groups = _merged(expected)
    if groups:
        assert groups[0].start == 0
        assert groups[-1].stop == len(expected)
    for group in groups:
        here = expected[group].sum(axis=0)
        assert (np.add.reduceat(here, _starts(here)) >= SPARSE).all()
        assert len(_starts(here)) > 1


@pytest.mark.parametrize("rows", [np.empty((0, 3)), [[1, 1, 1]] * 9, [[0, 0, 0]] * 9, [[-1, 1, 0]] * 9, [[1, 0, 0]]])
def test_too_little_to_judge_is_undefined(rows: Any) -> None:
    found = item_fit(responses_of(rows, categories=2), right_wrong([1.0] * 3, [0.0] * 3))

    assert np.isnan([found.statistic, found.freedom, found.p]).all()


def test_too_few_degrees_of_freedom_have_no_p() -> None:
    found = item_fit(LSAT7, LSAT7_ITEMS, free=[4, 5, 3, 2, 2])

    assert found.freedom.tolist() == [0, -1, 1, 2, 2]
    assert np.isnan(found.p).tolist() == [True, True, False, False, False]
    assert np.isfinite(found.statistic).all()


def test_answers_that_cannot_be_are_merged_with_what_can() -> None:
    items = unfit(mixed_items(6, 9), 1, intercepts=[0.5, -0.5, -INF])
    chance = np.random.default_rng(6)
    responses = answered(mixed_items(6, 9), chance.normal(size=500), chance)

    assert (responses.codes[:, 1] == 3).any()
    assert np.isfinite(item_fit(responses, items).statistic).all()


def test_fit_refuses_parameters_of_other_items() -> None:
    with pytest.raises(ValueError, match=r"free parameters have the shape \(2,\) instead of \(5,\)"):
        item_fit(LSAT7, LSAT7_ITEMS, STANDARD, free=[2, 2])


def rotated(persons: int, seed: int) -> tuple[Responses, Items]:
    """Twelve items in three booklets of eight, handed out in turns."""
    chance = np.random.default_rng(seed)
    slopes, places = chance.uniform(0.8, 1.6, 12), chance.normal(0, 1, 12)
    items = right_wrong(slopes, -slopes * places)
    codes = answered(items, chance.normal(size=persons), chance).codes.copy()
    for booklet in range(3):
        codes[booklet::3, 4 * booklet : 4 * booklet + 4] = -1
    return responses_of(codes, categories=2), items


def test_fit_over_booklets_of_one_booklet_is_the_fit() -> None:
    whole, booklets = item_fit(LSAT7, LSAT7_ITEMS), booklet_fit(LSAT7, LSAT7_ITEMS)

    assert booklets.statistic == pytest.approx(whole.statistic)
    assert (booklets.freedom.tolist(), booklets.complete) == (whole.freedom.tolist(), whole.complete)
    assert booklets.p == pytest.approx(whole.p)


def test_fit_over_booklets_adds_up_what_each_tells() -> None:
    responses, items = rotated(900, 3)
    found = booklet_fit(responses, items, free=[2] * 12)
    wanted = np.zeros((2, 12))
    for booklet in range(3):
        own = [item for item in range(12) if item // 4 != booklet]
        one = item_fit(responses_of(responses.codes[booklet::3][:, own], categories=2), items.take(own), free=[0] * 8)
        wanted[:, own] += one.statistic, one.freedom

    assert found.statistic == pytest.approx(wanted[0])
    assert found.freedom == pytest.approx(wanted[1] - 2)
    assert found.complete == 900
    assert np.isnan(item_fit(responses, items).statistic).all()


def test_fit_over_booklets_rejects_as_often_as_it_should_and_finds_what_is_wrong() -> None:
    p = []
    for seed in range(30):
        responses, _items = rotated(1500, seed)
        p.append(booklet_fit(responses, calibrate(responses, "2pl").items).p)
    rejected = (np.concatenate(p) < 0.05).mean()

    # 360 judgements of which one in twenty is rejected by chance, with a deviation of 0.0115.
    assert rejected == pytest.approx(0.05, abs=4 * 0.0115)
    responses, items = rotated(3000, 99)
    wrong = right_wrong([*items.slopes[:-1], 0.2], items.intercepts[:, 0])
    assert booklet_fit(responses, wrong, free=[0] * 12).p[-1] < 1e-6


def test_booklets_of_few_persons_and_items_without_an_estimate_are_not_judged() -> None:
    responses, items = rotated(900, 4)
    few = Responses(responses.codes, responses.categories, np.where(np.arange(900) % 3 == 0, 0.1, 1.0))
    found = booklet_fit(few, unfit(items, 0, slopes=NAN, intercepts=NAN))

    assert found.complete == 600
    assert np.flatnonzero(np.isnan(found.statistic)).tolist() == [0]
    nobody = booklet_fit(responses_of(np.full((80, 3), -1), categories=2), right_wrong([1, 1, 1], [0, 0, 0]))
    assert (np.isnan(nobody.p).all(), nobody.complete) == (True, 0)
