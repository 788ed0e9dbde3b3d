"""Every page of indicators: who gets it, what it holds, and how many queries it costs with one row and with three."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import build, measuring, planning, registers
from xietong.areas.indicators import panels, queries
from xietong.areas.indicators.models import Indicator, Lock, Reading, Reported, WhatIf
from xietong.areas.orgs.models import Organisation, OrgKind, Role
from xietong.kit.accounts.actor import Actor

pytestmark = pytest.mark.django_db
NOW, YEAR = build.NOW, measuring.YEAR
PLENTY = {
    "schools": 1, "pupils": 1000, "boarders": 300, "higher_qualified_teachers": 60, "backbone_teachers": 20,
    "sports_arts_teachers": 10, "teaching_area": 8000, "indoor_sports_area": 1000, "sports_ground_area": 12000,
    "equipment_value": 3_000_000, "multimedia_classrooms": 30,
}  # fmt: skip


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def people(cast: build.Cast) -> dict[str, Actor]:
    """The five whose pages differ."""
    section = build.organisation(kind=OrgKind.SECTION, name="基教股")
    province = build.organisation(kind=OrgKind.PROVINCE, name="云江省教育厅", aliases=["云江省"])
    return {
        "office": cast.office,
        "section": build.player("罗安", Role.SECTION_HEAD, section),
        "head": cast.head,
        "liaison": cast.liaison,
        "observer": build.player("叶", Role.PROVINCE_OBSERVER, province),
    }


def measured_school(school: Organisation, **own: float) -> None:
    registers.school_record(school=school)
    for name, value in {**PLENTY, **own}.items():
        measuring.measured(name, value, unit=school)


def address(name: str, *args: object) -> str:
    return reverse(f"indicators:{name}", args=args)


STAFF, SCHOOL = {"office", "section"}, {"head", "liaison"}
OFFICE, READERS = {"office"}, {"office", "section", "head", "liaison"}
PAGES: dict[str, tuple[set[str], Callable[[dict[str, Any]], tuple[object, ...]]]] = {
    "scorecard": (READERS, lambda _rows: ()),
    "dictionary": (READERS, lambda _rows: ()),
    "indicator": (READERS, lambda rows: (rows["row"].pk,)),
    "schools": (STAFF, lambda rows: (rows["row"].pk,)),
    "inputs": (STAFF, lambda rows: (rows["row"].pk,)),
    "add": (OFFICE, lambda _rows: ()),
    "adopt": (OFFICE, lambda _rows: ()),
    "change": (OFFICE, lambda rows: (rows["row"].pk,)),
    "retire": (OFFICE, lambda rows: (rows["row"].pk,)),
    "target": (OFFICE, lambda rows: (rows["row"].pk,)),
    "duties": (READERS, lambda _rows: ()),
    "to_verify": (STAFF, lambda _rows: ()),
    "verify": (OFFICE, lambda rows: (rows["waiting"].pk,)),
    "cause": (OFFICE, lambda rows: (rows["reading"].pk,)),
    "correct": (OFFICE, lambda rows: (rows["reading"].pk,)),
    "reported": ({"office", "observer"}, lambda _rows: ()),
    "balance": (STAFF, lambda _rows: ()),
    "preschool": (STAFF, lambda _rows: ()),
    "balance_units": (STAFF, lambda _rows: ()),
    "balance_unit": (STAFF, lambda rows: (rows["school"].pk, "primary")),
    "balance_movers": (STAFF, lambda _rows: ()),
    "balance_enter": (OFFICE, lambda _rows: (YEAR, "G1")),
    "what_ifs": (STAFF, lambda _rows: ()),
    "what_if": (STAFF, lambda rows: (rows["what_if"].pk,)),
    "what_if_search": (STAFF, lambda rows: (rows["what_if"].pk,)),
}


def rows(cast: build.Cast) -> dict[str, Any]:
    """An indicator with values, one that is reported, and a register of two schools of which one fails."""
    measured_school(cast.school)
    measured_school(cast.other_school, higher_qualified_teachers=5, backbone_teachers=1)
    row = measuring.indicator(formula="boarders / pupils", name="寄宿率", standard=40)
    measuring.entry(note="依据")
    return {
        "row": row,
        "reading": measuring.reading(indicator=row, value=30),
        "waiting": measuring.reading(indicator=measuring.indicator(), state="submitted"),
        "school": cast.school,
        "what_if": measuring.what_if(additions={str(cast.other_school.pk): {"primary": {"L1": 2.0}}}),
    }


def test_every_page_answers_whom_it_is_for(cast: build.Cast, people: dict[str, Actor]) -> None:
    made = rows(cast)
    clients = {name: build.client(actor) for name, actor in people.items()}
    answers = {
        page: {name for name, client in clients.items() if client.get(address(page, *fill(made))).status_code == 200}
        for page, (_whom, fill) in PAGES.items()
    }
    assert answers == {page: whom for page, (whom, _fill) in PAGES.items()}


def cost(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def more_indicators(cast: build.Cast) -> None:
    for _n in range(2):
        row = measuring.indicator(formula="boarders / pupils", standard=40)
        measuring.reading(indicator=row, value=30)
        measuring.target(indicator=row)


def more_waiting(cast: build.Cast) -> None:
    for school in (cast.school, cast.other_school):
        measuring.reading(indicator=measuring.indicator(reporter=school), state="submitted")
        of_school = measuring.indicator(reported_by="school")
        measuring.reading(indicator=of_school, state="submitted", unit=school)


def more_schools(cast: build.Cast) -> None:
    for n in range(2):
        measured_school(build.organisation(name=f"第{n}校"), pupils=900 + n, backbone_teachers=1)


def more_gardens(_cast: build.Cast) -> None:
    for n in range(2):
        measuring.garden(f"第{n}幼儿园")


def more_counties(cast: build.Cast) -> None:
    for n, county in enumerate((cast.next_county, build.county(code="999903", name="远山县"))):
        measuring.reported(county=county, code=f"N{n}")


COSTS: dict[str, tuple[str, Callable[[dict[str, Any]], tuple[object, ...]], Callable[[build.Cast], None], int]] = {
    "scorecard": ("", lambda _rows: (), more_indicators, 15),
    "dictionary": ("", lambda _rows: (), more_indicators, 10),
    "indicator": ("", lambda rows: (rows["row"].pk,), more_schools, 19),
    "schools": ("", lambda rows: (rows["row"].pk,), more_schools, 17),
    "inputs": ("?measure=pupils", lambda rows: (rows["row"].pk,), more_schools, 12),
    "duties": ("", lambda _rows: (), more_indicators, 11),
    "to_verify": ("", lambda _rows: (), more_waiting, 10),
    "balance": ("", lambda _rows: (), more_schools, 21),
    "preschool": ("", lambda _rows: (), more_gardens, 16),
    "balance_units": ("", lambda _rows: (), more_schools, 19),
    "balance_unit": ("", lambda rows: (rows["school"].pk, "primary"), more_schools, 20),
    "balance_movers": ("", lambda _rows: (), more_schools, 19),
    "what_if": ("", lambda rows: (rows["what_if"].pk,), more_schools, 20),
}


@pytest.mark.parametrize("page", COSTS)
def test_queries_do_not_grow_with_the_rows(cast: build.Cast, page: str) -> None:
    made, client = rows(cast), build.client(cast.office)
    asked, fill, more, expected = COSTS[page]
    url = address(page, *fill(made)) + asked
    assert cost(client, url) == expected
    more(cast)
    assert cost(client, url) == expected


def test_queries_of_reported_pages_do_not_grow_with_the_counties(cast: build.Cast, people: dict[str, Actor]) -> None:
    measuring.reported(county=cast.county)
    client = build.client(people["observer"])
    assert cost(client, address("reported")) == 14
    more_counties(cast)
    assert cost(build.client(people["observer"]), address("reported")) == 14


def test_a_private_measure_is_never_shown_for_a_school(cast: build.Cast) -> None:
    for name in ("migrant_pupils", "left_behind_pupils", "disabled_pupils"):
        measured_school(build.organisation(), **{name: 9})
        row = measuring.indicator(formula=f"{name} / pupils")
        measuring.reading(indicator=row, inputs=[[name, "2026", [], 9.0, 2]])
        client = build.client(cast.office)
        assert client.get(address("inputs", row.pk) + f"?measure={name}").status_code == 404
        assert client.get(address("inputs", row.pk) + f"?measure={name}&school={cast.school.pk}").status_code == 404
        assert client.get(address("inputs", row.pk) + "?measure=pupils").status_code == 200
        assert "还没有各校的数值" in text(client.get(address("schools", row.pk)))
        assert "9.0" not in text(client.get(address("indicator", row.pk)))


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


def test_addresses_with_nonsense_are_answered_with_what_there_is(cast: build.Cast) -> None:
    made, client = rows(cast), build.client(cast.office)
    row = made["row"].pk
    for period in ("", "abc", "5", "999999", "-1", "²", "1" * 5000):
        for url in (address("scorecard"), address("indicator", row), address("schools", row), address("duties")):
            assert "2026—2027学年" in text(client.get(url, {"period": period}))
        assert client.get(address("inputs", row), {"period": period}).status_code == 200
        assert client.get(address("reported"), {"period": period, "page": period}).status_code == 200
    assert client.get(address("balance"), {"year": "2019"}).status_code == 404
    assert client.get(address("balance"), {"year": "2" * 50}).status_code == 200
    assert client.get(address("balance_movers"), {"item": "L9"}).status_code == 404
    assert client.get(address("balance_movers"), {"item": "L2", "stage": "nothing"}).status_code == 200
    assert client.get(address("balance_unit", 0, "primary")).status_code == 404
    assert client.get(address("inputs", row), {"measure": "nothing"}).status_code == 404


def test_pages_without_a_register_or_indicator_say_what_to_do(cast: build.Cast) -> None:
    client = build.client(cast.office)
    assert "还没有学年资料" in text(client.get(address("balance")))
    assert "还没有指标" in text(client.get(address("scorecard")))
    assert "没有需要填报的指标" in text(client.get(address("duties")))
    for page in ("balance_units", "balance_movers"):
        assert client.get(address(page)).status_code == 404
    assert client.get(address("balance_unit", cast.school.pk, "primary")).status_code == 404
    assert client.get(address("what_ifs")).status_code == 302


def test_the_dictionary_is_kept_on_its_pages(cast: build.Cast) -> None:
    client = build.client(cast.office)
    assert client.post(address("adopt")).status_code == 302
    assert Indicator.objects.count() == 64
    fields = {
        "code": "OWN-1", "name": "自有指标", "definition": "定义", "section": "teachers", "grain": "school_year",
        "formula": "boarders / pupils", "unit": "%", "decimals": "1", "direction": "up",
    }  # fmt: skip
    assert "没有名为“nobody”的数据项" in text(client.post(address("add"), {**fields, "formula": "nobody"}), 422)
    assert "要么都填" in text(client.post(address("add"), {**fields, "baseline": "5"}), 422)
    assert "不写公式" in text(client.post(address("add"), {**fields, "reported_by": "county"}), 422)
    assert client.post(address("add"), fields).status_code == 302
    row = Indicator.objects.get(code="OWN-1")
    changed = {**fields, "name": "改名", "version": "1"}
    assert client.post(address("change", row.pk), changed).status_code == 302
    assert client.post(address("change", row.pk), changed).status_code == 409
    assert client.post(address("target", row.pk), {"period": "2026", "value": "60"}).status_code == 302
    assert "周期不对" in text(client.post(address("target", row.pk), {"period": "202609", "value": "60"}), 422)
    assert client.post(address("retire", row.pk), {"reason": "不再统计"}).status_code == 302
    assert "已停用" in text(client.get(address("indicator", row.pk)))
    assert "改名" in text(client.get(address("dictionary"), {"q": "OWN", "section": "teachers"}))
    book = client.get(address("dictionary"), {"export": "xlsx"})
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_values_are_reported_and_judged_on_their_pages(cast: build.Cast) -> None:
    row = measuring.indicator(reported_by="school", name="培训人次", unit="人次")
    head, office = build.client(cast.head), build.client(cast.office)
    url = address("report", row.pk, YEAR)
    assert "培训人次" in text(head.get(address("duties")))
    assert "不能为负" in text(head.post(url, {"value": "-1"}), 422)
    assert head.post(url, {"value": "12", "note": "签到表"}).status_code == 302
    reading = Reading.objects.get()
    assert "待核验" in text(head.get(address("duties")))
    verify = address("verify", reading.pk)
    assert "退回请写明原因" in text(office.post(verify, {"verdict": "back", "version": "1"}), 422)
    assert office.post(verify, {"verdict": "back", "opinion": "缺签名", "version": "1"}).status_code == 302
    assert "上次退回：缺签名" in text(head.get(url))
    assert head.post(url, {"value": "13"}).status_code == 302
    assert office.post(verify, {"verdict": "right", "version": "3"}).status_code == 302
    assert "已经核验" in text(head.post(url, {"value": "14"}), 422)
    assert office.post(address("correct", reading.pk), {"value": "15", "reason": "误填"}).status_code == 302
    assert "由各校填报，核验后相加" in text(office.get(address("indicator", row.pk)))
    assert "15.0" in text(office.get(address("schools", row.pk)))


def test_a_period_is_locked_and_reported_from_the_scorecard(cast: build.Cast) -> None:
    client = build.client(cast.office)
    row = measuring.indicator(section="balance")
    reading = measuring.reading(indicator=row, state="submitted")
    assert "没有核验" in text(client.post(address("lock", YEAR), follow=True))
    assert "还没有可以上报的数值" in text(client.post(address("upward", YEAR), follow=True))
    reading.state = "verified"
    reading.save()
    assert "已锁定。" in text(client.post(address("lock", YEAR), follow=True))
    assert "已上报" in text(client.post(address("upward", YEAR), follow=True))
    assert (Lock.objects.count(), Reported.objects.count()) == (1, 1)
    assert "没有这个周期" in text(client.post(address("lock", 5), follow=True))
    assert "按学年的指标" in text(client.get(address("scorecard"), {"grain": "month"}))


def test_a_school_that_fails_says_what_it_lacks(cast: build.Cast) -> None:
    rows(cast)
    client = build.client(cast.office)
    assert "2 个学校（学部）中 1 个没有通过" in text(client.get(address("balance")))
    failing = text(client.get(address("balance_unit", cast.other_school.pk, "primary")))
    assert "至少要补这些" in failing
    assert "37.0 人，即 37 人" in failing
    assert "至少要补这些" not in text(client.get(address("balance_unit", cast.school.pk, "primary")))
    assert "这个学段还没有学校资料" in text(client.get(address("balance_units"), {"stage": "middle"}))


def test_a_what_if_is_tried_kept_and_thrown_away(cast: build.Cast) -> None:
    made = rows(cast)
    client = build.client(cast.office)
    assert client.post(address("what_ifs"), {"name": "补教师"}).status_code == 302
    row = WhatIf.objects.get(name="补教师")
    grid = {f"a:{cast.other_school.pk}:primary:L1": "60", f"a:{cast.other_school.pk}:primary:L2": "20"}
    with measuring.nothing_changes():
        assert "没有通过" in text(client.post(address("what_if_result", row.pk), {"version": "1"}))
        tried = text(client.post(address("what_if_result", row.pk), grid))
    assert "还有 1 个学校（学部）没有通过" not in tried
    for version in ("", "x", "9" * 5000, "7"):
        with measuring.nothing_changes():
            assert client.post(address("what_if", row.pk), {**grid, "version": version}).status_code == 409
    assert client.post(address("what_if", row.pk), {**grid, "version": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.additions == {str(cast.other_school.pk): {"primary": {"L1": 60.0, "L2": 20.0}}}
    search = address("what_if_search", row.pk)
    terms = {f"cost_L{n}": "1" for n in range(1, 8)} | {"version": "2"}
    assert client.post(search, {**terms, "cost_L1": "-1"}).status_code == 422
    assert client.post(search, {**terms, "most_L1": "30"}).status_code == 302
    row.refresh_from_db()
    assert (row.found, row.terms["most_L1"], row.terms["budget"]) == ({"state": "searching"}, "30", None)
    fragment = client.get(address("what_if", row.pk), headers={"HX-Request": "true", "HX-Target": "found"})
    assert "正在找最省的补充方案" in text(fragment)
    assert "<html" not in text(fragment)
    assert client.post(address("what_if_drop", made["what_if"].pk)).status_code == 302
    assert not WhatIf.objects.filter(pk=made["what_if"].pk).exists()


def test_the_workbench_counts_goals_for_those_who_steer(cast: build.Cast, people: dict[str, Actor]) -> None:
    assert panels.goals(cast.office, build.TODAY) is None
    rows(cast)
    assert panels.goals(cast.office, build.TODAY)["counts"] == [("green", 0), ("yellow", 0), ("red", 1)]
    assert [panels.goals(people[name], build.TODAY) for name in ("head", "observer")] == [None, None]
    assert [todo.title for todo in panels.todos(cast.head, build.TODAY)] == []
    (todo,) = panels.todos(cast.office, build.TODAY)
    assert todo.url == address("verify", Reading.objects.get(state="submitted").pk)


def test_the_scorecard_of_a_partner_is_that_of_its_county(cast: build.Cast) -> None:
    rows(cast)
    assert "寄宿率" in text(build.client(cast.coordinator).get(address("scorecard")))
    assert queries.scorecard(cast.coordinator, cast.county.pk, YEAR, build.TODAY).lines
    lonely = build.player("孤", Role.UNIVERSITY_COORDINATOR, build.university(name="远山学院"))
    assert build.client(lonely).get(address("scorecard")).status_code == 404
