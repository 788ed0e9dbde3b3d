"""Tasks that are returned, given to another unit or person, suspended, taken up again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Standing, Step, Task
from xietong.kit.errors import Refused
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    plan = planning.plan(county=cast.county)
    return planning.task(plan=plan, title="建平台", lead_unit=cast.school, state="under_way")


def told(actor: Any) -> list[str]:
    return sorted(Notice.objects.filter(account_id=actor.account_id).values_list("title", flat=True))


def kept(task: Task) -> tuple[Any, ...]:
    """What must be as before after a refusal."""
    row = Task.objects.get(pk=task.pk)
    steps = Step.objects.filter(task=task).count()
    return row.state, row.version, row.lead_unit_id, row.owner_id, row.due_on, steps, Notice.objects.count()


def test_a_returned_task_waits_for_the_office_which_insists(cast: build.Cast, task: Task) -> None:
    row = actions.return_task(cast.liaison, task, reason="不属于本校职责。", now=NOW)

    assert (row.state, told(cast.office)) == ("returned", ["有任务被退件，请改派或维持"])
    assert [one.pk for one in queries.returned_tasks(cast.office)] == [task.pk]
    assert Standing.objects.get(plan=task.plan).returned == 1

    row = actions.insist(cast.office, row, reason="按分工由学校办理。", now=NOW)
    assert (row.state, told(cast.liaison)) == ("issued", ["退件未获同意，请继续办理"])
    assert list(row.steps.order_by("pk").values_list("action", "note")) == [
        ("return", "不属于本校职责。"),
        ("insist", "按分工由学校办理。"),
    ]


def test_a_return_is_taken_back_before_it_is_answered(cast: build.Cast, task: Task) -> None:
    row = actions.return_task(cast.liaison, task, reason="看错了。", now=NOW)

    assert actions.take_back_return(cast.liaison, row, now=NOW).state == "issued"
    before = kept(task)
    with pytest.raises(actions.WrongState):
        actions.take_back_return(cast.liaison, task, now=NOW)
    assert kept(task) == before


def test_reassigning_tells_both_units_and_the_new_one_supports_no_more(cast: build.Cast, task: Task) -> None:
    there = build.player("林木", "school_liaison", cast.other_school)
    planning.support(task=task, unit=cast.other_school)
    task.owner = build.somebody(cast.school)
    task.save()

    row = actions.reassign(cast.office, task, lead_unit=cast.other_school, reason="场地在二小。", now=NOW)

    assert (row.state, row.lead_unit, row.owner) == ("issued", cast.other_school, None)
    assert (told(cast.liaison), told(there)) == (["任务已改派其他单位"], ["任务改派给您单位"])
    assert row.steps.get().note == "二小 — 场地在二小。"
    # Whoever had it does not see it any more.
    assert Notice.objects.get(account_id=cast.liaison.account_id).url == reverse("plans:tasks")
    assert not row.supports.exists()
    before = kept(task)
    with pytest.raises(actions.SameUnit):
        actions.reassign(cast.office, row, lead_unit=cast.other_school, reason="再派。", now=NOW)
    assert kept(task) == before


def test_delegating_names_somebody_else_of_the_unit_and_tells_him(cast: build.Cast, task: Task) -> None:
    post = build.player("李敏", "teacher", cast.school)
    person = queries.owner_choices(cast.liaison, task)[post.person_id]

    row = actions.delegate(cast.liaison, task, owner=person, note="请周五前完成", now=NOW)

    assert (row.owner, row.state, told(post)) == (person, "under_way", ["您被指定为任务负责人"])
    assert row.steps.get().note == "李敏 — 请周五前完成"
    before = kept(task)
    with pytest.raises(actions.SameUnit):
        actions.delegate(cast.liaison, row, owner=person, now=NOW)
    assert kept(task) == before


@pytest.mark.parametrize("account", [True, False])
def test_delegating_to_oneself_or_to_somebody_without_account_tells_nobody(
    cast: build.Cast, task: Task, account: bool
) -> None:
    choices = queries.owner_choices(cast.liaison, task)
    person = choices[cast.liaison.person_id] if account else build.somebody(cast.school)

    actions.delegate(cast.liaison, task, owner=person, now=NOW)

    assert Notice.objects.count() == 0


def test_a_suspended_task_has_no_light_and_goes_on_by_a_new_day(cast: build.Cast, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(due_on=date(2026, 1, 1))
    row = actions.suspend(cast.office, Task.objects.get(pk=task.pk), reason="校舍在修。", now=NOW)

    assert (row.state, told(cast.liaison)) == ("suspended", ["任务已暂停"])
    assert not queries.late_tasks(cast.office, build.TODAY).exists()
    standing = Standing.objects.get(plan=task.plan)
    assert (standing.suspended, standing.overdue, standing.total) == (1, 0, 1)

    row = actions.resume(cast.office, row, due_on=date(2027, 3, 1), now=NOW)
    assert (row.state, row.due_on) == ("issued", date(2027, 3, 1))
    assert told(cast.liaison) == ["任务已恢复，请接收", "任务已暂停"]


def test_a_verified_task_is_taken_up_again(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state="verified")

    assert actions.reopen(cast.office, task, reason="抽查发现材料不符。", now=NOW).state == "under_way"
    assert told(cast.liaison) == ["任务须重新办理"]


Move = Callable[[build.Cast, Task, str], Any]
MOVES: dict[str, tuple[str, Move]] = {
    "return": ("under_way", lambda cast, task, why: actions.return_task(cast.liaison, task, reason=why, now=NOW)),
    "reassign": (
        "issued",
        lambda cast, task, why: actions.reassign(cast.office, task, lead_unit=cast.other_school, reason=why, now=NOW),
    ),
    "suspend": ("under_way", lambda cast, task, why: actions.suspend(cast.office, task, reason=why, now=NOW)),
    "insist": ("returned", lambda cast, task, why: actions.insist(cast.office, task, reason=why, now=NOW)),
    "reopen": ("verified", lambda cast, task, why: actions.reopen(cast.office, task, reason=why, now=NOW)),
}


@pytest.mark.parametrize("move", MOVES)
def test_a_task_moves_only_with_a_reason_and_from_where_it_can(cast: build.Cast, move: str) -> None:
    state, deed = MOVES[move]
    plan = planning.plan(county=cast.county)
    here = planning.task(plan=plan, lead_unit=cast.school, state=state)
    done = planning.task(plan=plan, lead_unit=cast.school, state="cancelled")
    before = kept(here), kept(done)

    with pytest.raises(actions.ReasonMissing, match="请写明理由"):
        deed(cast, here, "  ")
    with pytest.raises(actions.WrongState, match="已取消"):
        deed(cast, done, "有理由。")

    assert (kept(here), kept(done)) == before


@pytest.mark.parametrize("move", ["return", "reassign", "suspend"])
def test_a_task_does_not_move_while_a_report_on_it_waits(cast: build.Cast, task: Task, move: str) -> None:
    planning.report(task=task)
    before = kept(task)

    with pytest.raises(actions.WrongState, match="还在审核中"):
        MOVES[move][1](cast, task, "有理由。")

    assert kept(task) == before


def test_resuming_to_a_day_before_the_start_changes_nothing(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county)
    task = planning.task(plan=plan, lead_unit=cast.school, state="suspended", starts_on=date(2026, 9, 1))
    before = kept(task)

    with pytest.raises(Refused, match="完成期限不能早于开始日期"):
        actions.resume(cast.office, task, due_on=date(2026, 8, 1), now=NOW)

    assert kept(task) == before


def test_a_unit_that_was_merged_leaves_what_it_supports_to_its_successor(cast: build.Cast, task: Task) -> None:
    third = build.organisation(county=cast.county, name="第三小学")
    led = planning.task(plan=task.plan, lead_unit=cast.other_school, state="under_way")
    pair = (third, cast.other_school)
    both = planning.task(plan=task.plan, lead_unit=cast.school, state="under_way", supports=pair)
    done = planning.task(plan=task.plan, lead_unit=cast.school, state="verified", supports=(third,))
    for row in (task, led):
        planning.support(task=row, unit=third)
    mine = planning.contribution(task=task, unit=third)
    theirs = [planning.contribution(task=both, unit=unit) for unit in (third, cast.other_school)]

    actions.move_tasks_to_unit(cast.office, unit_id=third.pk, successor_id=cast.other_school.pk, now=NOW)

    supporting = {row.pk: [one.unit for one in row.supports.all()] for row in (task, led, both, done)}
    assert supporting == {task.pk: [cast.other_school], led.pk: [], both.pk: [cast.other_school], done.pk: [third]}
    mine.refresh_from_db()
    assert mine.unit == cast.other_school
    assert {one.pk for one in both.contributions.all()} == {one.pk for one in theirs}
