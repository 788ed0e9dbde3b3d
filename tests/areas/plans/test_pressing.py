"""催办: who is told how often, who has read it, many at once, and the text for a group of colleagues."""

from datetime import date, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Role
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Reminder, Step, Task
from xietong.kit.audit.models import Entry
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import perform
from xietong.kit.notices.actions import mark_read
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
LATE = date(2026, 1, 31)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Any:
    return planning.plan(county=cast.county)


def given(plan: Any, unit: Any, **fields: Any) -> Task:
    return planning.task(plan=plan, lead_unit=unit, **{"state": "under_way", "due_on": LATE} | fields)


def body(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def told() -> list[tuple[int, str, str]]:
    return list(Notice.objects.order_by("account_id").values_list("account_id", "url", "kind"))


def test_one_reminder_tells_the_unit_and_whoever_is_in_charge(cast: build.Cast, plan: Any) -> None:
    task = given(plan, cast.school, title="建平台", owner_id=cast.teacher.person_id)
    done = actions.remind(cast.office, [task], text=" 请尽快填报。 ", now=NOW)
    assert (done.sent, done.skipped, done.units) == (1, 0, 1)
    url = reverse("plans:task", args=[task.pk])
    accounts = [cast.head.account_id, cast.liaison.account_id, cast.teacher.account_id]
    assert told() == [(account, url, "plans.remind") for account in sorted(accounts)]
    row = Reminder.objects.get()
    assert (row.task, row.unit, row.text, row.who, row.at) == (task, cast.school, "请尽快填报。", "陈启明", NOW)
    assert [(step.action, step.note) for step in Step.objects.all()] == [("remind", "请尽快填报。")]
    before, task = task.version, Task.objects.get()
    assert (task.state, task.moved_at, task.version) == ("under_way", NOW, before)
    assert Entry.objects.get(action="plans.remind").target_id == str(task.pk)


def test_many_reminders_are_one_notice_a_unit_and_leave_out_what_is_not_open(cast: build.Cast, plan: Any) -> None:
    rows = [given(plan, cast.school) for _ in range(3)]
    rows += [
        given(plan, cast.university),
        given(plan, cast.school, state="verified"),
        given(plan, None, state="draft"),
    ]
    done = actions.remind(cast.office, rows, text="请尽快填报。", now=NOW)
    assert (done.sent, done.skipped, done.units) == (4, 2, 2)
    mine = reverse("plans:my_tasks")
    accounts = [cast.head.account_id, cast.liaison.account_id, cast.coordinator.account_id]
    assert told() == [(account, mine, "plans.remind") for account in sorted(accounts)]
    assert Notice.objects.get(account_id=cast.liaison.account_id).values == {"n": 3}
    assert (Reminder.objects.count(), Step.objects.count()) == (4, 4)
    assert Entry.objects.get(action="plans.remind").target_id == ""


@pytest.mark.parametrize(
    ("text", "state", "words"), [(" ", "under_way", "请写明"), ("请填报。", "verified", "没有可以")]
)
def test_nothing_is_written_where_there_is_nothing_to_remind(
    text: str, state: str, words: str, cast: build.Cast, plan: Any
) -> None:
    task = given(plan, cast.school, state=state)
    with pytest.raises(actions.NothingToRemind, match=words):
        actions.remind(cast.office, [task], text=text, now=NOW)
    assert (Reminder.objects.count(), Step.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_another_countys_task_is_left_out(cast: build.Cast, plan: Any) -> None:
    task = given(plan, cast.school)
    with pytest.raises(actions.NothingToRemind):
        actions.remind(cast.stranger, [task], text="请填报。", now=NOW)
    assert Reminder.objects.count() == 0


def receipts(cast: build.Cast, task: Task) -> list[tuple[list[str], list[str]]]:
    found = queries.pressing_of(cast.office, task, TODAY).reminders
    return [([one.name for one in view.read], [one.name for one in view.unread]) for view in found]


def test_a_reminder_is_read_by_whoever_opens_its_notice_after_it(cast: build.Cast, plan: Any) -> None:
    task = given(plan, cast.school, owner_id=cast.teacher.person_id)
    actions.remind(cast.office, [task], text="请填报。", now=NOW)
    assert receipts(cast, task) == [([], ["周文清", "曾小雨", "李兰"])]
    notice = Notice.objects.get(account_id=cast.liaison.account_id)
    mark_read(cast.liaison, notice, now=NOW + timedelta(hours=1))
    assert receipts(cast, task) == [(["曾小雨"], ["周文清", "李兰"])]
    # Reminded once more, the first reading does not count for the second.
    actions.remind(cast.office, [task], text="再次提醒。", now=NOW + timedelta(days=1))
    assert [read for read, _unread in receipts(cast, task)] == [[], ["曾小雨"]]


def test_a_reminder_sent_with_others_is_read_by_their_one_notice(cast: build.Cast, plan: Any) -> None:
    tasks = [given(plan, cast.school), given(plan, cast.school, owner_id=cast.teacher.person_id)]
    alone = given(plan, cast.school)
    actions.remind(cast.office, [alone], text="请填报。", now=NOW - timedelta(hours=1))
    actions.remind(cast.office, tasks, text="请填报。", now=NOW)
    notice = Notice.objects.get(account_id=cast.liaison.account_id, url=reverse("plans:my_tasks"))
    mark_read(cast.liaison, notice, now=NOW + timedelta(hours=1))
    assert receipts(cast, tasks[1]) == [(["曾小雨"], ["周文清"])]
    assert receipts(cast, alone) == [([], ["周文清", "曾小雨"])]


def test_the_task_page_shows_the_last_reminders_and_counts_the_rest(cast: build.Cast, plan: Any) -> None:
    task = given(plan, cast.school)
    for day in range(12):
        planning.reminder(task=task, text=f"第{day}次", at=NOW + timedelta(days=day))
    found = queries.pressing_of(cast.office, task, TODAY)
    assert (len(found.reminders), found.more_reminders, found.reminders[0].row.text) == (10, 2, "第11次")
    shown = body(build.client(cast.office).get(reverse("plans:task", args=[task.pk])))
    assert "更早的催办还有 2 次" in shown


def test_the_page_costs_the_same_for_one_reminder_and_for_three(
    cast: build.Cast, plan: Any, django_assert_num_queries: Any
) -> None:
    task = given(plan, cast.school)
    press_on(task, NOW)
    with django_assert_num_queries(10):
        queries.pressing_of(cast.office, task, TODAY)
    for hours in (1, 2):
        press_on(task, NOW + timedelta(hours=hours))
    with django_assert_num_queries(10):
        queries.pressing_of(cast.office, task, TODAY)


def press_on(task: Task, at: datetime) -> None:
    planning.reminder(task=task, at=at)
    planning.follow_up(task=task, state="lifted")
    planning.instruction(task=task)


def test_the_office_reminds_from_the_task_page(cast: build.Cast, plan: Any) -> None:
    task, client = given(plan, cast.school, title="建平台"), build.client(cast.office)
    url = reverse("plans:task_remind", args=[task.pk])
    assert url in body(client.get(reverse("plans:task", args=[task.pk])))
    assert "请尽快填报进展" in body(client.get(url))
    assert client.post(url, {"text": ""}).status_code == 422
    assert Reminder.objects.count() == 0
    assert client.post(url, {"text": "请填报。"}).status_code == 302
    assert Reminder.objects.get().text == "请填报。"
    assert url not in body(build.client(cast.liaison).get(reverse("plans:task", args=[task.pk])))
    task.state = "verified"
    task.save()
    assert build.client(cast.office).get(url).status_code == 403


def test_the_office_reminds_of_what_it_ticked_in_the_register(cast: build.Cast, plan: Any) -> None:
    picked, other = given(plan, cast.school, title="建平台"), given(plan, cast.school, title="派教师")
    closed = given(plan, cast.school, title="办活动", state="verified")
    client, url = build.client(cast.office), reverse("plans:tasks_remind")
    assert url in body(client.get(reverse("plans:tasks")))
    asked = body(client.post(url, {"pk": [picked.pk, closed.pk]}))
    assert "建平台" in asked
    assert "派教师" not in asked
    sent = {"pk": [picked.pk, closed.pk], "remind": "1", "text": "请填报。"}
    said = body(client.post(url, sent, follow=True))
    assert "已催办 1 项任务，通知 1 个单位。1 项不在办理中，没有催办。" in said
    assert [row.task for row in Reminder.objects.all()] == [picked]
    assert client.post(url, {**sent, "pk": [closed.pk]}).status_code == 422
    assert client.post(url, {**sent, "text": ""}).status_code == 422
    assert "没有选中任务" in body(client.post(url))
    assert Reminder.objects.count() == 1
    everything = {"all": "1", "query": "q=派教师", "remind": "1", "text": "请填报。"}
    assert client.post(url, everything).status_code == 302
    assert Reminder.objects.filter(task=other).count() == 1
    assert url not in body(build.client(cast.liaison).get(reverse("plans:tasks")))


def test_very_many_go_through_a_job_and_each_unit_is_told_once(
    cast: build.Cast, plan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xietong.areas.plans.jobs.reminding.TASKS_A_BATCH", 2)
    monkeypatch.setattr("xietong.areas.plans.jobs.reminding.UNITS_A_BATCH", 1)
    monkeypatch.setattr("xietong.areas.plans.actions.AT_ONCE", 3)
    units = (cast.school, cast.university)
    rows = [given(plan, units[n % 2]) for n in range(7)] + [given(plan, cast.school, state="verified")]
    client = build.client(cast.office)
    sent = {"all": "1", "query": "", "remind": "1", "text": "请填报。"}
    response = client.post(reverse("plans:tasks_remind"), sent)
    assert response["Location"] == reverse("downloads")
    assert Reminder.objects.count() == 0
    job = Job.objects.get()
    perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    assert (job.state, job.done_steps, job.total_steps) == ("done", len(rows), len(rows))
    assert job.message == "已催办 7 项任务，通知 2 个单位；1 项不在办理中，没有催办。"
    assert Reminder.objects.count() == Step.objects.count() == 7
    assert {row.at for row in Reminder.objects.all()} == {NOW}
    counted = {notice.account_id: notice.values["n"] for notice in Notice.objects.all()}
    assert counted == {cast.head.account_id: 4, cast.liaison.account_id: 4, cast.coordinator.account_id: 3}
    assert receipts(cast, rows[0]) == [([], ["周文清", "曾小雨"])]


def test_ten_thousand_tasks_ticked_at_once_are_each_reminded_or_counted_as_left_out(
    cast: build.Cast, plan: Any
) -> None:
    fields = {"county": cast.county, "plan": plan, "title": "建台账", "lead_unit": cast.school, "due_on": LATE}
    Task.objects.bulk_create(
        (Task(number=f"{n}", state="verified" if n % 10 == 0 else "under_way", **fields) for n in range(10_000)),
        batch_size=1000,
    )
    client, url = build.client(cast.office), reverse("plans:tasks_remind")
    everything = {"all": "1", "query": "q=建台账"}
    assert "10000" in body(client.post(url, everything))
    client.post(url, {**everything, "remind": "1", "text": "请填报。"})
    job = Job.objects.get()
    perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    assert job.message == "已催办 9000 项任务，通知 1 个单位；1000 项不在办理中，没有催办。"
    assert Reminder.objects.count() == Step.objects.count() == 9_000
    assert not Reminder.objects.filter(task__state="verified").exists()
    assert Notice.objects.filter(account_id=cast.liaison.account_id).get().values["n"] == 9_000


def test_a_long_reminding_needs_words(cast: build.Cast) -> None:
    with pytest.raises(actions.NothingToRemind):
        actions.remind_later(cast.office, [1], text=" ", now=NOW)
    assert Job.objects.count() == 0


def press_text(cast: build.Cast, **query: str) -> str:
    response = build.client(cast.office).get(reverse("plans:press_text"), query)
    assert response.status_code == 200
    return str(response.context["text"])


def test_the_text_for_the_group_names_units_in_official_order(cast: build.Cast, plan: Any) -> None:
    cast.other_school.order, cast.school.order = 1, 2
    cast.other_school.save()
    cast.school.save()
    given(plan, cast.school, title="建平台", due_on=date(2025, 12, 31))
    for n in range(4):
        given(plan, cast.other_school, title=f"第{n}项" + "很长的任务名称" * 5, due_on=TODAY)
    given(plan, cast.school, title="远期", due_on=TODAY + timedelta(days=200))
    given(plan, cast.school, title="已报", state="verified")
    planning.report(task=given(plan, cast.school, title="待审"))
    lines = press_text(cast).splitlines()
    assert lines[0].startswith("【任务填报提醒】截至")
    assert lines[2].startswith("1. 二小（4项）：第0项很长的任务名称")
    assert lines[2].endswith("等")
    assert lines[3] == "2. 一小（1项）：建平台（2025年12月31日）"
    assert len(lines[2]) < 140
    assert press_text(cast, unit=str(cast.school.pk)).splitlines()[2].startswith("1. 一小")


def test_the_text_says_so_where_nobody_owes_anything(cast: build.Cast, plan: Any) -> None:
    assert "没有到期或临近期限还没有填报的任务" in press_text(cast)


def test_the_text_leaves_out_schools_in_vacation(
    cast: build.Cast, plan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(plan, cast.school)
    given(plan, cast.university)
    monkeypatch.setattr("xietong.areas.orgs.queries.in_vacation", lambda *_args: True)
    assert "1. 云岭师范学院（1项）" in press_text(cast)
    assert "一小" not in press_text(cast)


def test_roles_other_than_the_office_press_nobody(cast: build.Cast, plan: Any) -> None:
    task = given(plan, cast.school)
    for actor in (
        cast.liaison,
        cast.teacher,
        build.actor(build.role_term(role=Role.GROUP_HEAD, person=build.person(county=cast.county))),
    ):
        client = build.client(actor)
        assert client.get(reverse("plans:task_remind", args=[task.pk])).status_code == 404
        assert client.post(reverse("plans:tasks_remind"), {"pk": task.pk}).status_code == 404
    assert Reminder.objects.count() == 0
