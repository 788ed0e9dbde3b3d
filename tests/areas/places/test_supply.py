"""Places that follow from a register and projects: by stage, township and school, published and shown."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import build, placing, planning
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import OrgKind, RegisterYear, Role
from xietong.areas.places import actions, measures, queries
from xietong.areas.places.models import Project
from xietong.kit.accounts.actor import Actor
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.models import Value
from xietong.kit.measures.values import counted, refresh

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
CODES: list[str] = []


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def units(cast: build.Cast) -> dict[str, Any]:
    return placing.settled(cast.county)


def latest(cast: build.Cast) -> RegisterYear:
    row = orgs.latest_register(cast.county.pk)
    assert row is not None
    return row


def stored(county: Any, year: int = 2025) -> dict[tuple[str, int, str], Decimal]:
    rows = Value.objects.filter(county_id=county.pk, period=year)
    return {(row.measure, row.unit_id, row.stage): row.value for row in rows}


def test_places_follow_from_classrooms_and_stand_in_their_township(cast: build.Cast, units: dict[str, Any]) -> None:
    found = queries.supply(latest(cast))
    told = {one.school: (one.stage, one.township, one.setting, one.places, one.pupils) for one in found.lines}
    seat, hill = units["seat"].pk, units["hill"].pk
    assert told == {
        units["garden"].pk: ("kindergarten", seat, "", 300, 246),
        units["town"].pk: ("primary", seat, "town", 810, 660),
        units["village"].pk: ("primary", hill, "village", 360, 108),
        units["middle"].pk: ("middle", seat, "city", 450, 357),
        units["high"].pk: ("high", seat, "", 300, 219),
    }
    assert (found.total.places, found.total.pupils, found.unknown) == (2220, 1590, [])
    assert found.by("township")[hill].places == 360


def test_pupils_without_classrooms_have_no_known_places(cast: build.Cast) -> None:
    row = placing.register(county=cast.county)
    held = placing.record(row, cast.school)
    placing.pupils(held, "primary", *[40] * 6)
    found = queries.supply(row)
    assert [(one.pupils, one.places, one.township) for one in found.unknown] == [(240, None, 0)]
    page = build.client(cast.office).get(reverse("places:overview")).content.decode()
    assert "有 1 个学校（学部）有在校生但没有普通教室数" in page
    listed = build.client(cast.office)
    refresh(cast.office, cast.county.pk, 2025, Grain.SCHOOL_YEAR, now=NOW)
    assert "缺教室数" in listed.get(reverse("places:schools")).content.decode()
    assert "缺教室数" in listed.get(reverse("places:school", args=[cast.school.pk])).content.decode()
    assert ("places", cast.school.pk, "primary") not in stored(cast.county)


def test_a_delivered_project_counts_at_once_and_not_twice(cast: build.Cast, units: dict[str, Any]) -> None:
    row = placing.project(units["seat"], school=units["town"], primary=90, state="building")
    day = date(2026, 3, 1)
    done = actions.deliver_project(cast.office, row, delivered_on=day, now=NOW)
    assert (done.state, done.delivered_on) == ("delivered", day)
    assert stored(cast.county)["places", units["town"].pk, "primary"] == 900
    # The next register has its classrooms.
    placing.record(placing.register(2026, county=cast.county), units["town"])
    assert [one.places for one in queries.supply(latest(cast)).lines] == []
    (origin,) = [
        one
        for one in measures.origins("places", cast.county.pk, 2025, units["town"].pk, "primary")
        if one.value != "18 间"
    ]
    assert (origin.label, origin.value, origin.as_of) == (row.name, "新增学位 90 个", day)


def test_places_of_a_school_that_is_not_registered_yet_are_the_countys(
    cast: build.Cast, units: dict[str, Any]
) -> None:
    placing.project(units["hill"], state="delivered", delivered_on=date(2026, 3, 1), primary=45)
    refresh(cast.office, cast.county.pk, 2025, Grain.SCHOOL_YEAR, now=NOW)
    assert stored(cast.county)["places", 0, "primary"] == 45
    assert [one.label for one in measures.origins("places", cast.county.pk, 2025, 0, "primary")] == ["第七小学新建"]
    assert queries.supply(latest(cast)).by("township")[units["hill"].pk].places == 405


def test_origins_are_classrooms_and_births(cast: build.Cast, units: dict[str, Any]) -> None:
    def told(measure: str, unit: int, stage: str, year: int = 2025) -> list[tuple[str, str]]:
        return [(one.label, one.value) for one in measures.origins(measure, cast.county.pk, year, unit, stage)]

    assert told("free_places", units["town"].pk, "primary") == [("普通教室数", "18 间")]
    assert [label for label, _value in told("births", 0, "")] == ["云溪镇", "竹山乡"]
    assert told("places", units["town"].pk, "primary", 1999) == []


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(0, 12)), min_size=1, max_size=4),
    st.integers(0, 200),
    st.booleans(),
)
def test_stored_measures_equal_a_rebuild(
    cast: build.Cast, rows: list[tuple[int, int | None]], births: int, has_project: bool
) -> None:
    """Whatever the register says, and after a project and births came."""
    county = build.county(code=f"9999{len(CODES) + 10:02d}", name=f"县{len(CODES)}")
    CODES.append(county.code)
    place = build.organisation(county=county, kind=OrgKind.GROUP_OFFICE)
    office = build.player("办事员", Role.OFFICE, place)
    seat = placing.township("镇", county=county)
    row = placing.register(county=county)
    for pupils, rooms in rows:
        held = placing.record(row, build.organisation(county=county, parent=seat))
        placing.figure(held, "primary", "pupils", pupils, grade=1)
        if rooms is not None:
            placing.figure(held, "primary", "classrooms", rooms)
    if has_project:
        project = placing.project(seat, state="building")
        actions.deliver_project(office, project, delivered_on=TODAY - timedelta(days=120), now=NOW)
    actions.enter_births(office, township=seat, year=2024, births=births, source="police", as_of=TODAY, now=NOW)
    assert stored(county) == counted(county.pk, 2025, Grain.SCHOOL_YEAR)
    assert stored(county)["births", 0, ""] == births


def test_overview_says_what_to_do_first_and_then_shows_everything(
    cast: build.Cast, django_assert_num_queries: Any
) -> None:
    client = build.client(cast.office)
    assert "还没有学年资料" in client.get(reverse("places:overview")).content.decode()
    units = placing.settled(cast.county)
    page = client.get(reverse("places:overview")).content.decode()
    for words in ("学位总量", "2220", "基期学位", "公办", "城区", "校际差异系数", "还没有预测", "编制一个预测方案"):
        assert words in page
    placing.scenario(
        cast.county, computed_at=NOW, result=placing.result(key=units["seat"].pk, school=units["town"].pk)
    )
    page = client.get(reverse("places:overview")).content.decode()
    assert "预计在校生 95 人" in page
    assert "余 40 个" in page


def number_of_queries(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["overview", "townships", "schools", "births", "housing", "projects", "scenarios"])
def test_queries_do_not_grow_with_the_rows(cast: build.Cast, name: str) -> None:
    client, url = build.client(cast.office), reverse(f"places:{name}")
    units = placing.settled(cast.county)
    more(cast, units, 0)
    client.get(url)
    first = number_of_queries(client, url)
    for n in (1, 2):
        more(cast, units, n)
    assert number_of_queries(client, url) == first


def more(cast: build.Cast, units: dict[str, Any], n: int) -> None:
    """One more of everything."""
    place = placing.township(f"第{n}乡", county=cast.county)
    school = build.organisation(county=cast.county, parent=place, name=f"乡小{n}")
    held = placing.record(latest(cast), school)
    placing.pupils(held, "primary", *[10] * 6)
    placing.figure(held, "primary", "classrooms", 6)
    placing.births(place, {2020: 40, 2021: 39})
    placing.housing(place, name=f"小区{n}")
    placing.project(place, name=f"项目{n}", school=school)
    placing.scenario(cast.county, name=f"方案{n}", computed_at=NOW, result=placing.result(key=place.pk))
    refresh(cast.office, cast.county.pk, 2025, Grain.SCHOOL_YEAR, now=NOW)


def test_townships_show_one_stage_with_what_the_years_bring(cast: build.Cast) -> None:
    client = build.client(cast.office)
    assert "还没有学校的学位数" in client.get(reverse("places:schools")).content.decode()
    assert "还没有乡镇的学位数" in client.get(reverse("places:townships")).content.decode()
    units = placing.settled(cast.county)
    assert "还没有预测方案，只列现状" in client.get(reverse("places:townships")).content.decode()
    placing.scenario(cast.county, computed_at=NOW, result=placing.result(key=units["seat"].pk))
    page = client.get(reverse("places:townships")).content.decode()
    assert "缺 10" in page
    assert "富余" in page
    middle = client.get(reverse("places:townships") + "?stage=middle").content.decode()
    assert "缺 10" not in middle
    assert b"".join(client.get(reverse("places:townships") + "?export=xlsx"))[:2] == b"PK"


def test_schools_are_listed_with_their_state_and_narrowed_by_stage(cast: build.Cast, units: dict[str, Any]) -> None:
    held = latest(cast).records.get(school=units["village"])
    placing.school_class(held, "primary", 1, 57)
    refresh(cast.office, cast.county.pk, 2025, Grain.SCHOOL_YEAR, now=NOW)
    client = build.client(cast.office)
    placing.scenario(cast.county, computed_at=NOW, result=placing.result(school=units["village"].pk))
    page = client.get(reverse("places:schools") + "?stage=primary").content.decode()
    assert "竹山小学" in page
    assert "15（2026-2027）" in page
    assert "云岭中学" not in page
    assert "富余" in page
    (row,) = [one for one in queries.school_rows(cast.office, TODAY)[1].values() if one.school == units["village"]]
    assert (row.large_classes, row.is_half_empty) == (1, True)
    assert b"".join(client.get(reverse("places:schools") + "?export=xlsx"))[:2] == b"PK"


def test_a_school_sees_its_own_supply_and_no_forecast(cast: build.Cast) -> None:
    units = placing.settled(cast.county)
    placing.scenario(cast.county, computed_at=NOW, result=placing.result(school=units["town"].pk))
    head = build.player("钱校长", Role.SCHOOL_HEAD, units["town"])
    client = build.client(head)
    assert client.get(reverse("places:own")).headers["Location"] == reverse("places:school", args=[units["town"].pk])
    mine = client.get(reverse("places:school", args=[units["town"].pk])).content.decode()
    assert "810" in mine
    assert "以后各年" not in mine
    assert client.get(reverse("places:school", args=[units["village"].pk])).status_code == 404
    assert client.get(reverse("places:overview")).status_code == 404
    county = build.client(cast.office).get(reverse("places:school", args=[units["town"].pk])).content.decode()
    assert "以后各年" in county
    assert re.findall(r">(\d+)</td>", county.partition('id="ahead"')[2]) == [
        "60", "57", "45", "90", "6", "6", "3", "3",
    ]  # fmt: skip


def test_somebody_of_several_schools_or_of_none_is_told(cast: build.Cast, units: dict[str, Any]) -> None:
    point = build.organisation(
        county=cast.county, kind=OrgKind.TEACHING_POINT, name="上坪教学点", files_through=cast.school
    )
    both = Actor(
        **{name: getattr(cast.head, name) for name in Actor.__slots__} | {"orgs": (cast.school.pk, point.pk)}
    )
    assert queries.own_schools(both) == [cast.school, point]
    liaison = build.player("某联络员", Role.SCHOOL_LIAISON, units["seat"])
    assert "您的单位不是学校" in build.client(liaison).get(reverse("places:own")).content.decode()
    assert (
        "还没有这所学校的学位数"
        in build.client(cast.head).get(reverse("places:school", args=[cast.school.pk])).content.decode()
    )


def test_a_project_says_where_it_counts(cast: build.Cast, units: dict[str, Any]) -> None:
    row = Project.objects.get(pk=placing.project(units["seat"], school=units["town"]).pk)
    assert queries.counted_at(row, latest(cast)) == units["town"].pk
    assert (str(row), row.total) == ("第七小学新建", 1080)
