"""The staff of a school on its pages: who sees whom, what stands there, and the way from the file to the list."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from tests import build, planning, staffing
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs.models import RegisterYear, Role, SchoolRecord
from xietong.areas.people import access, queries
from xietong.areas.people.models import StaffRecord
from xietong.areas.people.panels import staff_of_record
from xietong.kit.access.permissions import visible

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Scene:
    cast: build.Cast
    register: RegisterYear
    own: SchoolRecord
    other: SchoolRecord
    here: StaffRecord
    coming: StaffRecord
    elsewhere: StaffRecord


@pytest.fixture
def scene() -> Scene:
    planning.rules()
    cast = build.cast()
    register = staffing.register(county=cast.county)
    own, other = (staffing.record(register=register, school=one) for one in (cast.school, cast.other_school))
    facts = {"qualification": "21", "trained_subject": "体育教育", "backbone": "county"}
    here = staffing.teacher(record=own, person=build.somebody(cast.school, name="甲演示"), **facts)
    coming = staffing.teacher(record=other, person=build.somebody(cast.other_school, name="乙演示"), subject="music")
    staffing.teaching(staff=coming, record=own, subject="music", periods=Decimal("1.5"))
    elsewhere = staffing.staff(
        record=other, person=build.somebody(cast.other_school, name="丙演示"), is_teacher=False
    )
    return Scene(cast, register, own, other, here, coming, elsewhere)


def seen(actor: Any) -> set[str]:
    return {row.person.name for row in visible(actor, access.VIEW_STAFF)}


def test_a_school_sees_its_own_staff_and_those_who_come_the_county_all_and_others_nobody(scene: Scene) -> None:
    cast = scene.cast
    assert seen(cast.office) == {"甲演示", "乙演示", "丙演示"}
    assert seen(cast.head) == seen(cast.liaison) == {"甲演示", "乙演示"}
    assert seen(build.player("远校长", Role.SCHOOL_HEAD, cast.other_school)) == {"乙演示", "丙演示"}
    assert seen(cast.teacher) == seen(cast.coordinator) == seen(cast.stranger) == set()


def rows(scene: Scene, actor: Any, **asked: str) -> list[list[Any]]:
    """The list as it is exported."""
    url = reverse("people:staff", args=[scene.own.pk])
    response = build.client(actor).get(url, {"export": "xlsx", **asked})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_the_list_says_what_everybody_is_and_teaches(scene: Scene) -> None:
    head, *found = rows(scene, scene.cast.head)
    assert head[:6] == ["姓名", "所在学校", "岗位", "编制", "任教学段", "任教学科和周课时"]
    usual = ["专任教师", "在编", "小学"]
    assert found == [
        ["甲演示", "一小", *usual, "语文 12 节", "大学本科", "体育教育", "", "教非所学", "", "县级"],
        ["乙演示", "二小", *usual, "音乐 12 节、音乐 1.5 节（一小）", "", "", "", "无法判断", "", ""],
    ]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "yys"}, ["乙演示"]),
        ({"subject": "music"}, ["乙演示"]),
        ({"subject": "physics"}, []),
        ({"stage": "primary"}, ["甲演示", "乙演示"]),
        ({"stage": "middle"}, []),
        ({"backbone": "county"}, ["甲演示"]),
        ({"teacher": "no"}, []),
        ({"teacher": "yes"}, ["甲演示", "乙演示"]),
        ({"teacher": "perhaps"}, []),
        ({"established": "yes"}, ["甲演示", "乙演示"]),
        ({"established": "no"}, []),
        ({"established": "perhaps"}, []),
    ],
)
def test_the_list_is_filtered(scene: Scene, asked: dict[str, str], names: list[str]) -> None:
    assert [row[0] for row in rows(scene, scene.cast.office, **asked)[1:]] == names


def test_the_office_goes_on_to_the_person_and_to_the_workbook_the_school_does_not(scene: Scene) -> None:
    url = reverse("people:staff", args=[scene.own.pk])
    person = reverse("people:person", args=[scene.here.person_id])
    sheet = reverse("people:staff_sheet", args=[scene.register.pk])
    office, head = (build.client(one).get(url).content.decode() for one in (scene.cast.office, scene.cast.head))
    assert person in office
    assert sheet in office
    assert "教非所学" in head
    assert person not in head
    assert sheet not in head


def test_the_list_asks_the_same_of_the_database_for_one_row_and_for_three(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    url = reverse("people:staff", args=[scene.own.pk])
    StaffRecord.objects.filter(pk=scene.here.pk).update(record=scene.other)
    scene.here.teaching.update(record=scene.other)
    for more in (0, 2):
        for _n in range(more):
            staffing.teacher(record=scene.own)
        client = build.client(scene.cast.head)
        client.get(url)
        with django_assert_num_queries(12):
            client.get(url)


def test_the_panel_of_a_record_counts_and_names_nobody(scene: Scene) -> None:
    staffing.teacher(record=scene.own, is_established=False, backbone="city", qualification="14")
    staffing.staff(record=scene.own, is_teacher=False, qualification="61")
    staff = staff_of_record(scene.cast.head, build.TODAY, scene.own.pk)["staff"]
    assert (len(staff.members), len(staff.teachers), staff.established, staff.visitors) == (3, 2, 2, 1)
    assert staff.qualifications == [("硕士研究生", 1), ("大学本科", 1)]
    assert staff.backbone == [("市级", 1), ("县级", 1)]
    assert staff.unmatched == 1
    assert staff.subjects == [
        queries.SubjectLine("语文", 2, 0, Decimal(24), 1),
        queries.SubjectLine("音乐", 0, 1, Decimal("1.5"), 0),
    ]


def panel(actor: Any, record: SchoolRecord) -> str:
    return render_to_string("people/panels/staff.html", staff_of_record(actor, build.TODAY, record.pk))


def test_the_panel_leads_to_the_list_and_an_empty_one_to_the_workbook(scene: Scene) -> None:
    member = build.player("组员", Role.GROUP_MEMBER, scene.cast.school)
    sheet, listed = reverse("people:staff_sheet", args=[scene.register.pk]), "people/staff/"
    assert "教职工" in panel(scene.cast.head, scene.own)
    assert listed in panel(scene.cast.head, scene.own)
    assert listed not in panel(member, scene.own)
    assert "甲演示" not in panel(scene.cast.head, scene.own)
    empty = staffing.record(register=scene.register, school=build.organisation())
    assert sheet in panel(scene.cast.office, empty)
    assert sheet not in panel(member, empty)
    RegisterYear.objects.update(locked_at=build.NOW)
    assert sheet not in panel(scene.cast.office, empty)


def test_a_file_goes_from_the_page_to_the_list_and_back(scene: Scene) -> None:
    person = build.somebody(scene.cast.school, name="新演示", staff_no="N77")
    client, before = build.client(scene.cast.office), StaffRecord.objects.count()
    sheet = reverse("people:staff_sheet", args=[scene.register.pk])
    assert client.get(reverse("people:staff_sheet_template", args=[scene.register.pk])).status_code == 200
    data = workbook(
        ["教师姓名", "教职工号", "所在学校", "岗位类别", "是否在编", "任教学科"],
        ["新演示", "N77", "一小", "专任教师", "是", "英语"],
    )
    handed = client.post(sheet, {"file": SimpleUploadedFile("教师.xlsx", data)})
    shown = client.get(handed.url)
    assert "新增" in shown.content.decode()
    seen = shown.context["looked"].digest
    taken = client.post(handed.url, {"seen": seen})
    assert StaffRecord.objects.get(person=person).teaching.get().subject == "foreign"
    assert "新演示" in [row[0] for row in rows(scene, scene.cast.office)[1:]][0:3]
    assert client.get(taken.url).status_code == 200
    client.post(f"{taken.url}undo/")
    assert StaffRecord.objects.count() == before
