"""The rule table in the interface: a county's own value, its history, and what it may not touch."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Term
from xietong.areas.plans.models import Standing
from xietong.areas.plans.queries import YELLOW, light_rule
from xietong.kit.audit.models import Entry
from xietong.kit.ruletable.models import Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def shipped(cast: build.Cast) -> Rule:
    return Rule.objects.get(code=YELLOW, county_id=None)


def put(cast: build.Cast, rule: Rule, **fields: Any) -> Any:
    data = {"value": "5", "effective_from": build.TODAY, "document": "领导小组会议纪要"} | fields
    return build.client(cast.office).post(reverse("rule_set", args=[rule.pk]), data)


def own(cast: build.Cast) -> list[tuple[str, date, date | None]]:
    rows = Rule.objects.filter(county_id=cast.county.pk).order_by("effective_from")
    return list(rows.values_list("value", "effective_from", "effective_to"))


def test_set_value_holds_in_this_county_from_its_day(cast: build.Cast, shipped: Rule) -> None:
    later = build.TODAY + timedelta(days=10)
    assert put(cast, shipped, effective_from=later).status_code == 302
    assert own(cast) == [("5", later, None)]
    day = timedelta(days=1)
    until = [
        (light_rule(county, on).yellow_until - on).days
        for county in (cast.county.pk, cast.next_county.pk)
        for on in (later - day, later)
    ]
    default = [(light_rule(cast.next_county.pk, on).yellow_until - on).days for on in (later - day, later)]
    assert until[0] == default[0]
    assert until[1] > default[1]
    assert until[2:] == default


def test_set_value_ends_the_one_before(cast: build.Cast, shipped: Rule) -> None:
    put(cast, shipped)
    later = build.TODAY + timedelta(days=10)
    put(cast, shipped, value="2", effective_from=later)
    assert own(cast) == [("5", build.TODAY, later - timedelta(days=1)), ("2", later, None)]


def test_set_value_of_the_same_day_replaces_it(cast: build.Cast, shipped: Rule) -> None:
    put(cast, shipped)
    put(cast, shipped, value="2")
    assert own(cast) == [("2", build.TODAY, None)]
    assert Rule.objects.get(county_id=cast.county.pk).version == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": "三"}, "“三”不是可用的数值，请填写数字。"),
        ({"value": "-1"}, "“-1”不是可用的数值，请填写数字。"),
        ({"value": "1.5"}, "“1.5”不是整数，这条规则只能填整数。"),
        ({"value": "NaN"}, "“NaN”不是可用的数值，请填写数字。"),
        ({"effective_from": build.TODAY - timedelta(days=1)}, "起算日期不能早于今天"),
        ({"document": ""}, "这个字段是必填项。"),
    ],
)
def test_set_value_refuses_what_no_rule_can_be(
    cast: build.Cast, shipped: Rule, fields: dict[str, Any], said: str
) -> None:
    response = put(cast, shipped, **fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert (own(cast), Entry.objects.filter(action__startswith="rules.").count()) == ([], 0)


def test_set_value_leaves_a_national_number_alone(cast: build.Cast, shipped: Rule) -> None:
    shipped.confidence = "A"
    shipped.save()
    response = put(cast, shipped)
    assert response.status_code == 403
    assert "这是国家文件规定的数值，县里不能改动。" in response.content.decode()
    assert own(cast) == []


def test_set_value_is_the_offices_alone(cast: build.Cast, shipped: Rule) -> None:
    assert build.client(cast.head).get(reverse("rule_set", args=[shipped.pk])).status_code == 404


def test_give_up_value_brings_the_default_back(cast: build.Cast, shipped: Rule) -> None:
    put(cast, shipped)
    row = Rule.objects.get(county_id=cast.county.pk)
    client = build.client(cast.office)
    assert client.post(reverse("rule_give_up", args=[row.pk])).status_code == 302
    assert light_rule(cast.county.pk, build.TODAY) == light_rule(cast.next_county.pk, build.TODAY)
    written = Entry.objects.count()
    again = client.post(reverse("rule_give_up", args=[row.pk]), follow=True)
    assert "只能恢复本县正在使用的数值。" in again.content.decode()
    assert Entry.objects.count() == written


def test_give_up_value_refuses_what_is_shipped(cast: build.Cast, shipped: Rule) -> None:
    build.client(cast.office).post(reverse("rule_give_up", args=[shipped.pk]))
    shipped.refresh_from_db()
    assert (shipped.effective_to, shipped.version) == (None, 1)


def test_change_of_a_rule_counts_the_stored_totals_anew(cast: build.Cast) -> None:
    """A vacation in which lights stand still has one overdue task less."""
    planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, due_on=build.LONG_AGO)
    rest = Rule.objects.get(code="plans.light.schools_rest_in_vacation", county_id=None)
    build.clock()
    Term.objects.create(county=cast.county, year=2025, half=2, starts_on=date(2026, 2, 20), ends_on=date(2026, 7, 5))
    Term.objects.create(county=cast.county, year=2026, half=1, starts_on=date(2026, 10, 1), ends_on=date(2027, 1, 20))
    put(cast, rest, value="0")
    assert Standing.objects.get().overdue == 1
    row = Rule.objects.get(county_id=cast.county.pk)
    build.client(cast.office).post(reverse("rule_give_up", args=[row.pk]))
    assert Standing.objects.get().overdue == 0


def test_rules_lists_the_countys_value_instead_of_the_default(cast: build.Cast, shipped: Rule) -> None:
    put(cast, shipped, value="7")
    shown = build.client(cast.office).get(reverse("rules"), {"q": shipped.name}).content.decode()
    assert "7 个工作日" in shown
    assert f"{shipped.value} 个工作日" not in shown
    elsewhere = build.client(cast.stranger).get(reverse("rules"), {"q": shipped.name}).content.decode()
    assert "7 个工作日" not in elsewhere
    assert f"{shipped.value} 个工作日" in elsewhere


def test_rule_shows_every_value_it_has_had(cast: build.Cast, shipped: Rule) -> None:
    put(cast, shipped, value="7")
    row = Rule.objects.get(county_id=cast.county.pk)
    shown = build.client(cast.office).get(reverse("rule", args=[row.pk])).content.decode()
    assert shown.index("领导小组会议纪要") < shown.rindex("县级可配置默认值")
    assert "7 个工作日" in shown
    assert f"{shipped.value} 个工作日" in shown
