"""Correcting a draft: until the plan is issued, and not a moment later."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Phase, Plan, Task
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale

pytestmark = pytest.mark.django_db
STARTS, ENDS = date(2026, 9, 1), date(2027, 1, 31)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.draft(county=cast.county, title="原名")


@pytest.fixture
def phase(plan: Plan) -> Phase:
    return planning.phase(plan=plan, name="启动", starts_on=STARTS, ends_on=ENDS)


@pytest.fixture
def task(cast: build.Cast, plan: Plan) -> Task:
    return planning.task(plan=plan, state="draft", lead_unit=cast.school, number="1", supports=(cast.university,))


def rows() -> list[Any]:
    """Everything that drafting writes, and the audit beside it."""
    supports = Task.objects.order_by("pk").values_list("pk", "supports__unit_id")
    return [
        *(list(model.objects.order_by("pk").values()) for model in (Plan, Phase, Task)),
        list(supports),
        Entry.objects.count(),
    ]


def test_change_plan_corrects_title_and_document_number(cast: build.Cast, plan: Plan) -> None:
    client = build.client(cast.office)
    answer = client.post(
        reverse("plans:plan_change", args=[plan.pk]),
        {"version": 1, "title": "新名", "document_no": "云府办〔2026〕3号"},
    )

    assert (answer.status_code, answer["Location"]) == (302, reverse("plans:drafting", args=[plan.pk]))
    kept = Plan.objects.get()
    assert (kept.title, kept.document_no, kept.version) == ("新名", "云府办〔2026〕3号", 2)
    [entry] = Entry.objects.filter(target_type="plans.Plan")
    assert (entry.action, entry.actor_name, entry.changes["title"]) == (
        "plans.change_plan",
        "陈启明",
        ["原名", "新名"],
    )


def test_change_phase_corrects_what_was_read(cast: build.Cast, plan: Plan, phase: Phase) -> None:
    client = build.client(cast.office)
    answer = client.post(
        reverse("plans:phase_change", args=[plan.pk, phase.pk]),
        {"version": 1, "name": "部署", "starts_on": "2026-09-02", "ends_on": "2026-12-31"},
    )

    assert answer.status_code == 302
    kept = Phase.objects.get()
    days = (kept.starts_on, kept.ends_on)
    assert (kept.name, days, kept.version) == ("部署", (date(2026, 9, 2), date(2026, 12, 31)), 2)


def test_change_phase_refuses_an_end_before_the_start(cast: build.Cast, plan: Plan, phase: Phase) -> None:
    before = rows()

    with pytest.raises(Refused, match="阶段的结束日期不能早于开始日期。"):
        actions.change_phase(cast.office, phase, version=1, ends_on=date(2026, 8, 31), now=build.NOW)

    assert rows() == before


Deed = Callable[[build.Cast, Plan, Phase, Task], object]
STALE: dict[str, Deed] = {
    "plan": lambda cast, plan, phase, task: actions.change_plan(
        cast.office, plan, version=2, title="新名", now=build.NOW
    ),
    "phase": lambda cast, plan, phase, task: actions.change_phase(
        cast.office, phase, version=2, name="部署", now=build.NOW
    ),
    "task": lambda cast, plan, phase, task: actions.change_task(
        cast.office, task, version=2, title="新名", now=build.NOW
    ),
}
DEEDS: dict[str, Deed] = {
    "change the plan": lambda cast, plan, phase, task: actions.change_plan(
        cast.office, plan, version=1, title="新名", now=build.NOW
    ),
    "change a phase": lambda cast, plan, phase, task: actions.change_phase(
        cast.office, phase, version=1, name="部署", now=build.NOW
    ),
    "add a task": lambda cast, plan, phase, task: actions.add_task(
        cast.office, plan, number="2", title="新任务", now=build.NOW
    ),
    "change a task": lambda cast, plan, phase, task: actions.change_task(
        cast.office, task, version=1, title="新名", now=build.NOW
    ),
    "drop tasks": lambda cast, plan, phase, task: actions.drop_tasks(cast.office, plan, [task], now=build.NOW),
    "assign tasks": lambda cast, plan, phase, task: actions.assign_tasks(
        cast.office, plan, [task], due_on=ENDS, now=build.NOW
    ),
    "drop a task": lambda cast, plan, phase, task: actions.drop_task(cast.office, task, now=build.NOW),
}


@pytest.mark.parametrize("what", STALE)
def test_drafting_refuses_a_lost_update(cast: build.Cast, plan: Plan, phase: Phase, task: Task, what: str) -> None:
    before = rows()

    with pytest.raises(Stale):
        STALE[what](cast, plan, phase, task)

    assert rows() == before


@pytest.mark.parametrize("what", DEEDS)
def test_drafting_ends_when_the_plan_is_issued(
    cast: build.Cast, plan: Plan, phase: Phase, task: Task, what: str
) -> None:
    """The page was opened before, and sent after somebody else had issued the plan."""
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.APPROVED)
    actions.issue_plan(cast.office, plan, issued_on=build.TODAY, now=build.NOW)
    before = rows()

    with pytest.raises(actions.WrongState, match="方案已经下达，修改须走变更程序。"):
        DEEDS[what](cast, plan, phase, task)

    assert rows() == before


def test_add_task_refuses_a_number_that_is_taken(cast: build.Cast, plan: Plan, task: Task) -> None:
    before = rows()

    with pytest.raises(Refused, match="这个编号已经用过了。"):
        actions.add_task(cast.office, plan, number="1", title="新任务", supports=[cast.school], now=build.NOW)

    assert rows() == before


def test_change_task_keeps_the_supports_that_stay(cast: build.Cast, task: Task) -> None:
    [kept] = task.supports.all()

    actions.change_task(cast.office, task, version=1, supports=[cast.university, cast.other_school], now=build.NOW)

    assert [one.unit for one in task.supports.order_by("pk")] == [cast.university, cast.other_school]
    assert task.supports.order_by("pk").first() == kept


def test_assign_tasks_gives_many_what_is_named_and_leaves_the_rest(cast: build.Cast, plan: Plan, task: Task) -> None:
    bare = planning.task(plan=plan, state="draft", lead_unit=None, due_on=None, number="2")
    done = actions.assign_tasks(
        cast.office, plan, [task, bare], supports=[cast.other_school], due_on=ENDS, now=build.NOW
    )
    assert done == 2
    task.refresh_from_db()
    bare.refresh_from_db()
    assert (task.lead_unit, bare.lead_unit, task.due_on, bare.due_on) == (cast.school, None, ENDS, ENDS)
    assert [one.unit for one in task.supports.order_by("pk")] == [cast.university, cast.other_school]
    actions.assign_tasks(cast.office, plan, [task, bare], supports=[cast.other_school], now=build.NOW)
    assert bare.supports.count() == 1


def test_assign_tasks_changes_none_if_one_cannot_be(cast: build.Cast, plan: Plan, task: Task) -> None:
    late = planning.task(plan=plan, state="draft", lead_unit=None, due_on=None, starts_on=ENDS, number="2")
    before = rows()
    with pytest.raises(Refused, match="完成期限不能早于开始日期"):
        actions.assign_tasks(cast.office, plan, [task, late], due_on=STARTS, now=build.NOW)
    assert rows() == before


def test_drop_tasks_takes_several_out(cast: build.Cast, plan: Plan, task: Task) -> None:
    planning.task(plan=plan, state="draft", number="2")
    kept = planning.task(plan=plan, state="draft", number="3")
    assert actions.drop_tasks(cast.office, plan, plan.tasks.exclude(pk=kept.pk), now=build.NOW) == 2
    assert list(plan.tasks.all()) == [kept]


def test_pages_assign_and_drop_what_is_ticked(cast: build.Cast, plan: Plan, task: Task) -> None:
    client = build.client(cast.office)
    shown = client.get(reverse("plans:drafting", args=[plan.pk]), {"gap": "due"}).content.decode()
    assert "制定教研制度" not in shown
    assign = reverse("plans:task_assign", args=[plan.pk])
    assert "制定教研制度" in client.post(assign, {"pk": [task.pk]}).content.decode()
    assert "请返回勾选" in client.post(assign, {}).content.decode()
    sent = {"pk": [task.pk], "assign": "1", "lead_unit": cast.other_school.pk}
    assert client.post(assign, sent | {"due_on": "x"}).status_code == 422
    assert client.post(assign, sent).status_code == 302
    task.refresh_from_db()
    assert task.lead_unit == cast.other_school
    assert client.post(reverse("plans:tasks_drop", args=[plan.pk]), {"pk": [task.pk]}).status_code == 302
    assert not plan.tasks.exists()


def test_task_add_page_proposes_a_number_that_is_free(cast: build.Cast, plan: Plan) -> None:
    planning.task(plan=plan, state="draft", number="2")
    shown = build.client(cast.office).get(reverse("plans:task_add", args=[plan.pk])).content.decode()
    assert 'value="3"' in shown
