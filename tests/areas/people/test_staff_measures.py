"""What the staff of a school year gives the indicators, where it comes from, and what the checks of a record ask."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import build, planning, staffing
from xietong.areas.orgs import actions as orgs
from xietong.areas.orgs.models import OrgKind, Stage
from xietong.areas.orgs.queries import record_page
from xietong.areas.people import measures, queries
from xietong.areas.people.models import Qualification, StaffRecord
from xietong.areas.people.rules.subjects import SUBJECTS
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.models import Value
from xietong.kit.measures.values import counted

pytestmark = pytest.mark.django_db
NAMES = {one.name for one in measures.PUBLICATION.measures}


@pytest.fixture(autouse=True)
def rules() -> None:
    planning.rules()


def counted_rows(county_id: int, year: int = 2025) -> dict[tuple[str, int, str], Decimal]:
    return {(one.measure, one.unit_id, one.stage): one.value for one in measures.rows(county_id, year)}


def of(school: Any, stage: str, year: int = 2025) -> dict[str, Decimal]:
    """What is not nought."""
    rows = counted_rows(school.county_id, year)
    return {name: value for (name, unit, at), value in rows.items() if (unit, at) == (school.pk, stage) and value}


def test_staff_count_by_the_stage_of_their_main_subject() -> None:
    register = staffing.register()
    nine = build.organisation(kind=OrgKind.NINE_YEAR)
    record = staffing.record(register=register, school=nine)
    college = {"qualification": "31", "trained_subject": "体育教育"}
    staffing.teacher(record=record, subject="sports", **college, backbone="county", certificate_stage="primary")
    staffing.teacher(record=record, subject="music", **college, backbone="school", is_established=False)
    staffing.teacher(record=record, stage="middle", subject="physics", **college)
    staffing.teacher(record=record, stage="middle", subject="physics", qualification="21", is_teacher=False)
    staffing.staff(record=record, is_teacher=False)
    assert of(nine, "primary") == {
        "staff": 3,
        "established_staff": 2,
        "teachers": 2,
        "higher_qualified_teachers": 2,
        "backbone_teachers": 1,
        "sports_arts_teachers": 2,
        "certified_teachers": 1,
        "off_subject_teachers": 1,
        "subject_known_teachers": 2,
        "periods_taught": 24,
    }
    assert of(nine, "middle") == {
        "staff": 2,
        "established_staff": 2,
        "teachers": 1,
        "off_subject_teachers": 1,
        "subject_known_teachers": 1,
        "periods_taught": 24,
    }
    assert {name for name, _unit, stage in counted_rows(nine.county_id) if stage == "middle"} == NAMES


def test_shared_teachers_count_where_they_come_to_once_each() -> None:
    register = staffing.register()
    school, point = build.organisation(), build.organisation(kind=OrgKind.TEACHING_POINT)
    own, other = (staffing.record(register=register, school=one) for one in (school, point))
    row = staffing.teacher(record=own, subject="music")
    for subject in ("music", "art"):
        staffing.teaching(staff=row, record=other, subject=subject, periods=Decimal("1.5"))
    assert of(point, "primary") == {"shared_teachers": 1, "periods_taught": 3}
    assert of(school, "primary")["periods_taught"] == 12
    assert "shared_teachers" not in of(school, "primary")


def test_a_school_whose_staff_is_not_filled_has_no_values() -> None:
    register = staffing.register()
    staffing.record(register=register, school=build.organisation())
    special = build.organisation(kind=OrgKind.SPECIAL)
    staffing.staff(record=staffing.record(register=register, school=special))
    rows = counted_rows(register.county_id)
    assert {unit for _name, unit, _stage in rows} == {special.pk}
    assert {name for name, _unit, _stage in rows} == NAMES - {"higher_qualified_teachers"}
    assert counted_rows(register.county_id, 2024) == {}


def test_counting_asks_the_same_of_the_database_for_one_school_and_for_three(django_assert_num_queries: Any) -> None:
    register = staffing.register()
    for _n in range(3):
        record = staffing.record(register=register, school=build.organisation())
        for _m in range(2):
            staffing.teacher(record=record)
        with django_assert_num_queries(5):
            list(measures.rows(register.county_id, 2025))


def test_origins_say_how_many_by_subject_and_qualification_and_never_who() -> None:
    register = staffing.register()
    school, other = build.organisation(), build.organisation()
    record, there = (staffing.record(register=register, school=one) for one in (school, other))
    for qualification in ("21", "21", "14", ""):
        row = staffing.teacher(record=record, qualification=qualification)
    staffing.staff(record=record, is_teacher=False, qualification="61")
    staffing.teaching(staff=row, record=there, periods=None)
    url = reverse("people:staff", args=[record.pk])

    def origins(measure: str, unit: Any = school, stage: str = "primary") -> list[tuple[str, str]]:
        found = list(measures.origins(measure, register.county_id, 2025, unit.pk, stage))
        assert all((one.source, one.as_of) == ("全国教师管理信息系统", staffing.AS_OF) for one in found)
        return [(one.label, one.value) for one in found]

    teachers = [("语文 · 大学本科", "2 人"), ("语文 · 学历未填", "1 人"), ("语文 · 硕士研究生", "1 人")]
    assert origins("teachers") == teachers
    assert sorted(origins("staff")) == sorted([*teachers, ("不任教 · 高中及以下", "1 人")])
    assert origins("periods_taught") == [("语文", "48 节")]
    assert origins("periods_taught", other) == [("语文", "0 节")]
    assert origins("shared_teachers", other) == [("语文", "1 人")]
    assert origins("shared_teachers") == []
    assert origins("teachers", stage="middle") == []
    assert {one.url for one in measures.origins("teachers", register.county_id, 2025, school.pk, "primary")} == {url}
    assert list(measures.origins("teachers", register.county_id, 2024, school.pk, "primary")) == []


PLACES = st.tuples(st.integers(0, 2), st.sampled_from(["primary", "middle"]), st.sampled_from(sorted(SUBJECTS)))
SOMEBODY = st.fixed_dictionaries(
    {
        "home": st.integers(0, 2),
        "lessons": st.lists(
            st.tuples(PLACES, st.one_of(st.none(), st.integers(0, 20))), max_size=4, unique_by=lambda one: one[0]
        ),
        "fields": st.fixed_dictionaries(
            {
                "is_teacher": st.booleans(),
                "is_established": st.booleans(),
                "qualification": st.sampled_from(["", *Qualification.values]),
                "trained_subject": st.sampled_from(["", "汉语言文学", "行政管理", "体育教育"]),
                "backbone": st.sampled_from(StaffRecord.Backbone.values),
                "certificate_stage": st.sampled_from(["", *Stage.values]),
            }
        ),
    }
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(st.lists(SOMEBODY, max_size=5), min_size=2, max_size=2))
def test_what_is_stored_equals_a_count_from_the_rows_whatever_changes(drawn: list[list[Any]]) -> None:
    county = build.county(code=f"{next(build.SERIAL):06}", name="临时县")
    register = staffing.register(county=county)
    kinds = (OrgKind.PRIMARY, OrgKind.MIDDLE, OrgKind.NINE_YEAR)
    schools = [build.organisation(county=county, kind=kind) for kind in kinds]
    records = [staffing.record(register=register, school=one) for one in schools]
    for people in drawn:
        for one in people:
            row = staffing.staff(record=records[one["home"]], **one["fields"])
            for number, ((place, stage, subject), periods) in enumerate(one["lessons"]):
                where = {"record": records[place], "stage": stage, "subject": subject}
                staffing.teaching(staff=row, periods=periods, is_main=number == 0, **where)
        orgs.recount(SYSTEM, register, now=build.NOW)
        rows = Value.objects.filter(county_id=register.county_id, period=register.year)
        stored = {(one.measure, one.unit_id, one.stage): one.value for one in rows}
        assert stored == counted(register.county_id, register.year, Grain.SCHOOL_YEAR)
        together = sum(value for (name, _unit, _stage), value in stored.items() if name == "staff")
        assert together == StaffRecord.objects.filter(register=register).count()


def asked(record: Any) -> list[tuple[str, str]]:
    return [(one.code, one.stage) for one in queries.check_staff(record)]


def test_the_checks_of_a_record_look_at_posts_pupils_and_last_year() -> None:
    register, earlier = staffing.register(), staffing.register(year=2024)
    school = build.organisation(kind=OrgKind.NINE_YEAR)
    record, before = (staffing.record(register=one, school=school) for one in (register, earlier))
    other = staffing.record(register=register, school=build.organisation())
    assert asked(record) == [("no_staff", "")]
    staffing.figure(record=record, field="pupils", stage="primary", grade=1, value=40)
    staffing.figure(record=record, field="pupils", stage="middle", grade=7, value=30)
    for _n in range(3):
        staffing.teacher(record=record)
    assert asked(record) == [("no_teachers", "middle")]
    staffing.teaching(staff=staffing.teacher(record=other), record=record, stage="middle")
    assert asked(record) == []
    for stage in ("primary", "middle"):
        staffing.figure(record=record, field="posts", stage=stage, value=1)
    assert asked(record) == [("above_posts", "")]
    staffing.figure(record=record, field="posts", value=3)
    assert asked(record) == []
    staffing.staff(record=before)
    assert asked(record) == [("staff_jump", "")]


def test_what_the_checks_ask_stands_on_the_page_of_the_record() -> None:
    cast = build.cast()
    register = staffing.register(county=cast.county)
    record = staffing.record(register=register, school=cast.school)
    found = [one.text for one in record_page(cast.head, record).asked if one.finding.code == "no_staff"]
    assert found == ["还没有教职工资料；请办公室导入全国教师管理信息系统的导出表。"]
