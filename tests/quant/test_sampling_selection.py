"""Schools by size and pupils in them: every possible sample, exact probabilities, and draws by the thousand."""

from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.surveyed import exact_probabilities, starts
from xietong.quant.sampling import select_pupils, select_schools
from xietong.quant.sampling.selection import certainties, serpentine, systematic

pytestmark = pytest.mark.once

SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=9)


def others_of(sizes: list[int], draw: Any) -> tuple[list[int], int]:
    """The schools that are left once the certain ones are taken out, and how many of them are to be drawn."""
    number = draw.draw(st.integers(1, len(sizes)))
    certain = certainties(np.array(sizes), number)
    return [size for size, sure in zip(sizes, certain, strict=True) if not sure], number - int(certain.sum())


@given(SIZES, st.data())
def test_all_starts_together_give_each_school_its_exact_probability(sizes: list[int], draw: Any) -> None:
    others, left = others_of(sizes, draw)
    reached = [Fraction(0)] * len(others)
    for start, length in starts(others, left) if others else []:
        drawn = systematic(np.array(others), left, float(start))
        assert len(set(drawn.tolist())) == left
        for place in drawn:
            reached[place] += length

    assert reached == [Fraction(left * size, sum(others)) for size in others]


@given(SIZES, st.data())
def test_probabilities_are_those_of_taking_out_the_largest_one_at_a_time(sizes: list[int], draw: Any) -> None:
    number = draw.draw(st.integers(1, len(sizes)))
    found = select_schools(sizes, [0] * len(sizes), [number], seed=3)
    wanted = exact_probabilities(sizes, number)

    assert found.probability == pytest.approx([float(each) for each in wanted], rel=1e-14, abs=0)
    assert found.certain.tolist() == [each == 1 for each in wanted]
    assert len(set(found.sampled.tolist())) == number
    assert set(found.certain.nonzero()[0]) <= set(found.sampled)


def test_the_estimate_of_a_total_is_unbiased_over_all_starts() -> None:
    sizes, books, number = [7, 12, 3, 9, 11, 8], [70, 20, 35, 91, 14, 66], 2
    estimate = Fraction(0)
    for start, length in starts(sizes, number):
        for place in systematic(np.array(sizes), number, float(start)):
            estimate += length * Fraction(books[place] * sum(sizes), number * sizes[place])

    assert estimate == sum(books)


@pytest.mark.parametrize(
    ("sizes", "number", "probability"),
    [
        ([50, 10, 10, 10], 2, [1, 1 / 3, 1 / 3, 1 / 3]),  # larger than the interval of 40
        ([40, 20, 20], 2, [1, 0.5, 0.5]),  # exactly the interval
        ([60, 50, 10, 10, 10], 3, [1, 1, 1 / 3, 1 / 3, 1 / 3]),  # two certain ones at once
        ([100, 30, 10, 10, 10], 3, [1, 1, 1 / 3, 1 / 3, 1 / 3]),  # the second only once the first is out
        ([90, 0, 30, 30, 30], 2, [1, 0, 1 / 3, 1 / 3, 1 / 3]),  # a school without pupils
        ([5, 0, 3], 2, [1, 0, 1]),  # all that there are
        ([4], 1, [1]),  # one school only
        ([6, 6, 6], 1, [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_probabilities_by_hand(sizes: list[int], number: int, probability: list[float]) -> None:
    found = select_schools(sizes, [0] * len(sizes), [number], seed=1)

    assert found.probability == pytest.approx(probability, rel=1e-15)
    assert len(found.sampled) == number
    assert (found.probability[found.sampled] > 0).all()


def test_the_national_design_stands_for_all_pupils_of_the_county() -> None:
    chance = np.random.default_rng(5)
    sizes, strata = chance.integers(20, 300, 120), np.repeat([0, 1], [80, 40])
    schools = select_schools(sizes, strata, [12, 8], chance, chance.integers(0, 6, 120))
    pupils = select_pupils(sizes[schools.sampled], 30, chance)
    stratum = strata[schools.sampled]

    assert stratum.tolist() == [0] * 12 + [1] * 8
    stands_for = sizes[schools.sampled] / schools.probability[schools.sampled]
    assert np.bincount(stratum, stands_for) == pytest.approx(np.bincount(strata, sizes))
    assert np.bincount(pupils.school).tolist() == np.minimum(sizes[schools.sampled], 30).tolist()


def test_draws_by_the_thousand_come_as_often_as_they_should() -> None:
    draws, chance = 4000, np.random.default_rng(6)
    sizes = np.array([300, 12, 40, 33, 0, 25, 61, 18, 9, 70, 44, 5])
    strata, implicit = np.array([1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]), np.arange(12) // 4
    times = np.zeros(12)
    for _ in range(draws):
        found = select_schools(sizes, strata, [2, 3], chance, implicit)
        times[found.sampled] += 1

    error = np.sqrt(found.probability * (1 - found.probability) / draws)
    assert (np.abs(times / draws - found.probability) <= 4 * error).all()
    assert found.certain.tolist() == [True] + [False] * 11


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3)), min_size=4, max_size=20), st.integers(0, 99))
def test_each_implicit_stratum_gets_its_share_to_within_one_school(rows: list[tuple[int, int]], seed: int) -> None:
    sizes, implicit = (np.array(column) for column in zip(*rows, strict=True))
    found = select_schools(sizes, np.zeros(len(rows), dtype=int), [3], seed, implicit)
    drawn = np.isin(np.arange(len(rows)), found.sampled) & ~found.certain
    expected = np.bincount(implicit, np.where(found.certain, 0, found.probability), 4)

    assert (np.abs(np.bincount(implicit, drawn, 4) - expected) < 1).all()


