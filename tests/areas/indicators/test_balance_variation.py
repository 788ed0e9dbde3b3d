"""Coefficients of variation: published values, the wrong forms that are in use, exactness at the limit."""

import statistics
from decimal import Decimal
from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.areas.indicators.balancing import STANDARDS, M, P, at, unit
from xietong.areas.indicators.rules.balance import (
    ITEMS,
    Facts,
    Spread,
    State,
    Unit,
    Variation,
    judge_variation,
    judge_variations,
    spread,
)
from xietong.areas.indicators.rules.balance.variation import printed

pytestmark = pytest.mark.once

# The worked example of 县域义务教育校际均衡指标计算方法: books at five schools.
PUPILS = [45, 37, 89, 76, 55]
BOOKS = [279, 137, 935, 160, 402]
BY_CODE = {item.code: item for item in ITEMS}


def books() -> list[Unit]:
    pairs = enumerate(zip(PUPILS, BOOKS, strict=True))
    return [Unit(str(n), P, pupils, Facts(equipment_value=have)) for n, (pupils, have) in pairs]


def test_spread_reproduces_the_worked_example() -> None:
    found = spread(PUPILS, [Fraction(have) for have in BOOKS])
    assert [round(value, 7) for value in (float(found.mean), found.deviation, found.cv)] == [
        6.3344371, 3.2638607, 0.5152566
    ]  # fmt: skip


def test_the_unweighted_forms_would_let_the_example_pass() -> None:
    """The trap that most public programs are in."""
    ratios = [have / pupils for pupils, have in zip(PUPILS, BOOKS, strict=True)]
    unweighted = statistics.pstdev(ratios) / statistics.mean(ratios)
    assert (round(unweighted, 7), round(statistics.stdev(ratios) / statistics.mean(ratios), 7)) == (
        0.4887707, 0.5464622
    )  # fmt: skip
    found = judge_variation(BY_CODE["L6"], P, books(), STANDARDS)
    assert (unweighted < 0.5, found.state, found.shown) == (True, State.NOT_MET, Decimal("0.515"))


@pytest.mark.parametrize(
    ("pupils", "totals", "mean", "squared"),
    [
        ([1, 1, 1], [1, 1, 1], 1, 0),
        ([1, 1], [1, 3], 2, Fraction(1, 4)),
        ([3, 1], [3, 3], Fraction(3, 2), Fraction(1, 3)),
        ([7], [3], Fraction(3, 7), 0),
    ],
)
def test_spread_by_hand(pupils: list[int], totals: list[int], mean: Fraction, squared: Fraction) -> None:
    assert spread(pupils, [Fraction(total) for total in totals]) == Spread(Fraction(mean), Fraction(squared))


def test_spread_of_nothing_is_none() -> None:
    assert (spread([], []), spread([1, 2], [Fraction(0), Fraction(0)])) == (None, None)


@given(st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 10**6)), min_size=1, max_size=40))
def test_spread_agrees_with_the_definition(rows: list[tuple[int, int]]) -> None:
    """X̄ and S as they are written in the source, in floats."""
    pupils, totals = [row[0] for row in rows], [row[1] for row in rows]
    found = spread(pupils, [Fraction(total) for total in totals])
    if not sum(totals):
        assert found is None
        return
    mean = sum(totals) / sum(pupils)
    variance = sum(p / sum(pupils) * (r / p - mean) ** 2 for p, r in rows)
    assert isclose(found.cv, sqrt(variance) / mean, rel_tol=1e-9, abs_tol=1e-9)


@given(st.lists(st.tuples(st.integers(1, 900), st.integers(0, 900)), min_size=1, max_size=9), st.randoms())
def test_spread_does_not_depend_on_order_or_on_the_unit_of_measure(
    rows: list[tuple[int, int]], random: object
) -> None:
    shuffled = random.sample(rows, len(rows))
    found = spread([p for p, _ in rows], [Fraction(r) for _, r in rows])
    assert found == spread([p for p, _ in shuffled], [Fraction(r) for _, r in shuffled])
    if found:
        assert found.squared == spread([p for p, _ in rows], [Fraction(r) / 7 for _, r in rows]).squared


@given(st.fractions(0, 10), st.integers(0, 5))
def test_printed_is_the_root_half_up(squared: Fraction, places: int) -> None:
    found, step = Fraction(printed(squared, places)), Fraction(1, 10**places)
    assert (found - step / 2) ** 2 <= squared or not found
    assert squared < (found + step / 2) ** 2


def test_every_indicator_is_judged_in_both_stages_not_their_mean() -> None:
    uneven = [at(100, L2="0.2"), at(100, L2="5")]
    found = judge_variations([*uneven, at(100, M)], STANDARDS)
    assert [(one.stage, one.item) for one in found] == [(stage, item.code) for stage in (P, M) for item in ITEMS]
    assert [one.item for one in found if one.state is State.NOT_MET] == ["L2"]
    assert {one.state for one in found if one.stage is M} == {State.MET}


def test_a_coefficient_at_its_limit_is_met() -> None:
    """Ratios 1 and 3 of as many pupils give one half exactly; floats would have to be lucky."""
    found = judge_variation(BY_CODE["L6"], P, [at(70, L6="1"), at(70, L6="3")], STANDARDS)
    assert (found.state, found.shown, found.is_borderline, found.spread) == (
        State.MET, Decimal("0.500"), False, Spread(Fraction(2), Fraction(1, 4))
    )  # fmt: skip


def test_a_coefficient_is_borderline_where_three_decimals_say_otherwise() -> None:
    found = judge_variation(BY_CODE["L6"], P, [at(100, L6="1"), at(100, L6="3.001")], STANDARDS)
    assert (found.state, found.shown, found.is_borderline) == (State.NOT_MET, Decimal("0.500"), True)


def test_the_mean_is_told_as_the_indicator_is() -> None:
    found = judge_variation(BY_CODE["L1"], P, [at(100, L1="4"), at(300, L1="6")], STANDARDS)
    assert found.spread.mean == Fraction(11, 2)


def test_nothing_is_judged_while_a_unit_is_silent() -> None:
    silent = Unit("丙", P, 100, Facts())
    found = judge_variation(BY_CODE["L6"], P, [*books(), silent], STANDARDS)
    assert (found.state, found.shown, found.units, found.missing) == (
        State.NOT_REPORTED, Decimal("0.515"), 6, ("丙",)
    )  # fmt: skip
    nobody = judge_variation(BY_CODE["L6"], P, [silent], STANDARDS)
    assert (nobody.state, nobody.spread, nobody.missing) == (State.NOT_REPORTED, None, ("丙",))


def test_what_nobody_has_is_spread_evenly_and_not_judged() -> None:
    found = judge_variation(BY_CODE["L6"], P, [unit(equipment_value=0)], STANDARDS)
    assert found == Variation("L6", P, State.EMPTY, Fraction(1, 2), 1)
