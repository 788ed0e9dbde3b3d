"""What the register publishes: the stored values are what the rows give, whatever was done and undone."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import build, planning, registers, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs import actions, measures
from xietong.areas.orgs.models import RegisterYear, SchoolRecord
from xietong.areas.orgs.sheets import ClassBook, RoomBook, StatisticsBook
from xietong.kit.errors import Refused
from xietong.kit.measures import values
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.models import Value
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.taking import undo

pytestmark = pytest.mark.django_db

BOOKS: dict[str, Book] = {book.key: book for book in (StatisticsBook(), ClassBook(), RoomBook())}
NUMBERS = st.integers(0, 120)
DEEDS = st.one_of(
    st.tuples(st.just("fill"), NUMBERS),
    st.tuples(st.just("statistics"), NUMBERS),
    st.tuples(st.just("classes"), NUMBERS),
    st.tuples(st.just("rooms"), NUMBERS),
    st.tuples(st.sampled_from(["undo", "confirm", "release", "describe", "lock"]), st.just(0)),
    st.tuples(st.just("correct"), NUMBERS),
)


def stored(county_id: int) -> dict[values.Key, Decimal]:
    rows = Value.objects.filter(county_id=county_id, period=2026)
    return {(row.measure, row.unit_id, row.stage): row.value for row in rows}


def counted(county_id: int) -> dict[values.Key, Decimal]:
    return values.counted(county_id, 2026, Grain.SCHOOL_YEAR)


class Acting:
    """The office and the head at work on a nine-year school."""

    def __init__(self, cast: build.Cast, record: SchoolRecord, head: Any) -> None:
        self.cast, self.pk, self.head = cast, record.pk, head

    @property
    def record(self) -> SchoolRecord:
        return SchoolRecord.objects.select_related("register", "school").get(pk=self.pk)

    def do(self, deed: str, number: int) -> None:
        getattr(self, deed)(number)

    def fill(self, number: int) -> None:
        other = Decimal(number) if number % 2 else None
        said = {("primary", 0, "posts"): Decimal(number), ("middle", 0, "posts"): other}
        actions.fill_figures(self.cast.office, self.record, values=said, now=build.NOW)

    def statistics(self, number: int) -> None:
        headers = ["学校", "学段", "一年级", "七年级", "教学及辅助用房面积", "教学仪器设备资产值(万元)", "留守儿童"]
        self.take("register.statistics", headers, ["九校", "小学", number, None, None, None, number],
                  ["九校", None, None, None, 10 * number, number, None])  # fmt: skip

    def classes(self, number: int) -> None:
        headers = ["学校", "年级", "班级", "学生数"]
        first = ["九校", "一年级", f"{number % 3}班", number]
        self.take("register.classes", headers, first, ["九校", "初一", "1班", number])

    def rooms(self, number: int) -> None:
        self.take("register.rooms", ["学校", "类别", "名称", "面积"], ["九校", "音乐", f"室{number % 3}", number + 1])

    def take(self, key: str, headers: list[str], *rows: list[Any]) -> None:
        year = self.record.register
        if not year.locked_at:
            taking.take_in(BOOKS[key], self.cast.office, year, workbook(headers, *rows))

    def undo(self, _number: int) -> None:
        made = Import.objects.filter(state=Import.State.DONE).order_by("-pk").first()
        if made:
            undo(self.cast.office, BOOKS[made.book], self.record.register, made, now=build.NOW)

    def confirm(self, _number: int) -> None:
        if not self.record.figures.exists():
            registers.complete(self.record)
        actions.confirm_record(self.head, self.record, version=self.record.version, now=build.NOW)

    def release(self, _number: int) -> None:
        actions.release_record(self.head, self.record, reason="改", now=build.NOW)

    def describe(self, _number: int) -> None:
        row = self.record
        other = "private" if row.ownership == "public" else "public"
        actions.describe_record(
            self.cast.office, row, version=row.version, ownership=other, urban_rural="", now=build.NOW
        )

    def lock(self, _number: int) -> None:
        actions.lock_register(self.cast.office, self.record.register, reason="不再等", now=build.NOW)

    def correct(self, number: int) -> None:
        if self.record.register.locked_at:
            place = ("primary", 1, "pupils")
            actions.correct_figure(
                self.cast.office, self.record, place=place, value=Decimal(number), reason="核实", now=build.NOW
            )


def test_stored_values_are_what_the_rows_give_after_whatever_was_done() -> None:
    planning.rules()
    cast = build.cast()
    record = registers.school_record(school=registers.schools(cast.county)["nine"])
    acting = Acting(cast, record, cast.head)
    values.refresh(cast.office, cast.county.pk, 2026, Grain.SCHOOL_YEAR, now=build.NOW)

    @settings(max_examples=30)
    @given(st.lists(DEEDS, min_size=1, max_size=8))
    def holds(deeds: list[tuple[str, int]]) -> None:
        with transaction.atomic():
            for deed, number in deeds:
                before = stored(cast.county.pk)
                try:
                    with transaction.atomic():
                        acting.do(deed, number)
                except Refused:
                    assert stored(cast.county.pk) == before
                assert stored(cast.county.pk) == counted(cast.county.pk)
            transaction.set_rollback(True)

    holds()


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def counts(record: SchoolRecord) -> dict[tuple[str, str], Decimal]:
    rows = counted(record.county_id).items()
    return {(name, stage): value for (name, unit, stage), value in rows if unit == record.school_id}


def test_what_a_school_shares_is_told_to_its_stages_by_weighted_pupils(cast: build.Cast) -> None:
    record = registers.school_record(school=registers.schools(cast.county)["nine"])
    registers.figure(record=record, stage="primary", grade=1, field="pupils", value=440)
    registers.figure(record=record, stage="middle", grade=7, field="pupils", value=400)
    registers.figure(record=record, stage="", field="teaching_area", value=1000)
    registers.figure(record=record, stage="middle", field="equipment_value", value="1.5")
    found = counts(record)
    assert found["teaching_area", "primary"] == found["teaching_area", "middle"] == 500
    assert found["equipment_value", "middle"] == 15_000
    assert found["schools", "primary"] == found["schools", "middle"] == 1


def test_classes_are_counted_by_size_and_give_the_pupils_that_no_statistics_tell(cast: build.Cast) -> None:
    record = registers.school_record(school=cast.school, ownership="private")
    for name, pupils in (("1班", 45), ("2班", 46), ("3班", 56), ("4班", 66)):
        registers.school_class(record=record, name=name, pupils=pupils)
    found = counts(record)
    names = ("classes", "classes_over_standard", "large_classes", "very_large_classes", "largest_class", "pupils")
    assert [found[name, "primary"] for name in names] == [4, 3, 2, 1, 66, 213]
    assert (found["public_pupils", "primary"], found["inclusive_pupils", "primary"]) == (0, 0)


def test_rooms_and_care_are_counted_and_a_year_without_register_has_nothing(cast: build.Cast) -> None:
    record = registers.school_record(school=cast.school)
    registers.room(record=record)
    registers.room(record=record, kind="art", name="美术室")
    registers.room(record=record, kind="art", name="美术室2")
    registers.care(record=record, pupils=5)
    found = counts(record)
    names = ("music_rooms", "art_rooms", "migrant_pupils")
    assert [found[name, "primary"] for name in names] == [1, 2, 5]
    assert values.counted(cast.county.pk, 2020, Grain.SCHOOL_YEAR) == {}


def test_origins_are_the_rows_behind_a_value(cast: build.Cast) -> None:
    record = registers.school_record(school=cast.school)
    registers.figure(record=record, field="teaching_area", value="1200.5")
    registers.figure(record=record, field="pupils", grade=1, value=40)
    registers.school_class(record=record, pupils=40)
    registers.room(record=record)

    def told(measure: str, period: int = 2026) -> list[tuple[str, str, str]]:
        rows = measures.origins(measure, cast.county.pk, period, cast.school.pk, "primary")
        return [(one.label, one.value, one.source) for one in rows]

    assert told("teaching_area") == [("小学教学及辅助用房面积", "1200.5 平方米", "教育事业统计")]
    assert told("schools") == [("小学一年级在校生数", "40 人", "教育事业统计")]
    assert told("large_classes") == [("小学一年级1班", "40 人", "学籍系统")]
    assert told("music_rooms") == [("音乐教室1", "96.00 ㎡", "学校填报")]
    assert told("teaching_area", 2025) == []
    assert RegisterYear.objects.count() == 1
