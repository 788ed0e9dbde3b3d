"""The pages of meetings: the office from the plan to fixed minutes, a unit from the invitation to its word."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from tests import build, dispatching, planning
from xietong.areas.dispatch import queries
from xietong.areas.dispatch.models import AgendaItem, Attendance, Confirmation, Decision, Meeting
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.plans.models import Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.feeds import actions as feeds
from xietong.kit.files.models import Attachment
from xietong.kit.notices.models import Notice
from xietong.kit.pages.panels import panels_at, todos_of

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


def url(name: str, *args: Any) -> str:
    return reverse(f"dispatch:{name}", args=args)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def labels(actor: Actor, on: date = TODAY) -> list[str]:
    return [todo.label for _actor, todo in todos_of([actor], on)]


def test_the_office_plans_asks_and_tells(cast: build.Cast, settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    shown = text(office.get(url("meetings")))
    assert ("还没有会议" in shown, url("meeting_add") in shown) == (True, True)
    assert f'value="{SOON}"' in text(office.get(url("meeting_add")))
    assert "筹备专题会" in text(office.get(f"{url('meeting_add')}?kind=special"))
    sent = {"kind": "monthly", "on": SOON.isoformat(), "at": "15:00", "until": "14:00", "place": "三楼"}
    assert "晚于开始时间" in text(office.post(url("meeting_add"), sent), 422)
    made = office.post(url("meeting_add"), sent | {"until": "17:00"})
    row = Meeting.objects.get()
    assert made["Location"] == url("meeting_units", row.pk)
    assert text(office.get(made["Location"])).count("checked") == 0
    assert office.post(made["Location"], {"universities": [cast.university.pk], "schools": [cast.school.pk]})
    assert liaison.get(url("meeting", row.pk)).status_code == 404
    assert office.post(url("meeting_invite", row.pk)).status_code == 302
    page = text(liaison.get(url("meeting", row.pk)))
    assert ("三楼" in page, url("sign_in", row.code) in page, url("meeting_units", row.pk) in page) == (
        True,
        True,
        False,
    )
    assert (labels(cast.liaison), labels(cast.coordinator)) == (["参加会议"], ["参加会议"])
    place = row.attendances.get(unit=cast.school)
    people = url("meeting_people", row.pk, place.pk)
    head = queries.people_at(cast.school)
    assert "周文清" in text(office.get(people))
    chosen = next(pk for pk, one in head.items() if one.name == "周文清")
    assert office.post(people, {"people": [chosen]}).status_code == 302
    assert office.get(url("meeting_people", row.pk, place.pk)).status_code == 404
    assert text(office.get(url("meeting_units", row.pk))).count("checked") == 2
    change = url("meeting_change", row.pk)
    assert 'value="15:00"' in text(office.get(change))
    row.refresh_from_db()
    moved = sent | {"until": "", "at": "16:00", "version": row.version, "title": row.title}
    assert office.post(change, moved).status_code == 302
    assert text(office.post(change, moved | {"place": "四楼"}), 409)
    papers = url("meeting_papers", row.pk)
    assert "会议材料" in text(office.get(papers))
    assert "请选择文件" in text(office.post(papers), 422)
    assert office.post(papers, {"files": [SimpleUploadedFile("汇报.txt", "一".encode())]}).status_code == 302
    file = Attachment.objects.get()
    assert b"".join(build.client(cast.coordinator).get(reverse("file", args=[file.pk]))) == "一".encode()
    assert build.client(cast.stranger).get(reverse("file", args=[file.pk])).status_code == 404
    assert "<svg" in text(office.get(url("meeting_code", row.pk)))
    cancel = url("meeting_cancel", row.pk)
    assert office.post(cancel, {"reason": ""}).status_code == 422
    assert office.post(cancel, {"reason": "改期"}).status_code == 302
    assert "改期" in text(liaison.get(url("meeting", row.pk)))
    assert "会议已经取消" in text(office.get(change), 403)


def test_a_meeting_is_in_the_calendar_with_its_hours(cast: build.Cast) -> None:
    begins = datetime(2026, 9, 9, 15, tzinfo=SHANGHAI)
    row = dispatching.meeting(starts_at=begins, place="三楼", invited_at=NOW, version=3, title="9月调度会")
    dispatching.attendance(meeting=row, unit=cast.school)
    for hidden in ({"invited_at": None}, {"invited_at": NOW, "state": "cancelled"}):
        other = dispatching.meeting(starts_at=begins, **hidden)
        dispatching.attendance(meeting=other, unit=cast.school)
    response = build.client(cast.liaison).get(url("meeting_ics", row.pk))
    said = b"".join(response).decode()
    (event,) = Calendar.from_ical(said).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (begins, begins + timedelta(hours=2))
    assert (str(event["location"]), event["sequence"], str(event["transp"])) == ("三楼", 3, "OPAQUE")
    assert ("TZID:Asia/Shanghai" in said, "ORGANIZER" in said, "ATTENDEE" in said) == (True, False, False)
    token = feeds.issue_feed(cast.liaison, now=NOW)
    fetched = build.client(cast.liaison).get(reverse("feed_ics", args=[token])).content
    assert [str(one["summary"]) for one in Calendar.from_ical(fetched).walk("VEVENT")] == ["会议 9月调度会"]
    unasked = build.player("云二", Role.SCHOOL_HEAD, cast.other_school)
    assert queries.feed(unasked, TODAY, SOON, TODAY) == []
    observer = build.actor(
        build.role_term(role=Role.PROVINCE_OBSERVER, organisation=build.organisation(kind=OrgKind.PROVINCE))
    )
    assert queries.feed(observer, TODAY, SOON, TODAY) == []


def test_the_agenda_is_made_on_the_page(cast: build.Cast) -> None:
    office, row = build.client(cast.office), dispatching.meeting()
    page = url("meeting", row.pk)
    assert "从实际情况提出" in text(office.get(page))
    office.post(url("agenda_propose", row.pk))
    assert "没有新的议题" in text(office.get(page))
    plan = planning.plan(county=cast.county)
    for n in range(11):
        planning.task(plan=plan, lead_unit=cast.school, state="under_way", title=f"逾期{n}", due_on=date(2026, 8, 1))
    office.post(url("agenda_propose", row.pk))
    shown = text(office.get(page))
    assert ("列入 10 个议题" in shown, "“逾期任务”较多，还有 1 项没有列入" in shown) == (True, True)
    add = url("item_add", row.pk)
    assert "加议题" in text(office.get(add))
    assert office.post(add, {"title": ""}).status_code == 422
    office.post(add, {"title": "传达文件", "speaker": "陈启明"})
    own = row.agenda.get(source="own")
    change = url("item_change", row.pk, own.pk)
    assert "传达文件" in text(office.get(change))
    office.post(change, {"title": "传达县里文件", "version": 1})
    office.post(url("item_up", row.pk, own.pk))
    office.post(url("item_down", row.pk, own.pk))
    office.post(url("item_up", row.pk, own.pk))
    assert [one.pk for one in queries.agenda_of(row)][-2] == own.pk
    office.post(url("item_drop", row.pk, own.pk))
    assert not AgendaItem.objects.filter(pk=own.pk).exists()
    assert office.post(url("item_drop", row.pk, own.pk)).status_code == 404


def test_the_office_records_who_came(cast: build.Cast) -> None:
    office = build.client(cast.office)
    row = dispatching.meeting(invited_at=NOW)
    places = [dispatching.attendance(meeting=row, unit=unit) for unit in (cast.school, cast.other_school)]
    assert labels(cast.office) == ["今天的会议"]
    attendance = url("attendance", row.pk)
    assert "一小" in text(office.get(attendance))
    data = {}
    for one, state in zip(places, ("present", "excused"), strict=True):
        data |= {f"state_{one.pk}": state, f"part_{one.pk}": "member", f"version_{one.pk}": 1, f"name_{one.pk}": "替"}
    assert office.post(attendance, data).status_code == 302
    assert office.post(attendance, data | {f"state_{places[0].pk}": "absent"}).status_code == 302
    assert "1 行刚刚有了新的登记" in text(office.get(url("meeting", row.pk)))
    Attendance.objects.filter(pk=places[0].pk).update(state="expected")
    assert office.post(url("attendance_all", row.pk)).status_code == 302
    assert list(row.attendances.order_by("pk").values_list("state", flat=True)) == ["present", "excused"]


def test_the_office_records_what_was_said_and_decided(cast: build.Cast) -> None:
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    row = dispatching.meeting(invited_at=NOW)
    dispatching.attendance(meeting=row, unit=cast.school)
    item = dispatching.agenda_item(meeting=row)
    record = url("record", row.pk)
    row.refresh_from_db()
    assert f"{url('decide', row.pk)}?item={item.pk}" in text(office.get(record))
    assert office.post(record, {"version": row.version, "minutes": "会议听取了汇报。"}).status_code == 302
    assert "会议听取了汇报。" not in text(liaison.get(url("meeting", row.pk)))
    assert liaison.get(url("minutes", row.pk)).status_code == 403

    plan = planning.plan(county=cast.county)
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way")
    decide = f"{url('decide', row.pk)}?item={item.pk}"
    assert item.title in text(office.get(decide))
    sent = {
        "text": "落实教师。",
        "kind": "decision",
        "unit": cast.school.pk,
        "due_on": SOON.isoformat(),
        "becomes": "nothing",
    }
    for extra, words in (
        ({"becomes": "addition"}, "请选择要并入的任务"),
        ({"becomes": "clause"}, "请选择条款"),
        ({"unit": build.university(name="没有协议的大学").pk}, "没有生效的合作协议"),
        ({"unit": build.organisation(county=cast.next_county, name="外县小学").pk}, "不存在，或者您不能使用它"),
    ):
        assert words in text(office.post(decide, sent | extra), 422)
    assert Decision.objects.count() == 0
    assert office.post(decide, sent).status_code == 302
    assert office.post(url("decide", row.pk), sent | {"becomes": "task", "title": "补充教师"}).status_code == 302
    assert office.post(url("decide", row.pk), sent | {"becomes": "addition", "task": task.pk}).status_code == 302
    made = list(Decision.objects.order_by("number"))
    assert [(one.item, one.task) for one in made] == [
        (item, None),
        (None, Task.objects.get(title="补充教师")),
        (None, task),
    ]
    assert "已议定 1 项" in text(office.get(record))


def test_the_minutes_go_round_and_are_fixed(cast: build.Cast) -> None:
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    row = dispatching.meeting(invited_at=NOW, state="held", minutes="会议听取了汇报。")
    dispatching.attendance(meeting=row, unit=cast.school, state="present")
    dispatching.attendance(meeting=row, unit=cast.other_school, state="excused")
    dispatching.decision(meeting=row, unit=cast.school, text="落实教师。")
    circulate = url("circulate", row.pk)
    assert (TODAY + timedelta(days=5)).isoformat() in text(office.get(circulate))
    assert "已经过去" in text(office.post(circulate, {"confirm_by": "2026-09-01"}), 422)
    assert office.post(circulate, {"confirm_by": SOON.isoformat()}).status_code == 302
    mine = Confirmation.objects.get()
    assert "纪要待确认" in labels(cast.liaison)
    shown = text(liaison.get(url("meeting", row.pk)))
    assert ("会议听取了汇报。" in shown, url("confirmation_agree", mine.pk) in shown) == (True, True)
    assert office.post(url("confirmations_remind", row.pk)).status_code == 302
    words = url("confirmation", mine.pk)
    assert "对会议纪要的意见" in text(liaison.get(words))
    assert liaison.post(words, {"text": ""}).status_code == 422
    assert liaison.post(words, {"text": "第三项应为十月底。"}).status_code == 302
    fix = url("fix", row.pk)
    assert "第三项应为十月底。" in text(office.get(fix))
    row.refresh_from_db()
    assert "请处理后勾选" in text(office.post(fix, {"version": row.version}), 422)
    assert liaison.post(url("confirmation_agree", mine.pk)).status_code == 302
    assert office.post(fix, {"version": row.version}).status_code == 302
    addition = url("addition", row.pk)
    assert "更正内容" in text(office.get(addition))
    assert office.post(addition, {"text": "应为十一月。"}).status_code == 302
    printed = text(build.client(cast.head).get(url("minutes", row.pk)))
    for part in ("出席", "请假", "落实教师。", "会议听取了汇报。", "应为十一月。", "演示"):
        assert part in printed
    assert "定稿" in text(office.get(url("record", row.pk)), 403)


def test_those_asked_sign_in_or_are_excused(cast: build.Cast) -> None:
    row = dispatching.meeting(invited_at=NOW)
    place = dispatching.attendance(meeting=row, unit=cast.school)
    other = dispatching.attendance(meeting=row, unit=cast.other_school)
    client, door = build.client(cast.liaison), url("sign_in", row.code)
    assert "请假说明" in text(client.get(door))
    for stranger in (cast.coordinator, cast.stranger):
        assert build.client(stranger).get(door).status_code == 404
    assert client.post(door, {"place": other.pk}).status_code == 404
    assert client.post(door, {"place": place.pk, "deed": "excuse", "note": "下乡"}).status_code == 302
    assert client.post(door, {"place": place.pk, "deed": "sign"}).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.note, place.name) == ("present", "下乡", "曾小雨")
    assert "已签到" in text(client.get(door))
    early = dispatching.meeting(invited_at=NOW, starts_at=NOW + timedelta(days=1))
    dispatching.attendance(meeting=early, unit=cast.school)
    shown = text(client.get(url("sign_in", early.code)))
    assert ("会议当天可以在这里签到" in shown, 'value="sign"' in shown) == (True, False)
    assert "已经签到过了" in text(client.post(door, {"place": place.pk}), 422)


def test_the_office_is_reminded_of_minutes_whose_day_is_over(cast: build.Cast) -> None:
    row = dispatching.meeting(state="circulated", confirm_by=TODAY - timedelta(days=1), invited_at=NOW)
    dispatching.attendance(meeting=row, unit=cast.school)
    mine = dispatching.confirmation(meeting=row, unit=cast.school)
    assert (labels(cast.office), labels(cast.liaison)) == (["纪要待定稿"], [])
    assert "截止" in text(build.client(cast.liaison).post(url("confirmation_agree", mine.pk)), 422)
    mine.refresh_from_db()
    assert (mine.answered_at, Notice.objects.count()) == (None, 0)


def test_group_and_unit_see_what_is_open_of_the_last_meeting(cast: build.Cast) -> None:
    head = build.player("王县长", Role.GROUP_HEAD, build.organisation(kind=OrgKind.LEADING_GROUP, name="领导小组"))
    places = lambda actor: dict(panels_at("workbench", actor, TODAY))  # noqa: E731
    mine = "dispatch/panels/last_decided.html"
    assert mine not in places(head)
    row = dispatching.meeting(state="held", starts_at=NOW - timedelta(days=30))
    dispatching.meeting(state="held")
    done = dispatching.decision(meeting=row, unit=cast.school, state="closed")
    assert places(head)[mine]["rows"] == ()
    for n in range(7):
        dispatching.decision(meeting=row, unit=cast.school, text=f"第{n}项", due_on=TODAY)
    found = places(head)[mine]
    assert (len(found["rows"]), found["more"], found["meeting"]) == (6, 1, row)
    assert "第0项" in text(build.client(head).get("/"))
    assert mine not in places(cast.liaison)
    assert labels(cast.liaison) == ["议定事项"] * 7
    shown = text(build.client(cast.office).get(reverse("unit", args=[cast.school.pk])))
    assert ("第0项" in shown, done.text in shown) == (True, False)
    other = dict(panels_at("unit", cast.office, TODAY, cast.other_school.pk))
    assert "dispatch/panels/unit_decisions.html" not in other


@pytest.mark.parametrize(("role", "n"), [("office", 11), ("liaison", 11)])
def test_the_list_costs_the_same_for_one_meeting_and_three(
    cast: build.Cast, role: str, n: int, django_assert_num_queries: Any
) -> None:
    client = build.client(getattr(cast, role))
    client.get(reverse("account"))
    for number in (1, 3):
        while Meeting.objects.count() < number:
            row = dispatching.meeting(invited_at=NOW)
            dispatching.attendance(meeting=row, unit=cast.school)
            dispatching.decision(meeting=row, unit=cast.school)
        with django_assert_num_queries(n):
            client.get(url("meetings"))


@pytest.mark.parametrize(("role", "n"), [("office", 22), ("liaison", 21)])
def test_the_page_costs_the_same_for_one_item_and_three(
    cast: build.Cast, role: str, n: int, django_assert_num_queries: Any
) -> None:
    row = dispatching.meeting(invited_at=NOW, state="circulated", confirm_by=SOON)
    client = build.client(getattr(cast, role))
    client.get(reverse("account"))
    plan = planning.plan(county=cast.county)
    for number in (1, 3):
        while row.agenda.count() < number:
            unit = build.organisation()
            task = planning.task(plan=plan, lead_unit=unit)
            dispatching.agenda_item(meeting=row, task=task)
            dispatching.attendance(meeting=row, unit=unit)
            dispatching.confirmation(meeting=row, unit=unit)
            dispatching.decision(meeting=row, unit=unit)
        if not row.attendances.filter(unit=cast.school).exists():
            dispatching.attendance(meeting=row, unit=cast.school)
        with django_assert_num_queries(n):
            client.get(url("meeting", row.pk))
