"""Refusals become pages that say what to do; nobody reads "no data" where something failed."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xietong.kit.errors import Denied, NotReady, Refused, Stale

logger = logging.getLogger(__name__)
Respond = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Turns a refusal that a view lets through into its page: 403 denied, 409 stale, 422 refused.

    What only the administrator can put right is 503, and stands in the log as an error.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Denied):
            return explain(request, 403, _("现在不能这样操作"), str(error))
        if isinstance(error, Stale):
            return explain(request, 409, _("内容已被他人修改"), str(error))
        if isinstance(error, NotReady):
            logger.error("not ready: %s", error)
            return explain(request, 503, _("系统还没有配置好"), str(error))
        if isinstance(error, Refused):
            return explain(request, 422, _("没有保存"), str(error))
        return None


def explain(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    context = {"status": status, "title": title, "message": message}
    return render(request, "pages/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return explain(request, 400, _("请求有误"), _("浏览器发来的内容不完整或已过期，请返回后重试。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return explain(request, 403, _("没有权限"), _("您当前的角色不能进行这项操作。"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return explain(request, 403, _("页面已过期"), _("请返回上一页刷新后重新提交；已填写的内容会保留在本机。"))


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    return explain(request, 404, _("没有找到"), _("页面不存在，或者您当前的角色看不到它。可以换一个角色再试。"))


def server_error(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Renders without context processors: whatever broke may break them too."""
    from django.template.loader import render_to_string  # noqa: PLC0415  (kept off the import path of settings)

    title, message = _("系统出错了"), _("本次操作没有保存。请稍后再试；如果一直这样，请联系系统管理员。")
    return HttpResponse(
        render_to_string("pages/error.html", {"status": 500, "title": title, "message": message}), status=500
    )
