"""Weights of sampled pupils: by hand, sums that have to stay, and cells that nobody can stand for."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.quant.sampling import (
    base_weights,
    effective_size,
    pupil_weights,
    response_factors,
    select_pupils,
    select_schools,
    trimmed,
    weighting_effect,
)

pytestmark = pytest.mark.once

POSITIVE = st.lists(st.floats(0.01, 1e4), min_size=1, max_size=12)
ROWS = st.lists(st.tuples(st.floats(0.1, 99), st.booleans(), st.integers(0, 3)), min_size=1, max_size=20)

SCHOOLS: dict[str, Any] = {
    "school_probability": [0.5, 0.25, 1.0],
    "enrolled": [10, 20, 6],
    "strata": [0, 0, 1],
    "schools_took_part": [True, True, True],
    "pupil_probability": [0.2, 0.1, 0.5],
    "school": [0, 0, 1, 1, 2, 2, 2],
    "pupils_took_part": [True, True, True, False, True, True, False],
}


def test_weights_by_hand() -> None:
    found = pupil_weights(**SCHOOLS)

    assert found.base.tolist() == [10, 10, 40, 40, 2, 2, 2]
    assert found.school_factor.tolist() == [1] * 7
    assert found.pupil_factor.tolist() == [1, 1, 2, 0, 1.5, 1.5, 0]
    assert found.final.tolist() == [10, 10, 80, 0, 3, 3, 0]


def test_a_school_that_stayed_away_gives_its_weight_to_its_stratum() -> None:
    found = pupil_weights(**SCHOOLS | {"schools_took_part": [True, False, True]})

    assert found.school_factor.tolist() == [5, 5, 0, 0, 1, 1, 1]
    assert found.final.tolist() == [50, 50, 0, 0, 3, 3, 0]


def test_final_weights_add_up_to_what_the_schools_stand_for() -> None:
    chance = np.random.default_rng(8)
    sizes, strata = chance.integers(15, 200, 90), np.repeat([0, 1, 2], 30)
    schools = select_schools(sizes, strata, [8, 9, 10], chance)
    drawn, enrolled = schools.sampled, sizes[schools.sampled]
    pupils = select_pupils(enrolled, 30, chance)
    here = chance.random(27) < 0.8
    present = chance.random(len(pupils.school)) < 0.9
    found = pupil_weights(
        schools.probability[drawn], enrolled, strata[drawn], here, pupils.probability, pupils.school, present
    )

    total = np.bincount(strata[drawn][pupils.school], found.final)
    assert total == pytest.approx(np.bincount(strata, sizes))
    assert (found.final > 0).tolist() == (here[pupils.school] & present).tolist()
    assert found.base == pytest.approx(
        base_weights(schools.probability[drawn][pupils.school], pupils.probability[pupils.school])
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"pupils_took_part": [True, True, False, False, True, True, False]}, "school 1 is said to have taken part"),
        ({"school": [0, 0, 1, 1, 1, 1, 1]}, "school 2 is said to have taken part, but none of its pupils did"),
        (
            {"schools_took_part": [True, True, False]},
            "stratum 1: nobody took part who could stand for its weight of 6",
        ),
        ({"schools_took_part": [False, False, True]}, "stratum 0: nobody took part .* of 100"),
        ({"school_probability": [0.5, 0, 1]}, "probabilities of school 1 cannot be 0.0"),
        ({"school_probability": [0.5, 0.25, 1.1]}, "probabilities of school 2 cannot be 1.1"),
        ({"pupil_probability": [np.nan, 0.25, 1]}, "probabilities of pupils of school 0 cannot be nan"),
        ({"enrolled": [10, 20, -1]}, "pupils on the list of school 2 cannot be -1"),
        ({"school": [0, 0, 1, 1, 2, 2, 3]}, "schools of pupil 6 cannot be 3"),
        ({"schools_took_part": [1, 1, 0]}, "schools that took part are int64 instead of True and False"),
        ({"pupils_took_part": [True]}, r"pupils that took part have the shape \(1,\) instead of \(7,\)"),
        ({"school_probability": ["a", "b", "c"]}, "probabilities are <U1 instead of numbers"),
    ],
)
def test_pupil_weights_refuses(change: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        pupil_weights(**SCHOOLS | change)


def test_a_school_in_which_everybody_was_absent_can_be_said_to_have_stayed_away() -> None:
    absent = {"pupils_took_part": [False, False, True, True, True, True, True]}
    found = pupil_weights(**SCHOOLS | absent | {"schools_took_part": [False, True, True]})

    assert found.final.tolist() == [0, 0, 50, 50, 2, 2, 2]


@given(ROWS)
def test_factors_keep_the_weight_of_each_cell(rows: list[tuple[float, bool, int]]) -> None:
    weights, here, cells = (np.array(column) for column in zip(*rows, strict=True))
    here[np.unique(cells, return_index=True)[1]] = True
    found = response_factors(weights, here, cells)

    assert np.bincount(cells, weights * found) == pytest.approx(np.bincount(cells, weights))
    assert (found >= 1).tolist() == here.tolist()
    assert (found == 0).tolist() == (~here).tolist()
    assert response_factors(weights[::-1], here[::-1], 3 - cells[::-1]) == pytest.approx(found[::-1])


def test_an_empty_cell_is_named() -> None:
    with pytest.raises(ValueError, match="cell 4: nobody took part who could stand for its weight of 7"):
        response_factors([1, 3, 4], [True, False, False], [0, 4, 4])


def test_base_weights_are_unbiased_over_all_samples() -> None:
    sizes, probability = np.array([4, 6]), np.array([0.4, 0.6])
    of_samples = [base_weights([probability[s]], [2 / sizes[s]])[0] * 2 for s in range(2)]

    assert probability @ of_samples == pytest.approx(sizes.sum())


def test_trimming_is_reported() -> None:
    found = trimmed([3, 8, 1, 12], 6)

    assert found.weights.tolist() == [3, 6, 1, 6]
    assert found.cut.tolist() == [False, True, False, True]
    assert found.lost == pytest.approx(8 / 24)
    assert not trimmed([3, 6], 6).cut.any()
    assert np.isnan(trimmed([0, 0], 6).lost)
    for ceiling in (0, -1, np.nan):
        with pytest.raises(ValueError, match="the ceiling is .*, not above 0"):
            trimmed([1], ceiling)
    with pytest.raises(ValueError, match="weights of row 1 cannot be -1.0"):
        trimmed([1, -1], 3)


@given(POSITIVE)
def test_kish_is_one_and_the_squared_coefficient_of_variation(weights: list[float]) -> None:
    effect = 1 + np.var(weights) / np.mean(weights) ** 2

    assert weighting_effect(weights) == pytest.approx(effect)
    assert effective_size(weights) == pytest.approx(len(weights) / effect)
    assert effective_size([*weights, 0]) == pytest.approx(effective_size(weights))
    assert effective_size(weights * 2) == pytest.approx(2 * effective_size(weights))


def test_kish_of_equal_weights_and_of_none() -> None:
    assert effective_size([3, 3, 3, 0]) == 3
    assert weighting_effect([3, 3, 3, 0]) == 1
    assert np.isnan(effective_size([0, 0]))
    assert np.isnan(weighting_effect([]))
    with pytest.raises(ValueError, match="weights of row 0 cannot be inf"):
        effective_size([np.inf])
