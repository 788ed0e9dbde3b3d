"""督办: numbered, demanded, answered, sent back, lifted; the register and the sheet."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests import build, planning
from xietong.areas.plans import access, actions, panels, queries
from xietong.areas.plans.models import FollowUp, Step, Task
from xietong.kit.errors import Denied, Refused
from xietong.kit.files.models import Attachment
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    plan = planning.plan(county=cast.county, title="提质方案")
    return planning.task(plan=plan, title="建平台", lead_unit=cast.school, state="under_way", number="三-1")


def opened(cast: build.Cast, task: Task, **fields: Any) -> FollowUp:
    values = {"demand": "请说明原因。", "due_on": TODAY} | fields
    return actions.open_follow_up(cast.office, task, now=NOW, **values)


def replied(cast: build.Cast, task: Task) -> FollowUp:
    return actions.reply_follow_up(cast.liaison, opened(cast, task), text="本月完成。", now=NOW)


def told(actor: Any) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).order_by("pk").values_list("title", flat=True))


def deeds() -> list[str]:
    return list(Step.objects.order_by("pk").values_list("action", flat=True))


def labels(actor: Any) -> list[tuple[str, str]]:
    return [(str(todo.label), todo.light) for todo in panels.follow_ups(actor, TODAY)]


def body(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_follow_up_goes_from_the_demand_to_its_end(cast: build.Cast, task: Task) -> None:
    task.owner_id = cast.teacher.person_id
    task.save()
    row = opened(cast, task)
    assert (row.year, row.number, row.unit, row.state, row.issued_by) == (2026, 1, cast.school, "open", "陈启明")
    assert told(cast.liaison) == told(cast.teacher) == ["您单位的任务被督办，请按期回复"]
    assert labels(cast.liaison) == [("督办待回复", "none")]
    assert labels(cast.office) == []
    row = actions.reply_follow_up(cast.liaison, row, text="本月完成。", now=NOW)
    assert (row.state, row.reply, row.replied_by) == ("replied", "本月完成。", "曾小雨")
    assert told(cast.office) == ["督办有了回复"]
    assert (labels(cast.liaison), labels(cast.office)) == ([], [("督办待处理", "none")])
    row = actions.return_reply(cast.office, row, opinion="写明日期。", now=NOW)
    assert (row.state, row.opinion, row.reply) == ("open", "写明日期。", "本月完成。")
    row = actions.reply_follow_up(cast.liaison, row, text="6月1日完成。", now=NOW)
    row = actions.lift_follow_up(cast.office, row, now=NOW)
    assert (row.state, row.lifted_by, row.lifted_at) == ("lifted", "陈启明", NOW)
    assert told(cast.liaison) == ["您单位的任务被督办，请按期回复", "督办回复被退回，请重新回复", "督办已解除"]
    assert deeds() == ["supervise", "reply", "reply_back", "reply", "lift"]
    assert labels(cast.liaison) == labels(cast.office) == []


def test_numbers_go_on_within_the_year_of_the_county(cast: build.Cast, task: Task) -> None:
    actions.lift_follow_up(cast.office, opened(cast, task), opinion="误发。", now=NOW)
    assert opened(cast, task).number == 2
    other = planning.task(plan=task.plan, lead_unit=cast.school, state="issued")
    year_after = NOW.replace(year=2027)
    due = date(2027, 12, 31)
    row = actions.open_follow_up(cast.office, other, demand="请说明。", due_on=due, now=year_after)
    assert (row.year, row.number) == (2027, 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"demand": " "}, "请写明督办要求"), ({"due_on": TODAY - timedelta(days=1)}, "不能早于今天")],
)
def test_a_follow_up_needs_a_demand_and_a_day(fields: Any, words: str, cast: build.Cast, task: Task) -> None:
    with pytest.raises(actions.BadFollowUp, match=words):
        opened(cast, task, **fields)
    assert (FollowUp.objects.count(), deeds()) == (0, [])


def test_one_follow_up_lasts_at_a_time(cast: build.Cast, task: Task) -> None:
    opened(cast, task)
    with pytest.raises(Refused, match="正在督办中"):
        opened(cast, task)
    with pytest.raises(Denied, match="正在督办中"):
        queries.task_to_supervise(cast.office, task.pk)
    assert (FollowUp.objects.count(), deeds()) == (1, ["supervise"])


def test_a_finished_task_is_not_followed_up_but_its_follow_up_is_lifted(cast: build.Cast, task: Task) -> None:
    row = opened(cast, task)
    Task.objects.update(state="verified")
    task.refresh_from_db()
    row.refresh_from_db()
    with pytest.raises(Denied, match="已经办结"):
        queries.follow_up_to_reply(cast.liaison, row.pk)
    assert (labels(cast.liaison), labels(cast.office)) == ([], [("督办待处理", "none")])
    assert actions.lift_follow_up(cast.office, row, opinion="已办结。", now=NOW).state == "lifted"
    with pytest.raises(Denied, match="已经办结"):
        queries.task_to_supervise(cast.office, task.pk)


def test_refusals_leave_everything_as_it_was(cast: build.Cast, task: Task) -> None:
    row = opened(cast, task)
    with pytest.raises(actions.BadFollowUp, match="请写明回复内容"):
        actions.reply_follow_up(cast.liaison, row, text=" ", now=NOW)
    with pytest.raises(actions.OpinionMissing, match="还没有回复"):
        actions.lift_follow_up(cast.office, row, now=NOW)
    with pytest.raises(actions.OpinionMissing, match="退回须填写意见"):
        actions.return_reply(cast.office, row, opinion="", now=NOW)
    with pytest.raises(actions.WrongState, match="待回复"):
        actions.return_reply(cast.office, row, opinion="不行。", now=NOW)
    with pytest.raises(Denied, match="还没有新的回复"):
        queries.follow_up_to_return(cast.office, row.pk)
    row.refresh_from_db()
    assert (row.state, row.reply, row.opinion, deeds()) == ("open", "", "", ["supervise"])
    row = actions.reply_follow_up(cast.liaison, row, text="本月完成。", now=NOW)
    with pytest.raises(Denied, match="已经回复过了"):
        queries.follow_up_to_reply(cast.liaison, row.pk)
    with pytest.raises(actions.WrongState, match="已回复"):
        actions.reply_follow_up(cast.liaison, row, text="再说一次。", now=NOW)
    actions.lift_follow_up(cast.office, row, now=NOW)
    for ask, actor in ((queries.follow_up_to_lift, cast.office), (queries.follow_up_to_reply, cast.liaison)):
        with pytest.raises(Denied, match="已经解除"):
            ask(actor, row.pk)
    assert Step.objects.count() == 3


def test_the_unit_answers_with_files_that_those_see_who_see_the_task(cast: build.Cast, task: Task) -> None:
    client = build.client(cast.office)
    url = reverse("plans:task_supervise", args=[task.pk])
    assert url in body(client.get(reverse("plans:task", args=[task.pk])))
    assert client.post(url, {"demand": "", "due_on": ""}).status_code == 422
    response = client.post(url, {"demand": "请说明原因。", "due_on": TODAY.isoformat()})
    row = FollowUp.objects.get()
    page = reverse("plans:follow_up", args=[row.pk])
    assert response["Location"] == page
    reply = reverse("plans:follow_up_reply", args=[row.pk])
    assert reply not in body(client.get(page))
    unit = build.client(cast.liaison)
    assert reply in body(unit.get(page))
    assert "督办" in body(unit.get(reverse("plans:task", args=[task.pk])))
    assert "请说明原因。" in body(unit.get(reply))
    file = SimpleUploadedFile("说明.txt", "情况说明".encode())
    assert unit.post(reply, {"text": "本月完成。", "files": [file]}).status_code == 302
    held = Attachment.objects.get()
    assert (held.owner_type, held.owner_id) == ("plans.follow_up", row.pk)
    assert build.client(cast.stranger).get(reverse("file", args=[held.pk])).status_code == 404
    client = build.client(cast.office)
    assert b"".join(client.get(reverse("file", args=[held.pk]))) == "情况说明".encode()
    back, lift = reverse("plans:follow_up_return", args=[row.pk]), reverse("plans:follow_up_lift", args=[row.pk])
    assert back in body(client.get(page))
    assert client.post(back, {"opinion": ""}).status_code == 422
    assert client.post(back, {"opinion": "写明日期。"})["Location"] == page
    assert client.post(lift, {"opinion": ""}).status_code == 422
    assert FollowUp.objects.get().state == "open"
    assert client.post(lift, {"opinion": "先解除。"})["Location"] == page
    assert "先解除。" in body(client.get(page))


def test_only_the_lead_unit_answers(cast: build.Cast, task: Task) -> None:
    planning.support(task=task, unit=cast.other_school)
    row = opened(cast, task)
    other = build.player("王芳", "school_liaison", cast.other_school)
    assert queries.follow_ups(other).get() == row
    assert access.REPLY_FOLLOW_UP.held_by(other)
    client = build.client(other)
    assert client.get(reverse("plans:follow_up", args=[row.pk])).status_code == 200
    assert client.get(reverse("plans:follow_up_reply", args=[row.pk])).status_code == 404
    assert build.client(cast.teacher).get(reverse("plans:follow_up_reply", args=[row.pk])).status_code == 404
    assert list(queries.follow_ups(cast.stranger)) == []


def sheet(cast: build.Cast, row: FollowUp) -> Any:
    url = reverse("plans:follow_up", args=[row.pk])
    response = build.client(cast.office).get(url, {"export": "docx"})
    return Document(BytesIO(b"".join(response)))


def test_the_sheet_says_what_is_demanded_and_leaves_room_to_sign(cast: build.Cast, task: Task) -> None:
    row = opened(cast, task)
    words = [one.text for one in sheet(cast, row).paragraphs]
    assert words[:2] == ["督办单", "督办〔2026〕1号"]
    assert words[3] == "云岭县第一小学："
    assert "“建平台”（编号三-1" in words[4]
    assert words[5:7] == ["一、督办要求", "请说明原因。"]
    assert "（待回复）" in words
    assert "（待处理）" in words
    assert "云岭县领导小组办公室" in words
    assert "（盖章）" in words[-2]
    assert words[-1].startswith("回复日期：")


@pytest.mark.parametrize(("opinion", "words"), [("", "同意。自"), ("可以。", "可以。自")])
def test_the_sheet_of_what_has_ended_says_how(opinion: str, words: str, cast: build.Cast, task: Task) -> None:
    cast.county.is_fictional = True
    cast.county.save()
    row = actions.lift_follow_up(cast.office, replied(cast, task), opinion=opinion, now=NOW)
    made = sheet(cast, row)
    said = "".join(one.text for one in made.paragraphs)
    assert f"{words}2026年" in said
    assert "本月完成。（曾小雨，2026年" in said
    assert 'string="演示"' in made.sections[0].header._element.xml


def test_the_register_filters_and_goes_to_excel(cast: build.Cast, task: Task, django_assert_num_queries: Any) -> None:
    late = planning.follow_up(task=task, due_on=TODAY - timedelta(days=1), demand="请说明。")
    client, url = build.client(cast.office), reverse("plans:follow_ups")
    client.get(url)
    with django_assert_num_queries(12):
        assert "逾期未回复" in body(client.get(url))
    for _ in range(2):
        other = planning.task(plan=task.plan, lead_unit=cast.other_school, state="under_way")
        planning.follow_up(task=other, state="replied", year=2025)
    with django_assert_num_queries(12):
        client.get(url)
    for query, n in (
        ({"late": "late"}, 1), ({"late": "x"}, 0), ({"state": "replied"}, 2), ({"year": "2025"}, 2),
        ({"unit": cast.school.pk}, 1), ({"q": "建平台"}, 1),
    ):  # fmt: skip
        assert client.get(url, query).context["table"].total == n, query
    response = client.get(url, {"export": "xlsx", "columns": ["number", "late", "due_on"]})
    book = load_workbook(BytesIO(b"".join(response)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["督办编号", "任务", "回复期限", "逾期"]
    assert rows[1][0] == f"督办〔2026〕{late.number}号"
    assert [row[3] for row in rows[1:]] == ["逾期未回复", "", ""]
