"""The cheapest additions of counties small enough to be solved by hand."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from tests.quant.counties import standard_of, terms_of, units_of
from xietong.quant.allocation.additions import Kind, Requirement, Status, Terms, cheapest, passes

pytestmark = pytest.mark.once

EMPTY: tuple[Requirement, ...] = ()


def test_a_school_short_of_a_part_of_a_teacher_gets_one() -> None:
    """8 teachers for 200 pupils are 4 for a hundred; 4.2 are wanted, so 0.4 are short."""
    county = units_of((8,), (9,), pupils=200)
    wanted = replace(standard_of(4.2), scale=np.array([100.0]))
    answer = cheapest(county, wanted, terms_of(county, 7, integer=True))
    np.testing.assert_array_equal(answer.additions, [[1], [0]])
    assert (answer.cost, answer.bound, answer.gap, answer.status) == (7, 7, 0, Status.SOLVED)


def test_an_area_is_made_up_to_the_metre() -> None:
    county = units_of((400,), (500,), pupils=100)
    answer = cheapest(county, standard_of(4.5), terms_of(county, 2))
    assert answer.additions == pytest.approx(np.array([[50.0], [0.0]]), abs=1e-5)
    assert answer.cost == pytest.approx(100, rel=1e-7)
    assert passes(county, standard_of(4.5), answer.additions).passed


def test_nothing_is_added_where_everything_passes() -> None:
    county = units_of((1,), (3,))
    answer = cheapest(county, standard_of(1), terms_of(county, 1))
    assert not answer.additions.any()
    assert (answer.cost, answer.bound, answer.status, answer.rounds) == (0, 0, Status.SOLVED, ())


def test_a_unit_misses_the_threshold_that_costs_most() -> None:
    """Both are 10 short; one may be left at its floor of 85, and the second costs three times as much."""
    county = units_of((90, 90))
    answer = cheapest(county, standard_of(100, 100, min_met=1), terms_of(county, 1, 3))
    assert answer.additions == pytest.approx(np.array([[10.0, 0.0]]), abs=1e-6)


def test_a_unit_reaches_the_floor_of_what_it_misses() -> None:
    county = units_of((90, 80))
    answer = cheapest(county, standard_of(100, 100, min_met=1), terms_of(county, 1, 3))
    assert answer.additions == pytest.approx(np.array([[10.0, 5.0]]), abs=1e-6)


def test_a_threshold_out_of_reach_is_the_one_that_is_missed() -> None:
    county = units_of((90, 90))
    answer = cheapest(county, standard_of(100, 100, min_met=1), terms_of(county, 1, 3, upper=[[9, np.inf]]))
    assert answer.additions == pytest.approx(np.array([[0.0, 10.0]]), abs=1e-6)


def test_an_unjudged_unit_gets_what_its_group_needs_and_no_more() -> None:
    county = replace(units_of((0,), (3,), (3,)), judged=np.array([False, True, True]))
    wanted = standard_of(3, limit=0.5)
    answer = cheapest(county, wanted, terms_of(county, 1), gap=0)
    # S² = 2 (3 − y)² / 9, mean (6 + y) / 3: CV = √2 (3 − y) / (6 + y) = 0.5
    expected = (3 * 2**0.5 - 3) / (2**0.5 + 0.5)
    assert answer.additions[:, 0] == pytest.approx([expected, 0, 0], abs=1e-5)


def test_a_coefficient_is_brought_to_its_limit() -> None:
    """Two schools of equal size with y and 3: CV = (3 − y) / (3 + y) is 0.4 at y = 9/7."""
    county = units_of((1,), (3,))
    answer = cheapest(county, standard_of(1, limit=0.4), terms_of(county, 7), gap=0)
    assert answer.additions == pytest.approx(np.array([[2 / 7], [0.0]]), abs=1e-5)
    assert answer.status is Status.SOLVED
    assert passes(county, standard_of(1, limit=0.4), answer.additions).passed


def test_a_coefficient_hardly_above_its_limit_takes_a_whole_one() -> None:
    """The solver cannot tell 0.5 from a limit of 0.5 − 10⁻¹²; the verdict can."""
    county, wanted = units_of((1,), (3,)), standard_of(1, limit=0.5 - 1e-12)
    answer = cheapest(county, wanted, terms_of(county, 7, integer=True), gap=0)
    np.testing.assert_array_equal(answer.additions, [[1], [0]])
    assert answer.status is Status.SOLVED
    np.testing.assert_array_equal(cheapest(county, standard_of(1, limit=0.5), terms_of(county, 7)).additions, 0)


def test_what_costs_nothing_is_given() -> None:
    county = units_of((1,), (3,))
    answer = cheapest(county, standard_of(2), terms_of(county, 0))
    assert (answer.cost, answer.gap, answer.status) == (0, 0, Status.SOLVED)
    assert passes(county, standard_of(2), answer.additions).passed


def test_a_resource_that_nobody_has_is_given_evenly() -> None:
    county = units_of((0, 1), (0, 1))
    answer = cheapest(county, standard_of(2, 1), terms_of(county, 1, 1))
    assert answer.additions == pytest.approx(np.array([[2.0, 0.0], [2.0, 0.0]]), abs=1e-6)


# What is missing


def test_nothing_is_given_where_the_total_is_missing() -> None:
    """The unit meets its other threshold, which is enough; the coefficient is that of the others."""
    county = units_of((np.nan, 1), (1, 1), (3, 1))
    wanted = standard_of(1, 1, limit=0.4, min_met=1)
    answer = cheapest(county, wanted, terms_of(county, 7, 7), gap=0)
    assert answer.additions == pytest.approx(np.array([[0, 0], [2 / 7, 0], [0, 0]]), abs=1e-5)
    np.testing.assert_array_equal(answer.missing, np.isnan(county.totals))


def test_a_unit_with_too_much_missing_is_named() -> None:
    county = units_of((np.nan, 1), (1, 1))
    answer = cheapest(county, standard_of(1, 1), terms_of(county, 1, 1))
    assert answer.status is Status.INFEASIBLE
    assert answer.blocked == (Requirement(Kind.UNIT, (0,), 1, 2),)
    assert np.isnan(answer.additions).all()
    assert (answer.cost, answer.bound, answer.gap) == (np.inf, np.inf, np.inf)


def test_a_resource_that_nobody_knows_has_no_limit() -> None:
    county = units_of((np.nan, 0.5), (np.nan, 1))
    answer = cheapest(county, standard_of(1, 1, min_met=1), terms_of(county, 1, 1))
    assert answer.additions == pytest.approx(np.array([[0, 0.5], [0, 0]]), abs=1e-6)


# Caps and budget


def test_a_cap_is_kept_and_told_when_it_is_used_up() -> None:
    """Each school may miss one of two thresholds; teachers are cheaper, but there is one for two schools."""
    county = units_of((9, 90), (9, 90))
    wanted = standard_of(10, 100, min_met=1)
    free = cheapest(county, wanted, terms_of(county, 1, 5, integer=[True, False]))
    np.testing.assert_array_equal(free.additions, [[1, 0], [1, 0]])
    capped = cheapest(county, wanted, terms_of(county, 1, 5, integer=[True, False], caps=[1.5, 70]), gap=0)
    assert capped.additions.sum(axis=0) == pytest.approx([1, 10])
    assert (capped.used_up, capped.cost, capped.status) == ((0,), pytest.approx(51), Status.SOLVED)


def test_a_cap_of_area_that_is_used_up_is_told() -> None:
    county = units_of((400,), (500,), pupils=100)
    assert cheapest(county, standard_of(4.5), terms_of(county, 2, caps=50 + 1e-6)).used_up == (0,)
    assert cheapest(county, standard_of(4.5), terms_of(county, 2, caps=51)).used_up == ()


def test_a_cap_that_is_too_low_is_named_with_what_is_needed() -> None:
    county = units_of((400,), (440,), pupils=100)
    answer = cheapest(county, standard_of(4.5), terms_of(county, 2, caps=50))
    assert answer.status is Status.INFEASIBLE
    assert answer.blocked == (Requirement(Kind.CAP, (0,), 50, pytest.approx(60)),)


def test_a_cap_too_low_for_whole_numbers_is_named() -> None:
    """0.138 of one teacher would do for the coefficient; half a one is allowed, and there are none by halves."""
    county = units_of((1,), (3,))
    answer = cheapest(county, standard_of(1, limit=0.45), terms_of(county, 2, integer=True, caps=0.5))
    assert answer.blocked == (Requirement(Kind.CAP, (0,), 0.5, 1),)
    assert any(one.is_whole for one in answer.rounds) is False


def test_a_budget_that_is_too_small_is_named_with_the_cheapest_cost() -> None:
    county = units_of((400,), (500,), pupils=100)
    answer = cheapest(county, standard_of(4.5), terms_of(county, 2, budget=99))
    assert answer.status is Status.INFEASIBLE
    assert answer.blocked == (Requirement(Kind.BUDGET, (), 99, pytest.approx(100)),)
    assert answer.cost == pytest.approx(100)
    assert cheapest(county, standard_of(4.5), terms_of(county, 2, budget=100.1)).status is Status.SOLVED


def test_the_gap_is_narrowed_until_the_budget_is_decided() -> None:
    """Nothing costs less than 4; with a gap of half the cost, 6 would be good enough if the budget were not 5."""
    county = units_of((7, 6), (8, 9), (9, 6), pupils=[2, 3, 4])
    wanted = standard_of(4, 3, limit=0.3, floor=0.5, min_met=1)
    wide = cheapest(county, wanted, terms_of(county, 3, 4, integer=True), gap=0.9)
    exact = cheapest(county, wanted, terms_of(county, 3, 4, integer=True), gap=0)
    assert wide.cost >= exact.cost > wide.bound
    decided = cheapest(county, wanted, terms_of(county, 3, 4, integer=True, budget=exact.cost), gap=0.9)
    assert decided.cost == exact.cost
    refused = cheapest(county, wanted, terms_of(county, 3, 4, integer=True, budget=exact.cost - 0.5), gap=0.9)
    assert refused.blocked[0].kind is Kind.BUDGET


# What cannot be


def test_floors_and_thresholds_beyond_what_a_unit_takes_are_named() -> None:
    county = units_of((80, 90), (90, 90))
    answer = cheapest(county, standard_of(100, 100, min_met=2), terms_of(county, 1, 1, upper=[[4, 20], [20, 8]]))
    floor, *short = answer.blocked
    assert (floor.kind, floor.index, floor.allowed, floor.needed) == (Kind.FLOOR, (0, 0), 4, pytest.approx(5))
    assert short == [Requirement(Kind.UNIT, (0,), 1, 2), Requirement(Kind.UNIT, (1,), 1, 2)]


def test_a_limit_out_of_reach_is_named_with_what_can_be_reached() -> None:
    """With at most 0.2 more the lower of two schools comes to 1.2, and CV to 1.8 / 4.2."""
    county = units_of((1,), (3,))
    answer = cheapest(county, standard_of(1, limit=0.4), terms_of(county, 1, upper=0.2))
    assert answer.blocked == (Requirement(Kind.LIMIT, (0, 0), 0.4, pytest.approx(1.8 / 4.2, abs=1e-4)),)


def test_a_limit_out_of_reach_in_whole_numbers_is_named() -> None:
    """Three pupils and two with one each: half a one more would make them equal, whole ones do not."""
    county = units_of((1,), (1,), pupils=[3, 2])
    terms = terms_of(county, 1, upper=1, integer=True)
    answer = cheapest(county, standard_of(0, limit=0.1), terms)
    nearest = min(
        passes(county, standard_of(0), np.array(one, float)[:, None]).cv[0, 0]
        for one in itertools.product((0, 1), repeat=2)
    )
    assert answer.blocked == (Requirement(Kind.LIMIT, (0, 0), 0.1, pytest.approx(nearest)),)


def test_the_search_ends_with_the_time_or_the_rounds() -> None:
    county, wanted = units_of((1,), (3,)), standard_of(1, limit=0.4)
    at_once = cheapest(county, wanted, terms_of(county, 1), seconds=0)
    assert (at_once.status, at_once.cost, at_once.bound) == (Status.TIME_LIMIT, np.inf, 0)
    assert np.isnan(at_once.additions).all()
    once = cheapest(county, wanted, terms_of(county, 1), most_rounds=1)
    assert (once.status, len(once.rounds)) == (Status.ROUND_LIMIT, 1)


def test_costs_may_differ_between_units() -> None:
    """One of two schools must be raised for the mean; it is the cheaper one, though either would do."""
    county = units_of((1,), (1,), (4,))
    cost = np.array([[5.0], [1.0], [1.0]])
    terms = Terms(cost, np.full((3, 1), np.inf), np.array([False]), np.array([np.inf]))
    answer = cheapest(county, standard_of(1, limit=0.6), terms, gap=0)
    assert answer.additions[[0, 2], 0] == pytest.approx([0, 0], abs=1e-6)
    assert answer.additions[1, 0] > 0
