"""What a calibration refuses, by name."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.quant.sitting import LSAT7, published
from xietong.quant.irt.calibration import calibrate
from xietong.quant.items import items_of
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

NAN, INF = float("nan"), float("inf")
ANSWERS = responses_of([[0, 0, 0], [1, 1, 1], [0, 1, 2], [1, 0, 1]])
MODELS = ["2pl", "3pl", "grm"]
FIXED = items_of(["dichotomous", "dichotomous", "graded"], [1, 1, 1], [[0, NAN], [0, NAN], [1, -1]], [0, 0.2, 0])


def test_what_fits_is_taken() -> None:
    found = calibrate(ANSWERS, MODELS, fixed=FIXED, free_first=True, most_cycles=3)

    assert found.items.slopes.tolist() == [1, 1, 1]
    assert found.items.intercepts[2].tolist() == [1, -1]


def test_what_was_omitted_has_to_be_decided_before() -> None:
    codes = published(LSAT7).codes.copy()
    codes[7, 3], codes[9, 0] = -2, -2
    responses = replace(published(LSAT7), codes=codes)

    with pytest.raises(
        ValueError, match="row 7, item 3: the answer is omitted; say whether that is wrong or not presented"
    ):
        calibrate(responses, "2pl")
    wrong, absent = (
        calibrate(each, "2pl") for each in (responses.omitted_as_wrong(), responses.omitted_as_not_presented())
    )
    assert wrong.log_likelihood < absent.log_likelihood


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"groups": [0, 0, 0]}, r"groups are int64 of the shape \(3,\) instead of whole numbers, \(4,\)"),
        ({"groups": [0.0, 0, 0, 0]}, "groups are float64 of the shape"),
        ({"groups": ["a"] * 4}, "groups are <U1 of the shape"),
        ({"groups": [0, 0, 1, 0]}, "row 2: group 1 is none of 0 to 0"),
        ({"groups": [0, -1, 1, 0], "n_groups": 2}, "row 1: group -1 is none of 0 to 1"),
        ({"groups": [1, 1, 1, 1], "n_groups": 2}, "nobody is in group 0, whose mean 0 and standard deviation 1"),
        ({"free_first": True}, "the first population can only be estimated on the scale of items that are fixed"),
        ({"fixed": FIXED.take([0, 1])}, "2 items are given as fixed beside 3 models"),
        ({"fixed": FIXED.take([0, 1, 1])}, "item 2: fixed as dichotomous of 2 categories, to be grm of 3"),
        ({"fixed": FIXED.take([2, 1, 0])}, "item 0: fixed as graded of 3 categories, to be 2pl of 2"),
        ({"fixed": replace(FIXED, kinds=("dichotomous", "dichotomous", "partial"))}, "item 2: fixed as partial of 3"),
        ({"fixed": replace(FIXED, lower=np.array([0, 1, 0]))}, "fixed item 1: lower asymptote 1 is not from 0"),
        ({"fixed": replace(FIXED, lower=np.array([0, NAN, 0]))}, "fixed item 1: lower asymptote nan is not from 0"),
        (
            {"fixed": replace(FIXED, lower=np.array([0.1, 0, 0]))},
            "item 0: fixed with the lower asymptote 0.1, to be 2pl",
        ),
        ({"fixed": replace(FIXED, slopes=np.array([1, INF, 1]))}, "fixed item 1: slope inf is no finite number"),
        (
            {"fixed": replace(FIXED, intercepts=np.array([[0, NAN], [0, NAN], [1, 1.0]]))},
            r"fixed item 2: intercepts \[1. 1.\] do not descend",
        ),
        (
            {"fixed": replace(FIXED, intercepts=np.array([[0, NAN], [0, NAN], [1, -INF]]))},
            r"fixed item 2: intercepts \[  1. -inf\] are no finite row",
        ),
    ],
)
def test_calibrate_names_what_does_not_fit(others: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        calibrate(ANSWERS, MODELS, **others)


def test_models_are_checked() -> None:
    with pytest.raises(ValueError, match="item 2: 2pl is for two categories, the item has 3"):
        calibrate(ANSWERS, "2pl")


def test_an_estimate_can_be_fixed_in_the_next_calibration() -> None:
    responses = published(LSAT7)
    wide = responses_of(
        np.column_stack([responses.codes, (responses.codes[:, 0] + responses.codes[:, 1])]), weights=responses.weights
    )
    first = calibrate(wide, ["2pl"] * 5 + ["gpcm"], most_cycles=5)
    again = calibrate(wide, ["2pl"] * 5 + ["gpcm"], fixed=first.items)

    assert again.n_parameters == 0
    assert np.array_equal(again.items.intercepts, first.items.intercepts, equal_nan=True)


def test_a_negative_slope_can_be_fixed() -> None:
    fixed = items_of(["dichotomous"] * 5, [1] * 5, [[1.0]] * 5)
    fixed.slopes[1] = -0.5
    found = calibrate(published(LSAT7), "2pl", fixed=fixed)

    assert found.items.slopes.tolist() == [1, -0.5, 1, 1, 1]
    assert found.message == "item 1: its slope is negative"


def test_persons_of_another_population_alone_are_measured_on_fixed_items() -> None:
    fixed = calibrate(published(LSAT7), "2pl").items
    found = calibrate(published(LSAT7), "2pl", fixed=fixed, groups=np.ones(32, dtype=int), n_groups=2)

    assert (found.means[0], found.sds[0]) == (0, 1)
    assert [found.means[1], found.sds[1]] == pytest.approx([0, 1], abs=1e-4)
    assert found.message == "group 0: nobody is in it, it has no estimate"
