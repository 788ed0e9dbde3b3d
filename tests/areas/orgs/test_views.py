"""The pages of organisations: a list under a literal query count, forms that keep what was typed."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Organisation
from xietong.kit.clock.models import FrozenClock, Holiday

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    FrozenClock.objects.create(business_now=build.NOW)
    return build.cast()


def test_organisations_cost_the_same_queries_for_one_row_and_three(
    cast: build.Cast, django_assert_num_queries: Any
) -> None:
    client = build.client(cast.office)
    client.get(reverse("home"))
    for number in (1, 3):
        while Organisation.objects.filter(kind="middle").count() < number:
            build.organisation(county=cast.county, kind="middle", parent=cast.school, files_through=cast.school)
        with django_assert_num_queries(LIST_QUERIES):
            response = client.get(reverse("orgs:organisations"), {"kind": "middle"})
        assert f"共 {number} 条" in response.content.decode()


LIST_QUERIES = 10


def test_organisation_open_adds_and_leads_to_its_page(cast: build.Cast) -> None:
    data = {"name": "新建小学", "short_name": "新小", "kind": "primary", "order": 3, "aliases": "新小、实验,新"}
    response = build.client(cast.office).post(reverse("orgs:organisation_open"), data)
    row = Organisation.objects.get(name="新建小学")
    assert (response.status_code, response["Location"]) == (302, reverse("orgs:organisation", args=[row.pk]))
    assert (row.county, row.aliases) == (cast.county, ["新小", "实验", "新"])


def test_organisation_open_keeps_what_was_typed_when_refused(cast: build.Cast) -> None:
    data = {"name": "云岭县第一小学", "short_name": "打好的简称", "kind": "primary", "order": 3}
    response = build.client(cast.office).post(reverse("orgs:organisation_open"), data)
    assert response.status_code == 422
    assert "打好的简称" in response.content.decode()
    assert "本县已有同名的机构。" in response.content.decode()
    assert Organisation.objects.filter(short_name="打好的简称").count() == 0


def test_organisation_change_shows_both_versions_of_a_lost_update(cast: build.Cast) -> None:
    url = reverse("orgs:organisation_change", args=[cast.school.pk])
    data = {"version": 1, "name": cast.school.name, "short_name": "先改", "kind": "primary", "order": 3}
    client = build.client(cast.office)
    assert client.post(url, data).status_code == 302
    response = client.post(url, data | {"short_name": "后改"})
    assert response.status_code == 409
    assert "先改" in response.content.decode()
    assert "后改" in response.content.decode()
    assert Organisation.objects.get(pk=cast.school.pk).short_name == "先改"
    assert client.post(url, data | {"short_name": "后改", "version": 2}).status_code == 302
    assert Organisation.objects.get(pk=cast.school.pk).short_name == "后改"


def test_organisation_close_of_a_closed_one_is_denied(cast: build.Cast) -> None:
    cast.school.closed_on = build.TODAY
    cast.school.save()
    response = build.client(cast.office).get(reverse("orgs:organisation_close", args=[cast.school.pk]))
    assert response.status_code == 403
    assert "该机构已撤并，资料只供查阅。" in response.content.decode()


@pytest.mark.parametrize("name", ["organisations", "group", "terms", "agreements", "holidays"])
def test_empty_pages_say_what_to_do_first(cast: build.Cast, name: str) -> None:
    response = build.client(cast.office).get(reverse(f"orgs:{name}"))
    assert response.status_code == 200


def test_holidays_set_and_drop_the_countys_own_day(cast: build.Cast) -> None:
    client = build.client(cast.office)
    client.post(reverse("orgs:holidays"), {"on": "2026-11-09", "is_work": "0", "name": "校庆"})
    row = Holiday.objects.get(county_id=cast.county.pk)
    assert "校庆" in client.get(reverse("orgs:holidays")).content.decode()
    assert client.post(reverse("orgs:holiday_drop", args=[row.pk])).status_code == 302
    assert Holiday.objects.filter(county_id=cast.county.pk).count() == 0


@pytest.mark.parametrize("year", ["0000", "x", "20266", "-001"])
def test_holidays_show_this_year_for_what_is_no_year(cast: build.Cast, year: str) -> None:
    response = build.client(cast.office).get(reverse("orgs:holidays"), {"year": year})
    assert (response.status_code, response.context["year"]) == (200, 2026)


def test_group_is_founded_and_joined_through_the_pages(cast: build.Cast) -> None:
    org = build.organisation(county=cast.county, kind="leading_group", name="提质领导小组")
    client = build.client(cast.office)
    founding = {"organisation": org.pk, "document": "成立通知", "founded_on": "2026-09-01"}
    assert client.post(reverse("orgs:group_found"), founding).status_code == 302
    group = org.leading_group
    joining = {"unit": cast.school.pk, "duty": "member", "from_on": "2026-09-01"}
    assert client.post(reverse("orgs:group_join", args=[group.pk]), joining).status_code == 302
    seat = group.units.get()
    leave = reverse("orgs:group_leave", args=[group.pk, seat.pk])
    assert client.post(leave, {"to_on": "2026-09-08"}).status_code == 302
    page = client.get(reverse("orgs:group")).content.decode()
    assert "提质领导小组" in page
    assert "一小" in page


def test_terms_and_agreements_are_registered_and_changed(cast: build.Cast) -> None:
    client = build.client(cast.office)
    term = {"year": 2026, "half": 1, "starts_on": "2026-09-01", "ends_on": "2027-01-20"}
    assert client.post(reverse("orgs:term_add"), term).status_code == 302
    row = cast.county.terms.get()
    assert (
        client.post(reverse("orgs:term_change", args=[row.pk]), term | {"year": 2027, "version": 1}).status_code
        == 302
    )
    assert cast.county.terms.get().year == 2027
    agreement = {
        "title": "新协议", "university": cast.university.pk, "signed_on": "2026-09-01", "from_on": "2026-09-01"
    }  # fmt: skip
    assert client.post(reverse("orgs:agreement_sign"), agreement).status_code == 302
    signed = cast.county.agreements.get(title="新协议")
    change = reverse("orgs:agreement_change", args=[signed.pk])
    assert client.post(change, agreement | {"version": 1, "to_on": "2027-09-01"}).status_code == 302
    assert str(cast.county.agreements.get(title="新协议").to_on) == "2027-09-01"
