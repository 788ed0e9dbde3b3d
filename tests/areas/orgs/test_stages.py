"""What stages of a school share, told to each by its weighted pupils."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.orgs.rules.stages import Weights, shares

pytestmark = pytest.mark.once

WEIGHTS = Weights(middle=1.1, high=1.2, high_of_twelve=1.32)


def test_shares_weigh_the_pupils_of_each_stage() -> None:
    nine = shares({"primary": 440.0, "middle": 400.0}, WEIGHTS)
    assert nine == pytest.approx({"primary": 0.5, "middle": 0.5})
    complete = shares({"middle": 600.0, "high": 500.0}, WEIGHTS)
    assert complete == pytest.approx({"middle": 0.5, "high": 0.5})
    twelve = shares({"primary": 110.0, "middle": 100.0, "high": 100.0}, WEIGHTS)
    assert twelve == pytest.approx({"primary": 110 / 352, "middle": 110 / 352, "high": 132 / 352})


def test_shares_of_a_stage_alone_are_all_of_it() -> None:
    assert shares({"kindergarten": 12.0}, WEIGHTS) == {"kindergarten": 1.0}


def test_shares_among_no_pupils_are_none() -> None:
    assert shares({"primary": 0.0, "middle": 0.0}, WEIGHTS) == {}


@given(st.dictionaries(st.sampled_from(["primary", "middle", "high"]), st.floats(1, 5000), min_size=1))
def test_shares_add_up_to_one(pupils: dict[str, float]) -> None:
    assert sum(shares(pupils, WEIGHTS).values()) == pytest.approx(1)
