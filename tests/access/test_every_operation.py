"""Every operation of the API × every role, with data that could leak, as `test_every_url` does for the pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import build
from tests.access.addresses import OPERATIONS as ADDRESSES
from tests.access.sides import Side, secret_of
from tests.access.test_every_url import OPERATIONS, named_row, sides, text_of  # noqa: F401
from tests.kit.handing_in import PDF
from xietong.areas.orgs.models import Role
from xietong.kit.access import checks
from xietong.kit.access.checks import Route
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.scopes import ANY, SCOPES

pytestmark = pytest.mark.django_db


def ask(client: Client, route: Route, side: Side, role: str) -> Any:
    """One request about a row of a side, good in every other respect; what it changed is undone."""
    url = reverse(route.name, args=list(ADDRESSES[route.key].fill(side, role).values()))
    with transaction.atomic():
        if route.method == "GET":
            response: Any = client.get(url)
        elif route.name == "api:upload":
            response = client.post(url, {"file": SimpleUploadedFile("a.pdf", PDF)})
        else:
            key = {"Idempotency-Key": "k"}
            response = client.post(url, {"text": "已开展。"}, "application/json", headers=key)
        transaction.set_rollback(True)
    return response


def program(side: Side, role: str) -> Client:
    build.clock()
    return Client(headers={"Authorization": f"Bearer {secret_of(side.actors[role])}"})


def expected(route: Route, role: str) -> set[int]:
    return {200, 201} if role in route.view.access.grants else {404}


def test_every_operation_has_a_line_in_the_table() -> None:
    assert {route.key for route in OPERATIONS} == set(ADDRESSES)


def test_every_operation_has_a_scope_that_a_token_can_have() -> None:
    assert {route.view.scope for route in OPERATIONS} - {ANY} == set(SCOPES)


def test_an_operation_without_permission_or_scope_stops_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = Route("api/v1/bare", "api:bare", lambda request: None, "GET")
    monkeypatch.setattr(checks, "routes", lambda: iter([bare]))
    found = {error.id for error in checks.every_url_carries_its_permission()}
    assert {"access.E001", "access.E004"} <= found


@pytest.mark.parametrize("role", Role.values)
def test_role_reads_its_own_county_and_nothing_of_the_other(role: str, sides: tuple[Side, Side]) -> None:  # noqa: F811
    mine, other = sides
    client = program(mine, role)
    offences = []
    for route in OPERATIONS:
        response = ask(client, route, mine, role)
        if response.status_code not in expected(route, role):
            offences.append(f"{route.key}: own row gave {response.status_code}")
        text = text_of(response)
        if other.mark in text:
            offences.append(f"{route.key} tells of the other county")
        if response.status_code == 200 and role == Role.OFFICE and mine.mark not in text:
            offences.append(f"{route.key} tells nothing that could be told apart")
        if not named_row(ADDRESSES[route.key], mine, role):
            continue
        response = ask(client, route, other, role)
        if response.status_code != 404:
            offences.append(f"{route.key}: other county's row gave {response.status_code}")
        if other.mark in text_of(response):
            offences.append(f"{route.key} tells of the other county's row")
    assert offences == []


def test_without_a_scope_or_a_token_nothing_is_told(sides: tuple[Side, Side]) -> None:  # noqa: F811
    mine, _other = sides
    token = Token.objects.filter(account_id=mine.actors[Role.OFFICE].account_id)
    offences = []
    for route in OPERATIONS:
        token.update(scopes=sorted(set(SCOPES) - {route.view.scope}))
        answers = [ask(program(mine, Role.OFFICE), route, mine, Role.OFFICE)] if route.view.scope != ANY else []
        answers.append(ask(build.client(mine.actors[Role.OFFICE]), route, mine, Role.OFFICE))
        if [answer.status_code for answer in answers] != [403, 401][-len(answers) :]:
            offences.append(f"{route.key}: {[answer.status_code for answer in answers]}")
        offences += [f"{route.key} tells of a row" for answer in answers if mine.mark in text_of(answer)]
    assert offences == []
