"""The register of organisations by Excel: a tree in any order, known by code or name, and taken back."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests import build, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs.models import Organisation, OrgKind
from xietong.areas.orgs.sheets import OrganisationBook
from xietong.kit.sheets.journal import ChangedSince
from xietong.kit.sheets.planning import Deed
from xietong.kit.sheets.taking import NotImported, undo

pytestmark = pytest.mark.django_db
BOOK = OrganisationBook()
HEADERS = ["全称", "简称", "类别", "标识码", "上级", "代报单位", "其他叫法", "排序", "设立日期"]


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def row(name: str, short: str, kind: str = "小学", **more: Any) -> list[Any]:
    return [name, short, kind, *(more.get(header) for header in HEADERS[3:])]


def look(cast: build.Cast, *rows: list[Any]) -> Any:
    return taking.look(BOOK, cast.office, cast.county, workbook(HEADERS, *rows))


def take_in(cast: build.Cast, *rows: list[Any], **options: Any) -> Any:
    return taking.take_in(BOOK, cast.office, cast.county, workbook(HEADERS, *rows), **options)


def state() -> list[Any]:
    return list(Organisation.objects.order_by("pk").values())


def test_a_tree_is_taken_in_whatever_its_order_and_taken_back(cast: build.Cast) -> None:
    before = state()
    made = take_in(
        cast,
        row("云岭县甲村教学点", "甲村点", "村小、教学点", 代报单位="东山中心小学", 上级="云岭县东山中心小学"),
        row("云岭县东山中心小学", "东山中心小学", 上级="云岭县东山镇", 其他叫法="东山小学、东小", 排序=7),
        row("云岭县东山镇", "东山镇", "乡镇", 设立日期="1990-1-1"),
    )
    assert (made.state, made.added, made.left_out) == ("done", 3, [])
    point = Organisation.objects.get(short_name="甲村点")
    centre = point.files_through
    assert centre is not None
    assert (point.parent, centre.name, centre.aliases, centre.order) == (
        centre,
        "云岭县东山中心小学",
        ["东山小学", "东小"],
        7,
    )
    assert centre.parent is not None
    assert (centre.parent.kind, centre.parent.opened_on) == (OrgKind.TOWNSHIP, date(1990, 1, 1))
    undo(cast.office, BOOK, cast.county, made, now=build.NOW)
    assert state() == before


def test_the_register_that_was_handed_out_changes_nothing(cast: build.Cast) -> None:
    Organisation.objects.filter(pk=cast.school.pk).update(parent=cast.other_school, aliases=["甲", "乙"])
    with translation.override("en"):
        response = build.client(cast.office).get(reverse("orgs:sheet_template"))
        looked = taking.look(BOOK, cast.office, cast.county, b"".join(response))
    assert taking.told(looked) == []
    assert {one.deed for one in looked.planned} == {Deed.SAME}
    [same] = look(cast, row("云岭县第一小学", "一小", 上级="二小", 其他叫法="甲、乙")).planned
    assert same.deed is Deed.SAME


def test_a_code_tells_a_school_that_has_been_renamed(cast: build.Cast) -> None:
    Organisation.objects.filter(pk=cast.school.pk).update(code="2136000001")
    made = take_in(cast, row("云岭县实验小学", "实小", 标识码="2136000001"))
    cast.school.refresh_from_db()
    assert (made.changed, cast.school.name, cast.school.order) == (1, "云岭县实验小学", cast.school.order)
    looked = look(cast, row("云岭县第二小学", "二小", 标识码="2136000001"))
    assert taking.told(looked) == [
        "第2行：标识码属于“云岭县实验小学”，名称“云岭县第二小学”又已是另一个机构；请核对。"
    ]


def test_what_is_wrong_with_a_row_is_told(cast: build.Cast) -> None:
    looked = look(
        cast,
        row("云岭县新小学", "新小", "中专"),
        row("云岭县再新小学", "再新小", 标识码="8136000001"),
        row("云岭县三新小学", "三新小", 上级="没有的中心校"),
    )
    words = taking.told(looked)
    assert "C2：“中专”不在可选范围内" in words[0]
    assert "不是学校类别" in words[1]
    assert words[2] == "第4行：“上级”里的“没有的中心校”既不在机构名册里，也不在这个文件里。"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([row("云岭县第一小学", "一小", 上级="二小"), row("云岭县第二小学", "二小", 上级="一小")], "上级机构不能是"),
        ([row("云岭县第一小学", "一小", 代报单位="一小")], "上级机构不能是"),
        ([row("甲点", "甲点", 代报单位="乙点"), row("乙点", "乙点", 代报单位="甲点")], "名册里没有|代报单位自己"),
    ],
)
def test_a_tree_does_not_bite_its_tail(cast: build.Cast, rows: list[Any], why: str) -> None:
    before = state()
    with pytest.raises(NotImported, match=why):
        take_in(cast, *rows)
    assert state() == before


def test_a_unit_that_others_stand_below_since_is_not_taken_back(cast: build.Cast) -> None:
    made = take_in(cast, row("云岭县东山镇", "东山镇", "乡镇"))
    Organisation.objects.filter(pk=cast.school.pk).update(parent=Organisation.objects.get(short_name="东山镇"))
    with pytest.raises(ChangedSince, match="“东山镇”在导入后已被使用"):
        undo(cast.office, BOOK, cast.county, made, now=build.NOW)
