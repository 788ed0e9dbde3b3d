"""The export of the staff system: who is meant, what is written, what is refused, and taking it all back."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404

from tests import build, planning, staffing, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs import actions as org_actions
from xietong.areas.orgs.models import OrgKind, RegisterYear, SchoolRecord
from xietong.areas.people.models import Person, StaffRecord, Teaching
from xietong.areas.people.sheets import StaffBook
from xietong.kit.errors import Denied, Refused
from xietong.kit.measures.models import Value
from xietong.kit.sheets import check_safely
from xietong.kit.sheets.models import Entry, Import
from xietong.kit.sheets.planning import Deed
from xietong.kit.sheets.taking import NotImported, undo

pytestmark = pytest.mark.django_db
BOOK = StaffBook()
HEADERS = [
    "姓名", "身份证号", "工号", "学校", "是否专任教师", "编制", "任教学段", "主要任教学科", "周课时",
    "兼教学科", "兼教课时", "第二兼教学科", "第二兼教课时", "走教学校", "走教课时",
    "最高学历", "所学专业", "职称", "骨干层次", "教师资格种类", "教师资格任教学科", "学年",
]  # fmt: skip
USUAL = {"姓名": "陈演示", "学校": "一小", "是否专任教师": "是", "编制": "在编", "主要任教学科": "语文"}


@dataclass(frozen=True)
class Scene:
    cast: build.Cast
    register: RegisterYear
    own: SchoolRecord
    other: SchoolRecord
    nine: SchoolRecord
    person: Person


@pytest.fixture
def scene() -> Scene:
    planning.rules()
    cast = build.cast()
    register = staffing.register(county=cast.county)
    nine = build.organisation(kind=OrgKind.NINE_YEAR, name="云岭县石岗学校", short_name="石岗学校")
    records = [staffing.record(register=register, school=one) for one in (cast.school, cast.other_school, nine)]
    person = build.somebody(cast.school, name="陈演示", identity=build.identity_number(811), staff_no="T811")
    build.appointment(person=person, organisation=cast.school)
    return Scene(cast, register, *records, person)


def file(*rows: dict[str, Any]) -> bytes:
    return workbook(HEADERS, *[[{**USUAL, **row}.get(header) for header in HEADERS] for row in rows])


def look(scene: Scene, *rows: dict[str, Any]) -> Any:
    return taking.look(BOOK, scene.cast.office, scene.register, file(*rows))


def take_in(scene: Scene, *rows: dict[str, Any]) -> Import:
    return taking.take_in(BOOK, scene.cast.office, scene.register, file(*rows))


def test_the_sheet_goes_to_the_child_process_that_reads_a_file(scene: Scene) -> None:
    sheet = BOOK.sheet(scene.cast.office, scene.register, build.TODAY)
    checked = check_safely(file({"学年": "2024"}), sheet)
    assert [one.column for one in checked.problems] == ["year"]


def state() -> list[Any]:
    """The rows that a file may change; a school's record only counts up that something of it changed."""
    rows = [list(model.objects.order_by("pk").values()) for model in (StaffRecord, Teaching, SchoolRecord)]
    return [[{name: one for name, one in row.items() if name != "version"} for row in held] for held in rows]


def stored() -> dict[tuple[str, int, str], Decimal]:
    return {(one.measure, one.unit_id, one.stage): one.value for one in Value.objects.all()}


