"""Q3 against correlations taken pair by pair, and of simulated persons with and without dependence."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.answering import NAN, answered, answers, booklets_of, mixed_items, right_wrong, unfit
from xietong.quant.irt import answers as answers_module
from xietong.quant.irt.ability import eap, wle
from xietong.quant.irt.dependence import q3
from xietong.quant.irt.population import population_of
from xietong.quant.items import Items
from xietong.quant.responding import expected_scores
from xietong.quant.responses import Responses, responses_of

pytestmark = pytest.mark.once


def by_pairs(responses: Responses, items: Items, abilities: Any) -> Any:
    residual = responses.codes - expected_scores(items, abilities)
    seen = (responses.codes >= 0) & (responses.weights > 0)[:, None]
    n = len(items.kinds)
    found = np.full((n, n), NAN)
    for one in range(n):
        for other in range(n):
            both = seen[:, one] & seen[:, other]
            x, y, w = residual[both, one], residual[both, other], responses.weights[both]
            if both.sum() > 1 and np.ptp(x) > 1e-9 and np.ptp(y) > 1e-9:
                found[one, other] = np.cov(x, y, aweights=w, ddof=0)[0, 1] / np.sqrt(
                    np.cov(x, aweights=w, ddof=0) * np.cov(y, aweights=w, ddof=0)
                )
    return found


@given(answers(least=2), st.integers(0, 99))
def test_q3_is_the_correlation_of_each_pair(drawn: tuple[Items, Responses], seed: int) -> None:
    items, responses = drawn
    abilities = np.random.default_rng(seed).normal(size=len(responses.codes))
    found = q3(responses, items, abilities=abilities)
    seen = ((responses.codes >= 0) & (responses.weights > 0)[:, None]).astype(int)

    assert found.correlation == pytest.approx(by_pairs(responses, items, abilities), abs=1e-6, nan_ok=True)
    assert found.persons.tolist() == (seen.T @ seen).tolist()


def test_q3_takes_eap_unless_told_otherwise() -> None:
    chance = np.random.default_rng(1)
    items, population = mixed_items(8, 1), population_of(0.5, 1.2)
    responses = booklets_of(answered(items, 0.5 + 1.2 * chance.normal(size=300), chance), chance)
    responses.codes[7] = -1
    estimates = eap(responses, items, population).value
    other = wle(responses, items).value

    assert q3(responses, items, population).correlation == pytest.approx(by_pairs(responses, items, estimates))
    found = q3(responses, items, population, abilities=other)
    counted = ~np.isnan(other)
    kept = Responses(responses.codes[counted], responses.categories, responses.weights[counted])
    assert 0 < (~counted).sum() < 9
    assert found.correlation == pytest.approx(by_pairs(kept, items, other[counted]))


@pytest.mark.parametrize("share", [1.0, 0.6])
def test_independent_items_have_the_known_negative_mean(share: float) -> None:
    """Yen: about −1 ÷ (J − 1) when everybody has all items."""
    items, persons = right_wrong(np.full(20, 1.3), np.linspace(-1.5, 1.5, 20)), 6000
    chance = np.random.default_rng(2)
    responses = answered(items, chance.normal(size=persons), chance)
    found = q3(booklets_of(responses, chance, share) if share < 1 else responses, items)
    pairs = found.correlation[np.triu_indices(20, 1)]
    off = ~np.eye(20, dtype=bool)

    assert np.nanmean(found.adjusted()[off]) == pytest.approx(0, abs=1e-12)
    assert np.isnan(np.diag(found.adjusted())).all()
    assert np.abs(found.adjusted()[off]).max() < 6 / np.sqrt(persons * share**2)
    if share == 1:
        assert pairs.mean() == pytest.approx(-1 / 19, abs=0.01)
    else:
        # the fewer items a person has, the more θ̂ follows each of them; EAP less than ML
        assert -1 / (20 * share - 1) < pairs.mean() < -1 / 19
    assert found.persons[0, 1] == pytest.approx(persons * share**2, rel=0.1)


def test_a_planted_pair_stands_out() -> None:
    items = mixed_items(15, 3)
    chance = np.random.default_rng(3)
    responses = answered(items, chance.normal(size=3000), chance)
    codes = responses.codes.copy()
    copied = chance.random(3000) < 0.5
    assert items.kinds[0] == items.kinds[12] == "dichotomous"
    codes[copied, 12] = codes[copied, 0]
    found = q3(Responses(codes, responses.categories, responses.weights), items).adjusted()
    highest = np.unravel_index(np.nanargmax(found), found.shape)

    assert set(highest) == {0, 12}
    assert found[0, 12] > 0.3
    assert np.nanmax(np.delete(np.delete(found, 12, axis=0), 12, axis=1)) < 0.1


@given(answers(least=1))
def test_a_weight_counts_as_so_many_rows(drawn: tuple[Items, Responses]) -> None:
    items, responses = drawn
    whole = np.repeat(np.arange(len(responses.codes)), responses.weights.astype(int))
    repeated = Responses(responses.codes[whole], responses.categories, np.ones(len(whole)))
    one, other = q3(responses, items), q3(repeated, items)

    assert one.correlation == pytest.approx(other.correlation, abs=1e-6, nan_ok=True)


def test_q3_in_blocks_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(4)
    items = mixed_items(6, 4)
    responses = booklets_of(answered(items, chance.normal(size=50), chance), chance)
    found = q3(responses, items)
    monkeypatch.setattr(answers_module, "CELLS", 300)

    assert q3(responses, items).correlation == pytest.approx(found.correlation, abs=1e-12)


def test_pairs_that_nobody_has_are_undefined() -> None:
    items = unfit(right_wrong([1.0] * 4, [0.0, 0.5, 1.0, 0.0]), 3, slopes=NAN, intercepts=NAN)
    responses = responses_of([[1, 0, -1, 1], [0, 1, -1, 1], [1, 1, 0, 0], [0, -1, -1, 0]])
    found = q3(responses, items, abilities=[0.0, 0.5, 1.0, -1.0])

    assert found.persons.tolist() == [[4, 3, 1, 0], [3, 3, 1, 0], [1, 1, 1, 0], [0] * 4]
    assert np.isnan(found.correlation).tolist() == [[False, False, True, True]] * 2 + [[True] * 4] * 2
    assert np.isnan(found.adjusted()).tolist() == [
        [True, False, True, True],
        [False, True, True, True],
        *[[True] * 4] * 2,
    ]


@pytest.mark.parametrize("rows", [np.empty((0, 2)), [[1, 0]], [[1, 0]] * 3, [[-1, -1]] * 3, [[1, 1], [1, 1]]])
def test_residuals_that_do_not_differ_have_no_correlation(rows: Any) -> None:
    found = q3(responses_of(rows, categories=2), right_wrong([1.0, 1.3], [0.2, 0.7]))

    assert np.isnan(found.correlation).all()
    assert np.isnan(found.adjusted()).all()


def test_q3_refuses_other_persons() -> None:
    with pytest.raises(ValueError, match=r"abilities have the shape \(2,\) instead of \(1,\)"):
        q3(responses_of([[1, 0]]), right_wrong([1, 1], [0, 0]), abilities=[0, 0])
