"""The deterministic path: a published example, one by hand, what must hold for any numbers, and what is refused."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from xietong.quant.projection import Factors, survive, variants

pytestmark = pytest.mark.once

START = [[100.0, 90.0, 80.0], [10.0, 0.0, 30.0]]
ENTRANTS = [[110.0, 120.0], [8.0, 9.0]]
STEPS = [[0.9, 0.5], [1.0, 2.0]]


def test_survive_meets_the_published_projection_of_enrollcast() -> None:
    """The vignette of the R package enrollcast 0.1.0 (Lawless 2026): grades K, 1, 2 from 2023, three years on."""
    path = survive([[120, 99, 91]], [[125, 130, 128]], [[0.925, (88 / 90 + 91 / 95) / 2]])
    published = [[125, 111, 95.81579], [130, 115.625, 107.42982], [128, 120.25, 111.90607]]
    np.testing.assert_allclose(path.pupils[0], published, atol=5e-6)


def test_survive_by_hand_with_arrivals_and_a_change_of_stage() -> None:
    """Grade 1 is a new stage, to which half go on; ten move in, then twenty move out of a grade of eight."""
    moved = np.zeros((2, 2, 3))
    moved[0, 0, 1], moved[1, 1, 1] = 10, -20
    path = survive(START, ENTRANTS, STEPS, moved)
    assert path.pupils.tolist() == [[[110, 100, 45], [120, 99, 50]], [[8, 10, 0], [9, 0, 20]]]
    assert path.totals().tolist() == [[[255], [269]], [[18], [29]]]
    assert path.totals([slice(0, 1), slice(1, 3)]).tolist()[0] == [[110, 145, 255], [120, 149, 269]]


def test_survive_takes_ratios_that_change_with_the_year() -> None:
    path = survive([[100, 0]], [[100, 100]], [[[0.5], [0.6]]])
    assert path.pupils[0, :, 1].tolist() == [50, 60]


def pupils(*shape: int) -> st.SearchStrategy[Any]:
    return arrays(np.float64, shape, elements=st.floats(0, 5_000))


@given(pupils(5, 4), pupils(5, 3), arrays(np.float64, (1, 3), elements=st.floats(0, 2)), st.floats(0.1, 10))
def test_areas_with_the_same_ratios_add_up_and_scale(start: Any, coming: Any, steps: Any, factor: float) -> None:
    each = survive(start, coming, np.repeat(steps, 5, axis=0)).pupils
    whole = survive(start.sum(axis=0)[None], coming.sum(axis=0)[None], steps).pupils[0]
    np.testing.assert_allclose(each.sum(axis=0), whole, rtol=1e-12, atol=1e-9)
    larger = survive(start * factor, coming * factor, np.repeat(steps, 5, axis=0)).pupils
    np.testing.assert_allclose(larger, each * factor, rtol=1e-12, atol=1e-9)


@given(pupils(5, 4), pupils(5, 3), arrays(np.float64, (5, 3), elements=st.floats(0, 2)), st.permutations(range(5)))
def test_areas_in_another_order_give_the_same_in_that_order(start: Any, coming: Any, steps: Any, order: Any) -> None:
    there, here = survive(start[order], coming[order], steps[order]).pupils, survive(start, coming, steps).pupils
    assert (there == here[order]).all()
    assert (here >= 0).all()


def test_variants_change_births_and_arrivals_by_year() -> None:
    moved = np.full((2, 2, 3), 10.0)
    found = variants(START, ENTRANTS, STEPS, moved, low=Factors([1, 0.5], 0), high=Factors([1, 1.5], [1, 2]))
    assert (found.middle.pupils == survive(START, ENTRANTS, STEPS, moved).pupils).all()
    assert found.low.pupils[0].tolist() == [[110, 90, 45], [60, 99, 45]]
    assert found.high.pupils[0].tolist() == [[120, 100, 55], [200, 128, 70]]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"enrolment": [[1, 2, 3], [1, -4, 3]]}, "enrolment of area 1, grade 1 is -4.0"),
        ({"enrolment": [[1, 2, np.nan], [1, 4, 3]]}, "enrolment of area 0, grade 2 is nan"),
        ({"enrolment": [1, 2, 3]}, "enrolment needs the axes area, grade, none empty; its shape is (3,)"),
        ({"enrolment": np.zeros((0, 3))}, "enrolment needs the axes area, grade, none empty; its shape is (0, 3)"),
        ({"entrants": [[1, np.inf], [1, 1]]}, "entrants of area 0, year 1 is inf"),
        ({"entrants": [[1, 1]]}, "entrants of 1 areas do not fit enrolment of 2"),
        ({"ratios": [[1, 1], [1, -1]]}, "ratio of area 1, year 0, grade 1 is -1.0"),
        ({"ratios": np.ones((2, 3))}, "ratio has the shape (2, 1, 3); it does not fit area 2, year 2, grade 2"),
        ({"arrivals": np.full((2, 2, 3), np.nan)}, "arrivals of area 0, year 0, grade 0 is nan"),
        ({"arrivals": np.zeros((3, 2, 3))}, "arrivals has the shape (3, 2, 3); it does not fit"),
    ],
)
def test_survive_refuses_and_names_the_place(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        survive(**{"enrolment": START, "entrants": ENTRANTS, "ratios": STEPS} | changed)


@pytest.mark.parametrize("group", [slice(2, 2), slice(0, 3, 2), slice(2, 4), slice(3, None)])
def test_totals_refuse_a_group_that_is_no_run_of_grades(group: slice) -> None:
    with pytest.raises(ValueError, match="group 1, .* is no run of the 3 grades"):
        survive(START, ENTRANTS, STEPS).totals([slice(0, 1), group])


@pytest.mark.parametrize(
    ("low", "said"),
    [
        (Factors(births=-0.1), "factor of births of year 0 is -0.1"),
        (Factors(migration=[1, np.nan]), "factor of migration of year 1 is nan"),
        (Factors(births=[1, 1, 1]), "factor of births has the shape (3,); it does not fit year 2"),
    ],
)
def test_variants_refuse_factors(low: Factors, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        variants(START, ENTRANTS, STEPS, low=low, high=Factors())
