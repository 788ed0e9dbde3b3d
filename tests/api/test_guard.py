"""Who gets in: tokens in every state, scopes, https, the limit, and nobody by a cookie."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests import build, planning
from xietong.areas.people.models import RoleTerm
from xietong.kit.accounts.models import Account
from xietong.kit.api import limits
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.tokens.models import Token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def refused(client: Client, detail: str, address: str = "/api/v1/me") -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="xietong"')
    assert answer.json() == {
        "type": "/api/v1/docs#unauthorized",
        "title": "令牌不能使用",
        "status": 401,
        "detail": detail,
        "instance": address,
    }


def test_without_a_token_nobody_gets_in(cast: build.Cast) -> None:
    words = "请在 Authorization 请求头中给出令牌：Bearer xt_…"
    refused(Client(), words)
    refused(Client(headers={"Authorization": "Basic eHk6eg=="}), words)


@pytest.mark.parametrize("secret", ["xt_", "xt_" + "a" * 40, "xt_" + "é" * 40, "a b", "令牌"])
def test_a_secret_that_is_none_is_refused(cast: build.Cast, secret: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    refused(client, "令牌无效，请核对是否完整复制。")


def test_a_session_does_not_count(cast: build.Cast) -> None:
    client = build.client(cast.office)
    assert client.get("/").status_code == 200
    refused(client, "请在 Authorization 请求头中给出令牌：Bearer xt_…")


def test_a_cookie_neither_changes_the_language_nor_is_one_set(cast: build.Cast) -> None:
    client = build.program(cast.office)
    client.cookies["django_language"] = "en"
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/api/v1/tasks/999")
    assert (answer.json()["title"], answer.headers["Content-Language"]) == ("没有找到", "zh-hans")
    assert not answer.cookies


def test_a_revoked_or_expired_token_is_refused(cast: build.Cast) -> None:
    client = build.program(cast.liaison)
    today = day_of(machine_now())
    Token.objects.update(expires_on=today)
    assert client.get("/api/v1/me").status_code == 200
    Token.objects.update(expires_on=today - timedelta(days=1))
    refused(client, "令牌已过期，请新建令牌。")
    Token.objects.update(expires_on=today, revoked_at=timezone.now())
    refused(client, "令牌已撤销。")


def test_a_token_of_a_role_that_has_ended_is_refused(cast: build.Cast) -> None:
    client = build.program(cast.liaison)
    RoleTerm.objects.filter(pk=cast.liaison.term_id).update(to_on=build.TODAY)
    refused(client, "令牌所用的角色已经结束，请用现在的角色新建令牌。")


def test_a_token_keeps_its_role_beside_others(cast: build.Cast) -> None:
    other = RoleTerm.objects.get(pk=cast.liaison.term_id)
    build.role_term(person=other.person, role="teacher", organisation=cast.other_school)
    client = build.program(cast.liaison)
    assert client.get("/api/v1/me").json()["role"]["code"] == "school_liaison"


@pytest.mark.parametrize(
    ("field", "detail"),
    [
        ({"is_active": False}, "账号已停用。"),
        ({"must_change_password": True}, "账号须先登录网站修改密码，令牌才能继续使用。"),
    ],
)
def test_a_token_of_a_closed_account_is_refused(cast: build.Cast, field: dict[str, bool], detail: str) -> None:
    client = build.program(cast.liaison)
    Account.objects.filter(pk=cast.liaison.account_id).update(**field)
    refused(client, detail)


def test_a_role_without_the_permission_gets_404(cast: build.Cast) -> None:
    auditor = build.actor(build.role_term(role="audit_admin"))
    assert build.program(auditor).get("/api/v1/tasks").status_code == 404


def test_too_little_scope_names_what_is_missing(cast: build.Cast) -> None:
    answer = build.program(cast.office, scopes=("plans.report",)).get("/api/v1/tasks")
    assert answer.status_code == 403
    assert answer.json()["missing_scope"] == "plans.read"
    assert answer.json()["detail"] == "令牌没有“plans.read”权限范围。"


def test_with_https_a_token_over_plain_http_is_refused(cast: build.Cast, settings: Any) -> None:
    settings.HTTPS = True
    client = build.program(cast.office)
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/v1/docs#insecure")
    assert Token.objects.get().used_at is None
    assert client.get("/api/v1/me", secure=True).status_code == 200


def test_a_token_has_its_minute_and_another_has_its_own(
    cast: build.Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.API_PER_MINUTE = 3
    stamp = machine_now().replace(second=20)
    monkeypatch.setattr("xietong.kit.api.guard.machine_now", lambda: stamp)
    client = build.program(cast.office)
    assert [client.get("/api/v1/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    last = client.get("/api/v1/me")
    assert (last.headers["Retry-After"], last.json()["detail"]) == ("40", "请求过于频繁，请 40 秒后再试。")
    assert build.program(cast.liaison).get("/api/v1/me").status_code == 200
    stamp += timedelta(seconds=40)
    assert client.get("/api/v1/me").status_code == 200


def test_spend_counts_to_the_limit() -> None:
    stamp = machine_now().replace(second=0)
    assert {limits.spend(1, stamp) for _ in range(120)} == {0}
    assert limits.spend(1, stamp) == 60


@pytest.mark.parametrize(
    ("language", "title"), [("", "没有找到"), ("fr", "没有找到"), ("en-GB,en;q=0.9", "Not found")]
)
def test_a_problem_is_told_in_the_language_asked_for(cast: build.Cast, language: str, title: str) -> None:
    answer = build.program(cast.office).get("/api/v1/tasks/999", headers={"Accept-Language": language})
    assert (answer.status_code, answer.json()["title"]) == (404, title)
    assert answer.headers["Content-Language"] == ("en" if title == "Not found" else "zh-hans")
    assert "Accept-Language" in answer.headers["Vary"]


def test_an_address_or_a_method_that_is_none_is_a_problem_too(cast: build.Cast) -> None:
    client = build.program(cast.office)
    for address in ("/api/v1/", "/api/v1/nothing", "/api/v1/tasks/", "/api/v1/tasks/x"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    answer = client.put("/api/v1/tasks")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert client.delete("/api/v1/tasks/1/reports").headers["Allow"] == "GET, HEAD, POST"


def test_a_fault_tells_the_log_and_not_the_caller(
    cast: build.Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: Any) -> Any:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("xietong.areas.plans.queries.plans", broken)
    answer = build.program(cast.office).get("/api/v1/plans")
    assert (answer.status_code, answer.json()["title"]) == (500, "系统出错了")
    assert "secret of the house" not in answer.content.decode()
    assert "secret of the house" in caplog.text
    assert answer.headers["X-Request-Id"]


@pytest.mark.parametrize("address", ["nowhere/", "tasks/%0A/reports", "%0A"])
def test_an_address_that_is_none_is_a_problem_not_a_page(cast: build.Cast, address: str) -> None:
    answer = build.program(cast.liaison).get(f"/api/v1/{address}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
