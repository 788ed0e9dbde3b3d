"""Issuing a plan: everything is ready, or nothing happens."""

from datetime import date

import pytest

from tests import build, planning
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Standing, Step, Task
from xietong.kit.audit.models import Entry
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def draft_with(cast: build.Cast, *units: Organisation | None, due_on: date | None = date(2026, 12, 31)) -> Plan:
    plan = planning.draft(county=cast.county)
    for number, unit in enumerate(units, start=1):
        planning.task(plan=plan, state="draft", lead_unit=unit, due_on=due_on, number=f"三-{number}")
    return plan


def issue(cast: build.Cast, plan: Plan) -> Plan:
    return actions.issue_plan(cast.office, plan, issued_on=build.TODAY, now=build.NOW)


def test_issue_plan_reaches_every_lead_unit(cast: build.Cast) -> None:
    plan = issue(cast, draft_with(cast, cast.school, cast.school, cast.university))
    assert (plan.state, plan.issued_on) == (Plan.State.ISSUED, build.TODAY)
    assert list(plan.tasks.values_list("state", "issued_at").distinct()) == [("issued", build.NOW)]
    assert list(Step.objects.values_list("action", flat=True)) == ["issue"] * 3
    standing = Standing.objects.get(plan=plan)
    assert (standing.issued, standing.under_way, standing.overdue, standing.as_of) == (3, 0, 0, build.TODAY)


def test_issue_plan_tells_each_person_once_however_many_tasks(cast: build.Cast) -> None:
    issue(cast, draft_with(cast, cast.school, cast.school, cast.university))
    told = {notice.account_id: notice.said for notice in Notice.objects.all()}
    assert told == {
        cast.head.account_id: "收到 2 项新任务",
        cast.liaison.account_id: "收到 2 项新任务",
        cast.coordinator.account_id: "收到 1 项新任务",
    }


def unchanged(plan: Plan) -> None:
    row = Plan.objects.get(pk=plan.pk)
    assert (row.state, row.issued_on, row.version) == (Plan.State.DRAFT, None, 1)
    assert Task.objects.exclude(state="draft").count() == 0
    assert (Step.objects.count(), Standing.objects.count(), Notice.objects.count()) == (0, 0, 0)
    assert Entry.objects.count() == 0


def test_issue_plan_names_the_tasks_without_a_lead_unit(cast: build.Cast) -> None:
    plan = draft_with(cast, cast.school, None)
    with pytest.raises(actions.NotReady, match="还不能下达：三-2 缺牵头单位"):
        issue(cast, plan)
    unchanged(plan)


def test_issue_plan_names_the_tasks_without_a_due_date(cast: build.Cast) -> None:
    plan = draft_with(cast, cast.school, due_on=None)
    with pytest.raises(actions.NotReady, match="还不能下达：三-1 缺完成期限"):
        issue(cast, plan)
    unchanged(plan)


def test_issue_plan_counts_what_it_does_not_list(cast: build.Cast) -> None:
    plan = draft_with(cast, *[None] * 21)
    with pytest.raises(actions.NotReady, match="……共 21 项"):
        issue(cast, plan)
    unchanged(plan)


def test_issue_plan_refuses_a_plan_without_tasks(cast: build.Cast) -> None:
    plan = draft_with(cast)
    with pytest.raises(actions.NotReady, match="方案里还没有任务。"):
        issue(cast, plan)
    unchanged(plan)


def test_issue_plan_refuses_a_second_time(cast: build.Cast) -> None:
    plan = draft_with(cast, cast.school)
    issue(cast, plan)
    with pytest.raises(actions.WrongState):
        issue(cast, plan)
    assert (Step.objects.count(), Plan.objects.get(pk=plan.pk).version) == (1, 2)


def test_drafting_adds_changes_and_drops_tasks(cast: build.Cast) -> None:
    plan = planning.draft(county=cast.county)
    task = actions.add_task(
        cast.office,
        plan,
        supports=[cast.university],
        now=build.NOW,
        number="1",
        title="新任务",
        lead_unit=cast.school,
    )
    task = actions.change_task(
        cast.office, task, version=1, supports=[cast.other_school], now=build.NOW, title="改名"
    )
    assert (task.title, task.version) == ("改名", 2)
    assert [one.unit for one in task.supports.all()] == [cast.other_school]
    actions.drop_task(cast.office, task, now=build.NOW)
    assert Task.objects.count() == 0
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "plans.add_task",
        "plans.change_task",
        "plans.drop_task",
    ]
