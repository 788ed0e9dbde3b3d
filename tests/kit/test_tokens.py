"""A token is made for a role that one holds, shown once, kept as a digest, told of, and revoked for good."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests import build
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.errors import Refused
from xietong.kit.notices.models import Notice
from xietong.kit.tokens import actions, queries, scopes
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.secret import SHAPE, digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def make(actor: Actor, **fields: Any) -> actions.Made:
    usual = {
        "role": actor,
        "name": "学校办公系统",
        "scopes": ["plans.report", "plans.read"],
        "expires_on": day_of(machine_now()) + timedelta(days=90),
        "url": "/account/tokens/",
    }
    return actions.make_token(actor, now=build.NOW, **(usual | fields))


def test_make_token_keeps_a_digest_and_nothing_of_the_secret(cast: build.Cast) -> None:
    made = make(cast.liaison)
    row = Token.objects.get()
    assert SHAPE.fullmatch(made.secret)
    assert (row.digest, row.hint) == (digest_of(made.secret), made.secret[:7])
    assert (row.scopes, row.term_id) == (["plans.read", "plans.report"], cast.liaison.term_id)
    kept = str(list(Token.objects.values()) + list(Entry.objects.values()) + list(Notice.objects.values()))
    assert made.secret not in kept
    [entry] = Entry.objects.filter(action="tokens.make")
    assert entry.changes["digest"][1]["masked"] == "***"
    assert queries.token_of(made.secret) == row


def test_make_token_tells_its_owner_each_time(cast: build.Cast) -> None:
    make(cast.liaison)
    make(cast.liaison, name="第二个")
    assert [
        (notice.account_id, notice.url, notice.body) for notice in Notice.objects.order_by("pk")
    ] == [
        (cast.liaison.account_id, "/account/tokens/", "学校办公系统"),
        (cast.liaison.account_id, "/account/tokens/", "第二个"),
    ]  # fmt: skip


def refused(cast: build.Cast, error: type[Refused], **fields: Any) -> None:
    with pytest.raises(error):
        make(cast.liaison, **fields)
    assert (Token.objects.count(), Entry.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_make_token_refuses_a_role_of_somebody_else_or_none(cast: build.Cast) -> None:
    refused(cast, actions.NotARole, role=cast.office)
    refused(cast, actions.NotARole, role=replace(cast.liaison, term_id=None))
    refused(cast, actions.NotARole, role=replace(cast.liaison, account_id=None))


def test_make_token_refuses_no_scope_and_one_that_nobody_registered(cast: build.Cast) -> None:
    refused(cast, actions.NoScope, scopes=[])
    refused(cast, actions.NoScope, scopes=["plans.read", "everything"])


@pytest.mark.parametrize("days", [-1, 366])
def test_make_token_refuses_a_last_day_that_has_passed_or_is_far(cast: build.Cast, days: int) -> None:
    refused(cast, actions.BadExpiry, expires_on=day_of(machine_now()) + timedelta(days=days))


@pytest.mark.parametrize("days", [0, 365])
def test_make_token_takes_a_last_day_from_today_to_a_year(cast: build.Cast, days: int) -> None:
    assert make(cast.liaison, expires_on=day_of(machine_now()) + timedelta(days=days)).row.pk


def test_make_token_stops_at_twenty_in_use(cast: build.Cast) -> None:
    for _ in range(actions.MOST):
        build.token(cast.liaison)
    with pytest.raises(actions.TooManyTokens):
        make(cast.liaison)
    assert Token.objects.count() == actions.MOST
    actions.revoke_token(cast.liaison, Token.objects.latest("pk"), now=build.NOW)
    assert make(cast.liaison).row.pk
    assert make(cast.head).row.pk


def test_revoke_token_is_for_good_and_written_once(cast: build.Cast) -> None:
    row = build.token(cast.liaison)
    first = actions.revoke_token(cast.liaison, row, now=build.NOW)
    again = actions.revoke_token(cast.liaison, row, now=build.NOW)
    assert first.revoked_at is not None
    assert again.revoked_at == first.revoked_at
    assert Entry.objects.filter(action="tokens.revoke").count() == 1


def test_revoke_tokens_revokes_those_of_one_account(cast: build.Cast) -> None:
    for actor in (cast.liaison, cast.liaison, cast.head):
        build.token(actor)
    assert actions.revoke_tokens(cast.office, cast.liaison.account_id or 0, now=build.NOW) == 2
    assert [row.account_id for row in Token.objects.filter(revoked_at=None)] == [cast.head.account_id]
    assert Entry.objects.filter(action="tokens.revoke", account_id=cast.office.account_id).count() == 2


def test_a_scope_is_registered_once() -> None:
    scopes.register("plans.read", label=scopes.SCOPES["plans.read"])
    with pytest.raises(ValueError, match="twice"):
        scopes.register("plans.read", label="另一个")
