"""A meeting is planned in its series, people are asked to it, it is put off or called off."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions, queries
from xietong.areas.dispatch.models import Attendance, Meeting
from xietong.areas.orgs.models import LeadingGroupUnit, OrgKind, Role
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import Stale
from xietong.kit.files.queries import attachments
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
SOON = TODAY + timedelta(days=7)
WHEN = {"on": SOON, "at": time(15, 0)}


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def plan(cast: build.Cast, **fields: Any) -> Meeting:
    return actions.plan_meeting(cast.office, **({"kind": "monthly"} | WHEN | fields), now=NOW)


def told(actor: Any) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).order_by("pk").values_list("title", flat=True))


def asked(row: Meeting) -> list[tuple[str, str, str]]:
    return [(str(one.unit), str(one.person or ""), one.part) for one in queries.places_of(row)]


def test_meetings_are_numbered_within_their_kind_and_year(cast: build.Cast) -> None:
    first, second = plan(cast), plan(cast, place=" 三楼 ", until=time(17))
    special = plan(cast, kind="special", title=" 学位专题 ")
    later = plan(cast, on=date(2027, 1, 8))
    assert [one.title for one in (first, second, special, later)] == [
        "2026年第1次月调度会", "2026年第2次月调度会", "学位专题", "2027年第1次月调度会",
    ]  # fmt: skip
    assert (second.place, second.starts_at, second.ends_at) == (
        "三楼", datetime.combine(SOON, time(15), SHANGHAI), datetime.combine(SOON, time(17), SHANGHAI),
    )  # fmt: skip
    assert (special.number, first.code != second.code, first.state) == (1, True, "planned")
    with pytest.raises(actions.BadMeeting, match="晚于开始时间"):
        plan(cast, until=time(15))
    assert Meeting.objects.count() == 4


def test_the_next_meeting_is_like_the_last_a_month_later(cast: build.Cast) -> None:
    county = cast.county.pk
    empty = queries.next_meeting(county, "monthly", TODAY)
    assert (empty.starts_at.date(), empty.place, empty.cycle) == (SOON, "", None)
    cycle = dispatching.cycle()
    begins = datetime(2026, 7, 31, 15, tzinfo=SHANGHAI)
    last = dispatching.meeting(
        starts_at=begins, ends_at=begins + timedelta(hours=1), place="三楼", chair="王县长", recorder="陈启明"
    )
    dispatching.attendance(meeting=last, unit=cast.school)
    dispatching.meeting(starts_at=NOW, state="cancelled")
    found = queries.next_meeting(county, "monthly", TODAY)
    assert (found.starts_at, found.ends_at) == (
        datetime(2026, 9, 30, 15, tzinfo=SHANGHAI), datetime(2026, 9, 30, 16, tzinfo=SHANGHAI),
    )  # fmt: skip
    assert (found.place, found.chair, found.recorder, found.cycle) == ("三楼", "王县长", "陈启明", cycle)
    made = plan(cast, cycle=cycle)
    assert queries.next_meeting(county, "monthly", TODAY).cycle is None
    assert queries.units_before(made) == [cast.school]
    assert queries.units_before(plan(cast, kind="special")) == []
    dispatching.meeting(kind="special", starts_at=begins)
    assert queries.next_meeting(county, "special", TODAY).starts_at.date() == SOON
    assert list(queries.cycles_by_id(county)) == [cycle.pk]


def test_units_are_offered_in_official_order_by_what_they_are(cast: build.Cast) -> None:
    group = build.leading_group(county=cast.county)
    finance = build.organisation(kind=OrgKind.MEMBER_UNIT, name="县财政局")
    left = build.organisation(kind=OrgKind.MEMBER_UNIT, name="县编办")
    LeadingGroupUnit.objects.create(group=group, unit=finance, from_on=build.LONG_AGO)
    LeadingGroupUnit.objects.create(group=group, unit=left, from_on=build.LONG_AGO, to_on=date(2026, 1, 1))
    section = build.organisation(kind=OrgKind.SECTION, name="基教股")
    build.organisation(name="村小", files_through=cast.school)
    build.university(name="没有协议的大学")
    found = {
        name: list(map(str, rows.values())) for name, rows in queries.units_offered(cast.county.pk, TODAY).items()
    }
    assert found == {
        "group": ["基础教育提质行动领导小组", "县财政局"],
        "others": ["云岭县领导小组办公室", "县编办"],
        "sections": [str(section)],
        "universities": ["云岭师范学院"],
        "schools": ["一小", "二小"],
    }


def test_units_are_asked_told_and_taken_off(cast: build.Cast) -> None:
    row = plan(cast)
    with pytest.raises(actions.NobodyAsked, match="名单是空的"):
        actions.invite(cast.office, row, now=NOW)
    actions.seat_units(cast.office, row, units=[cast.school, cast.university], now=NOW)
    assert asked(row) == [("云岭师范学院", "", "member"), ("一小", "", "guest")]
    assert Notice.objects.count() == 0
    actions.invite(cast.office, row, now=NOW)
    assert (told(cast.liaison), told(cast.coordinator), told(cast.teacher)) == (
        ["会议通知：%(when)s"], ["会议通知：%(when)s"], [],
    )  # fmt: skip
    other = build.player("云二", Role.SCHOOL_HEAD, cast.other_school)
    actions.seat_units(cast.office, row, units=[cast.school, cast.other_school], now=NOW)
    assert (told(other), len(told(cast.liaison))) == (["会议通知：%(when)s"], 1)
    assert [one for one, *_rest in asked(row)] == ["一小", "二小"]
    Attendance.objects.filter(unit=cast.school).update(state="excused")
    with pytest.raises(actions.AlreadyAnswered, match="一小已经登记"):
        actions.seat_units(cast.office, row, units=[cast.other_school], now=NOW)
    assert len(asked(row)) == 2


def test_units_of_elsewhere_are_not_asked(cast: build.Cast) -> None:
    row = plan(cast)
    foreign = build.organisation(county=cast.next_county, name="外县小学")
    partner = build.university(name="没有协议的大学")
    closed = build.organisation(name="老街小学", closed_on=date(2025, 7, 31))
    for unit, words in ((foreign, "不是本县单位"), (partner, "没有生效的合作协议"), (closed, "已撤并")):
        with pytest.raises(actions.OutsideUnit, match=words):
            actions.seat_units(cast.office, row, units=[cast.school, unit], now=NOW)
    assert asked(row) == []


def test_people_may_be_named_for_a_unit(cast: build.Cast) -> None:
    row = plan(cast)
    people = list(queries.people_at(cast.school).values())
    with pytest.raises(actions.NobodyAsked, match="不在会议名单中"):
        actions.name_people(cast.office, row, cast.school, people=people[:1], now=NOW)
    actions.seat_units(cast.office, row, units=[cast.school], now=NOW)
    actions.name_people(cast.office, row, cast.school, people=people[:2], now=NOW)
    assert asked(row) == [("一小", str(one), "guest") for one in people[:2]]
    actions.invite(cast.office, row, now=NOW)
    Notice.objects.all().delete()
    actions.name_people(cast.office, row, cast.school, people=people, now=NOW)
    actions.name_people(cast.office, row, cast.school, people=people, now=NOW)
    assert told(cast.teacher) == ["会议通知：%(when)s"]
    Attendance.objects.filter(person=people[0]).update(state="present")
    with pytest.raises(actions.AlreadyAnswered):
        actions.name_people(cast.office, row, cast.school, people=[], now=NOW)
    assert len(asked(row)) == 3
    Attendance.objects.update(state="expected")
    actions.name_people(cast.office, row, cast.school, people=[], now=NOW)
    assert asked(row) == [("一小", "", "guest")]


def test_who_was_asked_hears_of_another_time(cast: build.Cast) -> None:
    row = plan(cast)
    actions.seat_units(cast.office, row, units=[cast.school, cast.other_school], now=NOW)
    fields = {"title": row.title, "place": "", "chair": "王县长", "recorder": "", "cycle": None}
    row = actions.change_meeting(cast.office, row, version=row.version, **WHEN, **fields | {"place": "三楼"}, now=NOW)
    assert Notice.objects.count() == 0
    row = actions.invite(cast.office, row, now=NOW)
    Notice.objects.all().delete()
    Attendance.objects.filter(unit=cast.school).update(state="excused")
    fields["place"] = "三楼"
    row = actions.change_meeting(cast.office, row, version=row.version, **WHEN, **fields, until=time(18), now=NOW)
    assert (Notice.objects.count(), row.ends_at is not None, row.chair) == (0, True, "王县长")
    when = WHEN | {"on": SOON + timedelta(days=1)}
    row = actions.change_meeting(cast.office, row, version=row.version, **when, **fields | {"title": " "}, now=NOW)
    assert (told(cast.liaison), row.title) == (["会议时间或地点有变化，改为%(when)s"], "2026年第1次月调度会")
    assert set(row.attendances.values_list("state", flat=True)) == {"expected"}
    Meeting.objects.update(state="held")
    Notice.objects.all().delete()
    row = actions.change_meeting(cast.office, row, version=row.version, **WHEN, now=NOW)
    assert Notice.objects.count() == 0
    with pytest.raises(Stale):
        actions.change_meeting(cast.office, row, version=1, **WHEN, now=NOW)
    with pytest.raises(actions.MeetingMoved, match="已经召开"):
        actions.invite(cast.office, row, now=NOW)


def test_a_meeting_is_called_off_with_a_reason_unless_it_decided_something(cast: build.Cast) -> None:
    row = dispatching.meeting(state="held", invited_at=NOW)
    dispatching.attendance(meeting=row, unit=cast.school)
    decided = dispatching.decision(meeting=row, unit=cast.school, number=7)
    with pytest.raises(actions.OpenDecisions, match="2026-7"):
        actions.cancel_meeting(cast.office, row, reason="改期", now=NOW)
    with pytest.raises(actions.BadMeeting, match="原因"):
        actions.cancel_meeting(cast.office, row, reason=" ", now=NOW)
    row.refresh_from_db()
    assert (row.state, Notice.objects.count()) == ("held", 0)
    decided.state, decided.closed_at = "closed", NOW
    decided.save()
    row = actions.cancel_meeting(cast.office, row, reason=" 改期 ", now=NOW)
    assert (row.state, row.cancel_reason, told(cast.liaison)) == ("cancelled", "改期", ["会议取消：原定%(when)s"])
    quiet = dispatching.meeting()
    actions.cancel_meeting(cast.office, quiet, reason="改期", now=NOW)
    for deed in (
        lambda: actions.cancel_meeting(cast.office, row, reason="再取消", now=NOW),
        lambda: actions.seat_units(cast.office, row, units=[], now=NOW),
        lambda: actions.invite(cast.office, row, now=NOW),
        lambda: actions.name_people(cast.office, row, cast.school, people=[], now=NOW),
    ):
        with pytest.raises(actions.MeetingMoved, match="已经取消"):
            deed()
    assert (len(told(cast.liaison)), row.attendances.count()) == (1, 1)


def test_papers_hang_on_the_meeting(cast: build.Cast, settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    row = dispatching.meeting()
    with pytest.raises(actions.BadMeeting, match="请选择文件"):
        actions.add_papers(cast.office, row, now=NOW)
    file = SimpleUploadedFile("汇报.txt", "第一项".encode())
    actions.add_papers(cast.office, row, plain=[file], now=NOW)
    assert [one.name for one in attachments(queries.PAPERS, [row.pk])[row.pk]] == ["汇报.txt"]
