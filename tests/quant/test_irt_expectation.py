"""Expected counts against a plain loop over persons, nodes and items, and the parts they are summed in."""

from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.calibrated import sat, truth_of
from xietong.quant.irt import expectation, packing
from xietong.quant.irt.calibration import calibrate
from xietong.quant.irt.climbing import derivatives_of
from xietong.quant.irt.expectation import Counts, expected, parts_of
from xietong.quant.irt.layout import layout_of
from xietong.quant.irt.maximisation import chance_table, priors_of
from xietong.quant.irt.models import Model
from xietong.quant.irt.packing import Packed, packed
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

MODELS = ("2pl", "3pl", "grm", "gpcm", "rasch")
NODES = np.linspace(-3, 3, 8)


@st.composite
def problems(draw: st.DrawFn, most: int = 8) -> Any:
    """Packed answers of two populations, the chance of each state of each item, and shares of populations."""
    n, n_items = draw(st.integers(0, most)), draw(st.integers(1, 10))
    chance = np.random.default_rng(draw(st.integers(0, 999)))
    counts = chance.integers(2, 5, n_items)
    codes = np.array([chance.integers(-1, count, n) for count in counts], dtype=np.int8).T.reshape(n, n_items)
    weights = chance.integers(0, 3, n).astype(float)
    used = [tuple(range(count)) for count in counts]
    every = np.ones(n_items, dtype=bool)
    layout = layout_of([Model.GPCM] * n_items, used, every, ~every, [False, True])
    responses = responses_of(codes, categories=counts, weights=weights)
    packs = packed(responses, layout, chance.integers(0, 2, n))
    table = np.zeros((n_items, max(counts) + 1, len(NODES)))
    for item, count in enumerate(counts):
        table[item, :count] = chance.dirichlet(np.ones(count), len(NODES)).T
        table[item, count] = 1
    priors = chance.dirichlet(np.ones(len(NODES)), 2)
    return codes, packs, table, priors


def by_hand(codes: Any, packs: Packed, table: Any, priors: Any) -> Counts:
    categories, populations, total = np.zeros_like(table), np.zeros_like(priors), 0.0
    for row, weight in enumerate(packs.weights):
        states = [code if code >= 0 else (table[item, :, 0] > 0).sum() - 1 for item, code in enumerate(codes[row])]
        joint = priors[packs.groups[row]].copy()
        for item, state in enumerate(states):
            joint *= table[item, state]
        total += weight * np.log(joint.sum())
        populations[packs.groups[row]] += weight * joint / joint.sum()
        for item, state in enumerate(states):
            categories[item, state] += weight * joint / joint.sum()
    return Counts(categories, populations, float(total))


def assert_alike(found: Counts, wanted: Counts, within: float = 1e-9) -> None:
    assert found.categories == pytest.approx(wanted.categories, abs=within)
    assert found.populations == pytest.approx(wanted.populations, abs=within)
    assert found.log_likelihood == pytest.approx(wanted.log_likelihood, abs=within)


@given(problems())
def test_expected_counts_are_those_of_a_plain_loop(problem: Any) -> None:
    codes, packs, table, priors = problem

    assert_alike(expected(packs, table, priors), by_hand(codes, packs, table, priors))


@given(problems(most=4), st.sampled_from([1, 2]))
def test_loops_are_the_same_without_a_compiler(problem: Any, parts: int) -> None:
    _, packs, table, priors = problem
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(expectation, "parts_of", lambda _rows: parts)
        compiled = expected(packs, table, priors)
        patch.setattr(expectation, "compiled", lambda loop, **_: loop)
        plain = expected(packs, table, priors)

    assert_alike(plain, compiled, 1e-12)


def test_a_pattern_that_cannot_be_has_no_scale() -> None:
    table = np.zeros((1, 3, 8))
    table[0, 0], table[0, 2] = 1, 1
    order, starts, states = np.array([0]), np.array([0, 1]), np.array([3])
    likely, scale = np.zeros((1, 256, 8)), np.zeros((1, 256))
    with np.errstate(divide="ignore"):
        expectation.fill(table, order, starts, states, likely, scale)

    assert scale[0, :3].tolist() == [0, -np.inf, 0]
    assert likely[0, :3, 0].tolist() == [1, 0, 1]


