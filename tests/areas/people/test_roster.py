"""The staff roster by Excel: who is meant, what is new, what is private, and taking it all back."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs.models import County
from xietong.areas.people import actions
from xietong.areas.people.models import Appointment, Person
from xietong.areas.people.sheets import PeopleBook
from xietong.kit.accounts.models import Account
from xietong.kit.sheets.journal import ChangedSince
from xietong.kit.sheets.models import Entry, Import
from xietong.kit.sheets.planning import Deed
from xietong.kit.sheets.taking import undo

pytestmark = pytest.mark.django_db
BOOK = PeopleBook()
HEADERS = ["姓名", "身份证号", "手机号", "工号", "单位", "岗位", "任教学科", "任职日期"]
FIRST, SECOND = build.identity_number(801), build.identity_number(802)


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def look(cast: build.Cast, *rows: list[Any], headers: list[str] = HEADERS) -> Any:
    return taking.look(BOOK, cast.office, cast.county, workbook(headers, *rows))


def take_in(cast: build.Cast, *rows: list[Any], skips: bool = False) -> Import:
    return taking.take_in(BOOK, cast.office, cast.county, workbook(HEADERS, *rows), skips=skips)


def state() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Person, Appointment, Account)]


def test_a_roster_enters_people_with_their_posts(cast: build.Cast) -> None:
    made = take_in(
        cast,
        ["陈演示", FIRST, "13900000001", "T001", "一小", "教师", "语文", "2024-9-1"],
        ["李演示", None, None, None, "云岭县第二小学", "副校长", None, None],
    )
    assert (made.state, made.added) == ("done", 2)
    first, second = Person.objects.order_by("-pk")[:2][::-1]
    assert (first.name, first.initials, first.staff_no, first.county) == ("陈演示", "cys", "T001", cast.county)
    assert first.identity_masked == FIRST[:6] + "*" * 8 + FIRST[-4:]
    assert first.sex == ("1" if int(FIRST[16]) % 2 else "2")
    post = first.appointments.get()
    assert (post.organisation, post.post, post.kind, post.subject) == (cast.school, "教师", "established", "语文")
    assert (post.from_on, post.county) == (date(2024, 9, 1), cast.county)
    assert second.appointments.get().from_on == build.TODAY
    assert actions.reveal(cast.office, first, field="identity", reason="核对", now=build.NOW) == FIRST
    assert FIRST not in str(list(Entry.objects.values()))


def test_the_same_people_are_known_by_number_by_staff_number_and_by_name_and_place(cast: build.Cast) -> None:
    by_number = build.person(name="陈演示", county=cast.county, identity=FIRST)
    by_staff_no = build.person(name="李演示", county=cast.county, staff_no="T2")
    by_name = build.somebody(cast.school, name="周演示")
    build.appointment(person=by_name, organisation=cast.school)
    looked = look(
        cast,
        ["陈演示", FIRST, None, None, "一小", "教师", None, None],
        ["李演示", SECOND, None, "T2", "一小", "教师", None, None],
        ["周演示", None, "13900000002", None, "一小", "教师", None, None],
        ["周演示", None, None, None, "二小", "教师", None, None],
    )
    assert taking.told(looked) == []
    assert [one.known and one.known.pk for one in looked.planned] == [by_number.pk, by_staff_no.pk, by_name.pk, None]


def test_a_roster_that_says_nothing_new_changes_nothing(cast: build.Cast) -> None:
    row = ["陈演示", FIRST, "139 0000 0001", "T001", "一小", "教师", "语文", "2024-9-1"]
    take_in(cast, row)
    before = state()
    [same] = look(cast, ["陈演示", FIRST.lower(), "+8613900000001", "T001", "一小", "教师", "语文", None]).planned
    assert same.deed is Deed.SAME
    [changed] = look(cast, ["陈演示", None, "13900000009", "T001", "一小", "教师", "数学", None]).planned
    assert (changed.deed, changed.fields) == (Deed.CHANGE, ("phone", "subject"))
    assert state() == before


def test_a_row_changes_the_post_and_keeps_what_it_does_not_give(cast: build.Cast) -> None:
    take_in(cast, ["陈演示", FIRST, "13900000001", "T001", "一小", "教师", "语文", "2024-9-1"])
    person = Person.objects.get(name="陈演示")
    before, entries = state(), Entry.objects.count()
    made = take_in(cast, ["陈演示", FIRST, None, "T001", "一小", "教研组长", "语文", None])
    post = person.appointments.get()
    assert (post.post, post.from_on, made.changed) == ("教研组长", date(2024, 9, 1), 1)
    assert Entry.objects.count() == entries + 1
    second = take_in(cast, ["陈演示", FIRST, None, "T001", "二小", "教师", "语文", None])
    assert {one.organisation for one in person.appointments.all()} == {cast.school, cast.other_school}
    for one in (second, made):
        undo(cast.office, BOOK, cast.county, one, now=build.NOW)
    assert state() == before


def test_what_the_register_says_otherwise_is_told(cast: build.Cast) -> None:
    build.person(name="陈演示", county=cast.county, identity=FIRST)
    build.person(name="李演示", county=cast.county, staff_no="T2")
    build.person(name="赵演示", county=cast.county, staff_no="T3")
    build.person(name="赵演示", county=cast.county, staff_no="T3")
    other_sex = "女" if int(SECOND[16]) % 2 else "男"
    headers = [*HEADERS[:4], "性别", *HEADERS[4:6]]
    looked = look(
        cast,
        ["陈演", FIRST, None, None, None, "一小", "教师"],
        ["李寅示", None, None, "T2", None, "一小", "教师"],
        ["赵演示", None, None, "T3", None, "一小", "教师"],
        ["新演示", SECOND, None, None, other_sex, "一小", "教师"],
        headers=headers,
    )
    assert taking.told(looked) == [
        "第2行：这个身份证号登记的姓名是“陈演示”，与文件不同；请核对，改名请在人员页面办理。",
        "第3行：这个工号登记的姓名是“李演示”，与文件不同；请核对，改名请在人员页面办理。",
        "第4行：有2位“赵演示”符合，请填身份证号，或者另一个工号。",
        "第5行：性别与身份证号不符；请核对。",
    ]
    assert looked.planned == ()


def test_two_rows_about_one_person_are_told(cast: build.Cast) -> None:
    build.somebody(cast.school, name="陈演示", identity=FIRST, staff_no="T1")
    looked = look(
        cast,
        ["陈演示", FIRST, None, None, "一小", "教师", None, None],
        ["陈演示", None, None, "T1", "一小", "教师", None, None],
    )
    assert taking.told(looked) == ["第3行与第2行是同一条记录；请只保留一行。"]


def test_numbers_are_checked_and_not_repeated(cast: build.Cast) -> None:
    broken = FIRST[:-1] + ("1" if FIRST[-1] != "1" else "2")
    looked = look(
        cast,
        ["甲演示", broken, None, None, "一小", "教师", None, None],
        ["乙演示", FIRST[:15], None, None, "一小", "教师", None, None],
        ["丙演示", float(SECOND[:15] + "000"), "1390000", None, "一小", "教师", None, None],
    )
    words = taking.told(looked)
    assert [one.cell for one in looked.checked.problems] == ["B2", "B3", "B4", "C4"]
    assert words[0] == "B2：身份证号校验位不符，请核对是否有数字输错。"
    assert "应为18位，现为15位" in words[1]
    assert "末尾数字已被 Excel 舍去" in words[2]
    assert not any(broken in word or FIRST[:15] in word for word in words)
    assert not any(one.found for one in looked.checked.problems)


def test_a_person_who_is_used_since_is_not_taken_back(cast: build.Cast) -> None:
    made = take_in(cast, ["陈演示", FIRST, None, None, "一小", "教师", None, None])
    person = Person.objects.get(name="陈演示")
    build.appointment(person=person, organisation=cast.other_school)
    before = state()
    with pytest.raises(ChangedSince, match="“陈演示”在导入后已被使用"):
        undo(cast.office, BOOK, cast.county, made, now=build.NOW)
    assert state() == before


def test_a_university_takes_in_its_own_people(cast: build.Cast) -> None:
    data = workbook(HEADERS, ["郑演示", SECOND, None, None, str(cast.university), "指导教师", None, None])
    looked = taking.look(BOOK, cast.coordinator, cast.university, data)
    assert taking.told(looked) == []
    made = taking.take_in(BOOK, cast.coordinator, cast.university, data)
    assert (made.county_id, made.university_id) == (None, cast.university.pk)
    person = Person.objects.get(name="郑演示")
    assert (person.county, person.university) == (None, cast.university)
    assert isinstance(BOOK.owner(cast.office, None), County)
    assert BOOK.owner(cast.coordinator, None) == cast.university


def test_a_long_roster_is_asked_for_in_one_piece(cast: build.Cast) -> None:
    build.person(name="陈演示", county=cast.county, identity=FIRST)
    rows = [[f"教师{n}", None, None, f"N{n}", "一小", "教师", None, None] for n in range(1600)]
    looked = look(cast, ["陈演示", FIRST, None, None, "一小", "教师", None, None], *rows)
    assert [one.deed for one in looked.planned[:2]] == [Deed.CHANGE, Deed.ADD]


def test_pages_take_in_a_roster(cast: build.Cast) -> None:
    client, page = build.client(cast.office), reverse("people:sheet")
    assert page in client.get(reverse("people:people")).content.decode()
    data = workbook(HEADERS, ["陈演示", FIRST, "13900000001", "T001", "一小", "教师", "语文", None])
    answer = client.post(page, {"file": SimpleUploadedFile("名册.xlsx", data)})
    preview = client.get(answer["Location"])
    assert "陈演示 一小" in preview.content.decode()
    taken = client.post(answer["Location"], {"seen": preview.context["looked"].digest})
    assert "已导入" in client.get(taken["Location"]).content.decode()
    data = workbook(HEADERS, ["陈演示", FIRST, "13900000009", "T001", "一小", "教师", "数学", None])
    answer = client.post(page, {"file": SimpleUploadedFile("名册.xlsx", data)})
    words = client.get(answer["Location"]).content.decode()
    assert "手机号：<del>••••</del> → ••••" in words
    assert "13900000009" not in words
    assert client.get(reverse("people:sheet_template")).status_code == 200
