"""What the demonstration county's facts come to is the same wherever it is told."""

import pytest

from xietong.areas.indicators.models import Indicator, Reading
from xietong.areas.indicators.queries import balance_page
from xietong.areas.orgs.models import County, RegisterYear
from xietong.web.demonstration import places
from xietong.web.demonstration.registers import YEARS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county_built")]
COEFFICIENTS = {
    "BAL-P11": ("L1", "primary"),
    "BAL-P12": ("L2", "primary"),
    "BAL-M11": ("L1", "middle"),
    "BAL-M12": ("L2", "middle"),
}


def test_coefficients_of_the_scorecard_are_those_of_the_verdict() -> None:
    """Teaching points of fewer than fifty pupils count in neither."""
    county = County.objects.get(code=places.CODE)
    for register in RegisterYear.objects.filter(county=county, year__in=YEARS):
        page = balance_page(register)
        judged = {(one.item, one.stage.value): one.spread.cv for one in page.balance.variations if one.spread}
        rows = Reading.objects.filter(indicator__in=Indicator.objects.filter(county=county, code__in=COEFFICIENTS))
        told = {one.indicator.code: float(one.value or 0) for one in rows.filter(period=register.year, unit=None)}
        assert told == {code: pytest.approx(judged[key], abs=1e-6) for code, key in COEFFICIENTS.items()}
        assert any(one.reason.value == "small_point" for one in page.balance.exclusions)
