"""Births one by one and from a workbook: what is negative, absurd or missing is named, and nothing is written."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, placing, planning, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs.models import Role
from xietong.areas.places import actions, queries
from xietong.areas.places.models import Births, Housing
from xietong.areas.places.sheets import BirthsBook
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.measures.models import Value
from xietong.kit.sheets.taking import NotImported, undo

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
BOOK = BirthsBook()
HEADERS = ["乡镇", "出生年度", "出生人数", "来源", "时点", "说明"]
DAY = "2026-09-01"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def seat(cast: build.Cast) -> Any:
    return placing.township("云溪镇", county=cast.county, short_name="云溪")


def row(year: str, births: Any, place: str = "云溪镇", note: str = "", source: str = "公安户籍") -> list[Any]:
    return [place, year, births, source, DAY, note]


def look(cast: build.Cast, *rows: list[Any]) -> Any:
    return taking.look(BOOK, cast.office, cast.county, workbook(HEADERS, *rows))


def take_in(cast: build.Cast, *rows: list[Any], **options: Any) -> Any:
    return taking.take_in(BOOK, cast.office, cast.county, workbook(HEADERS, *rows), **options)


def state() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Births, Value, Entry)]


def born(county: Any) -> dict[int, int]:
    return {row.period: int(row.value) for row in Value.objects.filter(county_id=county.pk, measure="births")}


def enter(cast: build.Cast, seat: Any, year: int, births: int, **fields: Any) -> Births:
    usual = {"source": "police", "as_of": TODAY}
    return actions.enter_births(cast.office, township=seat, year=year, births=births, now=NOW, **usual | fields)


def test_births_are_entered_and_put_right(cast: build.Cast, seat: Any) -> None:
    made = enter(cast, seat, 2024, 120)
    assert born(cast.county) == {2025: 120}
    changed = actions.change_births(cast.office, made, version=1, births=118, now=NOW)
    assert (changed.births, born(cast.county), str(changed)) == (118, {2025: 118}, "云溪 2024-2025")
    before = state()
    with pytest.raises(Stale):
        actions.change_births(cast.office, made, version=1, births=90, now=NOW)
    with pytest.raises(Refused, match="已有这一年度"):
        enter(cast, seat, 2024, 100)
    with pytest.raises(Refused, match="不能为负"):
        enter(cast, seat, 2023, -1)
    assert state() == before


def test_absurd_births_need_a_reason(cast: build.Cast, seat: Any) -> None:
    for year in (2020, 2021, 2022):
        enter(cast, seat, year, 100)
    before = state()
    with pytest.raises(actions.Unlikely, match=r"中位数的 3 倍"):
        enter(cast, seat, 2023, 1000)
    with pytest.raises(actions.Unlikely):
        actions.change_births(cast.office, Births.objects.get(year=2022), version=1, births=1000, now=NOW)
    assert state() == before
    made = enter(cast, seat, 2023, 1000, note="撤并了邻乡")
    assert made.births == 1000


def test_a_workbook_is_taken_in_changed_and_taken_back(cast: build.Cast, seat: Any) -> None:
    placing.births(seat, {2020: 100})
    made = take_in(cast, row("2020-2021", 101), row("2021—2022", 98), row("2022-2023", 96, place="云溪"))
    assert (made.state, made.added, made.changed) == ("done", 2, 1)
    assert born(cast.county) == {2021: 101, 2022: 98, 2023: 96}
    assert [one["births"] for one in BOOK.filled(cast.office, cast.county, TODAY)] == ["101", "98", "96"]
    undo(cast.office, BOOK, cast.county, made, now=NOW)
    assert born(cast.county) == {2021: 100}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([row("2020-2021", -3)], "C2：“-3”不能小于 0。"),
        ([row("2020-2021", None)], "C2：“出生人数”不能为空。"),
        ([row("2020-2021", "很多")], "C2：“很多”不是数字。"),
        ([row("2099-2100", 3)], "B2：“2099-2100”不在可选范围内"),
        ([row("2020-2021", 3, place="邻县镇")], "A2：“邻县镇”不在可选范围内"),
        (
            [row("2020-2021", 100), row("2021-2022", 90), row("2022-2023", 900)],
            "第4行：900 人超过该乡镇其他年份中位数的 3 倍",
        ),
        ([row("2020-2021", 100), row("2020-2021", 90)], "第3行与第2行的"),
    ],
)
def test_bad_births_are_named_by_cell_and_nothing_is_written(
    cast: build.Cast, seat: Any, rows: list[Any], sentence: str
) -> None:
    found = look(cast, *rows)
    assert any(one.startswith(sentence) for one in taking.told(found)), taking.told(found)
    before = state()
    with pytest.raises(NotImported):
        take_in(cast, *rows)
    assert state() == before


def test_absurd_births_with_a_reason_are_taken_in(cast: build.Cast, seat: Any) -> None:
    rows = [row("2020-2021", 100), row("2021-2022", 90), row("2022-2023", 900, note="新区落户")]
    assert taking.told(look(cast, *rows)) == []
    assert take_in(cast, *rows).added == 3


def test_the_page_names_what_is_missing(cast: build.Cast, seat: Any) -> None:
    client, url = build.client(cast.office), reverse("places:births")
    assert "还没有出生人数" in client.get(url).content.decode()
    placing.births(seat, {2020: 100, 2022: 96})
    page = client.get(url).content.decode()
    assert ("有 1 处缺出生人数" in page, "缺</span>" in page) == (False, False)
    placing.births(placing.township("竹山乡", county=cast.county), {2020: 9, 2021: 9})
    page = client.get(url).content.decode()
    assert "有 2 处缺出生人数" in page
    member = build.player("王成员", Role.MEMBER_UNIT, build.organisation(county=cast.county, kind="member_unit"))
    read = build.client(member)
    assert "births/enter" not in read.get(url).content.decode()
    assert read.get(reverse("places:births_enter")).status_code == 404


def test_births_are_entered_and_corrected_through_the_page(cast: build.Cast, seat: Any) -> None:
    client = build.client(cast.office)
    url = reverse("places:births_enter")
    assert client.get(url).status_code == 200
    typed = {"township": seat.pk, "year": 2025, "births": 88, "source": "police", "as_of": "2026-09-01", "note": ""}
    assert client.post(url, typed | {"births": -1}).status_code == 422
    assert not Births.objects.exists()
    assert client.post(url, typed).status_code == 302
    one = Births.objects.get()
    change = reverse("places:births_change", args=[one.pk])
    assert "2025-2026出生年度" in client.get(change).content.decode()
    assert client.post(change, typed | {"births": 89, "version": 1}).status_code == 302
    assert Births.objects.get().births == 89


def test_cohorts_end_with_the_last_whose_children_are_born() -> None:
    assert queries.needed_until(date(2026, 9, 8)) == 2025
    assert queries.cohort_choices(date(2026, 9, 8))[0] == (2025, "2025-2026")


def test_housing_is_noted_changed_and_dropped(cast: build.Cast, seat: Any) -> None:
    client = build.client(cast.office)
    assert "还没有新建住房" in client.get(reverse("places:housing")).content.decode()
    typed = {
        "name": "城南新区", "township": seat.pk, "year": 2027, "certainty": "building",
        "kindergarten": 20, "primary": 60, "middle": 0, "high": 0,
    }  # fmt: skip
    assert client.get(reverse("places:housing_add")).status_code == 200
    assert client.post(reverse("places:housing_add"), typed).status_code == 302
    assert client.post(reverse("places:housing_add"), typed).status_code == 422
    one = Housing.objects.get()
    assert (str(one), one.total) == ("城南新区", 80)
    url = reverse("places:housing_change", args=[one.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, typed | {"primary": 90, "version": 1}).status_code == 302
    assert Housing.objects.get().primary == 90
    assert client.post(reverse("places:housing_drop", args=[one.pk])).status_code == 302
    assert not Housing.objects.exists()
    assert Entry.objects.filter(action="places.drop_housing").count() == 1
