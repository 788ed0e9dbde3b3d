"""The addresses of an API, each a view that knows its operations by method."""

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from xietong.kit.api.operations import Operations, View
from xietong.kit.api.problems import FieldError, problem
from xietong.kit.api.validation import escaped

READING = frozenset({"GET", "HEAD"})
BODIES = {"body": "application/json", "file": "multipart/form-data"}


def patterns(api: NinjaAPI, areas: Iterable[Operations]) -> list[URLPattern]:
    """The addresses of every area, and the answer of whatever else is asked for below."""
    callbacks = {str(pattern.pattern): pattern.callback for pattern in api.urls[0] if isinstance(pattern, URLPattern)}
    found = []
    for area in areas:
        for address, operations in area.paths.items():
            route = re.sub(r"\{(.+?)\}", r"<\1>", address.lstrip("/"))
            view = served(callbacks[route], operations)
            found.append(path(route, view, name=operations_name(operations)))
    # Not `.*`: an address may hold a line feed, and a page is no answer to a program.
    return [*found, re_path(r"^", unknown, name="unknown")]


def operations_name(operations: Mapping[str, View]) -> str:
    return next(iter(operations.values())).__name__


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    return problem(request, "not-found", _("接口没有这个地址。"))


def served(callback: Callable[..., HttpResponseBase], operations: Mapping[str, View]) -> View:
    """The view of one address: HEAD is answered as GET, another method by a problem, and caches ask again."""
    allowed = sorted({*operations, *(["HEAD"] if "GET" in operations else [])})

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in operations:
            return problem(request, "method", headers={"Allow": ", ".join(allowed)})
        asked_by_head, request.method = request.method == "HEAD", method
        answer = refused(request, operations[method]) or callback(request, **kwargs)
        request.method = "HEAD" if asked_by_head else method
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        return tagged(request, answer)

    told: Any = csrf_exempt(view)
    told.operations = operations
    found: View = told
    return found


def refused(request: HttpRequest, view: Any) -> HttpResponse | None:
    """What ninja itself lets pass: a body of another type taken for JSON, a filter that is misspelt."""
    wanted = media_type(view)
    if wanted and request.content_type != wanted:
        return problem(request, "media-type", _("请求体应为 %(type)s。") % {"type": wanted})
    unknown_names = sorted(set(request.GET) - query_names(view))
    errors = [FieldError("query", f"#/{escaped(name)}", _("没有这个参数。")) for name in unknown_names]
    return problem(request, "invalid", errors=errors) if errors else None


def models_of(view: Any) -> list[Any]:
    """How ninja reads a request: one model for each part of it."""
    found: list[Any] = view._ninja_operation.models  # noqa: SLF001  (ninja keeps it there)
    return found


def media_type(view: Any) -> str:
    sources = (model.__ninja_param_source__ for model in models_of(view))
    return next((BODIES[source] for source in sources if source in BODIES), "")


def query_names(view: Any) -> set[str]:
    return {
        name
        for model in models_of(view)
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }


def tagged(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """With an entity tag of its content, so that whoever has it already is told so (304)."""
    if not isinstance(answer, HttpResponse) or answer.status_code != HTTPStatus.OK:
        return answer
    if request.method not in READING:
        return answer
    tag = f'"{sha256(answer.content).hexdigest()[:32]}"'
    answer.headers["ETag"] = tag
    found: Any = get_conditional_response(request, etag=tag, response=answer)
    return found or answer
