"""Which plans, tasks and reports each role reaches, and what it reads when it may not act now."""

from dataclasses import replace

import pytest
from django.http import Http404

from tests import build, planning
from xietong.areas.orgs.models import Role
from xietong.areas.people.models import Person
from xietong.areas.plans import access
from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.rules.states import Deed
from xietong.kit.access.permissions import Permission, fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county)


@pytest.fixture
def next_plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.next_county)


def keys(actor: Actor, permission: Permission[Task]) -> set[int]:
    return {row.pk for row in visible(actor, permission)}


def test_view_plan_shows_a_draft_to_the_office_alone(cast: build.Cast, plan: Plan, next_plan: Plan) -> None:
    draft = planning.draft(county=cast.county)
    inspector = build.player("唐海波", Role.INSPECTOR, cast.school)
    assert set(visible(cast.office, access.VIEW_PLAN)) == {plan, draft}
    for actor in (cast.head, cast.teacher, cast.coordinator, inspector):
        assert list(visible(actor, access.VIEW_PLAN)) == [plan]
    assert list(visible(cast.stranger, access.VIEW_PLAN)) == [next_plan]


def test_view_task_reaches_what_concerns_the_unit(cast: build.Cast, plan: Plan, next_plan: Plan) -> None:
    led = planning.task(plan=plan, lead_unit=cast.school)
    supported = planning.task(plan=plan, lead_unit=cast.other_school, supports=(cast.school,))
    others = planning.task(plan=plan, lead_unit=cast.other_school)
    draft = planning.task(plan=planning.draft(county=cast.county), lead_unit=cast.school, state="draft")
    planning.task(plan=next_plan, lead_unit=build.organisation(county=cast.next_county))
    inspector = build.player("唐海波", Role.INSPECTOR, build.organisation(county=cast.county, name="督导室"))

    assert keys(cast.office, access.VIEW_TASK) == {led.pk, supported.pk, others.pk, draft.pk}
    assert keys(inspector, access.VIEW_TASK) == {led.pk, supported.pk, others.pk}
    assert keys(cast.liaison, access.VIEW_TASK) == {led.pk, supported.pk}
    assert keys(cast.teacher, access.VIEW_TASK) == {led.pk, supported.pk}
    assert keys(cast.coordinator, access.VIEW_TASK) == set()


def test_university_loses_its_tasks_with_the_agreement(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.university)
    without = replace(cast.coordinator, counties=())
    assert keys(cast.coordinator, access.REPORT_TASK) == {task.pk}
    assert (keys(without, access.REPORT_TASK), keys(without, access.VIEW_TASK)) == (set(), set())


def test_report_task_is_for_the_lead_unit_and_the_person_in_charge(cast: build.Cast, plan: Plan) -> None:
    teacher = Person.objects.get(pk=cast.teacher.person_id)
    mine = planning.task(plan=plan, lead_unit=cast.school, state="under_way", owner=teacher)
    ours = planning.task(plan=plan, lead_unit=cast.school, state="under_way")
    planning.task(plan=plan, lead_unit=cast.other_school, state="under_way", supports=(cast.school,))

    assert keys(cast.liaison, access.REPORT_TASK) == {mine.pk, ours.pk}
    assert keys(cast.teacher, access.REPORT_TASK) == {mine.pk}
    assert keys(cast.office, access.REPORT_TASK) == set()


def test_report_task_is_not_for_somebody_without_a_person(cast: build.Cast, plan: Plan) -> None:
    """A task that nobody is in charge of is not his."""
    planning.task(plan=plan, lead_unit=cast.school, state="under_way", owner=None)
    assert keys(replace(cast.teacher, person_id=None), access.REPORT_TASK) == set()


def test_view_report_follows_the_task(cast: build.Cast, plan: Plan) -> None:
    report = planning.report(task=planning.task(plan=plan, lead_unit=cast.school, state="under_way"))
    for actor in (cast.office, cast.head, cast.liaison, cast.teacher):
        assert list(visible(actor, access.VIEW_REPORT)) == [report]
    for actor in (cast.coordinator, cast.stranger):
        assert list(visible(actor, access.VIEW_REPORT)) == []


def test_view_standing_is_for_observers_in_their_counties(cast: build.Cast, plan: Plan, next_plan: Plan) -> None:
    mine, _other = planning.standing(plan=plan), planning.standing(plan=next_plan)
    observer = replace(cast.coordinator, role=Role.CITY_OBSERVER.value)
    assert list(visible(observer, access.VIEW_STANDING)) == [mine]
    assert list(visible(cast.office, access.VIEW_STANDING)) == []


RECEIVE, REPORT = access.RECEIVE_TASK, access.REPORT_TASK


@pytest.mark.parametrize(
    ("permission", "state", "reason"),
    [
        (RECEIVE, "under_way", "任务已经接收，正在办理。"),
        (RECEIVE, "claimed", "已申请办结，正在等待审核。"),
        (RECEIVE, "verified", "任务已经办结。"),
        (REPORT, "issued", "任务还没有接收，请先接收再填报。"),
        (REPORT, "claimed", "已申请办结，正在等待审核。"),
        (REPORT, "verified", "任务已经办结。"),
    ],
)
def test_task_that_cannot_be_acted_on_says_why(
    cast: build.Cast, plan: Plan, permission: Permission[Task], state: str, reason: str
) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, state=state)
    with pytest.raises(Denied) as denied:
        fetch(cast.liaison, permission, task.pk)
    assert str(denied.value) == reason
    with pytest.raises(Http404):
        fetch(cast.stranger, permission, task.pk)


@pytest.mark.parametrize(("permission", "state"), [(RECEIVE, "issued"), (REPORT, "under_way")])
def test_task_is_opened_for_what_comes_next(
    cast: build.Cast, plan: Plan, permission: Permission[Task], state: str
) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, state=state)
    assert fetch(cast.liaison, permission, task.pk) == task


def test_draft_says_that_it_is_not_issued(cast: build.Cast) -> None:
    assert access.cannot(Deed.RECEIVE)(Task(state="draft")) == "任务还没有下达。"


def test_issued_plan_and_its_tasks_are_closed_to_drafting(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school)
    with pytest.raises(Denied, match="方案已经下达，修改须走变更程序。"):
        fetch(cast.office, access.CHANGE_PLAN, plan.pk)
    with pytest.raises(Denied, match="任务已经下达，修改须走变更程序。"):
        fetch(cast.office, access.CHANGE_TASK, task.pk)
    for permission, pk in ((access.CHANGE_PLAN, plan.pk), (access.CHANGE_TASK, task.pk)):
        with pytest.raises(Http404):
            fetch(cast.stranger, permission, pk)


def test_review_report_is_the_offices_and_once(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way")
    waiting, answered = planning.report(task=task), planning.report(task=task, state="sent_back")
    assert fetch(cast.office, access.REVIEW_REPORT, waiting.pk) == waiting
    with pytest.raises(Denied, match="这次填报已经审核过了：已退回。"):
        fetch(cast.office, access.REVIEW_REPORT, answered.pk)
    for actor in (cast.liaison, cast.stranger):
        with pytest.raises(Http404):
            fetch(actor, access.REVIEW_REPORT, waiting.pk)
