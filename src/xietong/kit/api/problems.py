"""What went wrong, as application/problem+json (RFC 9457), in the language of the request."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: the last part of its `type`, its status, its title, and what the caller can do."""

    code: str
    status: int
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one value: where it was sent (body, query, path, header), and a pointer to it there."""

    place: str
    pointer: str
    detail: str


KINDS: dict[str, Kind] = {
    one.code: one
    for one in (
        Kind("malformed", 400, _("请求无法读取"), _("检查请求体是否为完整的 JSON 或 multipart。")),
        Kind("unauthorized", 401, _("令牌不能使用"), _("检查 Authorization 请求头；令牌失效的，请新建。")),
        Kind("denied", 403, _("现在不能这样操作"), _("按 detail 的说明处理后再试。")),
        Kind("scope", 403, _("令牌的权限范围不够"), _("用包含 missing_scope 的令牌。")),
        Kind("insecure", 403, _("须使用 HTTPS"), _("令牌已明文传输，请撤销后新建，并改用 https 地址。")),
        Kind("not-found", 404, _("没有找到"), _("检查地址；别的县、别的单位的数据也是 404。")),
        Kind("method", 405, _("不支持这种方法"), _("可用的方法见 Allow 响应头。")),
        Kind("stale", 409, _("内容已被他人修改"), _("重新读取后再提交。")),
        Kind("conflict", 409, _("当前状态不能这样操作"), _("按 detail 的说明处理后再试。")),
        Kind("key-reused", 409, _("幂等键已经用过"), _("换一个 Idempotency-Key；同一个键只能重发同样的内容。")),
        Kind("too-large", 413, _("内容过大"), _("压缩或拆分后再传。")),
        Kind("media-type", 415, _("不支持这种内容类型"), _("按接口说明设置 Content-Type。")),
        Kind("invalid", 422, _("内容不符合要求"), _("按 errors 逐项改正。")),
        Kind("refused", 422, _("没有保存"), _("按 detail 的说明处理后再试。")),
        Kind("too-many", 429, _("请求过于频繁"), _("等 Retry-After 给出的秒数后再试。")),
        Kind("server", 500, _("系统出错了"), _("稍后再试；一直这样，请把 X-Request-Id 告诉系统管理员。")),
        Kind("not-ready", 503, _("系统还没有配置好"), _("请联系系统管理员。")),
        Kind("disk-full", 507, _("服务器存储空间已满"), _("请联系系统管理员，稍后重试。")),
    )
}


def problem(
    request: HttpRequest,
    code: str,
    detail: str = "",
    *,
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """This function will answer with a problem of a kind; without a detail the advice of its kind is said."""
    kind = KINDS[code]
    body = {
        "type": f"{reverse('api_docs')}#{kind.code}",
        "title": gettext(kind.title),
        "status": kind.status,
        "detail": detail or gettext(kind.advice),
        "instance": escape_uri_path(request.path),
        **more,
    }
    if errors:
        body["errors"] = [{"in": one.place, "pointer": one.pointer, "detail": one.detail} for one in errors]
    content = json.dumps(body, ensure_ascii=False)
    return HttpResponse(content, status=kind.status, content_type=MEDIA_TYPE, headers=headers)