def test_sizes_go_up_and_down_in_turns() -> None:
    sizes, implicit = np.array([5, 1, 3, 2, 9, 4, 8, 3]), np.array([4, 4, 7, 7, 7, 9, 9, 4])

    assert serpentine(sizes, implicit).tolist() == [1, 7, 0, 4, 2, 3, 5, 6]


def test_schools_are_told_in_the_order_of_the_draw_after_the_certain_ones() -> None:
    sizes, implicit = [9, 8, 7, 500, 6, 5, 4, 3], [1, 1, 0, 0, 0, 1, 1, 0]
    found = select_schools(sizes, [0] * 8, [8], seed=1, implicit=implicit)
    assert found.sampled.tolist() == [7, 4, 2, 3, 0, 1, 5, 6]

    fewer = select_schools(sizes, [0] * 8, [4], seed=1, implicit=implicit).sampled
    path = [7, 4, 2, 0, 1, 5, 6]
    assert fewer[0] == 3
    assert [path.index(school) for school in fewer[1:]] == sorted(path.index(school) for school in fewer[1:])


def test_the_same_seed_draws_the_same_and_others_draw_others() -> None:
    sizes, strata = np.arange(10, 60), np.zeros(50, dtype=int)
    drawn = [select_schools(sizes, strata, [5], seed).sampled.tolist() for seed in (1, 1, *range(2, 9))]
    pupils = [select_pupils([90, 40], 20, seed).pupil.tolist() for seed in (1, 1, 2)]

    assert drawn[0] == drawn[1]
    assert len({tuple(each) for each in drawn}) > 4
    assert pupils[0] == pupils[1] != pupils[2]


@given(st.permutations(range(8)))
def test_probabilities_follow_the_schools(order: list[int]) -> None:
    sizes, strata = np.array([3, 90, 12, 5, 44, 7, 8, 30]), np.array([0, 1, 0, 1, 0, 1, 0, 1])
    wanted, found = (select_schools(sizes[rows], strata[rows], [2, 2], 1) for rows in (np.arange(8), np.array(order)))

    assert found.probability.tolist() == wanted.probability[order].tolist()
    assert found.certain.tolist() == wanted.certain[order].tolist()


def test_an_empty_frame_has_no_sample() -> None:
    found = select_schools([], [], [], seed=1)

    assert found.sampled.tolist() == found.probability.tolist() == []


@pytest.mark.parametrize(
    ("sizes", "strata", "number", "why"),
    [
        ([5, 6, 7], [0, 0, 1], [2, 2], "stratum 1 has 1 schools with pupils; 2 are asked for"),
        ([5, 0], [0, 0], [2], "stratum 0 has 1 schools with pupils"),
        ([5], [0], [1, 1], "stratum 1 has 0 schools"),
        ([5, 6], [0, 2], [1, 1], "strata of school 1 cannot be 2"),
        ([5, 6], [0, -1], [1], "strata of school 1 cannot be -1"),
        ([5, -6], [0, 0], [1], "sizes of school 1 cannot be -6"),
        ([5.0, 6.0], [0, 0], [1], "sizes are float64 instead of whole numbers"),
        ([5, 6], [0, 0], [0], "numbers of schools of stratum 0 cannot be 0"),
        ([5, 6], [0], [1], r"strata have the shape \(1,\) instead of \(2,\)"),
        ([[5, 6]], [0, 0], [1], r"sizes have the shape \(1, 2\) instead of \(n,\)"),
    ],
)
def test_select_schools_refuses(sizes: Any, strata: Any, number: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        select_schools(sizes, strata, number, seed=1)


def test_select_schools_refuses_a_negative_implicit_stratum() -> None:
    with pytest.raises(ValueError, match="implicit strata of school 1 cannot be -3"):
        select_schools([5, 6], [0, 0], [1], seed=1, implicit=[0, -3])


def test_pupils_come_equally_often_alone_and_in_pairs() -> None:
    draws, chance = 6000, np.random.default_rng(7)
    samples = Counter(tuple(select_pupils([5], 2, chance).pupil.tolist()) for _ in range(draws))

    assert len(samples) == 10
    error = (0.1 * 0.9 / draws) ** 0.5
    assert all(abs(times / draws - 0.1) <= 4 * error for times in samples.values())


def test_pupils_of_small_schools_are_all_taken() -> None:
    found = select_pupils([2, 0, 30, 31], 30, seed=1)

    assert np.bincount(found.school, minlength=4).tolist() == [2, 0, 30, 30]
    assert found.pupil[:32].tolist() == [0, 1, *range(30)]
    assert len(set(found.pupil[32:].tolist())) == 30
    assert found.probability == pytest.approx([1, np.nan, 1, 30 / 31], nan_ok=True)


def test_no_schools_have_no_pupils() -> None:
    assert select_pupils([], 3, seed=1).pupil.tolist() == []


def test_select_pupils_refuses() -> None:
    with pytest.raises(ValueError, match="pupils of school 1 cannot be -2"):
        select_pupils([3, -2], 1, seed=1)
    with pytest.raises(ValueError, match="0 pupils are to be drawn in a school"):
        select_pupils([3], 0, seed=1)
