"""批示: entered for a task, or made into one that is issued at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Baseline, Instruction, Standing, Step, Task
from xietong.kit.errors import Denied
from xietong.kit.files.models import Attachment
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
WORDS = {"leader": "王县长", "on": TODAY, "text": "请抓紧落实。"}


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Any:
    return planning.plan(county=cast.county)


def told(actor: Any) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).values_list("title", flat=True))


def body(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_instruction_stands_on_the_task_and_in_its_course(cast: build.Cast, plan: Any) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way")
    row = actions.enter_instruction(cast.office, task, **WORDS, now=NOW)
    assert (row.plan, row.task, row.leader, row.on, row.entered_by) == (plan, task, "王县长", TODAY, "陈启明")
    assert [(one.action, one.note) for one in Step.objects.all()] == [("instruct", "王县长：请抓紧落实。")]
    assert told(cast.liaison) == ["领导对任务作了批示"]
    task.refresh_from_db()
    assert task.state == "under_way"


def test_an_instruction_becomes_a_task_that_is_issued(cast: build.Cast, plan: Any) -> None:
    made = [
        actions.add_instructed(
            cast.office, plan, **WORDS, title="摸底", lead_unit=cast.school, due_on=TODAY, deliverable="报告", now=NOW
        )
        for _ in range(2)
    ]
    assert [one.number for one in made] == ["批-1", "批-2"]
    task = Task.objects.get(number="批-1")
    assert (task.state, task.origin, task.lead_unit, task.issued_at) == ("issued", "instruction", cast.school, NOW)
    kept = Baseline.objects.get(task=task)
    assert (kept.number, kept.lead_unit, kept.deliverable, kept.due_on) == ("批-1", "一小", "报告", TODAY)
    assert list(task.steps.order_by("pk").values_list("action", flat=True)) == ["issue", "instruct"]
    assert Instruction.objects.filter(task=task, plan=plan).count() == 1
    assert Standing.objects.get(plan=plan).issued == 2
    assert told(cast.liaison) == ["收到 %(n)d 项新任务"]
    assert set(queries.my_tasks(cast.liaison)) == set(made)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"leader": " "}, "请写明批示领导"),
        ({"text": " "}, "请写明批示领导"),
        ({"on": TODAY + timedelta(days=1)}, "还没有到"),
        ({"title": " "}, "请写明任务名称"),
        ({"due_on": date(2020, 1, 1)}, "不能早于今天"),
    ],
)
def test_what_cannot_be_is_refused(fields: Any, words: str, cast: build.Cast, plan: Any) -> None:
    values = {**WORDS, "title": "摸底", "lead_unit": cast.school, "due_on": TODAY} | fields
    with pytest.raises(actions.BadInstruction, match=words):
        actions.add_instructed(cast.office, plan, **values, now=NOW)
    assert (Task.objects.count(), Instruction.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_only_a_plan_in_force_takes_one(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county, state="closed", issued_on=TODAY, closed_on=TODAY)
    with pytest.raises(actions.WrongState, match="正在执行"):
        actions.add_instructed(cast.office, plan, **WORDS, title="摸底", lead_unit=cast.school, due_on=TODAY, now=NOW)
    with pytest.raises(Denied, match="正在执行"):
        queries.plan_to_instruct(cast.office, plan.pk)
    assert queries.plan_for_instruction(cast.office) is None
    assert Task.objects.count() == 0


def test_an_ended_task_takes_none(cast: build.Cast, plan: Any) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, state="verified")
    with pytest.raises(actions.WrongState):
        actions.enter_instruction(cast.office, task, **WORDS, now=NOW)
    assert Instruction.objects.count() == 0


def test_the_office_enters_it_with_the_scan(cast: build.Cast, plan: Any) -> None:
    task, client = planning.task(plan=plan, lead_unit=cast.school, state="under_way"), build.client(cast.office)
    page, url = reverse("plans:task", args=[task.pk]), reverse("plans:task_instruct", args=[task.pk])
    assert url in body(client.get(page))
    assert "批示领导" in body(client.get(url))
    sent = {"leader": "王县长", "on": TODAY.isoformat(), "text": "请抓紧落实。"}
    assert client.post(url, {**sent, "text": ""}).status_code == 422
    file = SimpleUploadedFile("批示.txt", "扫描".encode())
    assert client.post(url, {**sent, "files": [file]})["Location"] == page
    held = Attachment.objects.get()
    assert held.owner_type == "plans.instruction"
    assert "请抓紧落实。" in body(build.client(cast.liaison).get(page))
    assert b"".join(build.client(cast.liaison).get(reverse("file", args=[held.pk]))) == "扫描".encode()
    assert build.client(cast.stranger).get(reverse("file", args=[held.pk])).status_code == 404
    assert build.client(cast.liaison).get(url).status_code == 404


def test_the_office_makes_a_task_of_it_from_the_register(cast: build.Cast, plan: Any) -> None:
    client, url = build.client(cast.office), reverse("plans:instructed_add", args=[plan.pk])
    assert url in body(client.get(reverse("plans:tasks")))
    assert "编号以“批”开头" in body(client.get(url))
    sent = {
        "leader": "王县长", "on": TODAY.isoformat(), "text": "请摸底。", "title": "摸底",
        "lead_unit": cast.school.pk, "due_on": TODAY.isoformat(), "deliverable": "",
    }  # fmt: skip
    assert client.post(url, {**sent, "lead_unit": ""}).status_code == 422
    response = client.post(url, sent)
    assert response["Location"] == reverse("plans:task", args=[Task.objects.get().pk])
    plan.state = "closed"
    plan.closed_on = TODAY
    plan.save()
    assert url not in body(client.get(reverse("plans:tasks")))
