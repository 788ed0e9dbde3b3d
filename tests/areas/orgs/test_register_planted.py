"""Forty planted errors in the three exports of a school year come back by their cells, and nothing is written."""

from typing import Any

import pytest

from tests import build, planning, registers, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs.models import CareFigure, Figure, Room, SchoolClass
from xietong.areas.orgs.sheets import ClassBook, RoomBook, StatisticsBook
from xietong.kit.measures.models import Value
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.taking import NotImported

pytestmark = pytest.mark.django_db

STATISTICS = [
    "学校（机构）名称", "学段", "学年", "一年级", "二年级", "七年级", "在校学生数", "普通教室", "教学及辅助用房面积",
    "教学仪器设备资产值(万元)", "网络多媒体教室", "随迁子女",
]  # fmt: skip
GOOD = ["新校{n}", "小学", "2026-2027", 40, 41, None, 81, 12, 900.5, 30.25, 6, 2]
SPOILT: list[tuple[str, Any]] = [
    ("学校（机构）名称", None),
    ("学校（机构）名称", "不存在的小学"),
    ("学校（机构）名称", "老校"),
    ("学校（机构）名称", "新校0"),
    ("学校（机构）名称", "确认校"),
    ("学段", "初中"),
    ("学段", "大学"),
    ("学年", "2025-2026"),
    ("学年", "2026-2028"),
    ("学年", "今年"),
    ("一年级", -1),
    ("一年级", "四十"),
    ("二年级", 41.5),
    ("二年级", 1_000_000),
    ("七年级", 30),
    ("在校学生数", 80),
    ("普通教室", -12),
    ("普通教室", "十二间"),
    ("教学及辅助用房面积", 900.555),
    ("教学及辅助用房面积", "约900"),
    ("教学仪器设备资产值(万元)", -30),
    ("网络多媒体教室", 6.5),
    ("随迁子女", "多"),
    ("随迁子女", -2),
]
CLASSES = ["学校名称", "年级", "班级名称", "学生数"]
GOOD_CLASS = ["新校{n}", "三年级", "1班", 44]
SPOILT_CLASSES: list[tuple[str, Any]] = [
    ("学校名称", None),
    ("学校名称", "外县小学"),
    ("年级", None),
    ("年级", "九年级"),
    ("年级", "重点年级"),
    ("班级名称", None),
    ("班级名称", "班" * 21),
    ("学生数", None),
    ("学生数", -44),
    ("学生数", 440),
    ("学生数", "44人"),
]
ROOMS = ["学校", "类别", "名称", "面积（平方米）"]
GOOD_ROOM = ["新校{n}", "音乐教室", "音乐室", 96]
SPOILT_ROOMS: list[tuple[str, Any]] = [
    ("学校", "没有学校"),
    ("类别", "舞蹈教室"),
    ("名称", None),
    ("面积（平方米）", 0),
    ("面积（平方米）", 90_000),
]


@pytest.mark.parametrize(
    ("book", "headers", "good", "faults"),
    [
        (StatisticsBook(), STATISTICS, GOOD, SPOILT),
        (ClassBook(), CLASSES, GOOD_CLASS, SPOILT_CLASSES),
        (RoomBook(), ROOMS, GOOD_ROOM, SPOILT_ROOMS),
    ],
    ids=["statistics", "classes", "rooms"],
)
def test_planted_errors_come_back_by_their_cells_and_nothing_is_written(
    book: Book, headers: list[str], good: list[Any], faults: list[tuple[str, Any]]
) -> None:
    planning.rules()
    cast = build.cast()
    year = registers.register_year(county=cast.county)
    build.organisation(county=cast.county, name="云岭县老校", short_name="老校", closed_on=registers.AS_OF)
    confirmed = build.organisation(county=cast.county, name="云岭县确认校", short_name="确认校")
    registers.school_record(school=confirmed, register=year, confirmed_at=build.NOW)
    for number in range(len(faults) + 1):
        school = build.organisation(county=cast.county, name=f"云岭县新校{number}", short_name=f"新校{number}")
        registers.school_record(school=school, register=year)
    right = [[f"新校{number}", *good[1:]] for number in range(len(faults) + 1)]
    wrong = [list(row) for row in right]
    cells = []
    # The first row stays right, so that another can say the same.
    for number, (header, value) in enumerate(faults, 1):
        wrong[number][headers.index(header)] = value
        cells.append(f"{chr(65 + headers.index(header))}{number + 2}")

    looked = taking.look(book, cast.office, year, workbook(headers, *wrong))

    assert [one.partition("：")[0] for one in taking.told(looked)] == cells
    with pytest.raises(NotImported, match="文件还有问题"):
        taking.take_in(book, cast.office, year, workbook(headers, *wrong))
    assert [model.objects.count() for model in (Figure, SchoolClass, Room, CareFigure, Value, Import)] == [0] * 6
    made = taking.take_in(book, cast.office, year, workbook(headers, *right))
    assert (made.added, made.left_out) == (len(right), [])


@pytest.mark.once
def test_there_are_forty_planted_errors() -> None:
    assert len(SPOILT) + len(SPOILT_CLASSES) + len(SPOILT_ROOMS) == 40
