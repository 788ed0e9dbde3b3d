"""The end of a plan, and the next one with what is still open."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Sentence, Step, Task
from xietong.kit.audit.models import Entry

pytestmark = pytest.mark.django_db
TEXT = "提质方案\n一、工作任务\n（一）建平台。责任单位：云岭县第一小学。\n（二）派教师。责任单位：云岭县第二小学。\n"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    """A plan in force with one task done and one under way."""
    row = actions.import_plan(cast.office, data=TEXT.encode(), name="方案.txt", now=build.NOW)
    planning.phase(plan=row)
    planning.objective(plan=row)
    row.tasks.update(lead_unit=cast.school, due_on=build.TODAY)
    row = actions.adopt_plan(cast.office, row, issued_on=build.LONG_AGO, document_no="1号", now=build.NOW)
    done, left = row.tasks.order_by("pk")
    Task.objects.filter(pk=done.pk).update(state="verified")
    Task.objects.filter(pk=left.pk).update(state="under_way")
    planning.support(task=left, unit=cast.university)
    return row


def states(plan: Plan) -> list[str]:
    return list(plan.tasks.order_by("pk").values_list("state", flat=True))


def test_close_plan_puts_open_tasks_away_with_a_word(cast: build.Cast, plan: Plan) -> None:
    with pytest.raises(actions.StillOpen, match="还有 1 项任务没有办结"):
        actions.close_plan(cast.office, plan, note=" ", now=build.NOW)
    assert states(plan) == ["verified", "under_way"]
    closed = actions.close_plan(cast.office, plan, note="转入下一方案", now=build.NOW)
    assert (closed.state, closed.closed_on, closed.closing_note) == ("closed", build.TODAY, "转入下一方案")
    assert states(plan) == ["verified", "closed"]
    assert Step.objects.latest("pk").note == "转入下一方案"


def test_close_plan_of_which_all_is_done_needs_no_word(cast: build.Cast, plan: Plan) -> None:
    plan.tasks.update(state="verified")
    assert actions.close_plan(cast.office, plan, note="", now=build.NOW).state == "closed"


def test_close_plan_waits_for_reports_to_be_answered(cast: build.Cast, plan: Plan) -> None:
    planning.report(task=plan.tasks.get(state="under_way"))
    entries = Entry.objects.count()
    with pytest.raises(actions.StillOpen, match="还有 1 次填报没有审核"):
        actions.close_plan(cast.office, plan, note="转入下一方案", now=build.NOW)
    assert (Plan.objects.get().state, states(plan), Entry.objects.count()) == (
        "issued", ["verified", "under_way"], entries,
    )  # fmt: skip


def test_close_plan_only_what_is_in_force(cast: build.Cast) -> None:
    draft = planning.draft(county=cast.county)
    with pytest.raises(actions.WrongState):
        actions.close_plan(cast.office, draft, note="x", now=build.NOW)
    with pytest.raises(actions.WrongState):
        actions.start_next_plan(cast.office, draft, title="下一个", now=build.NOW)
    assert (Plan.objects.count(), Plan.objects.get().state) == (1, "draft")


def test_closed_plan_asks_nobody_any_more(cast: build.Cast, plan: Plan) -> None:
    liaison = build.client(cast.liaison)
    title = plan.tasks.get(state="under_way").title
    assert title in liaison.get(reverse("home")).content.decode()
    actions.close_plan(cast.office, plan, note="转入下一方案", now=build.NOW)
    home: Any = liaison.get(reverse("home"))
    assert "待填报" not in home.content.decode()
    assert liaison.get(reverse("plans:plan", args=[plan.pk])).status_code == 200


def test_start_next_plan_brings_what_is_open(cast: build.Cast, plan: Plan) -> None:
    row: Sentence = plan.sentences.filter(is_heading=True)[0]
    actions.say_context(cast.office, plan, [row.pk], now=build.NOW)
    closed = actions.close_plan(cast.office, plan, note="转入下一方案", now=build.NOW)
    copy = actions.start_next_plan(cast.office, closed, title="第二个方案", now=build.NOW)
    assert (copy.state, copy.title, copy.follows, copy.source_text) == (
        "draft",
        "第二个方案",
        plan,
        TEXT.strip("\n") + "\n",
    )
    [task] = copy.tasks.all()
    left = plan.tasks.get(state="closed")
    assert (task.title, task.lead_unit, task.due_on, task.carried_from) == (left.title, cast.school, None, left)
    assert [one.unit for one in task.supports.all()] == [cast.university]
    assert [one.clause_id for one in task.sentences.all()] == [task.clause_id] * left.sentences.count()
    assert copy.clauses.count() == plan.clauses.count()
    assert (copy.phases.count(), copy.objectives.count()) == (1, 1)
    assert copy.sentences.exclude(context_at=None).count() == 1


def test_pages_close_and_continue(cast: build.Cast, plan: Plan) -> None:
    office = build.client(cast.office)
    assert "归档" in office.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    close = reverse("plans:plan_close", args=[plan.pk])
    assert office.post(close, {"note": ""}).status_code == 422
    assert office.get(reverse("plans:plan_next", args=[plan.pk])).status_code == 403
    assert office.post(close, {"note": "转入下一方案"}).status_code == 302
    following = reverse("plans:plan_next", args=[plan.pk])
    assert office.post(following, {"title": "第二个方案"}).status_code == 302
    assert Plan.objects.get(follows=plan).title == "第二个方案"
    assert office.get(close).status_code == 403
