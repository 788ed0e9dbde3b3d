"""EAP and WLE against published figures, closed forms, another maximiser, simulation and properties."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
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
from xietong.quant.irt import ability as ability_module
from xietong.quant.irt import answers as answers_module
from xietong.quant.irt.ability import eap, wle
from xietong.quant.irt.equations import equation_of
from xietong.quant.irt.information import booklet_information, standard_error
from xietong.quant.irt.population import population_of
from xietong.quant.items import Items, Kind, items_of
from xietong.quant.logarithms import log_probabilities
from xietong.quant.responses import Responses, responses_of
from xietong.quant.scale import Constants

pytestmark = pytest.mark.once


def pair(found: Any) -> Any:
    return np.array([found.value, found.error])


def test_eap_of_lsat7_is_the_published_one() -> None:
    """R mirt 1.47, of those with all five wrong."""
    found = eap(LSAT7, LSAT7_ITEMS)

    assert LSAT7.codes[0].tolist() == [0] * 5
    assert found.value[0] == pytest.approx(-1.86978, abs=6e-6)
    assert found.error[0] == pytest.approx(0.6927, abs=6e-5)


def test_wle_of_like_items_has_a_closed_form() -> None:
    """Of J Rasch items of one difficulty, P(θ̂) = (r + ½) ÷ (J + 1): Warm (1989) as Firth has it for a proportion."""
    count = 7
    rows = np.tri(count + 1, count, -1, dtype=int)
    found = wle(responses_of(rows, categories=2), right_wrong([1.7] * count, [1.7 * 0.4] * count))
    chance = (np.arange(count + 1) + 0.5) / (count + 1)

    assert found.value == pytest.approx(-0.4 + np.log(chance / (1 - chance)) / 1.7, abs=1e-9)
    assert found.error == pytest.approx(1 / np.sqrt(count * 1.7**2 * chance * (1 - chance)), rel=1e-8)


def weighted_likelihood(items: Items, row: Any, at: Any) -> Any:
    """ln L + ½ ln I, whose maximum WLE is where nobody guesses: the mode under the prior of Jeffreys."""
    seen = row >= 0
    logs = log_probabilities(items.take(np.flatnonzero(seen).tolist()), at)
    own = logs[:, np.arange(seen.sum()), row[seen]].sum(axis=1)
    return own + np.log(booklet_information(items, at, [seen])[0]) / 2


@pytest.mark.parametrize("count", [2, 5])
def test_wle_is_the_mode_under_the_prior_of_jeffreys(count: int) -> None:
    """Warm (1989) for items without guessing, Magis (2015) for partial credit; not for graded."""
    items = mixed_items(3 * count, 6)
    items = items.take([j for j in range(3 * count) if items.kinds[j] != "graded" and not items.lower[j]])
    chance = np.random.default_rng(2)
    responses = booklets_of(answered(items, chance.normal(size=40), chance), chance, 0.7)
    grid = np.linspace(-12, 12, 8001)
    found = wle(responses, items)
    for row, value in zip(responses.codes, found.value, strict=True):
        if (row >= 0).any():
            assert value == pytest.approx(grid[weighted_likelihood(items, row, grid).argmax()], abs=1.6e-3)
        else:
            assert np.isnan(value)


def test_wle_of_all_patterns_of_lsat7_is_the_mode_under_the_prior_of_jeffreys() -> None:
    grid = np.linspace(-6, 6, 12_001)
    wanted = [grid[weighted_likelihood(LSAT7_ITEMS, row, grid).argmax()] for row in LSAT7.codes]

    assert wle(LSAT7, LSAT7_ITEMS).value == pytest.approx(wanted, abs=1e-3)


def estimating(items: Items, row: Any, at: float) -> float:
    """l' + J ÷ (2 I), from differences of logarithms only."""
    step = 1e-3
    seen = np.flatnonzero(row >= 0)
    logs = log_probabilities(items.take(seen.tolist()), at + step * np.arange(-2, 3))
    chance = np.exp(logs)
    first = (chance[0] - 8 * chance[1] + 8 * chance[3] - chance[4]) / (12 * step)
    second = (-chance[0] + 16 * chance[1] - 30 * chance[2] + 16 * chance[3] - chance[4]) / (12 * step**2)
    safe = np.where(chance[2] > 0, chance[2], 1)
    own = (first / safe)[np.arange(len(seen)), row[seen]].sum()
    return float(own + (first * second / safe).sum() / (2 * (first**2 / safe).sum()))


