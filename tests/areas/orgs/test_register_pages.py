"""The pages of the yearly register, and what it puts on the pages that join areas."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning, registers, staffing
from xietong.areas.orgs import panels, queries
from xietong.areas.orgs.models import Correction, Explanation, Figure, RegisterYear, Role, Room, SchoolRecord
from xietong.areas.orgs.queries import BookLink, add_book_link
from xietong.kit.accounts.actor import Actor
from xietong.kit.measures.models import Value

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def record(cast: build.Cast) -> SchoolRecord:
    return registers.school_record(school=cast.school)


def read(actor: Actor, name: str, *args: int, **query: str) -> str:
    response = build.client(actor).get(reverse(f"orgs:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.partition("<main")[2]))


# ---- the years


def test_a_year_is_opened_with_the_usual_days(cast: build.Cast) -> None:
    client = build.client(cast.office)
    page = client.get(reverse("orgs:register_open"))
    assert page.context["form"].initial == {"year": 2026, "as_of": registers.AS_OF, "due_on": registers.DUE_ON}
    data = {"year": 2026, "as_of": "2026-09-01", "due_on": "2026-09-22"}
    response = client.post(reverse("orgs:register_open"), data)
    row = RegisterYear.objects.get()
    assert response["Location"] == reverse("orgs:register", args=[row.pk])
    assert row.records.count() == 2
    again = client.post(reverse("orgs:register_open"), data)
    assert (again.status_code, RegisterYear.objects.count()) == (422, 1)


def test_a_year_entered_afterwards_leaves_out_schools_founded_later(cast: build.Cast) -> None:
    later = build.organisation(name="新建小学", opened_on=date(2023, 9, 1))
    client = build.client(cast.office)
    for year, is_there in ((2022, False), (2023, True)):
        client.post(
            reverse("orgs:register_open"), {"year": year, "as_of": f"{year}-09-01", "due_on": f"{year}-10-15"}
        )
        assert RegisterYear.objects.get(year=year).records.filter(school=later).exists() is is_there


def test_years_and_schools_cost_the_same_queries_for_one_row_and_three(
    cast: build.Cast, django_assert_num_queries: Any
) -> None:
    client = build.client(cast.office)
    year = registers.register_year(county=cast.county)
    client.get(reverse("home"))
    for number in (1, 3):
        while RegisterYear.objects.count() < number:
            registers.register_year(county=cast.county, year=2020 + RegisterYear.objects.count())
        while year.records.count() < number:
            registers.complete(registers.school_record(school=build.organisation(county=cast.county), register=year))
        with django_assert_num_queries(YEARS_QUERIES):
            assert f"共 <b>{number}</b> 条" in client.get(reverse("orgs:registers")).content.decode()
        with django_assert_num_queries(YEAR_QUERIES):
            response = client.get(reverse("orgs:register", args=[year.pk]))
        assert f"共 <b>{number}</b> 条" in response.content.decode()


YEARS_QUERIES = 10
YEAR_QUERIES = 16


def test_a_year_tells_how_far_its_schools_are(cast: build.Cast) -> None:
    year = registers.register_year(county=cast.county)
    registers.school_record(school=cast.school, register=year)
    registers.complete(registers.school_record(school=cast.other_school, register=year, confirmed_at=build.NOW))
    third = build.organisation(county=cast.county, short_name="三小")
    registers.figure(record=registers.school_record(school=third, register=year), field="classrooms", value=9)
    response = build.client(cast.office).get(reverse("orgs:register", args=[year.pk]))
    page = response.context["page"]
    assert (page.schools, page.confirmed, page.waiting, page.empty) == (3, 1, 1, 1)
    rows = response.context["table"].rows
    assert [[str(cell.html) for cell in row.cells][2:5] for row in rows] == [
        ['<span class="state state-grey">未填</span>', "16", "0"],
        ['<span class="state state-green">已确认</span>', "0", "6"],
        ['<span class="state state-orange">待确认</span>', "15", "0"],
    ]
    for state, number in (("empty", 1), ("waiting", 1), ("confirmed", 1), ("unheard", 0)):
        found = build.client(cast.office).get(reverse("orgs:register", args=[year.pk]), {"state": state})
        assert found.context["table"].total == number


def test_a_school_that_has_one_record_is_led_to_it(cast: build.Cast, record: SchoolRecord) -> None:
    url = reverse("orgs:register", args=[record.register_id])
    assert build.client(cast.liaison).get(url)["Location"] == reverse("orgs:record", args=[record.pk])
    point = build.organisation(county=cast.county, kind="teaching_point", files_through=cast.school)
    registers.school_record(school=point)
    liaison = build.actor(build.role_term(role=Role.SCHOOL_LIAISON, organisation=cast.school))
    assert build.client(liaison).get(url).status_code == 200


def test_only_the_office_is_offered_imports_and_the_lock(cast: build.Cast, record: SchoolRecord) -> None:
    leader = build.actor(build.role_term(role=Role.BUREAU_LEADER))
    url = reverse("orgs:register_statistics", args=[record.register_id])
    assert url in read(cast.office, "register", record.register_id)
    assert url not in read(leader, "register", record.register_id)
    RegisterYear.objects.update(locked_at=build.NOW)
    assert url not in read(cast.office, "register", record.register_id)


def test_a_higher_area_offers_its_workbook_too(cast: build.Cast, record: SchoolRecord) -> None:
    link = BookLink("register.tests", "试验表", "orgs:register_rooms")
    add_book_link(link)
    add_book_link(link)
    try:
        planning.imported(plan=planning.plan(), book="register.tests", owner_id=record.register_id, name="上次.xlsx")
        page = words(read(cast.office, "register", record.register_id))
    finally:
        queries.BOOK_LINKS.remove(link)
    assert "试验表 上次.xlsx 陈启明" in page
    assert link not in queries.BOOK_LINKS


def test_new_schools_are_added_and_the_year_is_locked(cast: build.Cast, record: SchoolRecord) -> None:
    client = build.client(cast.office)
    complete = reverse("orgs:register_complete", args=[record.register_id])
    assert "补充了 1 所学校" in client.post(complete, follow=True).content.decode()
    assert "没有新设的学校" in client.post(complete, follow=True).content.decode()
    lock = reverse("orgs:register_lock", args=[record.register_id])
    assert "共 2 所学校，还有 2 所没有确认" in client.get(lock).content.decode()
    assert client.post(lock, {"reason": ""}).status_code == 422
    assert RegisterYear.objects.get().locked_at is None
    assert client.post(lock, {"reason": "学校停办"}).status_code == 302
    assert RegisterYear.objects.get().locked_at == build.NOW


# ---- a record


def test_a_record_costs_the_same_queries_however_much_it_holds(
    cast: build.Cast, record: SchoolRecord, django_assert_num_queries: Any
) -> None:
    client = build.client(cast.head)
    client.get(reverse("home"))
    url = reverse("orgs:record", args=[record.pk])
    staffing.teacher(record=record)
    with django_assert_num_queries(RECORD_QUERIES):
        client.get(url)
    registers.complete(record)
    for number in range(3):
        registers.room(record=record, name=f"室{number}")
        registers.school_class(record=record, name=f"别{number}班")
        registers.correction(figure=record.figures.all()[number], after=number)
        registers.care(record=record, group=("migrant", "left_behind", "disabled")[number])
    with django_assert_num_queries(RECORD_QUERIES):
        client.get(url)


RECORD_QUERIES = 28


def test_a_record_shows_each_figure_with_its_source_and_last_years(cast: build.Cast, record: SchoolRecord) -> None:
    before = registers.school_record(
        school=cast.school, register=registers.register_year(county=cast.county, year=2025)
    )
    registers.figure(record=before, field="teaching_area", value="1200.5")
    registers.figure(record=record, field="teaching_area", value="1234.5")
    registers.figure(record=before, field="pupils", grade=1, value=40)
    registers.figure(record=record, field="pupils", grade=1, value=37)
    registers.school_class(record=record, pupils=56)
    registers.school_class(record=record, name="10班", pupils=66)
    registers.school_class(record=record, name="2班", pupils=46)
    page = words(read(cast.liaison, "record", record.pk))
    assert "教学及辅助用房面积 1,234.5 平方米 教育事业统计 2026年9月1日 1,200.5 +34" in page
    assert "一年级 37 教育事业统计 2026年9月1日 40 −3" in page
    assert "1班 56 大班额 2班 46 超班额 10班 66 超大班额 合计 168 人 学籍系统" in page
    assert "小学一年级各班合计 168 人，在校生数是 37 人，相差 131 人。 需更正" in page
    assert "寄宿生数" not in page


def test_a_school_of_several_stages_sees_them_named(cast: build.Cast) -> None:
    school = registers.schools(cast.county)["nine"]
    record = registers.school_record(school=school)
    registers.figure(record=record, stage="", field="classrooms", value=40)
    page = words(read(cast.office, "record", record.pk))
    assert "全校普通教室数 40 间" in page
    assert "小学核定编制数（人）" in page


def test_the_form_asks_for_what_no_export_has_and_for_what_the_one_left_out(
    cast: build.Cast, record: SchoolRecord
) -> None:
    assert [line.spec.code for line in queries.record_page(cast.liaison, record).to_fill] == [
        "posts",
        "public_funds",
        "training_funds",
    ]
    registers.complete(record)
    Figure.objects.filter(field__in=["classrooms", "posts"]).delete()
    page = queries.record_page(cast.liaison, record)
    assert [line.spec.code for line in page.to_fill] == ["classrooms", "posts", "public_funds", "training_funds"]
    assert page.unfilled == 2


def test_figures_are_filled_in_on_the_page(cast: build.Cast, record: SchoolRecord) -> None:
    client = build.client(cast.liaison)
    url = reverse("orgs:record_fill", args=[record.pk])
    assert client.get(url).status_code == 200
    typed = {"posts-primary-0": "45", "public_funds-primary-0": "", "training_funds-primary-0": "1200.5"}
    assert client.post(url, typed).status_code == 302
    assert {one.field: str(one.value) for one in Figure.objects.all()} == {
        "posts": "45.00",
        "training_funds": "1200.50",
    }
    response = client.post(url, typed | {"posts-primary-0": "45.5"})
    assert response.status_code == 422
    assert "小数" in response.content.decode()
    assert 'value="45.5"' in response.content.decode()
    assert Figure.objects.get(field="posts").value == 45
    assert "还" not in words(read(cast.liaison, "record", record.pk)).partition("由学校填写")[2][:12]


def test_a_jump_is_explained_on_the_page(cast: build.Cast, record: SchoolRecord) -> None:
    before = registers.school_record(
        school=cast.school, register=registers.register_year(county=cast.county, year=2025)
    )
    registers.figure(record=before, field="classrooms", value=10)
    registers.figure(record=record, field="classrooms", value=20)
    client = build.client(cast.liaison)
    url = reverse("orgs:record_explain", args=[record.pk])
    asked = {"code": "jump", "subject": "primary/0/classrooms", "words": ""}
    assert "请写明原因" in client.post(url, asked, follow=True).content.decode()
    refused = client.post(url, asked | {"code": "missing", "words": "没有"}, follow=True).content.decode()
    assert "这里不需要说明" in refused
    assert Explanation.objects.count() == 0
    page = client.post(url, asked | {"words": "新教学楼启用。"}, follow=True).content.decode()
    assert "说明：新教学楼启用。" in words(page)
    assert Explanation.objects.get().words == "新教学楼启用。"


def test_the_head_confirms_and_withdraws(cast: build.Cast, record: SchoolRecord) -> None:
    confirm = reverse("orgs:record_confirm", args=[record.pk])
    assert confirm not in read(cast.head, "record", record.pk)
    registers.complete(record)
    assert confirm in read(cast.head, "record", record.pk)
    assert confirm not in read(cast.liaison, "record", record.pk)
    client = build.client(cast.head)
    for version in ("7", "x", "9" * 5000):
        assert "刚刚被别人修改过" in client.post(confirm, {"version": version}, follow=True).content.decode()
    assert SchoolRecord.objects.get().confirmed_at is None
    page = client.post(confirm, {"version": "1"}, follow=True).content.decode()
    assert "已确认。锁定以前，发现有误可以撤回。" in page
    assert SchoolRecord.objects.get().confirmed_by == cast.head.label
    assert reverse("orgs:record_fill", args=[record.pk]) not in page
    release = reverse("orgs:record_release", args=[record.pk])
    assert client.get(release).status_code == 200
    assert client.post(release, {"reason": "班级有误"}).status_code == 302
    assert SchoolRecord.objects.get().confirmed_at is None


def test_the_office_says_who_runs_a_school(cast: build.Cast, record: SchoolRecord) -> None:
    client = build.client(cast.office)
    url = reverse("orgs:record_describe", args=[record.pk])
    assert client.get(url).context["form"].initial["ownership"] == "public"
    assert client.post(url, {"version": 1, "ownership": "private", "urban_rural": ""}).status_code == 302
    assert SchoolRecord.objects.get().ownership == "private"


def test_rooms_are_kept_on_the_page(cast: build.Cast, record: SchoolRecord) -> None:
    client = build.client(cast.liaison)
    add = reverse("orgs:room_add", args=[record.pk])
    assert client.get(add).status_code == 200
    assert client.post(add, {"kind": "music", "name": "音乐室", "area": "96"}).status_code == 302
    room = Room.objects.get()
    change = reverse("orgs:room_change", args=[record.pk, room.pk])
    typed = {"version": 1, "kind": "music", "name": "音乐室", "area": "98.5"}
    assert client.post(change, typed).status_code == 302
    assert client.post(change, typed | {"area": "99"}).status_code == 409
    room.refresh_from_db()
    assert str(room.area) == "98.50"
    assert client.post(reverse("orgs:room_drop", args=[record.pk, room.pk])).status_code == 302
    assert Room.objects.count() == 0


def test_a_room_of_another_record_is_not_found_below_ones_own(cast: build.Cast, record: SchoolRecord) -> None:
    other = registers.room(record=registers.school_record(school=cast.other_school))
    client = build.client(cast.liaison)
    for name in ("room_change", "room_drop"):
        assert client.post(reverse(f"orgs:{name}", args=[record.pk, other.pk])).status_code == 404
    assert Room.objects.count() == 1


def test_the_office_corrects_a_locked_figure_and_both_versions_are_shown(cast: build.Cast) -> None:
    year = registers.register_year(county=cast.county, locked_at=build.NOW)
    record = registers.school_record(school=cast.school, register=year, confirmed_at=build.NOW)
    registers.figure(record=record, field="classrooms", value=20)
    client = build.client(cast.office)
    url = reverse("orgs:record_correct", args=[record.pk])
    form = client.get(url, {"place": "classrooms-primary-0"}).context["form"]
    assert form["place"].value() == "classrooms-primary-0"
    assert ("classrooms-primary-0", "普通教室数 20 间") in form.fields["place"].choices
    typed = {"place": "classrooms-primary-0", "value": "21.5", "reason": "重新核实"}
    assert client.post(url, typed).status_code == 422
    assert client.post(url, typed | {"place": "nothing-primary-0"}).status_code == 422
    assert Correction.objects.count() == 0
    assert client.post(url, typed | {"value": "21"}).status_code == 302
    page = words(read(cast.head, "record", record.pk))
    assert "小学普通教室数 20 → 21 重新核实" in page
    assert "县级更正" in page
    assert url not in read(cast.head, "record", record.pk)


def test_care_figures_are_shown_to_those_who_may(cast: build.Cast, record: SchoolRecord) -> None:
    registers.care(record=record, pupils=4321)
    assert "4321" in read(cast.liaison, "record", record.pk)
    assert "4321" not in read(cast.office, "record", record.pk)
    assert "4321" not in read(cast.liaison, "record_print", record.pk)


def test_a_record_is_printed_with_places_for_signature_and_seal(cast: build.Cast, record: SchoolRecord) -> None:
    registers.complete(record)
    registers.room(record=record)
    page = words(read(cast.liaison, "record_print", record.pk))
    assert "2026—2027学年学校资料核对表" in page
    assert "校长（园长）签字（盖章） 年 月 日" in page
    assert "尚未确认" in page
    assert "一年级 40 1 40" in page


def test_a_record_of_a_year_without_exports_says_what_is_missing(cast: build.Cast, record: SchoolRecord) -> None:
    page = words(read(cast.head, "record", record.pk))
    assert "还缺 16 项数据" in page
    assert "需填 3 项" in page
    assert "没有班级数据" in page
    assert "没有登记音乐、美术专用教室" in page


# ---- pages that join areas


def test_the_head_and_the_liaison_have_it_to_do_until_it_is_confirmed(cast: build.Cast, record: SchoolRecord) -> None:
    [todo] = panels.todos(cast.head, build.TODAY)
    assert (todo.title, todo.due_on, todo.light, todo.org) == ("确认本校年度资料", registers.DUE_ON, "none", "一小")
    assert todo.url == reverse("orgs:record", args=[record.pk])
    [todo] = panels.todos(cast.liaison, registers.DUE_ON.replace(day=23))
    assert (todo.title, todo.light) == ("核对、填写本校年度资料", "red")
    assert [list(panels.todos(actor, build.TODAY)) for actor in (cast.office, cast.teacher)] == [[], []]
    SchoolRecord.objects.update(confirmed_at=build.NOW)
    assert list(panels.todos(cast.head, build.TODAY)) == []
    SchoolRecord.objects.update(confirmed_at=None)
    RegisterYear.objects.update(locked_at=build.NOW)
    assert list(panels.todos(cast.head, build.TODAY)) == []


def test_the_page_of_a_school_leads_to_its_last_record(cast: build.Cast, record: SchoolRecord) -> None:
    registers.school_record(school=cast.school, register=registers.register_year(county=cast.county, year=2025))
    page = build.client(cast.office).get(reverse("unit", args=[cast.school.pk])).content.decode()
    assert reverse("orgs:record", args=[record.pk]) in page
    assert "2026—2027学年资料" in page
    assert panels.unit_record(cast.office, build.TODAY, cast.other_school.pk) is None
    assert panels.unit_record(cast.teacher, build.TODAY, cast.school.pk) is None


def test_opening_a_page_counts_nothing(cast: build.Cast, record: SchoolRecord) -> None:
    registers.complete(record)
    read(cast.head, "record", record.pk)
    read(cast.office, "register", record.register_id)
    assert Value.objects.count() == 0
