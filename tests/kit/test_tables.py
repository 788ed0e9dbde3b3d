"""A declared list on a request: filter, sort, pages, columns, export and what is ticked."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import RequestFactory

from tests import build
from xietong.kit.accounts.models import Account, SavedView
from xietong.kit.ruletable.models import Rule
from xietong.kit.tables import export
from xietong.kit.tables.answer import answer, ticked
from xietong.kit.tables.declare import Bulk, Column, Table, choice_filter, text_filter
from xietong.kit.tables.export import defused
from xietong.kit.tables.present import Shown

pytestmark = pytest.mark.django_db
GRADES = (("A", "甲"), ("D", "丁"))


class RuleList(Table):
    key = "tests.rules"
    title = "规则"
    order = ("code",)
    bulk = (Bulk("处理", "home"),)
    empty = ("没有规则", "先登记。")
    columns = (
        Column("name", "名称", lambda row: row.name, main=True, sort=("name",)),
        Column("value", "数值", lambda row: row.value, sort=("value",)),
        Column("note", "说明", lambda row: row.note, optional=True),
    )
    filters = (
        text_filter("q", "关键字", "name", "note"),
        choice_filter("grade", "可信度", "confidence", lambda asked: GRADES),
    )


@pytest.fixture
def rows() -> QuerySet[Rule]:
    """Two grades, names and values in opposite order."""
    for number in range(1, 46):
        Rule.objects.create(
            code=f"test.{number:02}",
            name=f"规则{number:02}",
            value=f"{99 - number}",
            note="备注" if number == 7 else "",
            confidence="A" if number <= 5 else "D",
            effective_from=build.TODAY,
        )
    return Rule.objects.all()


def request(asked: dict[str, Any] | None = None, **posted: Any) -> Any:
    made = RequestFactory().post("/list/", posted) if posted else RequestFactory().get("/list/", asked or {})
    made.user = Account.objects.first() or Account.objects.create(username="u", name="甲")
    made.actor, made.today = None, build.TODAY
    return made


def shown(rows: QuerySet[Rule], **query: Any) -> Shown:
    return Shown(request(query), RuleList(), rows)


def codes(found: Any) -> list[str]:
    return [row.code for row in found]


def test_matching_filters_by_text_and_choice(rows: QuerySet[Rule]) -> None:
    assert codes(shown(rows, q="备注").matching) == ["test.07"]
    assert shown(rows, grade="A").matching.count() == 5
    assert shown(rows, grade="A", q="规则03").total == 1
    assert shown(rows).total == 45


def test_matching_sorts_by_a_column_both_ways(rows: QuerySet[Rule]) -> None:
    assert codes(shown(rows).matching)[0] == "test.01"
    assert codes(shown(rows, sort="value").matching)[0] == "test.45"
    assert codes(shown(rows, sort="-value").matching)[0] == "test.01"


def test_page_shows_twenty_and_then_the_rest(rows: QuerySet[Rule]) -> None:
    assert [len(shown(rows, page=page).rows) for page in (1, 2, 3)] == [20, 20, 5]
    assert len(shown(rows, size=50).rows) == 45


@pytest.mark.parametrize(
    "query",
    [
        {"page": "x"},
        {"page": "-3"},
        {"page": "9" * 30},
        {"size": "0"},
        {"size": "9" * 5000},
        {"size": "²"},
        {"sort": "password"},
        {"sort": "--value"},
        {"sort": "name;drop"},
        {"columns": "<script>"},
        {"export": "csv"},
    ],
)
def test_hostile_parameters_show_the_list(rows: QuerySet[Rule], query: dict[str, str]) -> None:
    found = shown(rows, **query)
    assert found.total == 45
    assert found.page_size == 20
    assert 0 < len(found.rows) <= 20


@pytest.mark.parametrize("query", [{"grade": "Z"}, {"grade": "' OR 1=1"}, {"q": "%"}])
def test_hostile_values_find_nothing(rows: QuerySet[Rule], query: dict[str, str]) -> None:
    assert shown(rows, **query).total == 0


def test_cells_are_escaped(rows: QuerySet[Rule]) -> None:
    Rule.objects.filter(code="test.01").update(name="<b>粗</b>")
    text = answer_text(rows)
    assert "<b>粗</b>" not in text
    assert "&lt;b&gt;粗&lt;/b&gt;" in text


def answer_text(rows: QuerySet[Rule], **query: Any) -> str:
    asked = request(query)
    asked.META |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "table"}
    return answer(asked, RuleList(), rows).content.decode()


def test_chooser_hides_and_shows_columns(rows: QuerySet[Rule]) -> None:
    assert [head.key for head in shown(rows).columns] == ["name", "value"]
    assert [head.key for head in shown(rows, columns="note").columns] == ["name", "note"]
    assert [(one["key"], one["shown"]) for one in shown(rows).chooser] == [("value", True), ("note", False)]


def test_url_keeps_the_filter_and_goes_back_to_page_one(rows: QuerySet[Rule]) -> None:
    found = shown(rows, grade="D", page="2")
    assert found.url(sort="name") == "/list/?grade=D&sort=name"
    assert found.url(page=3) == "/list/?grade=D&page=3"
    assert found.active_filters == [{"label": "可信度", "value": "丁", "clear_url": "/list/"}]


@pytest.mark.parametrize("short", [4, 5])
def test_export_holds_every_row_of_the_filter_defused(
    rows: QuerySet[Rule], short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A long list is written another way.
    monkeypatch.setattr(export, "SHORT", short)
    Rule.objects.filter(code="test.01").update(name="=HYPERLINK(1)")
    response = answer(request({"export": "xlsx", "grade": "A"}), RuleList(), rows)
    with zipfile.ZipFile(BytesIO(b"".join(response))) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    response.close()
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert sheet.count("<row ") == 6
    assert "'=HYPERLINK(1)" in "".join(parts.values()).replace("&apos;", "'")
    assert "<f>" not in sheet


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_defused_takes_no_text_for_a_formula(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert defused(f"a{text}") == f"a{text}"


def test_ticked_gives_the_ticked_rows_of_those_in_reach(rows: QuerySet[Rule]) -> None:
    first, second = rows.order_by("code")[:2]
    reach = rows.exclude(pk=second.pk)
    found = ticked(request(pk=[first.pk, second.pk, "x", "-1"]), RuleList(), reach)
    assert codes(found) == ["test.01"]


def test_ticked_takes_all_of_the_filter_across_pages(rows: QuerySet[Rule]) -> None:
    assert ticked(request(all="1", query="grade=D&page=2"), RuleList(), rows).count() == 40


def test_ticked_survives_a_number_that_is_no_key(rows: QuerySet[Rule]) -> None:
    assert codes(ticked(request(pk=["9" * 40]), RuleList(), rows)) == []


def test_views_are_ones_own(rows: QuerySet[Rule]) -> None:
    mine = request()
    other = Account.objects.create(username="o", name="乙")
    for account, name in ((mine.user, "我的"), (other, "别人的")):
        SavedView.objects.create(account=account, table="tests.rules", name=name, query="grade=A")
    SavedView.objects.create(account=mine.user, table="tests.other", name="别的表", query="")
    assert [(view.name, view.url) for view in Shown(mine, RuleList(), rows).views] == [("我的", "/list/?grade=A")]


@pytest.mark.parametrize("count", [1, 3])
def test_table_costs_four_queries_for_one_row_and_three(
    rows: QuerySet[Rule], count: int, django_assert_num_queries: Any
) -> None:
    few = rows.filter(code__in=[f"test.{number:02}" for number in range(1, count + 1)])
    request()
    with django_assert_num_queries(4):
        text = answer_text(few)
    assert f"规则{count:02}" in text
