"""Staff by the ratios."""

import re

import pytest

from tests.areas.people.test_periods import VALUES
from xietong.areas.people.rules.staffing import ratios_of
from xietong.areas.people.rules.table import RuleFault

pytestmark = pytest.mark.once


def test_ratios_are_those_of_the_rule_table() -> None:
    found = {stage: float(ratio) for stage, ratio in ratios_of(VALUES).items()}
    assert found == {"kindergarten": 7, "primary": 19, "middle": 13.5, "high": 12.5}


@pytest.mark.parametrize("value", ["0", "-19", "十九", "inf"])
def test_a_ratio_that_cannot_be_is_named(value: str) -> None:
    with pytest.raises(RuleFault, match=re.escape("people.staff.primary")):
        ratios_of({**VALUES, "people.staff.primary": value})
