"""Theil's index and the mean log deviation against published figures, long decimals and properties."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from math import exp, inf, log, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.unequal import INCOMES, SCORE_WEIGHTS, SCORES, Sample, column, same_again, samples
from xietong.quant.inequality import Decomposition, mean_log_deviation, theil

pytestmark = pytest.mark.once

Index = Callable[..., Decomposition]
BOTH = pytest.mark.parametrize("index", [theil, mean_log_deviation])


def exact(index: Index, rows: list[tuple[Fraction, Fraction]]) -> float:
    """The index as its definition has it, in fifty digits."""
    weight = sum(w for _, w in rows)
    mean = sum(w * x for x, w in rows) / weight if weight else Fraction()
    if not mean:
        return nan
    if index is mean_log_deviation and any(x == 0 for x, _ in rows):
        return inf
    ratios = [(decimal(x / mean), decimal(w / weight)) for x, w in rows if x]
    if index is theil:
        return float(sum(p * r * r.ln() for r, p in ratios))
    return float(-sum(p * r.ln() for r, p in ratios))


def decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


@pytest.mark.parametrize(
    ("values", "weights", "wanted"),
    [
        (SCORES, np.ones(9), 0.10494562214323544),
        (SCORES, SCORE_WEIGHTS, 0.08120013911680612),
        ((0, 1), (1, 1), log(2)),
        ((0, 0, 0, 1), (1, 1, 1, 1), log(4)),
        ((4, 4, 4), (1, 2, 3), 0),
        ((7,), (3,), 0),
        ((nan, 0, 1, 9), (5, 1, 1, 0), log(2)),
        ((-1, 0, 1), (0, 1, 1), log(2)),
        ((0, 0), (1, 1), nan),
        ((), (), nan),
    ],
)
def test_theil_of_reference(values: Any, weights: Any, wanted: float) -> None:
    # The first two stand in the documentation of Inequality.jl.
    assert theil(column(*values), weights).total.item() == pytest.approx(wanted, rel=1e-14, abs=0, nan_ok=True)


@pytest.mark.parametrize(
    ("values", "weights", "wanted"),
    [
        (SCORES, np.ones(9), 0.1397460530936332),
        (SCORES, SCORE_WEIGHTS, 0.10375545537468207),
        ((4, 4, 4), (1, 2, 3), 0),
        ((0, 1), (1, 1), inf),
        ((0, 1), (0, 1), 0),
        ((0, 0), (1, 1), nan),
        ((), (), nan),
    ],
)
def test_mean_log_deviation_of_reference(values: Any, weights: Any, wanted: float) -> None:
    # The first two stand in the documentation of Inequality.jl.
    found = mean_log_deviation(column(*values), weights).total.item()
    assert found == pytest.approx(wanted, rel=1e-14, abs=0, nan_ok=True)


def test_entropies_of_the_examples_of_r() -> None:
    # ineq: Theil 0.3623412, Atkinson (ε = 1) 0.3518251 = 1 − exp(−L); REAT after Störmann (2009): L = 0.2326302.
    ones = np.ones(10)

    assert theil(column(*INCOMES), ones).total.item() == pytest.approx(0.3623412, abs=5e-8)
    assert 1 - exp(-mean_log_deviation(column(*INCOMES), ones).total.item()) == pytest.approx(0.3518251, abs=5e-8)
    assert mean_log_deviation(column(10, 10, 10, 20, 50), ones[:5]).total.item() == pytest.approx(0.2326302, abs=5e-8)


def test_theil_taken_apart_by_hand() -> None:
    found = theil(column(1, 3, 6, 6), [1, 1, 1, 1], [0, 0, 1, 1], 3)

    own = (0.5 * log(0.5) + 1.5 * log(1.5)) / 2
    assert found.groups[:, 0] == pytest.approx([own, 0, nan], nan_ok=True)
    assert found.within.item() == pytest.approx(own / 4)
    assert found.between.item() == pytest.approx(0.25 * log(0.25 / 0.5) + 0.75 * log(0.75 / 0.5))


def test_a_group_that_has_nothing_counts_between_groups_alone() -> None:
    values, weights, groups = column(0, 0, 5, 5), [1, 1, 1, 1], [0, 0, 1, 1]

    assert theil(values, weights, groups, 2).groups[:, 0] == pytest.approx([nan, 0], nan_ok=True)
    assert theil(values, weights, groups, 2).within.item() == 0
    assert theil(values, weights, groups, 2).between.item() == pytest.approx(log(2))
    assert mean_log_deviation(values, weights, groups, 2).between.item() == inf


@BOTH
def test_index_keeps_the_digits_of_small_differences(index: Index) -> None:
    steps = np.array([1, -2, 4, -3]) / 2**10
    found = index((1000 + steps)[:, None], [1, 2, 3, 4]).total.item()

    with localcontext(prec=50):
        rows = [(1000 + Fraction(step), Fraction(place)) for place, step in enumerate(steps.tolist(), 1)]
        assert found == pytest.approx(exact(index, rows), rel=1e-8)


@BOTH
@given(sample=samples())
def test_index_of_each_group_is_exact(index: Index, sample: Sample) -> None:
    found = index(*sample.arguments).groups
    with localcontext(prec=50):
        for group, k in sample.cells():
            wanted = exact(index, sample.column(group, k))
            assert found[group, k] == pytest.approx(wanted, rel=1e-12, abs=1e-14, nan_ok=True)


@BOTH
@given(sample=samples())
def test_within_and_between_add_up_to_the_index_of_all(index: Index, sample: Sample) -> None:
    found, whole = index(*sample.arguments), index(sample.values, sample.weights)

    assert found.total == pytest.approx(whole.groups[0], rel=1e-12, abs=1e-14, nan_ok=True)
    assert whole.total == pytest.approx(whole.groups[0], rel=1e-12, abs=1e-14, nan_ok=True)
    assert not (found.within < 0).any()
    assert not (found.between < 0).any()


@BOTH
@given(sample=samples(), draw=st.data())
def test_index_does_not_depend_on_how_rows_are_written_down(index: Index, sample: Sample, draw: Any) -> None:
    wanted = index(*sample.arguments)
    for again in same_again(draw, sample):
        found = index(*again.arguments)
        assert found.within == pytest.approx(wanted.within, rel=1e-11, abs=1e-13, nan_ok=True)
        assert found.between == pytest.approx(wanted.between, rel=1e-11, abs=1e-13, nan_ok=True)


@BOTH
@given(sample=samples(), unit=st.floats(1e-3, 1e3), draw=st.data())
def test_index_knows_neither_units_nor_codes(index: Index, sample: Sample, unit: float, draw: Any) -> None:
    code = np.array(draw.draw(st.permutations(range(sample.n_groups))))
    wanted = index(*sample.arguments)
    found = index(*replace(sample, values=sample.values * unit, groups=code[sample.groups]).arguments)

    assert found.groups[code] == pytest.approx(wanted.groups, rel=1e-11, abs=1e-13, nan_ok=True)
    assert found.total == pytest.approx(wanted.total, rel=1e-11, abs=1e-13, nan_ok=True)


@BOTH
def test_index_names_the_first_negative_row(index: Index) -> None:
    with pytest.raises(ValueError, match="row 1: a value is negative"):
        index(column(1, -2, -3), [1, 1, 1])
