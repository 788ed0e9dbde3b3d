"""Rates over those who should have sat, and the standing of groups, by hand and against counting one by one."""

from dataclasses import astuple, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.groups import FULL, Totals, same_again, totals
from xietong.quant.classical import Cuts, rates, standing

pytestmark = pytest.mark.once

NAN, INF = float("nan"), float("inf")


def rates_of(sample: Totals, registered: Any) -> Any:
    return astuple(rates(sample.values, FULL, registered, groups=sample.groups, weights=sample.weights))


def test_rates_by_hand() -> None:
    found = rates([95, 85, 60, 59.5, 40, 39.5, NAN, NAN], 100, [10])

    assert found.sat.tolist() == [6]
    assert found.mean.tolist() == [379 / 6]
    assert found.scoring == pytest.approx(3.79 / 6)
    assert found.mean_of_registered.tolist() == [37.9]
    assert found.passing.tolist() == [0.3]
    assert found.excellent.tolist() == [0.2]
    assert found.low.tolist() == [0.1]
    assert found.absent.tolist() == [0.4]


def test_keeping_the_weak_away_makes_no_rate_better() -> None:
    everybody, chosen = rates([90, 70, 30, 20], 100, [4]), rates([90, 70, NAN, NAN], 100, [4])

    assert chosen.mean > everybody.mean
    assert chosen.passing == everybody.passing
    assert chosen.excellent == everybody.excellent
    assert chosen.mean_of_registered < everybody.mean_of_registered
    assert chosen.low + chosen.absent == everybody.low + everybody.absent


def test_a_total_at_the_cut_reaches_it_though_the_product_rounds_up() -> None:
    assert 0.55 * 100 > 55
    found = rates([55, 54.9], 100, [2], cuts=Cuts(passing=0.55, excellent=0.55, low=0.55))

    assert (found.passing, found.excellent, found.low) == (0.5, 0.5, 0.5)


def test_cuts_are_shares_of_the_full_mark() -> None:
    found = rates([90, 89], 150, [2], cuts=Cuts(passing=0.6, excellent=0.9, low=0.3))

    assert found.passing.tolist() == [0.5]


def test_rates_of_groups_of_which_one_should_not_have_sat() -> None:
    found = rates([100, 100, 0], 100, [4, 0, 1], groups=[0, 0, 2])

    assert found.passing == pytest.approx([0.5, NAN, 0], nan_ok=True)
    assert found.mean == pytest.approx([100, NAN, 0], nan_ok=True)
    assert found.absent == pytest.approx([0.5, NAN, 0], nan_ok=True)


def test_a_group_of_which_nobody_came_passes_with_nobody() -> None:
    found = rates([NAN, NAN], 100, [2])

    assert (found.passing, found.low, found.mean_of_registered, found.absent) == (0, 0, 0, 1)
    assert np.isnan(found.mean)


def test_nobody_in_no_groups() -> None:
    assert rates([], 100, []).passing.shape == (0,)


@given(totals(), st.integers(0, 5))
def test_rates_count_one_by_one(sample: Totals, away: int) -> None:
    sat = [sample.persons(group) for group in range(sample.n_groups)]
    registered = np.array([len(each) + away for each in sat])
    found = rates_of(sample, registered)
    for group, each in enumerate(sat):
        n = registered[group]
        wanted = [(each >= 12).sum(), (each >= 17).sum(), (each < 8).sum(), away]
        assert [row[group] * n for row in found[4:]] == pytest.approx(wanted if n else [NAN] * 4, nan_ok=True)
        assert found[0][group] == len(each)
        assert found[1][group] == pytest.approx(each.mean() if len(each) else NAN, nan_ok=True)
        assert found[3][group] * n == pytest.approx(each.sum() if n else NAN, nan_ok=True)


@given(totals(), st.data())
def test_rates_do_not_depend_on_how_persons_are_written_down(sample: Totals, draw: Any) -> None:
    registered = np.full(sample.n_groups, 40)
    for again in same_again(draw, sample):
        for found, wanted in zip(rates_of(again, registered), rates_of(sample, registered), strict=True):
            assert found == pytest.approx(wanted, nan_ok=True)


