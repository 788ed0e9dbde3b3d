"""What a month publishes when it is locked: how many filings were asked for, and how many came in time."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from tests import build, dispatching, measuring, planning
from xietong.areas.dispatch import actions, measures
from xietong.areas.dispatch.models import Cycle
from xietong.areas.indicators.models import Reading
from xietong.kit.errors import Refused
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.models import Value
from xietong.kit.measures.values import counted

pytestmark = pytest.mark.django_db
LATE = build.at(date(2026, 9, 29))


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def month(cast: build.Cast) -> Cycle:
    """One in time, one on the last day, one late, one never, one let off."""
    row = dispatching.cycle()
    evening = datetime(2026, 9, 28, 23, 59, tzinfo=build.NOW.tzinfo)
    for name, first_at in (("甲校", build.NOW), ("乙校", evening), ("丙校", LATE)):
        dispatching.filing(cycle=row, unit=build.organisation(name=name), state="accepted", first_at=first_at)
    dispatching.filing(cycle=row, unit=build.organisation(name="丁校"))
    dispatching.filing(cycle=row, unit=build.organisation(name="戊校"), state="excused")
    return row


def stored() -> dict[tuple[str, int], float]:
    return {(row.measure, row.period): float(row.value) for row in Value.objects.all()}


def test_a_month_is_published_when_it_is_locked(cast: build.Cast, month: Cycle) -> None:
    share = measuring.indicator(formula="filings_on_time / filings_due", grain="county_month")
    assert counted(cast.county.pk, 202609, Grain.COUNTY_MONTH) == {}
    actions.lock_cycle(cast.office, month, now=LATE)
    assert stored() == {("filings_due", 202609): 4, ("filings_on_time", 202609): 2}
    assert Reading.objects.get(indicator=share, period=202609).value == 50
    with measuring.nothing_changes(), pytest.raises(Refused):
        actions.lock_cycle(cast.office, month, now=LATE)


def test_a_month_that_asked_nobody_publishes_nothing(cast: build.Cast) -> None:
    actions.lock_cycle(cast.office, dispatching.cycle(), now=LATE)
    assert stored() == {}


def test_other_counties_months_and_kinds_are_not_counted(cast: build.Cast, month: Cycle) -> None:
    for other in (
        dispatching.cycle(month=date(2026, 8, 1), state="locked"),
        dispatching.cycle(county=cast.next_county, state="locked"),
    ):
        dispatching.filing(cycle=other, unit=build.organisation(county=other.county), state="accepted")
    actions.lock_cycle(cast.office, month, now=LATE)
    assert stored()["filings_due", 202609] == 4


def test_origins_are_the_filings_with_the_day_on_which_they_came(cast: build.Cast, month: Cycle) -> None:
    actions.lock_cycle(cast.office, month, now=LATE)
    month.refresh_from_db()

    def origins(measure: str) -> list[tuple[str, date | None]]:
        return [(one.label, one.as_of) for one in measures.origins(measure, cast.county.pk, 202609, 0, "")]

    in_time = [("甲校", build.TODAY), ("乙校", date(2026, 9, 28))]
    assert origins(measures.ON_TIME) == in_time
    assert origins(measures.DUE) == [*in_time, ("丙校", LATE.date()), ("丁校", None)]
    (first, *_rest) = measures.origins(measures.DUE, cast.county.pk, 202609, 0, "")
    assert first.url == reverse("dispatch:filing", args=[month.filings.order_by("pk").first().pk])
