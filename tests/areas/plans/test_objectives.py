"""Objectives with their figures and tasks, and the lights of each unit, on the page of a plan."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import access, actions, queries
from xietong.areas.plans.models import Objective, Plan
from xietong.areas.plans.rules.progress import attained
from xietong.kit.errors import Stale

NOW, TODAY = build.NOW, build.TODAY


@pytest.mark.once
@pytest.mark.parametrize(
    ("baseline", "target", "reached", "share"),
    [
        (None, 4, 1, 25),
        (2, 4, 3, 50),
        (10, 5, 7, 60),
        (2, 4, 1, 0),
        (2, 4, 9, 100),
        (None, None, 1, None),
        (None, 4, None, None),
        (4, 4, 4, None),
        (None, 0, 3, None),
    ],
)
def test_attained_is_the_way_from_baseline_to_target(
    baseline: int | None, target: int | None, reached: int | None, share: int | None
) -> None:
    figures = (None if one is None else Decimal(one) for one in (baseline, target, reached))
    assert attained(*figures) == share


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county)


@pytest.mark.django_db
def test_an_objective_is_reached_by_figures_else_by_tasks(cast: build.Cast, plan: Plan) -> None:
    row = planning.objective(plan=plan, title="打造优质学校")
    done, open_, cancelled = (
        planning.task(plan=plan, lead_unit=cast.school, state=state) for state in ("verified", "issued", "cancelled")
    )
    assert queries.aims(plan)[0].share is None

    row = actions.measure_objective(cast.office, row, version=1, tasks=[done, open_, cancelled], now=NOW)
    (aim,) = queries.aims(plan)
    assert (aim.tasks, aim.verified, aim.share) == (2, 1, 50)

    figures = {"target": Decimal(4), "reached": Decimal(3), "reached_on": TODAY, "source": "统计报表"}
    actions.measure_objective(cast.office, row, version=2, tasks=[done], now=NOW, **figures)
    (aim,) = queries.aims(plan)
    assert (aim.tasks, aim.share) == (1, 75)
    assert queries.ways_of(aim.row) == [done]


@pytest.mark.django_db
@pytest.mark.parametrize("told", [{}, {"reached_on": TODAY}, {"source": "统计报表"}])
def test_a_figure_needs_its_day_and_source(cast: build.Cast, plan: Plan, told: dict[str, Any]) -> None:
    row = planning.objective(plan=plan)
    with pytest.raises(actions.SourceMissing):
        actions.measure_objective(cast.office, row, version=1, now=NOW, reached=Decimal(3), **told)
    with pytest.raises(Stale):
        actions.measure_objective(cast.office, row, version=7, now=NOW, baseline=Decimal(3))
    assert (Objective.objects.get().version, Objective.objects.get().reached) == (1, None)


@pytest.mark.django_db
def test_lights_of_units_stand_in_official_order(cast: build.Cast, plan: Plan) -> None:
    for unit, order in ((cast.school, 2), (cast.other_school, 1)):
        unit.order = order
        unit.save()
    rule = queries.light_rule(cast.county.pk, TODAY)
    for unit, state, due in (
        (cast.school, "issued", date(2026, 9, 1)),
        (cast.school, "returned", rule.yellow_until),
        (cast.school, "verified", date(2026, 9, 1)),
        (cast.school, "cancelled", date(2026, 9, 1)),
        (cast.other_school, "claimed", date(2027, 1, 1)),
    ):
        planning.task(plan=plan, lead_unit=unit, state=state, due_on=due)

    found = [(one.name, one.open, one.red, one.yellow, one.verified) for one in queries.unit_lights(plan, rule)]

    assert found == [("二小", 1, 0, 0, 0), ("一小", 2, 1, 1, 1)]


@pytest.mark.django_db
def test_the_page_of_a_plan_costs_the_same_for_one_objective_and_three(
    cast: build.Cast, plan: Plan, django_assert_num_queries: Any
) -> None:
    client = build.client(cast.office)
    client.get(reverse("account"))
    for number in (1, 3):
        for _ in range(number - plan.objectives.count()):
            planning.objective(plan=plan, title=f"目标{number}")
            planning.task(plan=plan, lead_unit=build.organisation(county=cast.county))
        with django_assert_num_queries(20):
            page = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
        assert page.count("plans/objectives/") == number
    row = plan.objectives.first()
    url = reverse("plans:objective", args=[row.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": "1", "target": "4", "unit": "所"}).status_code == 302
    assert Objective.objects.get(pk=row.pk).target == 4


@pytest.mark.django_db
def test_objectives_of_a_closed_plan_are_only_read(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county, state="closed", issued_on=build.LONG_AGO, closed_on=TODAY)
    row = planning.objective(plan=plan)
    assert access.MEASURE_OBJECTIVE.unless(row) == "方案已经归档，只供查阅。"
