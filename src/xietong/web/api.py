"""The API of the site: every area's operations, one's own token, and the document that describes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Schema
from ninja.renderers import JSONRenderer
from pydantic import Field

from xietong.areas.plans import api as plans
from xietong.kit.accounts.request import Request
from xietong.kit.api.answers import speak_problems
from xietong.kit.api.description import describe, operations_of
from xietong.kit.api.operations import Operations
from xietong.kit.api.problems import KINDS
from xietong.kit.api.serving import patterns
from xietong.kit.api.shapes import Coded, Named
from xietong.kit.tokens.scopes import ANY, SCOPES
from xietong.web.access import MY_ACCOUNT

VERSION = "1"
PREFIX = "/api/v1/"
SITE = Operations("site")
AREAS = (SITE, plans.OPERATIONS)


class Me(Schema):
    """Whom the token stands for."""

    name: str = Field(description=_("令牌所有人"))
    role: Coded
    organisation: Named | None
    county_ids: list[int] = Field(description=_("能看到的县"))
    token: str = Field(description=_("令牌的名称"))
    scopes: list[str]
    expires_on: str = Field(description=_("令牌有效期至"), json_schema_extra={"format": "date"})


@SITE.read(
    "/me",
    MY_ACCOUNT,
    scope=ANY,
    answer=Me,
    summary=_("令牌代表谁"),
    about=_("令牌的所有人、角色、单位、权限范围和有效期；程序启动时可用它检查令牌。"),
)
def me(request: Any) -> Me:
    actor, token = request.actor, request.auth
    return Me(
        name=actor.acting_name,
        role=Coded.of(actor.role, actor.role_label),
        organisation=Named(id=actor.org_id, name=actor.org_name) if actor.org_id else None,
        county_ids=list(actor.counties),
        token=token.name,
        scopes=token.scopes,
        expires_on=token.expires_on.isoformat(),
    )


class Readable(JSONRenderer):
    """Chinese as it is written, not as escapes three times as long."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


def build() -> NinjaAPI:
    made = NinjaAPI(
        title="Xietong",
        version=VERSION,
        description=_(
            "读取行动方案、任务和填报，填报进展。每个请求带上个人令牌；能看到什么，与令牌的角色登录网站时相同。"
        ),
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        renderer=Readable(),
    )
    for area in AREAS:
        made.add_router("", area.router)
    speak_problems(made)
    return made


API = build()
URLS = [path(PREFIX.lstrip("/"), include((patterns(API, AREAS), "api")))]


def examples() -> dict[str, Any]:
    """What the operations answer, from a fictional county."""
    found: dict[str, Any] = {}
    for package in ("xietong.web", "xietong.areas.plans"):
        found |= json.loads((resources.files(package) / "data" / "api.json").read_text(encoding="utf-8"))
    return found


def document() -> dict[str, Any]:
    return describe(API, AREAS, prefix=PREFIX, examples=examples())


def openapi(_request: Request) -> JsonResponse:
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation as the page shows it, its examples as they are typed."""

    method: str
    path: str
    operation: dict[str, Any]

    @property
    def scope(self) -> str:
        code = str(self.operation["x-scope"])
        return "" if code == ANY else code

    @property
    def parameters(self) -> list[Any]:
        found: list[Any] = self.operation["parameters"]
        return found

    @property
    def media(self) -> str:
        return str(next(iter(self.operation["requestBody"]["content"])))

    @property
    def body(self) -> str:
        return as_typed(self.operation.get("requestBody", {}))

    @property
    def status(self) -> str:
        return str(min(self.operation["responses"]))

    @property
    def answer(self) -> str:
        return as_typed(self.operation["responses"][self.status])

    @property
    def faults(self) -> list[str]:
        return sorted(status for status in self.operation["responses"] if status >= "400")


def as_typed(part: dict[str, Any]) -> str:
    """The example of a body; empty where there is none."""
    for content in part.get("content", {}).values():
        if "example" in content:
            return json.dumps(content["example"], ensure_ascii=False, indent=2)
    return ""


def docs(request: Request) -> HttpResponse:
    """The document as a page; signed in, it stands in the frame of the site."""
    written = document()
    signed_in = request.actor.account_id is not None
    context = {
        "title": gettext("接口说明"),
        "frame": "pages/base.html" if signed_in else "pages/plain.html",
        "description": written["info"]["description"],
        "operations": [Shown(one.method, one.path, one.operation) for one in operations_of(written)],
        "scopes": list(SCOPES.items()),
        "kinds": [(kind, gettext(kind.title), gettext(kind.advice)) for kind in KINDS.values()],
        "host": request.build_absolute_uri("/").rstrip("/"),
        "per_minute": settings.API_PER_MINUTE,
        "crumbs": [(gettext("我的账号"), reverse("account")), (gettext("接口说明"), None)],
    }
    return render(request, "web/api.html", context)