def told(scene: Scene, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    looked = look(scene, *rows)
    return [(one.column, taking.told(looked)[at]) for at, one in enumerate(looked.checked.problems)]


FULL = {
    "身份证号": build.identity_number(811),
    "工号": "T811",
    "周课时": 12,
    "兼教学科": "道法",
    "兼教课时": 2,
    "第二兼教学科": "劳动与技术",
    "第二兼教课时": "1.5",
    "走教学校": "二小、石岗学校",
    "走教课时": 3,
    "最高学历": "本科毕业",
    "所学专业": "汉语言文学",
    "职称": "小学高级教师",
    "骨干层次": "县级学科带头人",
    "教师资格种类": "小学教师资格",
    "教师资格任教学科": "小学语文",
    "学年": "2025-2026学年",
}


def test_a_row_enters_what_somebody_is_and_teaches(scene: Scene) -> None:
    made = take_in(scene, FULL)
    assert (made.state, made.added) == ("done", 1)
    row = StaffRecord.objects.get()
    assert (row.person, row.record, row.register, row.county) == (
        scene.person, scene.own, scene.register, scene.cast.county,
    )  # fmt: skip
    assert (row.is_teacher, row.is_established, row.qualification) == (True, True, "21")
    assert (row.trained_subject, row.title, row.backbone) == ("汉语言文学", "first", "county")
    assert (row.certificate_stage, row.certificate_subject) == ("primary", "小学语文")
    assert (row.source, row.as_of) == ("staff", scene.register.as_of)
    lessons = row.teaching.order_by("pk").values_list("record__school__short_name", "stage", "subject", "periods")
    assert list(lessons) == [
        ("一小", "primary", "morality", Decimal(2)),
        ("一小", "primary", "labour", Decimal("1.5")),
        ("二小", "primary", "chinese", Decimal(3)),
        ("石岗学校", "primary", "chinese", Decimal(3)),
        ("一小", "primary", "chinese", Decimal(12)),
    ]
    assert [one.subject for one in row.teaching.filter(is_main=True)] == ["chinese"]
    assert FULL["身份证号"] not in str(list(Entry.objects.values()))


def test_a_file_that_says_nothing_new_changes_nothing(scene: Scene) -> None:
    take_in(scene, FULL)
    assert [one.deed for one in look(scene, FULL).planned] == [Deed.SAME]
    swapped = {
        **FULL,
        "兼教学科": FULL["第二兼教学科"],
        "兼教课时": FULL["第二兼教课时"],
        "第二兼教学科": FULL["兼教学科"],
        "第二兼教课时": FULL["兼教课时"],
        "身份证号": None,
        "学年": "2025",
    }
    assert [one.deed for one in look(scene, swapped).planned] == [Deed.SAME]


def test_somebody_is_known_by_number_by_staff_number_and_by_name_at_the_school(scene: Scene) -> None:
    for known in ({"身份证号": FULL["身份证号"], "学校": "二小"}, {"工号": "T811", "学校": "二小"}, {"学校": "一小"}):
        made = take_in(scene, known)
        assert StaffRecord.objects.get().person == scene.person
        undo(scene.cast.office, BOOK, scene.register, made, now=build.NOW)


def test_a_row_corrects_what_is_there_and_undoing_restores_it(scene: Scene) -> None:
    take_in(scene, FULL)
    before, measured = state(), stored()
    made = take_in(
        scene,
        {
            "工号": "T811",
            "学校": "石岗学校",
            "编制": "编外",
            "任教学段": "初中",
            "主要任教学科": "思想品德",
            "兼教学科": "语文",
            "骨干层次": "无",
        },
    )
    row = StaffRecord.objects.get()
    assert (made.changed, row.record, row.is_established, row.backbone, row.title) == (
        1,
        scene.nine,
        False,
        "none",
        "",
    )
    assert set(row.teaching.values_list("record", "stage", "subject", "is_main")) == {
        (scene.nine.pk, "middle", "morality", True),
        (scene.nine.pk, "middle", "chinese", False),
    }
    undo(scene.cast.office, BOOK, scene.register, made, now=build.NOW)
    assert state() == before
    assert stored() == measured


def test_the_main_subject_changes_places_with_another(scene: Scene) -> None:
    take_in(scene, {"兼教学科": "数学"})
    before = state()
    made = take_in(scene, {"主要任教学科": "数学", "兼教学科": "语文"})
    assert Teaching.objects.get(is_main=True).subject == "maths"
    assert Teaching.objects.count() == 2
    undo(scene.cast.office, BOOK, scene.register, made, now=build.NOW)
    assert state() == before


def test_undoing_takes_everything_back(scene: Scene) -> None:
    org_actions.recount(scene.cast.office, scene.register, now=build.NOW)
    before, measured = state(), stored()
    made = take_in(scene, FULL)
    assert stored() != measured
    undo(scene.cast.office, BOOK, scene.register, made, now=build.NOW)
    assert state() == before
    assert stored() == measured


def test_others_than_teachers_need_no_subject_and_nor_do_those_of_kindergartens(scene: Scene) -> None:
    kindergarten = build.organisation(kind=OrgKind.KINDERGARTEN, name="云岭县幼儿园")
    staffing.record(register=scene.register, school=kindergarten)
    nurse = build.somebody(kindergarten, name="周演示")
    build.appointment(person=nurse, organisation=kindergarten)
    take_in(
        scene,
        {"是否专任教师": "工勤人员", "主要任教学科": None},
        {"姓名": "周演示", "学校": "云岭县幼儿园", "主要任教学科": None},
    )
    assert Teaching.objects.count() == 0
    assert StaffRecord.objects.count() == 2


SPOILT: list[tuple[str, dict[str, Any], str, str]] = [
    ("no name", {"姓名": None}, "name", "“姓名”不能为空"),
    ("identity", {"身份证号": "12345"}, "identity", "应为18位"),
    ("school", {"学校": "第九十九小学"}, "organisation", "不在可选范围内"),
    ("teacher", {"是否专任教师": "大概"}, "is_teacher", "不在可选范围内"),
    ("established", {"编制": "备案制"}, "is_established", "不在可选范围内"),
    ("stage", {"任教学段": "大学"}, "stage", "不在可选范围内"),
    ("subject", {"主要任教学科": "炼丹"}, "subject", "不在可选范围内"),
    ("second subject", {"兼教学科": "炼丹"}, "second", "不在可选范围内"),
    ("periods", {"周课时": "十二"}, "periods", "不是数字"),
    ("too many periods", {"周课时": 61}, "periods", "不能大于 60"),
    ("periods too fine", {"周课时": "12.25"}, "periods", "小数位过多"),
    ("visits", {"走教学校": "二小、无名小学"}, "visits", "“无名小学”不在可选范围内"),
    ("qualification", {"最高学历": "大学本科结业"}, "qualification", "不在可选范围内"),
    ("title", {"职称": "特高级"}, "title", "不在可选范围内"),
    ("backbone", {"骨干层次": "乡级"}, "backbone", "不在可选范围内"),
    ("certificate", {"教师资格种类": "驾驶证"}, "certificate_stage", "不在可选范围内"),
    (
        "other year",
        {"学年": "2024-2025"},
        "year",
        "V2：文件是“2024-2025”的，正在导入的是 2025-2026 学年；请导出这个学年的文件，或到那个学年去导入。",
    ),
    ("no year", {"学年": "去年"}, "year", "V2：“去年”不是学年；应写成“2025-2026”。"),
    ("major", {"所学专业": "学" * 41}, "trained_subject", "最多 40 字"),
    ("not in the roster", {"姓名": "无名氏"}, "name", "“无名氏”不在人员名册里；请先在“人员”用“Excel 导入”"),
    ("other name", {"工号": "T811", "姓名": "陈寅示"}, "name", "登记的姓名是“陈演示”"),
    ("teacher without subject", {"主要任教学科": None}, "subject", "专任教师请填主要任教学科"),
    ("stage unclear", {"工号": "T811", "学校": "石岗学校"}, "stage", "石岗学校有几个学段，请填任教学段"),
    ("stage not there", {"任教学段": "初中"}, "stage", "一小没有这个学段"),
    ("stage of none", {"工号": "T811", "学校": "石岗学校", "任教学段": "高中"}, "stage", "石岗学校没有这个学段"),
    ("same subject", {"兼教学科": "语文"}, "second", "与主要任教学科或另一兼教学科相同"),
    ("periods alone", {"兼教课时": 2}, "second_periods", "没有填对应的学科"),
    ("visit alone", {"走教课时": 2}, "visit_periods", "没有填对应的学科"),
    ("own school", {"走教学校": "一小"}, "visits", "走教学校就是所在学校"),
    ("visit without stage", {"走教学校": "云岭中学"}, "visits", "云岭中学没有这个学段"),
    (
        "beside nothing",
        {"是否专任教师": "否", "主要任教学科": None, "兼教学科": "语文"},
        "subject",
        "请先填主要任教学科",
    ),
]


@pytest.mark.parametrize(("spoilt", "column", "said"), [one[1:] for one in SPOILT], ids=[one[0] for one in SPOILT])
def test_a_planted_error_is_named_by_its_cell_and_nothing_is_written(
    scene: Scene, spoilt: dict[str, Any], column: str, said: str
) -> None:
    school = build.organisation(kind=OrgKind.COMPLETE_MIDDLE, name="云岭中学")
    staffing.record(register=scene.register, school=school)
    before = state()
    found = told(scene, spoilt)
    assert [(one, said in words) for one, words in found] == [(column, True)], found
    with pytest.raises(NotImported):
        take_in(scene, spoilt)
    assert state() == before


def test_all_errors_of_a_file_come_back_together(scene: Scene) -> None:
    found = told(
        scene, {"主要任教学科": None, "周课时": 3, "走教学校": "二小"}, {"姓名": "无名氏", "兼教学科": "语文"}
    )
    assert found == [
        ("subject", "第2行：专任教师请填主要任教学科。"),
        ("periods", "第2行：填了课时，没有填对应的学科或走教学校。"),
        ("name", "第3行：“无名氏”不在人员名册里；请先在“人员”用“Excel 导入”导入同一份文件。"),
        ("second", "第3行：兼教学科与主要任教学科或另一兼教学科相同，请合并。"),
    ]


def test_two_rows_about_one_person_are_told_before_he_is_entered_and_after(scene: Scene) -> None:
    twice = ({"工号": "T811"}, {"身份证号": FULL["身份证号"]})
    assert [words for _column, words in told(scene, *twice)] == ["第3行与第2行是同一条记录；请只保留一行。"]
    take_in(scene, {})
    assert [words for _column, words in told(scene, *twice)] == ["第3行与第2行是同一条记录；请只保留一行。"]


def test_people_whom_a_row_does_not_tell_apart_are_told(scene: Scene) -> None:
    namesake = build.somebody(scene.cast.school, name="陈演示")
    build.appointment(person=namesake, organisation=scene.cast.school)
    [(column, words)] = told(scene, {})
    assert (column, words) == ("name", "第2行：有2位“陈演示”符合，请填身份证号，或者另一个工号。")


def test_a_school_whose_head_has_confirmed_is_left_as_it_is(scene: Scene) -> None:
    take_in(scene, {"走教学校": "二小"})
    SchoolRecord.objects.filter(pk=scene.other.pk).update(confirmed_at=build.NOW)
    before = state()[:2]
    refused = [("organisation", "第2行：二小的校长已经确认本学年资料，不能改动；要改，请先撤回确认。")]
    assert told(scene, {"走教学校": "二小"}) == []
    assert told(scene, {"走教学校": None}) == refused
    assert told(scene, {"走教学校": "二小", "周课时": 9}) == refused
    assert told(scene, {"工号": "T811", "学校": "二小"}) == refused
    with pytest.raises(NotImported):
        take_in(scene, {"走教学校": None})
    SchoolRecord.objects.filter(pk=scene.own.pk).update(confirmed_at=build.NOW)
    assert len(told(scene, {"走教学校": None})) == 2
    assert state()[:2] == before


def test_a_locked_register_takes_nothing_in(scene: Scene) -> None:
    looked = look(scene, {})
    RegisterYear.objects.update(locked_at=build.NOW)
    before = state()
    with pytest.raises(Denied):
        BOOK.owner(scene.cast.office, scene.register.pk)
    with pytest.raises(Refused):
        taking.take_in(BOOK, scene.cast.office, scene.register, file({}), looked=looked)
    assert state() == before
    assert not Import.objects.exists()


def test_the_office_of_the_county_alone_takes_it_in(scene: Scene) -> None:
    for name, actor in scene.cast.everybody.items():
        if name != "office":
            with pytest.raises(Http404):
                BOOK.owner(actor, scene.register.pk)


def test_looking_at_one_row_and_at_three_asks_the_same_of_the_database(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    others = [f"演示{n}" for n in "甲乙"]
    for name in others:
        build.appointment(person=build.somebody(scene.cast.school, name=name), organisation=scene.cast.school)
    take_in(scene, {}, *({"姓名": name} for name in others))
    for rows in ([{}], [{}, *({"姓名": name, "兼教学科": "音乐"} for name in others)]):
        data = file(*rows)
        with django_assert_num_queries(7):
            assert taking.look(BOOK, scene.cast.office, scene.register, data).checked.problems == ()
