"""Issuing a plan: everything is ready, or nothing happens."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import build, planning
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Standing, Step, Task
from xietong.kit.audit.models import Entry
from xietong.kit.files.models import Attachment
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def draft_with(cast: build.Cast, *units: Organisation | None, due_on: date | None = date(2026, 12, 31)) -> Plan:
    plan = planning.approved(county=cast.county)
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
    assert (row.state, row.issued_on, row.version) == (Plan.State.APPROVED, None, 1)
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


def test_issue_plan_refuses_what_nobody_has_approved(cast: build.Cast) -> None:
    plan = planning.draft(county=cast.county)
    planning.task(plan=plan, state="draft", lead_unit=cast.school)
    with pytest.raises(actions.WrongState, match="方案审批通过后才能下达（现在是起草中）"):
        issue(cast, plan)
    assert (Plan.objects.get().state, Step.objects.count(), Entry.objects.count()) == ("draft", 0, 0)


def test_issue_plan_names_units_that_were_closed_meanwhile(cast: build.Cast) -> None:
    plan = draft_with(cast, cast.school)
    task = plan.tasks.get()
    planning.support(task=task, unit=cast.other_school)
    for unit in (cast.school, cast.other_school):
        unit.closed_on = build.TODAY
        unit.save()
    with pytest.raises(actions.NotReady, match="三-1 牵头单位“一小”已撤并；三-1 协办单位“二小”已撤并"):
        issue(cast, plan)
    unchanged(plan)


def test_issue_plan_freezes_the_baseline(cast: build.Cast) -> None:
    plan = draft_with(cast, cast.school)
    task = plan.tasks.get()
    planning.support(task=task, unit=cast.other_school)
    planning.milestone(task=task, title="印发制度", due_on=date(2026, 11, 30))
    planning.milestone(task=task, title="完成初稿", due_on=date(2026, 10, 31))
    actions.issue_plan(cast.office, plan, issued_on=build.TODAY, document_no="云府字〔2026〕1号", now=build.NOW)
    task.refresh_from_db()
    task.title, task.due_on = "改名", date(2027, 1, 1)
    task.save()
    kept = task.baseline
    assert (kept.number, kept.title, kept.lead_unit, kept.supports, kept.due_on, kept.at) == (
        "三-1", "制定教研制度", "一小", ["二小"], date(2026, 12, 31), build.NOW,
    )  # fmt: skip
    assert kept.milestones == [["完成初稿", "2026-10-31"], ["印发制度", "2026-11-30"]]
    assert Plan.objects.get().document_no == "云府字〔2026〕1号"


def test_adopt_plan_enters_what_was_issued_before(cast: build.Cast) -> None:
    plan = planning.draft(county=cast.county)
    past = planning.task(plan=plan, state="draft", lead_unit=cast.school, is_past=True, number="1")
    open_still = planning.task(plan=plan, state="draft", lead_unit=cast.school, number="2")
    plan = actions.adopt_plan(
        cast.office,
        plan,
        issued_on=date(2025, 3, 1),
        document_no=" 云府字〔2025〕9号 ",
        plain=[SimpleUploadedFile("盖章扫描件.txt", "印发件".encode())],
        now=build.NOW,
    )
    assert (plan.state, plan.is_adopted, plan.document_no, plan.issued_on) == (
        "issued", True, "云府字〔2025〕9号", date(2025, 3, 1),
    )  # fmt: skip
    past.refresh_from_db()
    open_still.refresh_from_db()
    assert (past.state, open_still.state) == ("verified", "issued")
    assert {notice.said for notice in Notice.objects.all()} == {"收到 1 项新任务"}
    assert Attachment.objects.get().owner_id == plan.pk


@pytest.mark.parametrize(
    ("number", "on", "why"),
    [(" ", date(2025, 3, 1), "须填写文号"), ("云府字〔2025〕9号", date(2026, 12, 1), "印发日期还没有到")],
)
def test_adopt_plan_refuses_without_number_or_before_its_day(
    cast: build.Cast, number: str, on: date, why: str
) -> None:
    plan = planning.draft(county=cast.county)
    planning.task(plan=plan, state="draft", lead_unit=cast.school)
    with pytest.raises(actions.BadIssue, match=why):
        actions.adopt_plan(cast.office, plan, issued_on=on, document_no=number, now=build.NOW)
    assert (Plan.objects.get().state, Entry.objects.count()) == ("draft", 0)


def test_adopt_plan_refuses_what_is_on_its_way(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county, state=Plan.State.APPROVING)
    with pytest.raises(actions.WrongState):
        actions.adopt_plan(cast.office, plan, issued_on=build.TODAY, document_no="1号", now=build.NOW)
    assert (Plan.objects.get().state, Entry.objects.count()) == ("approving", 0)


def test_issue_plan_closes_the_version_that_it_replaces(cast: build.Cast) -> None:
    earlier = planning.plan(county=cast.county, title="旧版")
    left = planning.task(plan=earlier, lead_unit=cast.school)
    plan = draft_with(cast, cast.school)
    plan.replaces = earlier
    plan.save()
    waiting = planning.report(task=left)
    with pytest.raises(actions.StillOpen, match="还有 1 次填报没有审核"):
        issue(cast, plan)
    assert Plan.objects.get(pk=plan.pk).state == "approved"
    waiting.delete()
    issue(cast, plan)
    earlier.refresh_from_db()
    left.refresh_from_db()
    assert (earlier.state, earlier.closing_note, left.state) == (
        "closed", f"由新版本代替：{plan.title}", "closed",
    )  # fmt: skip


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
