"""Stored totals are counted anew: all of them when the day changes, those of a county when its rule does."""

from datetime import date

import pytest

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Standing
from xietong.kit.accounts.actor import SYSTEM

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 1, 4)


@pytest.fixture
def plans() -> tuple[Plan, Plan]:
    """An issued plan in each county with a task that is late next year, and a draft beside it."""
    planning.rules()
    cast = build.cast()
    here, there = planning.plan(county=cast.county), planning.plan(county=cast.next_county)
    planning.task(plan=here, lead_unit=cast.school, state="under_way")
    planning.task(plan=there, lead_unit=build.organisation(county=cast.next_county))
    planning.task(plan=planning.draft(county=cast.county), state="draft")
    return here, there


def stored() -> set[tuple[int, int, int, int, date]]:
    return set(Standing.objects.values_list("plan_id", "issued", "under_way", "overdue", "as_of"))


def test_refresh_all_standings_counts_every_issued_plan(plans: tuple[Plan, Plan]) -> None:
    here, there = plans

    assert actions.refresh_all_standings(SYSTEM, now=build.NOW) == 2
    assert stored() == {(here.pk, 0, 1, 0, build.TODAY), (there.pk, 1, 0, 0, build.TODAY)}
    assert actions.refresh_all_standings(SYSTEM, now=build.at(NEXT_YEAR)) == 2
    assert stored() == {(here.pk, 0, 1, 1, NEXT_YEAR), (there.pk, 1, 0, 1, NEXT_YEAR)}


def test_refresh_all_standings_of_a_county_leaves_the_others(plans: tuple[Plan, Plan]) -> None:
    here, there = plans
    actions.refresh_all_standings(SYSTEM, now=build.NOW)

    assert actions.refresh_all_standings(SYSTEM, now=build.at(NEXT_YEAR), county_id=here.county_id) == 1
    assert stored() == {(here.pk, 0, 1, 1, NEXT_YEAR), (there.pk, 1, 0, 0, build.TODAY)}
