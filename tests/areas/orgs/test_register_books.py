"""The exports of a school year: what they say is entered by school and stage, and taken back as a whole."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning, registers, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs import actions, queries
from xietong.areas.orgs.models import CareFigure, Figure, Organisation, RegisterYear, Room, SchoolClass, Source
from xietong.areas.orgs.sheets import ClassBook, RoomBook, StatisticsBook
from xietong.kit.errors import Refused
from xietong.kit.sheets import pages
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.models import Entry
from xietong.kit.sheets.planning import Deed
from xietong.kit.sheets.taking import NotImported, undo

pytestmark = pytest.mark.django_db
STATISTICS, CLASSES, ROOMS = StatisticsBook(), ClassBook(), RoomBook()
OF_CLASSES = ["学校名称", "年级", "班级名称", "在籍学生数"]
OF_ROOMS = ["学校", "教室类型", "教室名称", "使用面积"]


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def year(cast: build.Cast) -> RegisterYear:
    """A year with a primary school, a nine-year school, a kindergarten and a special school."""
    Organisation.objects.filter(pk=cast.school.pk).update(code="2136000001")
    row = registers.register_year(county=cast.county)
    for school in (cast.school, *registers.schools(cast.county).values()):
        registers.school_record(school=school, register=row)
    return row


def statistics(*rows: Mapping[str, Any]) -> bytes:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    return workbook(headers, *([row.get(header) for header in headers] for row in rows))


def look(cast: build.Cast, book: Book, year: RegisterYear, data: bytes) -> Any:
    return taking.look(book, cast.office, year, data)


def take_in(cast: build.Cast, book: Book, year: RegisterYear, data: bytes, **options: Any) -> Any:
    return taking.take_in(book, cast.office, year, data, **options)


def told(cast: build.Cast, book: Book, year: RegisterYear, data: bytes) -> list[str]:
    return taking.told(look(cast, book, year, data))


def figures() -> dict[tuple[str, str, int, str], Decimal]:
    rows = Figure.objects.select_related("record__school")
    return {(str(one.record.school), one.stage, one.grade, one.field): one.value for one in rows}


def state() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Figure, SchoolClass, Room, CareFigure)]


# ---- statistics


def test_an_export_is_entered_by_school_and_stage_and_taken_back(cast: build.Cast, year: RegisterYear) -> None:
    data = statistics(
        {"学校（机构）名称": "云岭县第一小学", "学年": "2026-2027", "一年级": 40, "在校学生数": 40, "普通教室": 12},
        {"学校（机构）名称": "九校", "学段": "初中", "七年级": 50, "网络多媒体教室": 5, "随迁子女数": 3},
        {"学校（机构）名称": "九校", "教学及辅助用房面积": 4200.5, "教学仪器设备资产值(万元)": 12.25},
        {"学校（机构）名称": "机关园", "小班": 20, "户外活动场地面积": 300},
        {"学校（机构）名称": "特校", "一年级": 6},
    )
    before = state()
    made = take_in(cast, STATISTICS, year, data)
    assert (made.state, made.added, made.left_out) == ("done", 5, [])
    assert figures() == {
        ("一小", "primary", 1, "pupils"): 40,
        ("一小", "primary", 0, "classrooms"): 12,
        ("九校", "middle", 7, "pupils"): 50,
        ("九校", "middle", 0, "multimedia_classrooms"): 5,
        ("九校", "", 0, "teaching_area"): Decimal("4200.5"),
        ("九校", "", 0, "equipment_value"): Decimal("12.25"),
        ("机关园", "kindergarten", 1, "pupils"): 20,
        ("机关园", "kindergarten", 0, "outdoor_area"): 300,
        ("特校", "special", 1, "pupils"): 6,
    }
    row = Figure.objects.get(field="classrooms")
    assert (row.source, row.as_of) == (Source.STATISTICS, registers.AS_OF)
    care = CareFigure.objects.get()
    assert (care.stage, care.group, care.pupils, care.source) == ("middle", "migrant", 3, Source.STATISTICS)
    undo(cast.office, STATISTICS, year, made, now=build.NOW)
    assert state() == before


def test_a_file_that_says_nothing_new_changes_nothing_and_a_new_one_changes_what_it_says(
    cast: build.Cast, year: RegisterYear
) -> None:
    row = {"学校": "2136000001", "一年级": 40, "七年级": 0, "普通教室": 12, "招生数": 40, "留守儿童": 2}
    take_in(cast, STATISTICS, year, statistics(row))
    assert {one.deed for one in look(cast, STATISTICS, year, statistics(row)).planned} == {Deed.SAME}
    Figure.objects.filter(field="entrants").update(source=Source.SCHOOL)
    made = take_in(cast, STATISTICS, year, statistics({**row, "普通教室": 13, "招生数": None, "留守儿童": 3}))
    assert (made.changed, CareFigure.objects.get().pupils) == (1, 3)
    said = {one.field: (one.value, one.source) for one in Figure.objects.filter(grade=0)}
    assert said == {"classrooms": (13, Source.STATISTICS), "entrants": (40, Source.SCHOOL)}


def test_a_figure_that_the_county_put_right_is_left_alone(cast: build.Cast, year: RegisterYear) -> None:
    record = year.records.get(school=cast.school)
    registers.figure(record=record, field="classrooms", value=20, source="county")
    take_in(cast, STATISTICS, year, statistics({"学校": "一小", "普通教室": 12, "网络多媒体教室": 3}))
    assert figures() == {
        ("一小", "primary", 0, "classrooms"): 20,
        ("一小", "primary", 0, "multimedia_classrooms"): 3,
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"学校": "没有的学校"}, "A2：“没有的学校”不是本县的学校"),
        ({"学校": "二小"}, "A2：“二小”还不在本学年资料里"),
        ({"学校": "旧校"}, "A2：“旧校”已撤并"),
        ({"学校": "中心校"}, "A2：“中心校”是几所学校的叫法"),
        ({"学校": "一小", "学段": "初中"}, "B2：一小没有“初中”学段"),
        ({"学校": "一小", "学年": "2025-2026"}, "B2：文件是“2025-2026”的"),
        ({"学校": "一小", "学年": "上学年"}, "B2：“上学年”不是学年"),
        ({"学校": "一小", "一年级": -3}, "B2：“-3”不能小于 0"),
        ({"学校": "一小", "一年级": "四十"}, "B2：“四十”不是数字"),
        ({"学校": "一小", "一年级": 40.5}, "B2：“40.5”小数位过多"),
        ({"学校": "一小", "普通教室": 99999}, "B2：“99999”不能大于 10000"),
        ({"学校": "一小", "七年级": 40}, "B2：一小（小学）没有“七年级”"),
        ({"学校": "九校", "高一": 40}, "B2：九校（全校）没有“高一”"),
        ({"学校": "九校", "残疾学生": 4}, "B2：“残疾学生”要分学段填写"),
        (
            {"学校": "一小", "一年级": 40, "二年级": 41, "在校学生数": 80},
            "D2：“在校生数（合计）” 80 与各年级合计 81",
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_told_by_its_cell(
    cast: build.Cast, year: RegisterYear, row: dict[str, Any], why: str
) -> None:
    build.organisation(county=cast.county, name="云岭县旧校", short_name="旧校", closed_on=registers.AS_OF)
    Organisation.objects.filter(
        pk__in=[cast.school.pk, year.records.get(school__short_name="九校").school_id]
    ).update(aliases=["中心校"])
    [words] = told(cast, STATISTICS, year, statistics(row))
    assert words.startswith(why)
    before = state()
    with pytest.raises(NotImported):
        take_in(cast, STATISTICS, year, statistics(row))
    assert state() == before


def test_the_number_of_children_in_care_is_never_repeated(cast: build.Cast, year: RegisterYear) -> None:
    looked = look(cast, STATISTICS, year, statistics({"学校": "九校", "残疾学生": 4321}))
    assert "4321" not in str(looked.checked.problems)
    shown = pages.in_words(look(cast, STATISTICS, year, statistics({"学校": "一小", "残疾学生": 4321})))
    assert "4321" not in str([line.differences for line in shown["lines"]])


def test_two_rows_about_the_same_school_and_stage_are_told(cast: build.Cast, year: RegisterYear) -> None:
    data = statistics({"学校": "一小", "普通教室": 1}, {"学校": "2136000001", "学段": "小学", "普通教室": 2})
    assert told(cast, STATISTICS, year, data) == ["A3：与第2行是同一条记录；请只保留一行。"]


def test_a_figure_is_told_for_the_whole_school_or_by_stage(cast: build.Cast, year: RegisterYear) -> None:
    whole = {"学校": "九校", "学段": "全校", "普通教室": 40}
    stage = {"学校": "九校", "学段": "小学", "普通教室": 25}
    assert told(cast, STATISTICS, year, statistics(whole, stage)) == [
        "C3：九校的“普通教室数”既有全校的数，又有分学段的数；请只保留一种。"
    ]
    take_in(cast, STATISTICS, year, statistics(stage))
    assert told(cast, STATISTICS, year, statistics({**whole, "七年级": 9})) == [
        "C2：九校的“普通教室数”既有全校的数，又有分学段的数；请只保留一种。"
    ]


def test_a_column_of_yuan_is_not_taken_for_ten_thousands(cast: build.Cast, year: RegisterYear) -> None:
    data = statistics({"学校": "一小", "教学仪器设备资产值（元）": 120000})
    [words] = told(cast, STATISTICS, year, data)
    assert "应以万元为单位" in words
    with pytest.raises(NotImported):
        take_in(cast, STATISTICS, year, data, skips=True)
    assert Figure.objects.count() == 0


def test_what_is_not_there_and_what_is_not_needed_is_remarked_and_keeps_nobody_from_going_on(
    cast: build.Cast, year: RegisterYear
) -> None:
    row = {"学校": "特校", "招生数": 3, "普通教室": 9}
    looked = look(cast, STATISTICS, year, statistics({**row, "专用教室面积": 12}))
    remarks = [sentence % values for sentence, values in looked.checked.remarks]
    assert remarks[0] == "有的学段不需要这些数，没有读入：招生数。"
    assert remarks[1].startswith("文件里没有找到这些列：一年级、二年级、")
    assert "普通教室" not in remarks[1]
    assert looked.checked.unknown == ("专用教室面积",)
    assert taking.told(looked) == []
    take_in(cast, STATISTICS, year, statistics(row))
    assert figures() == {("特校", "special", 0, "classrooms"): 9}


def test_a_column_of_an_older_edition_is_read_once_somebody_says_which_it_is(
    cast: build.Cast, year: RegisterYear
) -> None:
    data = statistics({"学校": "一小", "教室总数（普通）": 12})
    looked = taking.look(STATISTICS, cast.office, year, data, {"classrooms": "教室总数（普通）"})
    assert [one.after["classrooms"] for one in looked.planned] == ["12"]


# ---- classes


def test_classes_are_known_however_grade_and_name_are_written(cast: build.Cast, year: RegisterYear) -> None:
    take_in(
        cast,
        CLASSES,
        year,
        workbook(
            OF_CLASSES,
            ["九校", "初一", "七年级（1）班", 48],
            ["九校", "一年级", "1", 40],
            ["机关园", "小班", "小一班", 22],
        ),
    )
    rows = {(one.stage, one.grade, one.name): one.pupils for one in SchoolClass.objects.all()}
    assert rows == {("middle", 7, "1班"): 48, ("primary", 1, "1班"): 40, ("kindergarten", 1, "小一班"): 22}
    again = workbook(OF_CLASSES, ["九校", "7", "1班", 49], ["云岭县第九学校", "1年级", "一班", 40])
    made = take_in(cast, CLASSES, year, again)
    assert (made.added, made.changed, made.same) == (0, 1, 1)
    row = SchoolClass.objects.get(stage="middle")
    assert (row.pupils, row.source, row.as_of) == (49, Source.ENROLMENT, registers.AS_OF)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["一小", "初一", "1班", 40], "B2：一小没有“初一”。"),
        (["一小", "毕业班", "1班", 40], "B2：“毕业班”不是年级"),
        (["一小", "一年级", "1班", 121], "D2：“121”不能大于 120"),
        (["一小", "一年级", "1班", -1], "D2：“-1”不能小于 0"),
        (["一小", "一年级", "1班", "四十"], "D2：“四十”不是数字"),
        (["一小", "一年级", None, 40], "C2：“班级”不能为空"),
        (["别的", "一年级", "1班", 40], "A2：“别的”不是本县的学校"),
    ],
)
def test_what_is_wrong_with_a_class_is_told_by_its_cell(
    cast: build.Cast, year: RegisterYear, row: list[Any], why: str
) -> None:
    [words] = told(cast, CLASSES, year, workbook(OF_CLASSES, row))
    assert words.startswith(why)


def test_a_class_named_twice_or_in_another_stage_is_told(cast: build.Cast, year: RegisterYear) -> None:
    data = workbook(
        [*OF_CLASSES, "学段"],
        ["九校", "一年级", "1班", 40, "初中"],
        ["九校", "初一", "（1）班", 40, None],
        ["一小", "一年级", "1班", 40, "初中"],
    )
    assert told(cast, CLASSES, year, data) == [
        "A3：与第2行是同一条记录；请只保留一行。",
        "E4：一小没有“初中”学段。",
    ]


@pytest.mark.parametrize("header", ["学生姓名", "全国学籍号", "身份证件号", "姓名", "监护人电话"])
def test_a_list_of_pupils_is_refused_as_a_whole(cast: build.Cast, year: RegisterYear, header: str) -> None:
    data = workbook([*OF_CLASSES, header], ["一小", "一年级", "1班", 40, "甲"])
    words = told(cast, CLASSES, year, data)
    assert any("本平台不收学生个人信息，只要各班的学生总数" in one for one in words)
    assert "甲" not in "".join(words)
    with pytest.raises(NotImported):
        take_in(cast, CLASSES, year, data, skips=True)
    assert (SchoolClass.objects.count(), Entry.objects.count()) == (0, 0)


# ---- rooms


def test_rooms_are_known_by_school_kind_and_name(cast: build.Cast, year: RegisterYear) -> None:
    take_in(cast, ROOMS, year, workbook(OF_ROOMS, ["一小", "音乐", "音乐室", 96], ["一小", "美术教室", "音乐室", 80]))
    made = take_in(
        cast, ROOMS, year, workbook(OF_ROOMS, ["一小", "音乐教室", "音乐室", 97.5], ["一小", "美术", "音乐室", 80])
    )
    assert (made.added, made.changed, made.same) == (0, 1, 1)
    rows = {(one.kind, one.name): (one.area, one.source) for one in Room.objects.all()}
    assert rows == {("music", "音乐室"): (Decimal("97.5"), "statistics"), ("art", "音乐室"): (80, "statistics")}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["一小", "书法教室", "书法室", 96], "B2：“书法教室”不在可选范围内"),
        (["一小", "音乐", "音乐室", 0], "D2：“0”不能小于 1"),
        (["一小", "音乐", "音乐室", None], "D2：“面积（平方米）”不能为空"),
    ],
)
def test_what_is_wrong_with_a_room_is_told_by_its_cell(
    cast: build.Cast, year: RegisterYear, row: list[Any], why: str
) -> None:
    [words] = told(cast, ROOMS, year, workbook(OF_ROOMS, row))
    assert words.startswith(why)


# ---- confirmed and locked


def test_a_record_that_its_head_has_confirmed_is_not_changed(cast: build.Cast, year: RegisterYear) -> None:
    year.records.filter(school=cast.school).update(confirmed_at=build.NOW)
    before = state()
    for book, data in (
        (STATISTICS, statistics({"学校": "一小", "普通教室": 3}, {"学校": "九校", "学段": "小学", "普通教室": 4})),
        (CLASSES, workbook(OF_CLASSES, ["一小", "一年级", "1班", 40])),
        (ROOMS, workbook(OF_ROOMS, ["一小", "音乐", "音乐室", 96])),
    ):
        assert told(cast, book, year, data) == ["A2：一小的校长已经确认本学年资料；请先撤回确认，再导入。"]
        with pytest.raises(NotImported):
            take_in(cast, book, year, data)
    assert state() == before
    made = take_in(
        cast,
        STATISTICS,
        year,
        statistics({"学校": "一小", "普通教室": 3}, {"学校": "九校", "学段": "小学", "普通教室": 4}),
        skips=True,
    )
    assert (made.added, len(made.left_out)) == (1, 1)
    assert figures() == {("九校", "primary", 0, "classrooms"): 4}


def test_an_import_is_not_undone_under_a_confirmation(cast: build.Cast, year: RegisterYear) -> None:
    made = take_in(cast, CLASSES, year, workbook(OF_CLASSES, ["一小", "一年级", "1班", 40]))
    record = year.records.get(school=cast.school)
    seen = record.version
    record.confirmed_at = build.NOW
    record.save()
    before = state()
    with pytest.raises(Refused, match="一小的校长在导入后已经确认"):
        undo(cast.office, CLASSES, year, made, now=build.NOW)
    assert state() == before
    record.confirmed_at = None
    record.save()
    undo(cast.office, CLASSES, year, made, now=build.NOW)
    record.refresh_from_db()
    assert (SchoolClass.objects.count(), record.version > seen) == (0, True)


def test_a_head_does_not_confirm_what_an_import_brought_meanwhile(cast: build.Cast, year: RegisterYear) -> None:
    record = year.records.get(school=cast.school)
    for book, data in (
        (STATISTICS, statistics({"学校": "一小", "普通教室": 3, "留守儿童": 1})),
        (CLASSES, workbook(OF_CLASSES, ["一小", "一年级", "1班", 40])),
        (ROOMS, workbook(OF_ROOMS, ["一小", "音乐", "音乐室", 96])),
    ):
        seen = record.version
        take_in(cast, book, year, data)
        record.refresh_from_db()
        assert record.version > seen


def test_nothing_is_taken_into_a_locked_year(cast: build.Cast, year: RegisterYear) -> None:
    data = workbook(OF_ROOMS, ["一小", "音乐", "音乐室", 96])
    looked = look(cast, ROOMS, year, data)
    actions.lock_register(cast.office, year, reason="不再等", now=build.NOW)
    before = state()
    with pytest.raises(Refused, match="已锁定"):
        take_in(cast, ROOMS, year, data, looked=looked)
    assert state() == before
    client = build.client(cast.office)
    assert client.get(reverse("orgs:register_rooms", args=[year.pk])).status_code == 403


# ---- templates


@pytest.mark.parametrize(("book", "name"), [(STATISTICS, "statistics"), (CLASSES, "classes"), (ROOMS, "rooms")])
def test_the_template_holds_what_is_there_and_changes_nothing(
    cast: build.Cast, year: RegisterYear, book: Book, name: str
) -> None:
    for record in year.records.select_related("school"):
        registers.complete(record)
        registers.room(record=record)
    registers.care(record=year.records.get(school=cast.school), pupils=4321)
    response = build.client(cast.office).get(reverse(f"orgs:register_{name}_template", args=[year.pk]))
    looked = look(cast, book, year, b"".join(response))
    assert taking.told(looked) == []
    assert {one.deed for one in looked.planned} == {Deed.SAME}
    assert "4321" not in str(looked.checked.columns)


def test_records_are_found_in_the_same_queries_for_one_school_and_many(
    cast: build.Cast, year: RegisterYear, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        queries.records_by_word(year)
    for number in range(3):
        registers.complete(registers.school_record(school=build.organisation(name=f"新{number}"), register=year))
    with django_assert_num_queries(7):
        queries.records_by_word(year)


def test_the_pages_of_a_book_hand_in_check_take_and_undo(cast: build.Cast, year: RegisterYear) -> None:
    client = build.client(cast.office)
    url = reverse("orgs:register_classes", args=[year.pk])
    page = client.get(url).content.decode()
    assert "导入学籍系统班级汇总（2026—2027学年）" in page
    data = workbook(OF_CLASSES, ["一小", "一年级", "1班", 40])
    made = take_in(cast, CLASSES, year, data)
    shown = client.get(reverse("orgs:register_classes_taken", args=[year.pk, made.pk])).content.decode()
    assert reverse("orgs:register", args=[year.pk]) in shown
    assert client.post(reverse("orgs:register_classes_undo", args=[year.pk, made.pk])).status_code == 302
    assert SchoolClass.objects.count() == 0
