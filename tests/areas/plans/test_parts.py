"""Milestones, periods, sub-tasks and figures: what a task keeps of them equals a count of the rows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import build, planning
from xietong.areas.orgs.models import Term
from xietong.areas.plans import access, actions, queries
from xietong.areas.plans.models import Milestone, Occurrence, Report, Task
from xietong.areas.plans.rules.lights import Light
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    plan = planning.plan(county=cast.county)
    return planning.task(
        plan=plan, title="建平台", lead_unit=cast.school, state="under_way", starts_on=date(2026, 7, 1)
    )


def report(cast: build.Cast, task: Task, **fields: Any) -> Report:
    return actions.report_progress(
        cast.liaison, task, now=NOW, **({"text": "已办。", "claims_completion": False} | fields)
    )


def kept(task: Task) -> tuple[Any, ...]:
    row = Task.objects.get(pk=task.pk)
    counted = queries.parts_of([row])[row.pk]
    assert (row.parts_total, row.parts_done, row.next_due_on) == (counted.total, counted.done, counted.next_due_on)
    return row.parts_total, row.parts_done, row.next_due_on


def test_a_milestone_counts_once_the_report_that_names_it_is_accepted(cast: build.Cast, task: Task) -> None:
    first = actions.add_milestone(cast.liaison, task, title="完成方案", due_on=date(2026, 9, 1), now=NOW)
    actions.add_milestone(cast.office, task, title="完成验收", due_on=date(2026, 11, 1), now=NOW)
    assert kept(task) == (2, 0, date(2026, 9, 1))
    assert (
        queries.light_of(
            Task.objects.select_related("lead_unit").get(pk=task.pk),
            {task.county_id: queries.light_rule(task.county_id, TODAY)},
        )
        == Light.RED
    )
    assert [one.pk for one in queries.late_tasks(cast.office, TODAY)] == [task.pk]

    filed = report(cast, task, milestones=[first])
    assert kept(task) == (2, 0, date(2026, 11, 1))
    actions.accept(cast.office, filed, now=NOW)

    assert kept(task) == (2, 1, date(2026, 11, 1))
    first.refresh_from_db()
    assert first.reached_on == TODAY
    assert queries.progress_of(Task.objects.get(pk=task.pk)).share == 50


@pytest.mark.parametrize("how", ["send_back", "withdraw"])
def test_what_a_report_spoke_of_is_free_again_when_it_did_not_pass(cast: build.Cast, task: Task, how: str) -> None:
    milestone = actions.add_milestone(cast.liaison, task, title="完成方案", due_on=date(2026, 9, 1), now=NOW)
    period = planning.occurrence(task=task)
    supporting = [planning.contribution(task=task, unit=unit) for unit in (cast.other_school, cast.university)]
    actions.keep_parts(task)
    filed = report(cast, task, milestones=[milestone], occurrence=period, carried_out=True)
    planning.contribution(task=task, unit=cast.other_school, text="新的一份")

    if how == "send_back":
        actions.send_back(cast.office, filed, opinion="请补充。", now=NOW)
    else:
        actions.withdraw_report(cast.liaison, filed, now=NOW)

    milestone.refresh_from_db()
    period.refresh_from_db()
    for one in supporting:
        one.refresh_from_db()
    assert (milestone.report, period.report, period.carried_out) == (None, None, None)
    # The unit that has filed anew keeps its new one waiting; the other's is free again.
    assert [one.report for one in supporting] == [filed, None]
    assert kept(task) == (2, 0, date(2026, 9, 1))


def test_milestones_stay_within_the_task_and_are_dropped_until_reported(cast: build.Cast, task: Task) -> None:
    for day in (date(2026, 6, 30), date(2027, 1, 1)):
        with pytest.raises(actions.OutsideTask, match="之间"):
            actions.add_milestone(cast.liaison, task, title="完成方案", due_on=day, now=NOW)
    assert not Milestone.objects.exists()
    row = actions.add_milestone(cast.liaison, task, title="完成方案", due_on=date(2026, 9, 1), now=NOW)
    with pytest.raises(Refused, match="已经有了"):
        actions.add_milestone(cast.liaison, task, title="完成方案", due_on=date(2026, 9, 2), now=NOW)
    actions.drop_milestone(cast.liaison, row, now=NOW)
    assert kept(task) == (0, 0, None)

    row = actions.add_milestone(cast.liaison, task, title="完成方案", due_on=date(2026, 9, 1), now=NOW)
    report(cast, task, milestones=[row])
    with pytest.raises(actions.AlreadyReported):
        actions.drop_milestone(cast.liaison, row, now=NOW)
    Task.objects.filter(pk=task.pk).update(state="verified")
    with pytest.raises(actions.WrongState):
        actions.add_milestone(cast.liaison, task, title="再一个", due_on=date(2026, 9, 1), now=NOW)
    assert Milestone.objects.count() == 1


def test_periods_open_as_they_begin_once_each(cast: build.Cast, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(rhythm="每月25日前")
    others = [
        planning.task(plan=task.plan, lead_unit=cast.school, state=state, rhythm="每月", starts_on=date(2026, 7, 1))
        for state in ("verified", "suspended")
    ]
    assert actions.open_periods(TODAY) == 3 + 3
    assert actions.open_periods(TODAY) == 0
    rows = Occurrence.objects.filter(task=task).order_by("due_on")
    assert [(one.label, f"{one.due_on}") for one in rows] == [
        ("2026-07", "2026-07-25"),
        ("2026-08", "2026-08-25"),
        ("2026-09", "2026-09-25"),
    ]
    assert kept(task) == (3, 0, date(2026, 7, 25))
    assert not Occurrence.objects.filter(task=others[0]).exists()


def test_a_standing_duty_is_asked_about_once_a_term_and_may_say_that_it_was_not_done(
    cast: build.Cast, task: Task
) -> None:
    Term.objects.create(county=cast.county, year=2026, half=1, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 20))
    undated = planning.task(plan=task.plan, lead_unit=cast.school, state="under_way", rhythm="常态化", issued_at=NOW)
    bare = planning.task(plan=task.plan, lead_unit=cast.school, state="under_way", rhythm="常态化")
    assert actions.make_occurrences([undated, bare], TODAY) == 2
    (period,) = queries.open_occurrences(undated).values()
    assert period.label == "2026—2027 第一学期"

    actions.accept(cast.office, report(cast, undated, occurrence=period, carried_out=False), now=NOW)

    period.refresh_from_db()
    assert (period.carried_out, period.done_on) == (False, TODAY)
    assert kept(undated) == (1, 1, None)


def test_a_figure_is_the_last_one_accepted(cast: build.Cast, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(quantity=40, measure="人次")
    first = report(cast, task, quantity=Decimal(12))
    assert Task.objects.get(pk=task.pk).measured is None
    actions.accept(cast.office, first, now=NOW)
    again = report(cast, Task.objects.get(pk=task.pk), quantity=Decimal(12))
    actions.accept(cast.office, again, now=NOW)

    row = Task.objects.get(pk=task.pk)
    assert (row.measured, queries.progress_of(row).share) == (12, 30)


def test_a_task_is_done_after_its_sub_tasks_and_what_it_needs(cast: build.Cast, task: Task) -> None:
    part = actions.split_task(
        cast.liaison, task, title="选址", lead_unit=cast.school, due_on=date(2026, 10, 1), now=NOW
    )
    before = planning.task(plan=task.plan, lead_unit=cast.school, state="under_way", title="立项")
    actions.set_needs(task, [before])
    actions.set_needs(task, [before])
    assert (part.state, part.parent, part.number) == ("issued", task, queries.next_number(task.plan) and part.number)
    assert kept(task) == (1, 0, None)

    with pytest.raises(actions.NotDone, match="选址"):
        report(cast, task, claims_completion=True)
    assert not Report.objects.exists()

    part = actions.receive_task(cast.liaison, part, owner=None, now=NOW)
    actions.accept(cast.office, report(cast, part, claims_completion=True), now=NOW)
    assert kept(task) == (1, 1, None)
    Task.objects.filter(pk=before.pk).update(state="verified")
    assert report(cast, task, claims_completion=True).claims_completion


def test_a_part_is_given_only_while_the_task_is_with_its_unit_and_is_due_within_it(
    cast: build.Cast, task: Task
) -> None:
    given = {"title": "选址", "lead_unit": cast.school, "now": NOW}
    with pytest.raises(actions.OutsideTask):
        actions.split_task(cast.liaison, task, due_on=date(2027, 1, 1), **given)
    Task.objects.filter(pk=task.pk).update(state="claimed")
    with pytest.raises(actions.WrongState):
        actions.split_task(cast.liaison, task, due_on=date(2026, 10, 1), **given)
    assert Task.objects.count() == 1


def test_tasks_that_would_wait_for_each_other_through_sub_tasks_are_refused(cast: build.Cast) -> None:
    plan = planning.draft(county=cast.county)
    one, two = (planning.task(plan=plan, state="draft", number=number) for number in ("一", "二"))
    under_one = planning.task(plan=plan, state="draft", number="一1", parent=one)
    under_two = planning.task(plan=plan, state="draft", number="二1", parent=two)
    actions.set_needs(under_one, [two])

    with pytest.raises(actions.Circular) as refused:
        actions.set_needs(under_two, [one])
    assert {number for number in ("一", "一1", "二", "二1") if number in str(refused.value)} == {
        "一",
        "一1",
        "二",
        "二1",
    }


def test_a_rhythm_whose_end_lies_before_its_start_is_refused(cast: build.Cast, task: Task) -> None:
    with pytest.raises(actions.NoPeriod, match="频次为每月"):
        actions.propose_amendment(
            cast.office, task, reason="改期。", now=NOW, starts_on=date(2027, 3, 1), rhythm="每月"
        )
    assert not task.changes.exists()
    assert Task.objects.get(pk=task.pk).starts_on == date(2026, 7, 1)


def test_a_draft_says_what_its_tasks_need_and_refuses_a_circle(cast: build.Cast) -> None:
    plan = planning.draft(county=cast.county)
    one = actions.add_task(cast.office, plan, number="一", title="立项", now=NOW)
    two = actions.add_task(cast.office, plan, number="二", title="开工", needs=[one], parent=None, now=NOW)
    assert [row.needs for row in two.needs.all()] == [one]

    with pytest.raises(actions.Circular, match="一 → 二 → 一"):
        actions.change_task(cast.office, one, version=one.version, needs=[two], title="立项改", now=NOW)
    assert (Task.objects.get(pk=one.pk).title, one.needs.exists()) == ("立项", False)


@pytest.mark.parametrize(
    ("state", "reason"), [("under_way", None), ("verified", "任务现在不能增减里程碑（已完成）。")]
)
def test_parts_of_a_finished_task_are_closed_and_it_says_why(
    cast: build.Cast, task: Task, state: str, reason: str | None
) -> None:
    Task.objects.filter(pk=task.pk).update(state=state)
    row = planning.milestone(task=Task.objects.get(pk=task.pk))
    assert access.CHANGE_PARTS.unless(row.task) == reason
    assert access.DROP_MILESTONE.unless(row) == reason
    row.report = planning.report(task=task)
    assert access.DROP_MILESTONE.unless(row) == "这个里程碑已经填报过，不能删除。"
