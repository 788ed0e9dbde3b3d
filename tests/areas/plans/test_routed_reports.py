"""Reports in a county that has set a route for them: head, section, office, before anything counts."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.plans import actions, queries
from xietong.areas.plans.access import REPORT_FORM
from xietong.areas.plans.models import Report, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.approvals.queries import course
from xietong.kit.approvals.routes import FORMS, Step
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW = build.NOW
STEPS = (Step("校长审签", Role.SCHOOL_HEAD.value, at_unit=True), Step("股室审核", Role.SECTION_HEAD.value))


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def section(cast: build.Cast) -> Actor:
    place = build.organisation(county=cast.county, kind=OrgKind.SECTION, name="基教股")
    return build.player("罗安", Role.SECTION_HEAD, place)


@pytest.fixture
def task(cast: build.Cast) -> Task:
    return planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state="under_way")


def set_route(cast: build.Cast, steps: tuple[Step, ...] = STEPS) -> None:
    approvals.set_route(cast.office, county_id=cast.county.pk, form=REPORT_FORM, steps=steps, version=0, now=NOW)


def report(cast: build.Cast, task: Task, **fields: Any) -> Report:
    fields = {"text": "已办结。", "claims_completion": True} | fields
    return actions.report_progress(cast.liaison, Task.objects.get(pk=task.pk), now=NOW, **fields)


def step(row: Report) -> Stage:
    running = queries.approval_of(row)
    assert running is not None
    found = course(running).open_stage
    assert found is not None
    return found


def now_is(task: Task, row: Report) -> tuple[str, str]:
    return Task.objects.get(pk=task.pk).state, Report.objects.get(pk=row.pk).state


def test_without_a_route_the_office_answers_alone(cast: build.Cast, task: Task) -> None:
    row = report(cast, task)
    assert (row.by_route, Approval.objects.exists()) == (False, False)
    assert actions.accept(cast.office, row, now=NOW).state == "accepted"


def test_a_route_that_equals_the_usual_one_is_none(cast: build.Cast, task: Task) -> None:
    set_route(cast, FORMS[REPORT_FORM].steps)
    assert not report(cast, task).by_route


def test_a_report_counts_when_the_last_step_has_agreed(cast: build.Cast, task: Task, section: Actor) -> None:
    set_route(cast)
    row = report(cast, task)
    assert Notice.objects.filter(account_id=cast.office.account_id).count() == 0
    approvals.agree(cast.head, step(row), now=NOW)
    assert now_is(task, row) == ("claimed", "submitted")
    approvals.agree(section, step(row), opinion="情况属实。", now=NOW)
    assert now_is(task, row) == ("verified", "accepted")
    row.refresh_from_db()
    assert (row.opinion, row.reviewer_name) == ("情况属实。", "罗安")


def test_what_a_step_sends_back_is_under_way_again_with_its_opinion(
    cast: build.Cast, task: Task, section: Actor
) -> None:
    set_route(cast)
    row = report(cast, task)
    approvals.send_back(cast.head, step(row), opinion="请补签到表。", now=NOW)
    assert now_is(task, row) == ("under_way", "sent_back")
    assert Report.objects.get(pk=row.pk).opinion == "请补签到表。"
    assert report(cast, task).number == 2


@pytest.mark.parametrize("answer", [actions.accept, lambda *a, **k: actions.send_back(*a, opinion="缺材料", **k)])
def test_the_office_alone_cannot_answer_what_is_on_its_route(
    cast: build.Cast, task: Task, section: Actor, answer: Any
) -> None:
    set_route(cast)
    row = report(cast, task)
    with pytest.raises(actions.OnItsRoute, match="按审批路线办理"):
        answer(cast.office, row, now=NOW)
    assert now_is(task, row) == ("claimed", "submitted")
    client = build.client(cast.office)
    assert client.post(reverse("plans:report_accept", args=[row.pk])).status_code == 403
    assert now_is(task, row) == ("claimed", "submitted")


def test_a_report_on_its_route_is_taken_back_until_the_first_step_has_answered(
    cast: build.Cast, task: Task, section: Actor
) -> None:
    set_route(cast)
    row = report(cast, task)
    assert actions.withdraw_report(cast.liaison, row, now=NOW).state == "withdrawn"
    assert now_is(task, row) == ("under_way", "withdrawn")
    again = report(cast, task)
    approvals.agree(cast.head, step(again), now=NOW)
    with pytest.raises(approvals.TooLate):
        actions.withdraw_report(cast.liaison, again, now=NOW)
    assert now_is(task, again) == ("claimed", "submitted")


def test_a_route_with_nobody_at_a_step_refuses_the_report_and_keeps_nothing(cast: build.Cast, task: Task) -> None:
    set_route(cast)
    with pytest.raises(approvals.NobodyThere, match="第2步“股室审核”目前没有人担任"):
        report(cast, task)
    assert (Report.objects.count(), Approval.objects.count()) == (0, 0)
    assert Task.objects.get(pk=task.pk).state == "under_way"


def test_pages_show_the_step_and_lead_there_whoever_is_asked(cast: build.Cast, task: Task, section: Actor) -> None:
    set_route(cast)
    row = report(cast, task)
    page, approval = reverse("plans:task", args=[task.pk]), reverse("approval", args=[step(row).approval_id])
    for actor in (cast.head, cast.office, cast.liaison):
        shown = build.client(actor).get(page).content.decode()
        assert "按审批路线办理，现在：校长审签" in shown
        assert approval in shown
    assert reverse("plans:report_accept", args=[row.pk]) not in build.client(cast.office).get(page).content.decode()
    assert approval not in build.client(section).get(page).content.decode()
    reviews = build.client(cast.office).get(reverse("plans:reviews")).content.decode()
    assert page not in reviews
    head = build.client(cast.head)
    assert head.post(reverse("stage_agree", args=[step(row).pk]), {"opinion": ""}).status_code == 302
    assert approval in build.client(section).get(page).content.decode()
