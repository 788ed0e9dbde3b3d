"""Two officers at one draft: the second is told what the first did, and nothing of either is lost."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Role
from xietong.areas.plans import actions
from xietong.areas.plans.models import Clause, Plan, Task

pytestmark = pytest.mark.django_db
TEXT = """云岭县读书行动方案
一、工作目标
到2028年，每年精读不少于4本书。
二、工作任务
（一）建好阵地。各学校设立阅读角。责任单位：县教师发展中心。
（二）开展共读。每月开展一次线上共读。
（三）展示成果。每年12月底前举办分享会。
"""


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return actions.import_plan(cast.office, data=TEXT.encode(), name="方案.txt", now=build.NOW)


@pytest.fixture
def desks(cast: build.Cast) -> tuple[Any, Any]:
    second = build.actor(build.role_term(role=Role.OFFICE, organisation=build.organisation(kind="group_office")))
    return build.client(cast.office), build.client(second)


def outline(desk: Any, plan: Plan) -> str:
    return str(desk.get(reverse("plans:reading", args=[plan.pk])).context["page"].state)


def test_an_outline_that_somebody_corrected_is_not_corrected_blindly(plan: Plan, desks: tuple[Any, Any]) -> None:
    first, second = desks
    seen = outline(first, plan)
    assert seen == outline(second, plan)
    clause = plan.clauses.get(heading="开展共读")
    move = reverse("plans:clause_move", args=[plan.pk, clause.pk, "merge"])
    assert first.post(move, {"outline": seen}).status_code == 302
    after = list(Clause.objects.order_by("pk").values())
    last = plan.clauses.get(heading="展示成果")
    for address, more in (
        (reverse("plans:clause_move", args=[plan.pk, last.pk, "demote"]), {}),
        (reverse("plans:clause_nest", args=[plan.pk, last.pk]), {"under": plan.clauses.get(heading="建好阵地").pk}),
        (reverse("plans:clause_split", args=[plan.pk]), {"words": "每年12月底前"}),
    ):
        answer = second.post(address, {"outline": seen, **more}, follow=True)
        assert "结构刚刚被别人改过" in answer.content.decode()
    assert second.post(move, {"outline": seen}).status_code == 404
    assert list(Clause.objects.order_by("pk").values()) == after
    demote = reverse("plans:clause_move", args=[plan.pk, last.pk, "demote"])
    assert second.post(demote, {"outline": outline(second, plan)}).status_code == 302
    last.refresh_from_db()
    assert last.level == 3


def test_of_two_changes_to_one_task_the_second_chooses(plan: Plan, desks: tuple[Any, Any]) -> None:
    first, second = desks
    task = plan.tasks.order_by("number").first()
    assert task is not None
    address = reverse("plans:task_change", args=[task.pk])
    form = second.get(address).context["form"]
    values = {name: value for name, value in form.initial.items() if value not in (None, "", [])}
    assert first.post(address, {**values, "title": "甲的改法"}).status_code == 302
    answer = second.post(address, {**values, "title": "乙的改法"})
    assert answer.status_code == 409
    assert "甲的改法" in answer.content.decode()
    assert Task.objects.get(pk=task.pk).title == "甲的改法"


def test_what_one_has_submitted_the_other_changes_no_more(plan: Plan, desks: tuple[Any, Any]) -> None:
    _first, second = desks
    task = plan.tasks.order_by("number").first()
    assert task is not None
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.APPROVING)
    before = list(Task.objects.order_by("pk").values())
    for name, key in (("drafting", plan.pk), ("findings", plan.pk), ("reading", plan.pk), ("task_change", task.pk)):
        assert second.get(reverse(f"plans:{name}", args=[key])).status_code == 403
    assert list(Task.objects.order_by("pk").values()) == before