def test_wle_solves_its_equation_with_guessing_and_graded_items() -> None:
    items = mixed_items(12, 7)
    chance = np.random.default_rng(3)
    responses = booklets_of(answered(items, chance.normal(size=30), chance), chance, 0.8)
    found = wle(responses, items)

    assert items.lower.max() == 0.2
    for row, value, error in zip(responses.codes, found.value, found.error, strict=True):
        assert error * estimating(items, row, value) == pytest.approx(0, abs=1e-5)
        assert estimating(items, row, value - 0.01) > 0 > estimating(items, row, value + 0.01)


def test_error_of_wle_is_that_of_the_booklet() -> None:
    items = mixed_items(9, 8)
    chance = np.random.default_rng(4)
    responses = booklets_of(answered(items, chance.normal(size=9), chance), chance, 0.8)
    found = wle(responses, items)
    wanted = standard_error(items, found.value, responses.codes >= 0)

    assert found.error == pytest.approx(np.diag(wanted), rel=1e-9)


@pytest.mark.parametrize("place", [-2.0, 0.0, 1.5])
def test_wle_is_unbiased_and_its_error_is_right(place: float) -> None:
    """The mean within 4 standard errors."""
    items, persons = mixed_items(24, 9), 4000
    found = wle(answered(items, np.full(persons, place), np.random.default_rng(5)), items)
    sd = found.value.std()
    truth = standard_error(items, [place])[0]

    assert abs(found.value.mean() - place) < 4 * sd / np.sqrt(persons)
    assert sd == pytest.approx(truth, rel=0.08)


def test_eap_of_a_population_has_no_bias_and_the_right_deviation() -> None:
    items, persons = mixed_items(15, 10), 6000
    chance = np.random.default_rng(6)
    groups = np.arange(persons) % 2
    mean, sd = np.array([-0.5, 1.0]), np.array([1.2, 0.7])
    abilities = mean[groups] + sd[groups] * chance.normal(size=persons)
    found = eap(answered(items, abilities, chance), items, population_of(mean, sd, groups))
    miss = found.value - abilities
    for group in (0, 1):
        own = groups == group
        standard = (miss / found.error)[own]
        assert abs(standard.mean()) < 4 / np.sqrt(own.sum())
        assert abs((standard**2).mean() - 1) < 4 * (standard**2).std() / np.sqrt(own.sum())
        # a posterior mean does not go with its error
        slope = np.cov(found.value[own], miss[own])[0, 1] / found.value[own].var()
        assert abs(slope) < 4 * miss[own].std() / found.value[own].std() / np.sqrt(own.sum())


@settings(max_examples=30)
@given(answers(least=1), st.data())
def test_estimates_know_no_order(drawn: tuple[Items, Responses], draw: Any) -> None:
    items, responses = drawn
    rows = draw.draw(st.permutations(range(len(responses.codes))))
    places = draw.draw(st.permutations(range(len(items.kinds))))
    moved = Responses(responses.codes[rows][:, places], responses.categories[places], responses.weights[rows])
    for method in (wle, eap):
        found, again = method(responses, items), method(moved, items.take(places))
        assert pair(again) == pytest.approx(pair(found)[:, rows], rel=1e-6, abs=1e-6, nan_ok=True)


@settings(max_examples=30)
@given(answers(least=1), st.floats(0.2, 100), st.floats(-500, 500))
def test_estimates_follow_the_scale(drawn: tuple[Items, Responses], stretch: float, shift: float) -> None:
    items, responses = drawn
    constants = Constants(stretch, shift)
    moved = items.transformed(constants)
    for found, again in (
        (wle(responses, items), wle(responses, moved)),
        (eap(responses, items), eap(responses, moved, population_of(shift, stretch))),
    ):
        assert again.value == pytest.approx(constants.of(found.value), abs=1e-5 * stretch, nan_ok=True)
        assert again.error == pytest.approx(stretch * found.error, rel=1e-5, nan_ok=True)


@given(answers(least=1))
def test_estimates_are_finite_or_nobody_knows_anything(drawn: tuple[Items, Responses]) -> None:
    items, responses = drawn
    something = (responses.codes >= 0).any(axis=1)
    found = wle(responses, items)

    assert np.array_equal(np.isfinite(found.value), something)
    assert np.array_equal(np.isfinite(found.error), something)
    assert np.isfinite(pair(eap(responses, items))).all()


