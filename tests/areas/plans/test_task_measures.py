"""What tasks publish: due and done by month, kept while tasks move, and moved on when one is due in another month."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, measuring, planning
from xietong.areas.indicators.models import Reading
from xietong.areas.plans import actions, measures
from xietong.areas.plans.models import Plan, Task
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.models import Value
from xietong.kit.measures.values import counted

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2026, 9, 20), date(2026, 10, 20)


@pytest.fixture
def plan() -> Plan:
    planning.rules()
    return planning.plan()


def task(*, plan: Plan, **fields: Any) -> Task:
    """A task that some school leads."""
    fields = {"lead_unit": build.organisation(county=plan.county)} | fields
    return planning.task(plan=plan, **fields)


def stored() -> dict[int, tuple[int, int]]:
    """Month → due and done, as they are kept."""
    found: dict[int, dict[str, int]] = {}
    for row in Value.objects.filter(county_id=build.home().pk):
        found.setdefault(row.period, {})[row.measure] = int(row.value)
    return {month: (one[measures.DUE], one[measures.DONE]) for month, one in found.items()}


def refresh(plan: Plan) -> dict[int, tuple[int, int]]:
    actions.refresh_standing(SYSTEM, plan, now=build.NOW)
    for month in stored():
        rows = counted(plan.county_id, month, Grain.COUNTY_MONTH)
        assert {(row.measure, 0, ""): row.value for row in Value.objects.filter(period=month)} == rows
    return stored()


def test_months_are_counted_over_the_plans_in_force(plan: Plan) -> None:
    task(plan=plan, due_on=SEPTEMBER, state="verified")
    task(plan=plan, due_on=SEPTEMBER, state="claimed")
    task(plan=plan, due_on=OCTOBER)
    task(plan=plan, due_on=OCTOBER, state="cancelled")
    task(plan=plan, due_on=None, state="draft")
    task(plan=planning.draft(), due_on=OCTOBER, state="draft")
    task(plan=planning.plan(county=build.next_county()), due_on=OCTOBER)
    closed = planning.plan(title="已办结的", state="closed", issued_on=build.LONG_AGO, closed_on=build.TODAY)
    task(plan=closed, due_on=OCTOBER, state="verified")
    assert refresh(plan) == {202609: (2, 1), 202610: (2, 1)}
    assert measures.months_that_moved(plan.county_id) == []


def test_only_months_that_moved_are_counted_anew(plan: Plan, django_assert_num_queries: Any) -> None:
    row = task(plan=plan, due_on=SEPTEMBER)
    refresh(plan)
    with django_assert_num_queries(2):
        assert measures.months_that_moved(plan.county_id) == []
    Task.objects.filter(pk=row.pk).update(due_on=OCTOBER)
    assert measures.months_that_moved(plan.county_id) == [202609, 202610]
    assert refresh(plan) == {202610: (1, 0)}
    Task.objects.filter(pk=row.pk).update(state="verified")
    assert refresh(plan) == {202610: (1, 1)}


def test_an_indicator_of_the_month_follows(plan: Plan) -> None:
    share = measuring.indicator(formula="tasks_done / tasks_due", grain="county_month")
    task(plan=plan, due_on=SEPTEMBER, state="verified")
    task(plan=plan, due_on=SEPTEMBER)
    refresh(plan)
    assert Reading.objects.get(indicator=share, period=202609).value == 50


def test_origins_are_the_tasks(plan: Plan) -> None:
    school = build.organisation(name="一小")
    done = task(plan=plan, due_on=SEPTEMBER, state="verified", title="已办结的", lead_unit=school)
    task(plan=plan, due_on=SEPTEMBER, title="还在办的")
    task(plan=plan, due_on=OCTOBER, title="下个月的")

    def origins(measure: str) -> list[tuple[str, str, date | None, str]]:
        found = measures.origins(measure, plan.county_id, 202609, 0, "")
        return [(one.label, one.source, one.as_of, one.url) for one in found]

    assert origins(measures.DONE) == [("已办结的", "一小", SEPTEMBER, reverse("plans:task", args=[done.pk]))]
    assert [label for label, *_rest in origins(measures.DUE)] == ["已办结的", "还在办的"]
