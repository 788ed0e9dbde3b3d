"""From exceptions to problems."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from xietong.kit.api import refusals
from xietong.kit.api.problems import FieldError, problem
from xietong.kit.api.validation import field_errors
from xietong.kit.errors import Denied, NotReady, Refused, Stale
from xietong.kit.files.refusals import DiskFull, TooBig
from xietong.kit.tokens.refusals import TokenRefused

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest, Any], HttpResponse]
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="xietong"'}
INVALID = {"WWW-Authenticate": 'Bearer realm="xietong", error="invalid_token"'}
TOO_LITTLE = 'Bearer realm="xietong", error="insufficient_scope", scope="{}"'


def said(code: str) -> Handler:
    """The refusal's own sentence as a problem of this kind."""
    return lambda request, error: problem(request, code, str(error))


def unauthenticated(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(request, "unauthorized", _("请在 Authorization 请求头中给出令牌：Bearer xt_…"), headers=CHALLENGE)


def token_refused(request: HttpRequest, error: TokenRefused) -> HttpResponse:
    return problem(request, "unauthorized", str(error), headers=INVALID)


def scope_missing(request: HttpRequest, error: refusals.ScopeMissing) -> HttpResponse:
    headers = {"WWW-Authenticate": TOO_LITTLE.format(error.scope)}
    return problem(request, "scope", str(error), headers=headers, missing_scope=error.scope)


def too_many(request: HttpRequest, error: refusals.TooManyRequests) -> HttpResponse:
    return problem(request, "too-many", str(error), headers={"Retry-After": str(error.wait)})


def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(request, "not-found", _("没有找到，或者令牌的角色看不到它。"))


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(request, "invalid", errors=field_errors(error.errors))


def bad_value(request: HttpRequest, error: refusals.BadValue) -> HttpResponse:
    return problem(request, "invalid", errors=[FieldError(error.place, error.pointer, str(error))])


def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """ninja wraps whatever keeps it from reading the body; one that is too long is told apart."""
    is_long = isinstance(error, RequestDataTooBig) or isinstance(error.__cause__, RequestDataTooBig)
    return problem(request, "too-large" if is_long else "malformed")


def not_ready(request: HttpRequest, error: NotReady) -> HttpResponse:
    logger.error("not ready: %s", error)
    return problem(request, "not-ready", str(error))


def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """The log gets the traceback, the caller nothing of it."""
    logger.error("api failed: %s %s", request.method, request.path, exc_info=error)
    return problem(request, "server")


HANDLERS: dict[type[Exception], Handler] = {
    AuthenticationError: unauthenticated,
    TokenRefused: token_refused,
    refusals.Insecure: said("insecure"),
    refusals.ScopeMissing: scope_missing,
    refusals.TooManyRequests: too_many,
    refusals.Conflict: said("conflict"),
    refusals.KeyReused: said("key-reused"),
    refusals.BadValue: bad_value,
    Denied: said("denied"),
    Stale: said("stale"),
    NotReady: not_ready,
    TooBig: said("too-large"),
    DiskFull: said("disk-full"),
    Refused: said("refused"),
    Http404: not_found,
    ValidationError: invalid,
    HttpError: unreadable,
    SuspiciousOperation: unreadable,
    UnreadablePostError: unreadable,
    Exception: failed,
}


def speak_problems(api: NinjaAPI) -> None:
    """This function will have every exception of an API answered by a problem."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