def test_wle_rises_with_every_answer() -> None:
    items = mixed_items(4, 11)
    most = (~np.isnan(items.intercepts)).sum(axis=1)
    rows = np.array(list(product(*(range(int(m) + 1) for m in most))))
    value = dict(zip(map(tuple, rows.tolist()), wle(responses_of(rows), items).value.tolist(), strict=True))
    for row in rows.tolist():
        for item in range(4):
            if row[item] < most[item]:
                higher = [code + (place == item) for place, code in enumerate(row)]
                assert value[tuple(higher)] > value[tuple(row)]


def test_wle_of_all_right_and_all_wrong_is_finite_and_not_cut_off() -> None:
    items = right_wrong([1.0] * 40, np.linspace(-3, 3, 40))
    found = wle(responses_of([[1] * 40, [0] * 40]), items)

    assert found.value[0] == pytest.approx(-found.value[1], abs=1e-8)
    assert 4 < found.value[0] < 8


def test_wle_of_a_nearly_flat_item_lies_as_far_out_as_it_says() -> None:
    """One item right: P = ¾, so θ̂ = b + ln 3 ÷ a. A peer that cuts difficulties off at 6 gets this wrong."""
    found = wle(responses_of([[1], [0]]), right_wrong([0.01], [-0.01 * 300]))

    assert found.value == pytest.approx([300 + np.log(3) / 0.01, 300 - np.log(3) / 0.01], rel=1e-8)
    assert found.error == pytest.approx([1 / (0.01 * np.sqrt(0.1875))] * 2, rel=1e-6)


def test_a_nearly_flat_item_far_out_changes_little_beside_others() -> None:
    plain, flat = (
        right_wrong([1.2] * 9, np.linspace(-1, 1, 9)),
        right_wrong([1.2] * 9 + [0.01], [*np.linspace(-1, 1, 9), -4]),
    )
    rows = [[1] * 5 + [0] * 4, [1, 0] * 4 + [1]]
    without, found = (
        wle(responses_of(codes), items) for codes, items in ((rows, plain), ([[*row, 0] for row in rows], flat))
    )

    assert found.value == pytest.approx(without.value, abs=0.01)


def test_nobody_without_an_answer_that_tells_something_is_measured() -> None:
    items = unfit(mixed_items(3, 1), 0, slopes=NAN, intercepts=NAN)
    items = unfit(items, 1, intercepts=[-INF, -INF, -INF])
    responses = responses_of([[-1, -1, -1], [1, -1, -1], [-1, 0, -1], [1, 0, 2]], categories=[2, 4, 4])
    found = wle(responses, items)

    assert np.isnan(pair(found)).tolist() == [[True, True, True, False]] * 2
    assert pair(eap(responses, items))[:, :3] == pytest.approx(np.array([[0] * 3, [1] * 3]), abs=1e-7)
    alone = wle(responses_of([[2]], categories=4), items.take([2]))
    assert found.value[3] == pytest.approx(alone.value[0])


def test_answers_that_cannot_be_are_not_measured() -> None:
    items = unfit(mixed_items(3, 1), 2, intercepts=[0.2, -INF, -INF])
    responses = responses_of([[1, 1, 3], [1, 1, 1]], categories=[2, 4, 4])
    for found in (wle(responses, items), eap(responses, items)):
        assert np.isnan(pair(found)).tolist() == [[True, False]] * 2


def test_wle_between_steep_items_far_apart_is_nowhere() -> None:
    items = right_wrong([50.0, 50.0], [0.0, -5000.0])
    found = wle(responses_of([[1, 0], [1, 1], [0, 0]]), items)

    assert np.isnan(pair(found)).tolist() == [[True, False, False]] * 2
    assert found.value[1:] == pytest.approx([100 + np.log(3) / 50, -np.log(3) / 50], abs=1e-6)


def test_wle_with_partial_credit_that_lacks_a_category() -> None:
    items = unfit(items_of(["partial"], [1.0], [[0.0, 0.0]]), 0, intercepts=[-INF, 0.4])

    assert wle(responses_of([[2]]), items).value == pytest.approx(
        wle(responses_of([[1]]), right_wrong([2], [0.4])).value
    )


