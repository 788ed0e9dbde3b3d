"""`@page`: a view with its permission, its methods and its refusals turned into pages."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.request import Request
from xietong.kit.records.asked import one_reading

View = Callable[..., HttpResponseBase]


def page(permission: Permission[Any], *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """This decorator will let in whoever holds the permission in the role he acts in.

    Everybody else gets 404; somebody who has not signed in gets the sign-in page and comes back.
    Which rows he sees is the view's one query, through `visible` or `fetch` of the same permission.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            first = first_duty(request)
            if first and request.resolver_match and request.resolver_match.view_name not in settings.FIRST_DUTY_PAGES:
                return redirect(first)
            if not permission.held_by(request.actor):
                raise Http404
            with nullcontext() if request.method == "POST" else one_reading():
                response = view(request, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response

        allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)
        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return wrap


def first_duty(request: Request) -> str:
    """The page that somebody must finish before any other: a new password, a second factor."""
    if request.user.must_change_password:
        return "account_change_password"
    if request.actor.role in settings.SECOND_FACTOR_ROLES and not has_second_factor(request):
        return "mfa_activate_totp"
    return ""


def has_second_factor(request: Request) -> bool:
    """Remembered in the session once seen, so that it costs no query on later pages."""
    if not request.session.get("second_factor"):
        from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415  (needs the app registry)

        request.session["second_factor"] = is_mfa_enabled(request.user)
    return bool(request.session["second_factor"])


def is_fragment(request: Request, target: str = "") -> bool:
    """Whether htmx asks for a part of the page (`target`: the id of the element that it fills)."""
    asked = request.headers.get("HX-Target", "").rpartition("#")[2]
    return request.headers.get("HX-Request") == "true" and (not target or asked == target)
