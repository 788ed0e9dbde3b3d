"""The past projected: by hand, on made-up counties, with gaps, and with too little history."""

import re
from typing import Any

import numpy as np
import pytest

from tests.quant.projecting import county
from xietong.quant.projection import back_test, entry, forecast, progression

pytestmark = pytest.mark.once


def test_back_test_by_hand() -> None:
    """Grade 0 loses half on the way up, but two thirds stay in the last year: 80 instead of 60 are there."""
    history = [[[100, 10], [100, 50], [120, 50], [120, 80]]]
    found = back_test(history, [[100, 100, 120, 120]], held_out=1, seed=1, groups=[slice(1, 2)], draws=50)
    np.testing.assert_allclose(found.projected.mape, [[20 / 80, 20 / 200]])
    np.testing.assert_allclose(found.projected.bias, [[-20 / 80, -20 / 200]])
    np.testing.assert_allclose(found.unchanged.mape, [[30 / 80, 30 / 200]])
    np.testing.assert_allclose(found.unchanged.bias, [[-30 / 80, -30 / 200]])
    assert (found.coverage.tolist(), found.compared.tolist()) == ([[0, 0]], [[1, 1]])


def test_back_test_begins_in_every_year_and_beats_the_year_before() -> None:
    made = [county(seed, areas=60, years=9, rho=0.1) for seed in range(4)]
    found = [back_test(each.history, each.births, held_out=3, seed=2, draws=300) for each in made]
    assert found[0].compared[:, 0].tolist() == [60 * 6, 60 * 5, 60 * 4]
    coverage = np.mean([each.coverage[:, 0] for each in found], axis=0)
    np.testing.assert_allclose(coverage, 0.8, atol=0.06)
    for each in found:
        assert (each.projected.mape < 0.7 * each.unchanged.mape).all()
        assert (np.abs(each.projected.bias) < np.abs(each.unchanged.bias)).all()


def test_back_test_leaves_out_areas_that_are_not_known_whole() -> None:
    """Area 0 has no enrolment of the third year, area 1 no births of the fourth; area 2 nobody in the end."""
    made = county(5, areas=4, years=5, grades=3)
    history, births = made.history.copy(), made.births.copy()
    history[0, 2, 1] = births[1, 3] = np.nan
    history[2, 3] = 0
    found = back_test(history, births, held_out=2, seed=3, draws=20)
    assert found.compared[:, 0].tolist() == [1 + 4, 2]


def test_back_test_says_nothing_where_nothing_could_be_compared() -> None:
    history = np.full((2, 4, 2), 50.0)
    history[:, 3, 1] = np.nan
    found = back_test(history, np.full((2, 4), 50.0), held_out=1, seed=3, draws=20)
    assert found.compared.tolist() == [[0]]
    for values in (found.projected.mape, found.projected.bias, found.unchanged.mape, found.coverage):
        assert np.isnan(values).all()


def test_forecast_takes_what_was_estimated() -> None:
    made = county(6, areas=5, years=6)
    entering, ratios = entry(made.births, made.history[..., 0]), progression(made.history)
    found = forecast(made.history[:, -1], made.births[:, -3:], entering, ratios, seed=1, keys=[5, 3, 4, 9, 8])
    entrants = made.births[:, -3:] * entering.ratio
    np.testing.assert_allclose(found.path.pupils[..., 0], entrants)
    np.testing.assert_allclose(found.path.pupils[:, 0, 1:], made.history[:, -1, :-1] * ratios.ratio)
    middle = found.path.totals()
    assert ((found.band.areas[..., 0] < middle) & (middle < found.band.areas[..., 2])).all()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"held_out": 2}, "to hold out 2 years takes 5 years of history; 4 are known"),
        ({"held_out": 0}, "to hold out 0 years takes 3 years of history; 4 are known"),
        ({"births": [[1, 1]]}, "births of the shape (1, 2) do not fit enrolment of (1, 4, 2)"),
        ({"history": [[[1, 1], [-1, 1]]]}, "enrolment of area 0, year 1, grade 0 is -1.0"),
        ({"births": [[1, 1, 1, -1]]}, "births of area 0, year 3 is -1.0"),
    ],
)
def test_back_test_refuses(changed: dict[str, Any], said: str) -> None:
    settings = {"history": np.ones((1, 4, 2)), "births": np.ones((1, 4)), "held_out": 1, "seed": 1}
    with pytest.raises(ValueError, match=re.escape(said)):
        back_test(**settings | changed)
