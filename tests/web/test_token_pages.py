"""我的账号 → 接口令牌: making one, seeing its secret once, revoking it; and what the security administrator sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import build
from xietong.areas.people.models import RoleTerm
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.tokens.models import Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def fields(cast: build.Cast, **more: Any) -> dict[str, Any]:
    expires_on = day_of(machine_now()) + timedelta(days=30)
    usual = {"name": "办公系统", "role": cast.liaison.term_id, "scopes": ["plans.read"], "expires_on": expires_on}
    return usual | more


def test_the_secret_is_shown_once_and_opens_the_api(cast: build.Cast) -> None:
    client = build.client(cast.liaison)
    answer = client.post("/account/tokens/new/", fields(cast))
    secret = answer.context["made"].secret
    assert answer.status_code == 200
    assert secret in answer.content.decode()
    assert answer.headers["Cache-Control"].find("no-store") >= 0
    assert secret not in client.get("/account/tokens/").content.decode()
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/me").json()["role"]["code"] == "school_liaison"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["all"]}, "scopes"),
        ({"role": "1000000"}, "role"),
        ({"expires_on": "2020-01-01"}, "__all__"),
        ({"expires_on": "2999-01-01"}, "__all__"),
    ],
)
def test_a_wrong_form_stays_and_makes_nothing(cast: build.Cast, more: dict[str, Any], field: str) -> None:
    answer = build.client(cast.liaison).post("/account/tokens/new/", fields(cast, **more))
    assert (answer.status_code, list(answer.context["form"].errors), Token.objects.count()) == (422, [field], 0)


def test_a_role_of_somebody_else_is_no_choice(cast: build.Cast) -> None:
    answer = build.client(cast.liaison).post("/account/tokens/new/", fields(cast, role=cast.office.term_id))
    assert (answer.status_code, Token.objects.count()) == (422, 0)


def test_revoking_locks_the_program_out(cast: build.Cast) -> None:
    client = build.client(cast.liaison)
    program = build.program(cast.liaison)
    row = Token.objects.get()
    assert client.post(f"/account/tokens/{row.pk}/revoke/").status_code == 302
    assert program.get("/api/v1/me").status_code == 401


def test_the_token_of_a_colleague_cannot_be_revoked(cast: build.Cast) -> None:
    row = build.token(cast.head)
    assert build.client(cast.liaison).post(f"/account/tokens/{row.pk}/revoke/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


def test_the_list_says_what_became_of_each(cast: build.Cast) -> None:
    today = day_of(machine_now())
    build.token(cast.liaison, name="在用")
    build.token(cast.liaison, name="过期", expires_on=today - timedelta(days=1))
    build.token(cast.liaison, name="撤销", revoked_at=machine_now())
    other = build.role_term(
        person=RoleTerm.objects.get(pk=cast.liaison.term_id).person, role="teacher", to_on=build.TODAY
    )
    Token.objects.create(
        account_id=cast.liaison.account_id, name="离任", term_id=other.pk, scopes=["gone"], digest="x", hint="xt_",
        expires_on=today, created_at=machine_now(),
    )  # fmt: skip
    shown = build.client(cast.liaison).get("/account/tokens/").context["tokens"]
    assert {one.row.name: (one.state, bool(one.role)) for one in shown} == {
        "在用": ("used", True),
        "过期": ("expired", True),
        "撤销": ("revoked", True),
        "离任": ("ended", False),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_row_and_with_three(
    cast: build.Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        build.token(cast.liaison)
    client = build.client(cast.liaison)
    client.get("/account/tokens/")
    with django_assert_num_queries(8):
        client.get("/account/tokens/")


def test_without_a_role_no_token_is_offered(cast: build.Cast) -> None:
    client = Client()
    client.force_login(build.account(person=build.person(name="无角色")), backend=build.BACKEND)
    answer = client.get("/account/tokens/")
    assert "还不能建令牌" in answer.content.decode()


def test_the_security_administrator_sees_how_many_there_are_and_revokes_all(cast: build.Cast) -> None:
    admin = build.client(build.actor(build.role_term(role="security_admin")))
    for _ in range(2):
        build.token(cast.liaison)
    build.token(cast.liaison, revoked_at=machine_now())
    foreign = build.token(cast.stranger)
    address = f"/security/{cast.liaison.account_id}/tokens/"

    listed = admin.get("/security/").content.decode()
    assert f'<a href="{address}">2</a>' in listed
    assert admin.get(address).context["title"] == "撤销“曾小雨”的 2 个接口令牌"
    assert admin.post(address).status_code == 302
    assert admin.post(f"/security/{cast.stranger.account_id}/tokens/").status_code == 404

    assert not Token.objects.filter(account_id=cast.liaison.account_id, revoked_at=None).exists()
    foreign.refresh_from_db()
    assert foreign.revoked_at is None


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_reference_lists_every_operation_with_its_examples(cast: build.Cast, signed_in: bool) -> None:
    build.clock()
    client = build.client(cast.liaison) if signed_in else Client()
    page = client.get("/api/v1/docs").content.decode()
    for address in ("/api/v1/me", "/api/v1/tasks/{task_id}/reports", "/api/v1/uploads"):
        assert address in page
    assert 'id="key-reused"' in page
    assert ("我的账号" in page) == signed_in
