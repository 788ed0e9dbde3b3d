"""The journey of one task through every state, by its pages alone: five roles, a deputy and a handover."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Role
from xietong.areas.people import queries as people
from xietong.areas.people.models import RoleTerm
from xietong.areas.plans import actions
from xietong.areas.plans.models import Change, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Stage

pytestmark = pytest.mark.django_db
FOUND, SHOWN = 302, 200


class Journey:
    """One task and the people at it."""

    def __init__(self) -> None:
        planning.rules()
        self.cast = build.cast()
        county = self.cast.county
        bureau = build.organisation(county=county, name="教体局")
        self.head = build.player("黄审", Role.SECTION_HEAD, bureau)
        self.leader = build.player("赵定", Role.BUREAU_LEADER, bureau)
        self.helper = build.player("林木", Role.SCHOOL_LIAISON, self.cast.other_school)
        self.task = planning.task(
            plan=planning.plan(county=county),
            title="建平台",
            lead_unit=self.cast.school,
            starts_on=date(2026, 9, 1),
            rhythm="每月",
            quantity=40,
            measure="人次",
            supports=(self.cast.other_school,),
        )
        actions.make_occurrences([self.task], build.TODAY)

    @property
    def row(self) -> Task:
        return Task.objects.get(pk=self.task.pk)

    def client(self, actor: Actor) -> Client:
        return build.client(actor)

    def does(self, actor: Actor, name: str, pk: int | None = None, **fields: Any) -> None:
        """Opens the form where there is one, and sends it."""
        client, url = self.client(actor), reverse(f"plans:{name}", args=[pk or self.task.pk])
        shown = client.get(url).status_code
        sent = client.post(url, fields)
        assert (shown in (SHOWN, 405), sent.status_code) == (True, FOUND), (name, shown, sent.status_code)

    def state(self, actor: Actor) -> str:
        """What the page says to somebody."""
        page = self.client(actor).get(reverse("plans:task", args=[self.task.pk])).content.decode()
        word = str(self.row.get_state_display())
        assert word in page
        return word

    def report(self, actor: Actor, **fields: Any) -> Any:
        self.does(actor, "task_report", text="已办。", request_key=f"{self.row.version}", **fields)
        return self.row.reports.order_by("-number").first()


@pytest.fixture
def journey() -> Journey:
    return Journey()


def deputy_of(actor: Actor) -> Actor:
    """Somebody of the school who stands in for the liaison today."""
    term = RoleTerm.objects.get(pk=actor.term_id)
    person = build.somebody(term.organisation, name="代甲")
    build.account(person=person)
    build.deputy(term=term, person=person)
    (found,) = people.actors_of(person.account_id, build.TODAY)
    return found


def test_one_task_goes_through_every_state(journey: Journey) -> None:
    cast, task = journey.cast, journey.task
    office, liaison = cast.office, cast.liaison
    deputy = deputy_of(liaison)

    # Returned, taken back, returned again, upheld; received by the deputy, passed on to a teacher.
    journey.does(liaison, "task_return", reason="不属于本校。")
    journey.does(liaison, "task_take_back")
    journey.does(deputy, "task_return", reason="还是不属于本校。")
    assert journey.state(office) == "已退件"
    journey.does(office, "task_insist", reason="按分工办理。")
    journey.does(deputy, "task_receive")
    journey.does(liaison, "task_delegate", owner=cast.teacher.person_id, note="请办")
    assert journey.row.owner_id == cast.teacher.person_id
    assert journey.row.steps.get(action="receive").who == "代甲（代曾小雨）"

    # A milestone and a part; help from the supporting unit; a report sent back, filed again, accepted.
    journey.does(liaison, "milestone_add", title="完成方案", due_on="2026-10-01")
    journey.does(liaison, "milestone_add", title="多余的", due_on="2026-10-02")
    journey.does(liaison, "milestone_drop", pk=task.milestones.get(title="多余的").pk)
    journey.does(liaison, "task_split", title="选址", lead_unit=cast.school.pk, due_on="2026-10-01")
    journey.does(journey.helper, "task_contribute", unit=cast.other_school.pk, text="提供场地。", quantity="5")
    milestone, period = task.milestones.get(), task.occurrences.get()
    said = {"milestones": [milestone.pk], "occurrence": period.pk, "carried_out": "1", "quantity": "12"}
    filed = journey.report(cast.teacher, **said)
    journey.does(office, "report_send_back", pk=filed.pk, opinion="请补充名单。")
    filed = journey.report(liaison, **said)
    journey.does(office, "report_accept", pk=filed.pk)
    row = journey.row
    assert (row.measured, row.parts_done, row.parts_total) == (12, 2, 3)

    # Suspended and resumed; changed by approval; claimed once its part is done; verified; taken up again.
    journey.does(office, "task_suspend", reason="校舍在修。")
    assert journey.state(liaison) == "已暂停"
    journey.does(office, "task_resume", due_on="2027-01-31")
    journey.does(liaison, "task_receive")
    amended = {"title": "建好平台", "lead_unit": cast.school.pk, "due_on": "2027-02-28", "reason": "名称不准。"}
    journey.does(
        office, "task_amend", **amended, rhythm="每月", quantity="40", measure="人次", starts_on="2026-09-01"
    )
    approve(journey)
    assert (journey.row.title, journey.row.due_on) == ("建好平台", date(2027, 2, 28))
    part = task.children.get()
    Task.objects.filter(pk=part.pk).update(state="verified")
    claim = journey.report(liaison, claims_completion="on", quantity="40")
    assert journey.state(office) == "待审核"
    journey.does(office, "report_accept", pk=claim.pk)
    assert journey.state(liaison) == "已完成"
    journey.does(office, "task_reopen", reason="抽查发现名单不符。")

    # The liaison leaves: a successor goes on. Given to another unit, and cancelled by approval.
    successor = build.player("王接", Role.SCHOOL_LIAISON, cast.school)
    actions.give_tasks_to_successor(
        office, giver_id=cast.teacher.person_id, successor_id=successor.person_id, now=build.NOW + timedelta(days=1)
    )
    assert journey.row.owner_id == successor.person_id
    journey.does(office, "task_reassign", lead_unit=cast.other_school.pk, reason="场地在二小。")
    assert journey.state(journey.helper) == "待接收"
    journey.does(office, "task_cancel", reason="上级取消。")
    approve(journey)
    assert journey.state(office) == "已取消"
    assert [one.state for one in Change.objects.order_by("pk")] == ["made", "made"]


def approve(journey: Journey) -> None:
    for signer in (journey.head, journey.leader):
        stage = Stage.objects.get(state="open")
        page = journey.client(signer).get(reverse("plans:change", args=[stage.approval.owner_id]))
        assert page.status_code == SHOWN
        sent = journey.client(signer).post(reverse("stage_agree", args=[stage.pk]), {"opinion": "同意。"})
        assert sent.status_code == FOUND


def test_a_new_task_is_proposed_on_the_page_of_the_plan_and_listed(
    journey: Journey, django_assert_num_queries: Any
) -> None:
    office, plan = journey.cast.office, journey.task.plan
    fields = {"title": "建实训室", "lead_unit": journey.cast.school.pk, "due_on": "2027-02-28", "reason": "新增。"}
    journey.does(office, "task_propose", pk=plan.pk, **fields)
    approve(journey)
    assert plan.tasks.get(origin="change").title == "建实训室"

    client = journey.client(office)
    client.get(reverse("account"))
    for number in (1, 3):
        for _ in range(number - Change.objects.count()):
            planning.change(task=planning.task(plan=plan, lead_unit=journey.cast.school))
        with django_assert_num_queries(10):
            assert f"共 {number} 条" in client.get(reverse("plans:changes")).content.decode()


def test_what_a_form_lacks_is_said_and_nothing_is_done(journey: Journey) -> None:
    client = journey.client(journey.cast.liaison)
    url = reverse("plans:task_return", args=[journey.task.pk])

    answer = client.post(url, {"reason": ""})

    assert answer.status_code == 422
    assert "这个字段是必填项" in answer.content.decode()
    assert journey.row.state == "issued"
