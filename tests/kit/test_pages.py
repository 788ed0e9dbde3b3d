"""The frame around every page: refusals, first duties, roles that change or end, idle sessions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import build, planning
from xietong.areas.people.models import RoleTerm
from xietong.kit.accounts import middleware
from xietong.kit.accounts.models import Account
from xietong.kit.clock.models import FrozenClock

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 8, 4, tzinfo=UTC)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    FrozenClock.objects.create(business_now=build.NOW)
    return build.cast()


def test_unknown_page_is_404_with_a_way_on(cast: build.Cast) -> None:
    response = build.client(cast.office).get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到" in response.content.decode()


def test_signing_in_leads_back_to_the_page_asked_for(cast: build.Cast) -> None:
    response = Client().get(reverse("plans:tasks"), {"light": "red"})
    assert response["Location"] == "/account/login/?next=/plans/tasks/%3Flight%3Dred"


def test_pages_are_never_cached(cast: build.Cast) -> None:
    assert "no-store" in build.client(cast.office).get(reverse("home"))["Cache-Control"]


def test_wrong_method_is_405_and_says_which(cast: build.Cast) -> None:
    response = build.client(cast.office).post(reverse("plans:tasks"))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_post_without_the_token_is_refused(cast: build.Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = build.client(cast.office).cookies
    response = client.post(reverse("large_type"))
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()
    assert not Account.objects.get(pk=cast.office.account_id).large_type


@pytest.mark.parametrize("name", ["home", "plans:tasks", "notices"])
def test_a_new_password_comes_before_everything_else(cast: build.Cast, name: str) -> None:
    client = build.client(cast.office)
    Account.objects.filter(pk=cast.office.account_id).update(must_change_password=True)
    assert client.get(reverse(name))["Location"] == reverse("account_change_password")
    assert client.get(reverse("account")).status_code == 200


def test_an_administrator_sets_up_a_second_factor_first(cast: build.Cast) -> None:
    term = build.role_term(role="audit_admin", organisation=cast.school)
    client = build.client(build.actor(term))
    assert client.get(reverse("audit")).status_code == 200
    session = client.session
    del session["second_factor"]
    session.save()
    assert client.get(reverse("audit"))["Location"] == reverse("mfa_activate_totp")


def test_menu_offers_what_the_role_may_open(cast: build.Cast) -> None:
    for actor, offered in ((cast.office, True), (cast.liaison, False)):
        page = build.client(actor).get(reverse("home")).content.decode()
        assert (f'href="{reverse("plans:reviews")}"' in page) == offered
        assert (f'href="{reverse("orgs:holidays")}"' in page) == offered


def test_role_that_ends_closes_its_pages_at_the_next_request(cast: build.Cast) -> None:
    client = build.client(cast.office)
    assert client.get(reverse("plans:reviews")).status_code == 200
    RoleTerm.objects.filter(pk=cast.office.term_id).update(to_on=build.TODAY)
    assert client.get(reverse("plans:reviews")).status_code == 404
    assert client.get(reverse("home")).status_code == 200


def two_roles(cast: build.Cast) -> RoleTerm:
    holder = RoleTerm.objects.get(pk=cast.liaison.term_id).person
    return build.role_term(person=holder, role="office", organisation=build.organisation(kind="group_office"))


def test_role_is_switched_by_form_and_remembered(cast: build.Cast) -> None:
    second, client = two_roles(cast), build.client(cast.liaison)
    assert client.get(reverse("plans:reviews")).status_code == 404
    assert client.post(reverse("role"), {"term_id": second.pk}).status_code == 302
    assert client.get(reverse("plans:reviews")).status_code == 200
    assert Account.objects.get(pk=cast.liaison.account_id).last_term_id == second.pk


def test_role_is_switched_by_the_link_of_a_todo(cast: build.Cast) -> None:
    second, client = two_roles(cast), build.client(cast.liaison)
    assert client.get(reverse("plans:reviews"), {"as": second.pk}).status_code == 200
    assert client.get(reverse("plans:reviews")).status_code == 200


@pytest.mark.parametrize("wanted", ["", "0", "x", "9" * 40])
def test_role_that_is_not_ones_own_cannot_be_taken(cast: build.Cast, wanted: str) -> None:
    client = build.client(cast.liaison)
    for term_id in (wanted, cast.office.term_id):
        assert client.post(reverse("role"), {"term_id": term_id}).status_code == 404
        assert client.get(reverse("plans:reviews"), {"as": term_id}).status_code == 404
    assert Account.objects.get(pk=cast.liaison.account_id).last_term_id is None


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The machine's clock, to be set; business time stands still and must not matter."""
    times = [NOON]
    monkeypatch.setattr(middleware, "machine_now", lambda: times[-1])
    return times.append


def signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_idle_session_ends_after_half_an_hour(cast: build.Cast, clock: Any) -> None:
    client = build.client(cast.office)
    assert signed_in(client)
    clock(NOON + timedelta(minutes=29))
    assert signed_in(client)
    clock(NOON + timedelta(minutes=58))
    assert signed_in(client)
    clock(NOON + timedelta(minutes=89))
    assert client.get(reverse("account"))["Location"] == reverse("account_login")
    assert not signed_in(client)


def test_trusted_phone_is_not_idle(cast: build.Cast, clock: Any) -> None:
    client = build.client(cast.office)
    session = client.session
    session[middleware.TRUSTED] = True
    session.save()
    assert signed_in(client)
    clock(NOON + timedelta(days=3))
    assert signed_in(client)


def test_clock_set_back_neither_ends_a_session_nor_keeps_it_forever(cast: build.Cast, clock: Any) -> None:
    client = build.client(cast.office)
    clock(NOON + timedelta(days=1))
    assert signed_in(client)
    clock(NOON)
    assert signed_in(client)
    clock(NOON + timedelta(minutes=31))
    assert not signed_in(client)


def test_account_that_is_closed_loses_its_session(cast: build.Cast) -> None:
    client = build.client(cast.office)
    Account.objects.filter(pk=cast.office.account_id).update(is_active=False)
    assert client.get(reverse("home")).status_code == 302