@given(problems(most=12))
def test_counts_of_parts_add_up(problem: Any) -> None:
    _, packs, table, priors = problem
    whole = expected(packs, table, priors)
    quarters = [expected(packs.rows(slice(part, None, 4)), table, priors) for part in range(4)]

    assert_alike(quarters[0] + quarters[1] + quarters[2] + quarters[3], whole)


def test_counts_of_four_parts_of_many_add_up() -> None:
    packs, table, priors = many()
    whole = expected(packs, table, priors)
    cuts = np.array_split(np.arange(len(packs.weights)), 4)
    quarters = [expected(packs.rows(cut), table, priors) for cut in cuts]

    assert_alike(quarters[0] + quarters[1] + quarters[2] + quarters[3], whole, 1e-9 * abs(whole.log_likelihood))
    assert np.abs((quarters[0] + quarters[1] + quarters[2] + quarters[3]).categories - whole.categories).max() < 1e-9


def many() -> Any:
    responses = sat(truth_of(MODELS, 3), 5000, 4)
    found = calibrate(responses, MODELS)
    packs = packed(responses, found.layout, np.zeros(5000, dtype=np.int64))
    return (
        packs,
        chance_table(found.layout, found.vector, found.nodes),
        priors_of(found.layout, found.vector, found.nodes),
    )


@pytest.mark.parametrize("alone", [0, 10_000])
def test_the_number_of_threads_changes_no_digit(monkeypatch: pytest.MonkeyPatch, alone: int) -> None:
    for module in (expectation, packing):
        monkeypatch.setattr(module, "ALONE", alone)
    responses = sat(truth_of(MODELS, 3), 5000, 4)
    before, found = numba.get_num_threads(), []
    try:
        for threads in (1, min(2, numba.config.NUMBA_NUM_THREADS)):  # type: ignore[attr-defined]
            numba.set_num_threads(threads)
            found.append(calibrate(responses, MODELS))
    finally:
        numba.set_num_threads(before)

    assert np.array_equal(found[0].vector, found[1].vector)
    assert found[0].log_likelihood == found[1].log_likelihood


def test_parts_depend_on_rows_alone() -> None:
    rows = (0, 7_999, 8_000, 32_767, 32_768, 65_535, 65_536, 10**7)

    assert [parts_of(each) for each in rows] == [1, 1, 2, 2, 4, 4, 8, 8]


def test_weights_of_zero_count_for_nothing_even_where_the_answer_cannot_be() -> None:
    packs, table, priors = many()
    nobody = packs.rows(slice(0, 5))
    impossible = expected(
        Packed(nobody.patterns, nobody.order, nobody.starts, nobody.states, np.zeros(5), nobody.groups),
        np.zeros_like(table), priors,
    )  # fmt: skip

    assert (impossible.log_likelihood, impossible.categories.sum(), impossible.populations.sum()) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_derivatives_are_differences_of_the_log_likelihood(seed: int) -> None:
    truth = truth_of((*MODELS, "pcm"), seed)
    responses = sat(truth, 300, seed)
    groups = np.arange(300) % 2
    models = (*MODELS, "pcm")
    layout = calibrate(responses, models, groups=groups, n_groups=2, most_cycles=1).layout
    packs = packed(responses, layout, groups)
    vector = calibrate(responses, models, groups=groups, n_groups=2, most_cycles=4).vector.copy()
    vector[layout.means[1]], vector[layout.log_sds[1]] = 0.3, 0.2
    nodes = np.linspace(-7, 7, 64)

    def counted(at: Any) -> Counts:
        return expected(packs, chance_table(layout, at, nodes), priors_of(layout, at, nodes))

    found = derivatives_of(layout, vector, nodes, counted(vector), None)
    for place in range(len(vector)):
        step = np.zeros(len(vector))
        step[place] = 1e-5
        change = (counted(vector + step).log_likelihood - counted(vector - step).log_likelihood) / 2e-5
        wanted = change if layout.free[place] else 0.0
        # The nodes end at 7: the derivative by a spread leaves out what lies beyond.
        assert found[place] == pytest.approx(wanted, abs=1e-4, rel=1e-5)
