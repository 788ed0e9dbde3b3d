"""薄弱与紧缺学科: what the page counts, whom it shows, and its workbook."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from tests import build, planning, staffing
from xietong.areas.orgs.models import Organisation, OrgKind, RegisterYear, Role, SchoolRecord
from xietong.areas.people import queries
from xietong.areas.people.templatetags.staffing import school_names
from xietong.kit.errors import NotReady
from xietong.kit.ruletable.models import Rule

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Scene:
    cast: build.Cast
    register: RegisterYear
    own: SchoolRecord
    nine: SchoolRecord
    high: SchoolRecord


@pytest.fixture
def scene() -> Scene:
    planning.rules()
    cast = build.cast()
    register = staffing.register(county=cast.county)
    nine = build.organisation(kind=OrgKind.NINE_YEAR, name="云岭县石岗学校", short_name="石岗学校")
    high = build.organisation(kind=OrgKind.HIGH, name="云岭中学")
    own, other, third = (staffing.record(register=register, school=one) for one in (cast.school, nine, high))
    for grade in range(1, 7):
        for number in range(2):
            staffing.school_class(record=own, stage="primary", grade=grade, name=f"{number}班")
    return Scene(cast, register, own, other, third)


def page(scene: Scene, stage: str = "", actor: Any = None) -> Any:
    return queries.supply_page(actor or scene.cast.office, scene.register.pk, stage)


def told(supply: Any) -> dict[str, Any]:
    return {line.group: line for line in supply.lines}


def test_teachers_stand_beside_what_the_classes_need(scene: Scene) -> None:
    for _n in range(6):
        staffing.teacher(record=scene.own, subject="chinese", trained_subject="汉语言文学")
    staffing.teacher(record=scene.own, subject="music", trained_subject="体育教育")
    beside = staffing.teacher(record=scene.own, subject="physics")
    staffing.teaching(staff=beside, subject="morality", periods=Decimal(2), is_main=False)
    staffing.staff(record=scene.own, is_teacher=False)
    visitor = staffing.teacher(record=scene.nine, subject="art", stage="middle")
    staffing.teaching(staff=visitor, record=scene.own, subject="art", periods=Decimal("1.5"))
    found = page(scene)
    [own, nine] = found.schools
    assert (own.record, nine.record, found.total.record) == (scene.own, scene.nine, None)
    assert found.without_classes == (scene.nine,)
    assert found.without_staff == ()
    lines = told(own)
    # 344 periods a week, of which Chinese has 21 %, given at twelve a teacher.
    assert lines["chinese"].need.middle == Decimal("72.24")
    assert (lines["chinese"].tally.teachers, lines["chinese"].supply.gap, lines["chinese"].state) == (6, 1, "weak")
    assert (lines["arts"].tally.teachers, lines["arts"].tally.off, lines["arts"].state) == (1, 1, "shortage")
    assert (lines["arts"].tally.periods, len(lines["arts"].tally.coming)) == (Decimal("13.5"), 1)
    assert (lines["science"].tally.teachers, lines["science"].tally.unknown) == (1, 1)
    assert (lines["morality"].tally.teachers, lines["morality"].tally.periods) == (0, 2)
    assert (lines["humanities"].state, lines["humanities"].is_needed) == ("", False)
    assert (told(nine)["arts"].state, told(nine)["arts"].tally.teachers) == ("unknown", 1)
    total = told(found.total)["arts"]
    assert (found.complete, total.tally.teachers, total.tally.periods) == (1, 1, Decimal("13.5"))
    staffing.school_class(record=scene.nine, stage="middle", grade=7)
    total = told(page(scene).total)["arts"]
    assert (total.tally.teachers, total.tally.periods, len(total.tally.coming)) == (2, Decimal("25.5"), 1)


def test_a_stage_narrows_classes_teachers_and_schools(scene: Scene) -> None:
    staffing.school_class(record=scene.nine, stage="middle", grade=7)
    staffing.teacher(record=scene.nine, subject="maths", stage="middle")
    staffing.teacher(record=scene.nine, subject="maths", stage="primary")
    staffing.school_class(record=scene.nine, stage="primary", grade=1)
    assert told(page(scene).total)["maths"].tally.teachers == 2
    middle = page(scene, "middle")
    assert [one.record for one in middle.schools] == [scene.nine]
    assert told(middle.total)["maths"].tally.teachers == 1
    assert told(middle.total)["humanities"].is_needed
    assert (page(scene, "high").stage, page(scene, "primary").stage) == ("", "primary")


def test_where_nothing_is_filled_nothing_is_told(scene: Scene) -> None:
    found = page(scene)
    assert found.without_staff == (scene.own, scene.nine)
    assert {line.state for line in found.schools[0].lines} == {"unknown", ""}
    assert {(line.state, line.tally) for line in found.total.lines} == {("unknown", None)}
    assert found.complete == 0


def test_without_a_rule_it_is_said_which(scene: Scene) -> None:
    Rule.objects.filter(code="people.periods.first.it").delete()
    with pytest.raises(NotReady, match=r"people\.periods\.first\.it"):
        page(scene)


def test_a_school_sees_itself_alone(scene: Scene) -> None:
    staffing.teacher(record=scene.nine, subject="maths", stage="middle")
    found = page(scene, actor=scene.cast.head)
    assert [one.record for one in found.schools] == [scene.own]
    assert found.total.lines[0].tally is None
    body = build.client(scene.cast.head).get(reverse("people:supply")).content.decode()
    assert "石岗学校" not in body
    assert "一小" in body
    assert "还没有教职工资料" in body
    assert found.total.lines[0].is_needed
    assert len(found.blocks) == 1


def test_whoever_has_no_school_of_these_stages_is_told_so(scene: Scene) -> None:
    head = build.player("高校长", Role.SCHOOL_HEAD, scene.high.school)
    assert "这里只看小学和初中" in build.client(head).get(reverse("people:supply")).content.decode()


def test_many_schools_without_figures_are_counted_and_some_named() -> None:
    rows = [SchoolRecord(school=Organisation(name=f"{n}校")) for n in range(11)]
    assert school_names(rows[:2]) == "0校、1校"
    assert school_names(rows) == f"{'、'.join(f'{n}校' for n in range(10))}等"


def test_the_page_leads_to_the_lists_and_the_office_to_the_workbook(scene: Scene) -> None:
    earlier = staffing.register(county=scene.cast.county, year=2024)
    sheet = reverse("people:staff_sheet", args=[scene.register.pk])
    client = build.client(scene.cast.office)
    body = client.get(reverse("people:supply")).content.decode()
    assert reverse("people:staff", args=[scene.own.pk]) in body
    assert f'<option value="{earlier.pk}">2024—2025学年</option>' in body
    assert client.get(reverse("people:supply"), {"register": earlier.pk}).context["page"].register == earlier
    assert client.get(reverse("people:supply"), {"register": "9" * 19}).context["page"].register == scene.register
    assert sheet in body
    assert sheet not in build.client(scene.cast.head).get(reverse("people:supply")).content.decode()
    RegisterYear.objects.update(locked_at=build.NOW)
    assert sheet not in client.get(reverse("people:supply")).content.decode()


def test_without_a_register_the_page_says_what_to_do(scene: Scene) -> None:
    assert "还没有学年资料" in build.client(scene.cast.stranger).get(reverse("people:supply")).content.decode()
    assert (
        build.client(scene.cast.stranger).get(reverse("people:supply_of", args=[scene.register.pk])).status_code
        == 404
    )


def test_the_workbook_has_a_line_for_each_school_and_subject_all_together_first(scene: Scene) -> None:
    staffing.teacher(record=scene.own, subject="chinese")
    response = build.client(scene.cast.office).get(reverse("people:supply"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 1 + 3 * 10
    assert rows[0][:3] == ["学校", "学科", "状态"]
    assert rows[1] == ["合计", "语文", "紧缺", 68.8, 72.2, 75.7, 12, 6, 1, 0, 6, 0, 1]
    assert rows[21] == ["石岗学校", "语文", "无法判断", *[None] * 10]


def test_the_page_asks_the_same_of_the_database_for_one_school_and_for_three(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    for number, more in ((3, 1), (5, 2)):
        for _n in range(more):
            record = staffing.record(register=scene.register, school=build.organisation())
            staffing.school_class(record=record, stage="primary", grade=1)
            staffing.teacher(record=record)
        with django_assert_num_queries(10):
            assert len(page(scene).schools) == number
