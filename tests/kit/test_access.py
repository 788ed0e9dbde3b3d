"""One declaration filters the list, opens the row and says why not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from tests import build
from xietong.areas.orgs.models import Organisation
from xietong.kit.access import checks
from xietong.kit.access.permissions import PERMISSIONS, Permission, anything, fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Denied
from xietong.kit.pages.page import page

READER = Actor(account_id=1, name="甲", role="reader")
OTHER = Actor(account_id=2, name="乙", role="other")


def closed(row: Organisation) -> str | None:
    return "已锁定" if row.closed_on else None


@pytest.fixture
def permission() -> Iterator[Permission[Organisation]]:
    made = Permission("tests.read", Organisation, {"reader": lambda actor: Q(kind="primary")}, unless=closed)
    yield made
    del PERMISSIONS[made.code]


@pytest.fixture
def pageless() -> Iterator[Permission[Any]]:
    made: Permission[Any] = Permission("tests.pageless", None, {"reader": lambda actor: Q()})
    yield made
    del PERMISSIONS[made.code]


@pytest.mark.django_db
def test_visible_filters_by_role_and_scope(permission: Permission[Organisation]) -> None:
    row = build.organisation(kind="primary")
    build.organisation(kind="middle")
    assert list(visible(READER, permission)) == [row]
    assert list(visible(OTHER, permission)) == []


@pytest.mark.django_db
def test_anything_is_every_row_for_the_roles_that_have_it() -> None:
    row = build.organisation(kind="primary")
    made = Permission("tests.anything", Organisation, {"reader": anything})
    try:
        assert list(visible(READER, made)) == [row]
        assert list(visible(OTHER, made)) == []
    finally:
        del PERMISSIONS[made.code]


@pytest.mark.django_db
def test_fetch_gives_a_stranger_404_and_names_the_reason_to_others(permission: Permission[Organisation]) -> None:
    mine, hidden = build.organisation(kind="primary"), build.organisation(kind="middle")
    assert fetch(READER, permission, mine.pk) == mine
    for actor, pk in ((READER, hidden.pk), (OTHER, mine.pk), (READER, 0)):
        with pytest.raises(Http404):
            fetch(actor, permission, pk)
    mine.closed_on = build.TODAY
    mine.save()
    with pytest.raises(Denied, match="已锁定"):
        fetch(READER, permission, mine.pk)
    with pytest.raises(Http404):
        fetch(OTHER, permission, mine.pk)


@pytest.mark.django_db
def test_may_agrees_with_fetch(permission: Permission[Organisation]) -> None:
    mine, hidden = build.organisation(kind="primary"), build.organisation(kind="middle")
    shut = build.organisation(kind="primary", closed_on=build.TODAY)
    assert [may(READER, permission, row) for row in (mine, hidden, shut)] == [True, False, False]
    assert not may(OTHER, permission, mine)


@pytest.mark.django_db
def test_fetch_joins_what_is_asked_for(permission: Permission[Organisation], django_assert_num_queries: Any) -> None:
    mine = build.organisation(kind="primary")
    with django_assert_num_queries(1):
        assert fetch(READER, permission, mine.pk, join=("county",)).county == mine.county


@pytest.mark.once
def test_permission_is_declared_once(pageless: Permission[Any]) -> None:
    with pytest.raises(ValueError, match=r"tests\.pageless is declared twice"):
        Permission(pageless.code, None, {})
    assert PERMISSIONS[pageless.code] is pageless


@pytest.mark.once
def test_permission_of_a_page_without_rows_shows_none(pageless: Permission[Any]) -> None:
    with pytest.raises(TypeError, match=r"tests\.pageless is about no rows"):
        visible(READER, pageless)
    assert pageless.held_by(READER)
    assert not pageless.held_by(OTHER)
    assert not pageless.held_by(None)


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class Site:
    """A resolver with routes of the test."""

    def __init__(self, *patterns: Any) -> None:
        self.url_patterns = patterns


@pytest.mark.once
@pytest.mark.parametrize(
    ("listed", "guarded", "found"),
    [
        ({}, False, ["access.E001"]),
        ({"shop": "a reason"}, False, []),
        ({"shop": "a reason"}, True, ["access.E002"]),
        ({}, True, []),
        ({"shop": "a reason", "area:shop": "a name in no namespace of the site"}, False, ["access.E003"]),
    ],
)
def test_check_finds_urls_without_a_permission(
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    pageless: Permission[Any],
    listed: dict[str, str],
    guarded: bool,
    found: list[str],
) -> None:
    view = page(pageless)(bare) if guarded else bare
    settings.PUBLIC_URLS = listed
    monkeypatch.setattr(checks, "get_resolver", lambda: Site(path("shop/", view, name="shop")))
    assert [error.id for error in checks.every_url_carries_its_permission()] == found


@pytest.mark.once
def test_routes_carry_their_namespace() -> None:
    names = {route.path: route.name for route in checks.routes()}
    assert (names["plans/tasks/"], names["people/join/<str:token>/"], names[""]) == (
        "plans:tasks", "people:join", "home"
    )  # fmt: skip