@pytest.mark.parametrize("seed", range(40))
def test_wle_of_items_of_every_steepness_and_place_solves_its_equation(seed: int) -> None:
    """Slopes from 0.001 to 200, difficulties to ±300: no warning, no end of the search that is none."""
    chance = np.random.default_rng(seed)
    slopes = 10 ** chance.uniform(-3, 2.3, 9)
    places = chance.normal(size=9) * 10 ** chance.uniform(-1, 2.5, 9)
    steps = np.sort(chance.normal(size=(9, 3)), axis=1) * 10 ** chance.uniform(-1, 1.5, (9, 1))
    rows = -slopes[:, None] * (places[:, None] + steps)
    rows[::3, 1:] = NAN
    rows[2::3] = rows[2::3].cumsum(axis=1)
    items = items_of(["dichotomous", "graded", "partial"] * 3, slopes, rows, [0.2, *[0] * 5, 1e-8, 0, 0])
    responses = booklets_of(answered(items, chance.normal(size=60) * 10 ** chance.uniform(0, 2, 60), chance), chance)
    found, equation = wle(responses, items), equation_of(items)
    known = np.isfinite(found.value)
    codes, near = responses.codes[known], 1e-6 * found.error[known]

    assert known.sum() > 30
    assert (equation(codes, found.value[known] - near)[0] > 0).all()
    assert (equation(codes, found.value[known] + near)[0] < 0).all()
    assert np.isfinite(pair(eap(responses, items, nodes=np.linspace(-6, 6, 2001)))).all()


def test_halving_alone_leads_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = wle(LSAT7, LSAT7_ITEMS)
    monkeypatch.setattr(ability_module, "SECANTS", 0)

    assert pair(wle(LSAT7, LSAT7_ITEMS)) == pytest.approx(pair(found), abs=1e-8)


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [pair(method(LSAT7, LSAT7_ITEMS)) for method in (wle, eap)]
    monkeypatch.setattr(answers_module, "CELLS", 64)

    for method, whole in zip((wle, eap), found, strict=True):
        assert pair(method(LSAT7, LSAT7_ITEMS)) == pytest.approx(whole, rel=1e-12)


def test_a_posterior_on_one_node_has_no_deviation() -> None:
    items = right_wrong([900.0] * 2, [-900 * 0.3, -900 * 0.7])
    found = eap(responses_of([[1, 0]] * 3), items, population_of(0.123), np.linspace(-2.5, 2.5, 11))

    assert found.value == pytest.approx([0.5] * 3)
    assert (found.error < 1e-12).all()


def test_estimates_of_nobody_are_empty() -> None:
    nobody = responses_of(np.empty((0, 5)), categories=2)
    for method in (wle, eap):
        assert pair(method(nobody, LSAT7_ITEMS)).shape == (2, 0)


def test_estimates_refuse_what_was_omitted() -> None:
    for method in (wle, eap):
        with pytest.raises(ValueError, match="row 0, item 0: the answer is omitted; say whether that is wrong"):
            method(responses_of([[-2]]), right_wrong([1], [0]))


def test_items_that_fall_are_those_that_rise_the_other_way_round() -> None:
    items = items_of(
        ["dichotomous", "graded", "partial", "dichotomous"],
        [1.2, 0.8, 1.5, 0.6],
        [[0.3, NAN], [1.0, -0.5], [0.4, -0.2], [-1.0, NAN]],
    )
    chance = np.random.default_rng(5)
    responses = answered(items, chance.normal(size=300), chance)
    first, second = items.intercepts[:, :1], items.intercepts[:, 1:]
    there = ~np.isnan(second)
    partial = items.of_kind(Kind.PARTIAL)[:, None]
    top = np.where(there, second, first)
    turned = np.where(partial, np.hstack([first - top, -top]), np.hstack([-top, np.where(there, -first, NAN)]))
    falling = Items(items.kinds, -items.slopes, turned, items.lower)
    highest = (~np.isnan(items.intercepts)).sum(axis=1)
    mirrored = responses_of(np.where(responses.codes < 0, responses.codes, highest - responses.codes))

    for found, wanted in (
        (wle(mirrored, falling), wle(responses, items)),
        (eap(mirrored, falling), eap(responses, items)),
    ):
        assert pair(found) == pytest.approx(pair(wanted), rel=1e-9)
