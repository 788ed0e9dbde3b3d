"""Every URL × every role, with data that could leak.

For each address: who is not signed in is sent to sign in, a role without the permission gets 404, a role
with it gets its own row and 404 for the row of another county, and nothing said names the other county.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import build, planning
from tests.access.addresses import ADDRESSES, Address
from tests.access.sides import Side, side
from xietong.areas.dispatch.documents import official
from xietong.areas.dispatch.views import documents as views
from xietong.areas.orgs.models import Role
from xietong.kit.access.checks import Route, routes
from xietong.kit.access.permissions import Permission

GUARDED = [route for route in routes() if hasattr(route.view, "access") and not route.method]
OPERATIONS = [route for route in routes() if route.method]
PUBLIC = [route for route in routes() if not hasattr(route.view, "access")]
ANSWERED = {200, 201, 302, 403, 405, 422}
PUBLIC_FILL = {
    "openid_connect_login": {"provider_id": "oidc"},
    "openid_connect_callback": {"provider_id": "oidc"},
    "people:join": {"token": "token-999912"},
    "feed_ics": {"token": "nobody-has-it"},
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sides(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[tuple[Side, Side]]:
    """Both counties, built once; every test runs in a transaction inside this one."""
    settings.FILES_ROOT, before = tmp_path_factory.mktemp("files"), settings.FILES_ROOT
    with django_db_blocker.unblock(), transaction.atomic():
        planning.rules()
        third = build.county(code="999913", name="第三县")
        yield side("999911", "甲秘密", third), side("999912", "乙机密", third)
        transaction.set_rollback(True)
    settings.FILES_ROOT = before


@pytest.fixture(autouse=True)
def plain_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a document says, without the file around it, in which nothing could be found."""
    monkeypatch.setattr(official, "render", lambda template, content: repr(content).encode())
    monkeypatch.setattr(views, "pdf", bytes)


def send(client: Client, url: str, data: dict[str, Any] | None = None) -> Any:
    """GET, or an empty POST where that is the only way in; what it changed is undone."""
    with transaction.atomic():
        response = client.get(url)
        if response.status_code == 405:
            response = client.post(url, data)
        transaction.set_rollback(True)
    return response


def visit(client: Client, route: Route, side: Side, role: str) -> Any:
    """The page about a row of a side."""
    address = ADDRESSES[route.name]
    return send(client, reverse(route.name, kwargs=address.fill(side, role)), address.post(side, role))


def text_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode(errors="replace") + "".join(f"{name}: {value}\n" for name, value in response.items())


def expected(route: Route, address: Address, role: str) -> set[int]:
    """The answers that a role may get for a row of its own county."""
    permission: Permission[Any] = route.view.access
    if role not in permission.grants or (address.rows and role not in address.rows.grants):
        return {404}
    return ANSWERED


def named_row(address: Address, side: Side, role: str) -> bool:
    return bool(address.fill(side, role) or address.post(side, role))


def test_every_url_has_a_line_in_the_table() -> None:
    assert {route.name for route in GUARDED} == set(ADDRESSES)


def test_public_urls_have_a_reason_and_nothing_else_is_public() -> None:
    assert {route.name for route in PUBLIC} == set(settings.PUBLIC_URLS)
    assert [name for name, reason in settings.PUBLIC_URLS.items() if len(reason) < 10] == []


# One role for each reach that a scope has: a county's, a school's, a partner's, a province's, everybody's. The
# conditions of the others are the same ones, and are asked of one database only.
REACHES = {
    Role.OFFICE,
    Role.SECTION_HEAD,
    Role.SCHOOL_LIAISON,
    Role.UNIVERSITY_COORDINATOR,
    Role.PROVINCE_OBSERVER,
    Role.SECURITY_ADMIN,
}
EVERY_ROLE = [pytest.param(role, marks=() if role in REACHES else pytest.mark.once) for role in Role.values]


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_role_sees_its_own_county_and_nothing_of_the_other(role: str, sides: tuple[Side, Side]) -> None:
    mine, other = sides
    client = build.client(mine.actors[role])
    offences = []
    for route in GUARDED:
        address = ADDRESSES[route.name]
        response = visit(client, route, mine, role)
        if response.status_code not in expected(route, address, role):
            offences.append(f"{route.name}: own row gave {response.status_code}")
        if other.mark in text_of(response):
            offences.append(f"{route.name} tells of the other county")
        if role not in route.view.access.grants or not named_row(address, mine, role):
            continue
        response = visit(client, route, other, role)
        if response.status_code != 404 and not address.everywhere:
            offences.append(f"{route.name}: the other county's row gave {response.status_code}")
        if other.mark in text_of(response):
            offences.append(f"{route.name} shows the other county's row")
    assert offences == []


def test_anonymous_is_sent_to_sign_in(sides: tuple[Side, Side]) -> None:
    mine, _other = sides
    client, offences = Client(), []
    for route in GUARDED:
        url = reverse(route.name, kwargs=ADDRESSES[route.name].fill(mine, Role.OFFICE))
        response = send(client, url)
        if (response.status_code, response.get("Location")) != (302, f"/account/login/?next={url}"):
            offences.append(f"{route.name}: {response.status_code} {response.get('Location')}")
    assert offences == []


def test_somebody_without_a_role_sees_his_own_account_only(sides: tuple[Side, Side]) -> None:
    mine, other = sides
    client = Client()
    client.force_login(build.account(person=build.person(name="无角色")), backend=build.BACKEND)
    opened, leaks = set(), []
    for route in GUARDED:
        response = send(client, reverse(route.name, kwargs=ADDRESSES[route.name].fill(mine, Role.OFFICE)))
        if response.status_code != 404:
            opened.add(route.name)
        if mine.mark in text_of(response) or other.mark in text_of(response):
            leaks.append(route.name)
    assert opened == {
        "home",
        "approvals",
        "feedback",
        "account",
        "account_mail",
        "large_type",
        "phrases",
        "phrase_add",
        "view_save",
        "notices",
        "notices_read",
        "downloads",
        "uploads",
        "tokens",
        "token_make",
    }
    assert leaks == []


def test_public_pages_answer_strangers_without_a_secret(sides: tuple[Side, Side]) -> None:
    """But for the invitation, which tells whoever holds its link whom it is for."""
    mine, other = sides
    broken, leaks = [], []
    for client in (Client(), build.client(mine.actors[Role.OFFICE])):
        for route in PUBLIC:
            response = send(client, reverse(route.name, kwargs=PUBLIC_FILL.get(route.name, {})))
            if response.status_code >= 500 and route.name != "readyz":
                broken.append(f"{route.name}: {response.status_code}")
            if other.mark in text_of(response):
                leaks.append(route.name)
    assert broken == []
    assert leaks == ["people:join", "people:join"]
