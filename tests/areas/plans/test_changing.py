"""Changes of an issued plan: proposed, approved on their route, made, and always visible against the baseline."""

from datetime import date
from typing import Any

import pytest

from tests import build, planning
from xietong.areas.plans import actions, queries
from xietong.areas.plans.actions.issuing import baseline
from xietong.areas.plans.models import Change, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.actions import NobodyThere, agree, send_back, withdraw
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db
NOW, LATER = build.NOW, date(2027, 6, 30)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def signers(cast: build.Cast) -> list[Actor]:
    bureau = build.organisation(county=cast.county, name="教体局")
    return [build.player("黄审", "section_head", bureau), build.player("赵定", "bureau_leader", bureau)]


@pytest.fixture
def task(cast: build.Cast) -> Task:
    row = planning.task(
        plan=planning.plan(county=cast.county), title="建平台", lead_unit=cast.school, state="under_way"
    )
    baseline(row, NOW).save()
    return row


def amend(cast: build.Cast, task: Task, **fields: Any) -> Change:
    given = {**queries.values_of(task), **fields}
    return actions.propose_amendment(cast.office, task, reason="场地没有交付。", now=NOW, **given)


def approve(signers: list[Actor]) -> None:
    for signer in signers:
        agree(signer, Stage.objects.get(state="open"), now=NOW)


def test_an_amendment_is_made_when_the_last_step_agrees(cast: build.Cast, signers: list[Actor], task: Task) -> None:
    row = amend(cast, task, due_on=LATER, lead_unit=cast.other_school, starts_on=date(2026, 7, 1), rhythm="每月")
    assert (row.state, Task.objects.get(pk=task.pk).due_on) == ("asked", task.due_on)
    assert [(one.label, one.before, one.after) for one in queries.change_page(cast.office, row.pk).fields] == [
        ("牵头单位", "一小", "二小"),
        ("开始日期", "", "2026-07-01"),
        ("完成期限", "2026-12-31", "2027-06-30"),
        ("频次", "", "每月"),
    ]

    approve(signers)

    row.refresh_from_db()
    changed = Task.objects.get(pk=task.pk)
    assert (row.state, changed.due_on, changed.lead_unit) == ("made", LATER, cast.other_school)
    assert [one.label for one in changed.occurrences.order_by("due_on")] == ["2026-07", "2026-08", "2026-09"]
    assert [str(one.label) for one in queries.against_baseline(changed)] == [
        "牵头单位",
        "开始日期",
        "完成期限",
        "频次",
    ]
    assert list(changed.steps.order_by("pk").values_list("action", flat=True)) == ["propose", "amend"]
    assert queries.change_page(cast.office, row.pk).course.row.state == "agreed"


def test_cancelling_is_a_change_too_and_a_parent_counts_without_it(
    cast: build.Cast, signers: list[Actor], task: Task
) -> None:
    part = planning.task(plan=task.plan, lead_unit=cast.school, parent=task, quantity=3, measure="所")
    actions.keep_parts(task)
    row = actions.propose_cancelling(cast.office, part, reason="上级取消。", now=NOW)
    assert queries.change_page(cast.liaison, row.pk).fields == ()

    approve(signers)

    assert Task.objects.get(pk=part.pk).state == "cancelled"
    assert Task.objects.get(pk=task.pk).parts_total == 0
    assert queries.changes_of(part) == (row,)


def test_one_more_task_is_issued_with_a_baseline_of_its_own(
    cast: build.Cast, signers: list[Actor], task: Task
) -> None:
    row = actions.propose_task(
        cast.office, task.plan, title="建实训室", lead_unit=cast.school, due_on=LATER, reason="新增项目。", now=NOW
    )
    assert queries.change_page(cast.office, row.pk).title == "建实训室"

    approve(signers)

    row.refresh_from_db()
    made = row.task
    assert (made.title, made.state, made.origin, made.baseline.due_on) == ("建实训室", "issued", "change", LATER)
    assert queries.against_baseline(made) == ()