@given(totals(), st.data())
def test_rates_and_standing_follow_the_codes_of_groups(sample: Totals, draw: Any) -> None:
    code = np.array(draw.draw(st.permutations(range(sample.n_groups))))
    again = replace(sample, groups=code[sample.groups])
    registered = np.arange(sample.n_groups) + 40
    moved = np.empty_like(registered)
    moved[code] = registered
    both = [
        (rates_of(again, moved), rates_of(sample, registered)),
        (standing_of(again), standing_of(sample)),
    ]
    for found, wanted in both:
        for one, other in zip(found, wanted, strict=True):
            assert one[code] == pytest.approx(other, nan_ok=True)


def standing_of(sample: Totals) -> Any:
    return astuple(standing(sample.values, sample.groups, sample.n_groups, sample.weights))


def test_standing_by_hand() -> None:
    """Of 40, 60, 60, 80 the mean is 60 and the deviation √200; the means of the schools are 50 and 70."""
    found = standing([40, 60, 60, 80, NAN], [0, 0, 1, 1, 2], 3)

    assert found.mean == pytest.approx([50, 70, NAN], nan_ok=True)
    assert found.t == pytest.approx([50 - 100 / 200**0.5, 50 + 100 / 200**0.5, NAN], nan_ok=True)
    assert found.above == pytest.approx([-1 / 6, 1 / 6, NAN], nan_ok=True)


@pytest.mark.parametrize(
    ("values", "t", "above"), [([60, 60], NAN, 0), ([0, 0], NAN, NAN), ([], NAN, NAN), ([NAN, NAN], NAN, NAN)]
)
def test_standing_without_what_it_needs(values: Any, t: float, above: float) -> None:
    found = standing(values, np.zeros(len(values), int), 1)

    assert found.t == pytest.approx([t], nan_ok=True)
    assert found.above == pytest.approx([above], nan_ok=True)


def test_means_that_all_add_up_to_nothing_have_no_share() -> None:
    assert np.isnan(standing([-1, 1], [0, 1], 2).above).all()


@given(totals())
def test_standing_counts_every_person_once(sample: Totals) -> None:
    found, all_ = standing(sample.values, sample.groups, sample.n_groups, sample.weights), sample.persons()
    for group in range(sample.n_groups):
        each = sample.persons(group)
        if len(each) and all_.std() > 0:
            distance = each.mean() - all_.mean()
            assert found.t[group] == pytest.approx(50 + 10 * distance / all_.std())
            assert found.above[group] == pytest.approx(distance / all_.mean(), abs=1e-12)


@given(totals(), st.data())
def test_standing_does_not_depend_on_how_persons_are_written_down(sample: Totals, draw: Any) -> None:
    for again in same_again(draw, sample):
        for found, wanted in zip(standing_of(again), standing_of(sample), strict=True):
            assert found == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (([1, 101], 100, [2]), "row 1: total 101.0 is not between 0 and 100"),
        (([NAN, -1], 100, [2]), "row 1: total -1.0"),
        (([1, INF], 100, [2]), "row 1: a value is infinite"),
        (([1], 0, [1]), "full mark 0 is no finite number above 0"),
        (([1], NAN, [1]), "full mark nan"),
        (([1], INF, [1]), "full mark inf"),
        (([1, 2], 100, [1]), r"group 0: registered 1.0 is no finite number from 2.0 \(sat\) up"),
        (([1], 100, [NAN]), "group 0: registered nan"),
        (([1], 100, [INF]), "group 0: registered inf"),
        (([1], 100, 5), "registered has 0 dimensions instead of 1"),
        (([[1]], 100, [1]), "totals have 2 dimensions instead of 1"),
    ],
)
def test_rates_refuses_what_cannot_be(arguments: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        rates(*arguments)


@pytest.mark.parametrize(
    ("groups", "weights", "why"),
    [
        ([0, 2], None, "row 1: group 2 is none of 0 to 1"),
        ([0, 1], [1, -1], "row 1: weight -1.0"),
        ([0], None, r"groups have the shape \(1,\)"),
        ([0.0, 1.0], None, "groups are float64"),
    ],
)
def test_groups_and_weights_are_checked(groups: Any, weights: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        rates([1, 2], 100, [5, 5], groups=groups, weights=weights)


@pytest.mark.parametrize(
    "cuts", [(0.6, 0.85, 0), (0.6, 0.85, 0.7), (0.9, 0.85, 0.4), (0.6, 1.01, 0.4), (NAN, 0.85, 0.4)]
)
def test_cuts_that_do_not_ascend_are_refused(cuts: Any) -> None:
    with pytest.raises(ValueError, match="cuts need 0 < low ≤ passing ≤ excellent ≤ 1"):
        Cuts(*cuts)
