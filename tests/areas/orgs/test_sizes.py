"""Bands of class size."""

import pytest

from xietong.areas.orgs.rules.sizes import Band, ClassSizes

pytestmark = pytest.mark.once

SIZES = ClassSizes({"primary": 45, "middle": 50, "high": 50}, large=56, very_large=66)
OK, OVER, LARGE, HUGE = Band.OK, Band.OVER, Band.LARGE, Band.VERY_LARGE


@pytest.mark.parametrize(
    ("stage", "bands"),
    [
        ("primary", [OK, OVER, OVER, OVER, OVER, LARGE, LARGE, HUGE]),
        ("middle", [OK, OK, OK, OVER, OVER, LARGE, LARGE, HUGE]),
        ("special", [OK, OK, OK, OK, OK, LARGE, LARGE, HUGE]),
    ],
)
def test_bands_turn_above_the_standard_of_the_stage(stage: str, bands: list[Band]) -> None:
    assert [SIZES.band(stage, pupils) for pupils in (45, 46, 50, 51, 55, 56, 65, 66)] == bands
