"""Signing in: lock-out, idle time-out, the second factor, no way to sign oneself up, and what a browser may load."""

import pytest
from django.conf import settings
from django.test import Client

from tests import build
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.middleware import SEEN
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry

LOGIN = "/account/login/"
PASSWORD = "Right-2026!"


def somebody(username: str) -> Account:
    return Account.objects.create(username=username, name="王芳", password=PASSWORD)


def enter(client: Client, username: str, password: str = PASSWORD) -> int:
    return client.post(LOGIN, {"login": username, "password": password}).status_code


@pytest.mark.django_db
def test_login_locks_an_account_after_five_wrong_passwords_and_no_other_at_the_same_address() -> None:
    somebody("wang")
    somebody("li")
    answers = [enter(Client(), "wang", "wrong") for _ in range(settings.AXES_FAILURE_LIMIT)]

    assert answers[-1] == 429
    assert enter(Client(), "wang") == 429
    assert enter(Client(), "li") == 302
    assert Entry.objects.filter(action="signin.locked").count() >= 1


@pytest.mark.django_db
def test_login_leads_to_the_second_factor_where_the_role_needs_one() -> None:
    county = build.county()
    account = somebody("clerk")
    person = build.person(county=county, account=account)
    build.role_term(person=person, role=Role.OFFICE, organisation=build.organisation(county=county))
    client = Client()
    enter(client, "clerk")

    response = client.get("/plans/")

    assert response.status_code == 302
    assert response["Location"] == "/account/factor/totp/activate/"


@pytest.mark.django_db
def test_session_ends_after_the_idle_time_unless_the_device_is_trusted() -> None:
    somebody("wang")
    plain, trusted = Client(), Client()
    enter(plain, "wang")
    trusted.post(LOGIN, {"login": "wang", "password": PASSWORD, "remember": "1"})
    for client in (plain, trusted):
        client.get("/")
        session = client.session
        session[SEEN] -= settings.IDLE_SECONDS + 1
        session.save()

    assert plain.get("/account/").headers["Location"].startswith(LOGIN)
    assert trusted.get("/account/").status_code == 200


@pytest.mark.django_db
def test_signup_is_closed() -> None:
    fields = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}

    response = Client().post("/account/signup/", fields)

    assert response.status_code == 200
    assert Account.objects.count() == 0


@pytest.mark.django_db
def test_password_of_one_kind_of_characters_is_refused() -> None:
    account = somebody("wang")
    client = Client()
    enter(client, "wang")
    fields = {"oldpassword": PASSWORD, "password1": "onlyletters", "password2": "onlyletters"}

    client.post("/account/password/", fields)

    account.refresh_from_db()
    assert account.check_password(PASSWORD)


@pytest.mark.django_db
def test_pages_let_a_browser_run_no_inline_script() -> None:
    policy = Client().get(LOGIN).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules
    assert rules["frame-ancestors"] == "'self'"