@pytest.mark.parametrize(("how", "state"), [("send_back", "refused"), ("withdraw", "withdrawn")])
def test_what_is_not_approved_changes_nothing_but_stays(
    cast: build.Cast, signers: list[Actor], task: Task, how: str, state: str
) -> None:
    row = amend(cast, task, due_on=LATER)
    added = actions.propose_task(
        cast.office, task.plan, title="建实训室", lead_unit=cast.school, due_on=LATER, reason="新增。", now=NOW
    )
    for approval in Approval.objects.order_by("pk"):
        if how == "withdraw":
            withdraw(cast.office, approval, now=NOW)
        else:
            send_back(signers[0], approval.stages.get(state="open"), opinion="理由不足。", now=NOW)

    assert {one.state for one in Change.objects.all()} == {state}
    assert Task.objects.get().due_on == task.due_on
    added.refresh_from_db()
    assert added.task is None
    assert list(task.steps.values_list("action", flat=True)) == ["propose", "not_amend"]
    assert amend(cast, Task.objects.get(), due_on=LATER).pk != row.pk


def test_an_approval_does_not_go_through_when_the_task_was_changed_meanwhile(
    cast: build.Cast, signers: list[Actor], task: Task
) -> None:
    row = amend(cast, task, due_on=LATER)
    Task.objects.filter(pk=task.pk).update(due_on=date(2027, 1, 31))
    agree(signers[0], Stage.objects.get(state="open"), now=NOW)

    with pytest.raises(Refused, match="完成期限又有改动"):
        agree(signers[1], Stage.objects.get(state="open"), now=NOW)

    row.refresh_from_db()
    assert (row.state, Approval.objects.get().state, Task.objects.get().due_on) == (
        "asked",
        "running",
        date(2027, 1, 31),
    )


def nothing_was_written(task: Task) -> None:
    assert not Change.objects.exists()
    assert not Approval.objects.exists()
    assert not task.steps.exists()


def test_a_proposal_needs_a_difference_a_reason_and_an_open_task(
    cast: build.Cast, signers: list[Actor], task: Task
) -> None:
    with pytest.raises(actions.NothingChanged):
        amend(cast, task)
    with pytest.raises(actions.ReasonMissing):
        actions.propose_amendment(cast.office, task, reason=" ", now=NOW, due_on=LATER)
    with pytest.raises(Refused, match="计量单位"):
        amend(cast, task, quantity=0)
    done = planning.task(plan=task.plan, lead_unit=cast.school, state="verified")
    with pytest.raises(actions.WrongState):
        amend(cast, done, due_on=LATER)
    planning.report(task=task)
    with pytest.raises(actions.WrongState, match="还在审核中"):
        actions.propose_cancelling(cast.office, task, reason="取消。", now=NOW)
    with pytest.raises(actions.WrongState, match="正在执行"):
        actions.propose_task(cast.office, planning.draft(county=cast.county), title="建室", reason="新增。", now=NOW)
    nothing_was_written(task)


def test_a_second_proposal_waits_for_the_first(cast: build.Cast, signers: list[Actor], task: Task) -> None:
    amend(cast, task, due_on=LATER)
    with pytest.raises(Refused, match="还在审批中"):
        amend(cast, Task.objects.get(pk=task.pk), title="建好平台")
    assert Change.objects.count() == 1


def test_a_route_whose_next_person_has_left_is_named_at_the_start(cast: build.Cast, task: Task) -> None:
    bureau = build.organisation(county=cast.county, name="教体局")
    build.player("黄审", "section_head", bureau)
    with pytest.raises(NobodyThere, match="分管领导审定"):
        amend(cast, task, due_on=LATER)
    nothing_was_written(task)


def test_a_change_may_leave_a_field_empty(cast: build.Cast, signers: list[Actor]) -> None:
    plan = planning.plan(county=cast.county)
    task = planning.task(
        plan=plan,
        lead_unit=cast.school,
        state="under_way",
        starts_on=date(2026, 3, 1),
        deliverable="总结",
        quantity=40,
        measure="人次",
    )
    amend(cast, task, starts_on=None, deliverable="", quantity=None, measure="")
    approve(signers)

    row = Task.objects.get(pk=task.pk)
    assert (row.starts_on, row.deliverable, row.quantity, row.measure) == (None, "", None, "")
