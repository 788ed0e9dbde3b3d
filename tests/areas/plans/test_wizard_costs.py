"""What the pages of the work on a plan cost: the same with one row and with three."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan
from xietong.kit.approvals.models import Approval, Stage

pytestmark = pytest.mark.django_db
COSTS = {
    "plans:plans": 9, "plans:reading": 11, "plans:findings": 12, "plans:drafting": 16, "plans:coverage": 11,
    "plans:consulting": 11, "plans:approving": 13, "plans:breakdown": 11, "plans:past": 11, "approvals": 10,
}  # fmt: skip


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def fill(cast: build.Cast, plan: Plan, number: int) -> None:
    """One more of everything that a page of the plan lists, each with what hangs on it."""
    clause = planning.clause(plan=plan)
    unit = build.organisation(county=cast.county)
    task = planning.task(plan=plan, state="draft", clause=clause, lead_unit=unit, supports=(cast.school,))
    sentence = planning.sentence(plan=plan, clause=clause, start=100 + number, end=101 + number)
    actions.add_sources(cast.office, task, [sentence], now=build.NOW)
    planning.finding(plan=plan, clause=clause, organisation=unit)
    round_ = planning.consultation(plan=plan, closed_on=build.TODAY)
    planning.comment(consulted=planning.consulted(consultation=round_, unit=unit), task=task)
    planning.past(plan=plan, task=task, unit=unit)
    planning.phase(plan=plan)
    planning.objective(plan=plan)
    planning.draft(county=cast.county)
    approval = Approval.objects.create(
        county_id=cast.county.pk,
        form="plans.plan",
        owner_id=1000 + number,
        title="方案",
        url="/",
        starter_id=cast.office.account_id,
        started_at=build.NOW,
    )
    for order in range(2):
        Stage.objects.create(county_id=cast.county.pk, approval=approval, order=order, title="审", role="office")


@pytest.mark.parametrize("route", COSTS)
def test_page_costs_the_same_for_one_row_and_three(
    cast: build.Cast, route: str, django_assert_num_queries: Callable[..., Any]
) -> None:
    plan = planning.draft(county=cast.county, source_text="字" * 300)
    client = build.client(cast.office)
    address = reverse(route, args=[plan.pk] if route not in {"plans:plans", "approvals"} else [])
    for rows in (1, 3):
        while plan.tasks.count() < rows:
            fill(cast, plan, plan.tasks.count())
        client.get(address)
        with django_assert_num_queries(COSTS[route]):
            assert client.get(address).status_code == 200
