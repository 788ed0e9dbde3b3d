"""Subscribing to one's calendar: the secret address, and what a phone fetches from it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xietong.areas.plans.access import VIEW_TASK
from xietong.kit.accounts.request import Request
from xietong.kit.clock.time import business_now, day_of, machine_now
from xietong.kit.feeds import actions, ics, queries
from xietong.kit.feeds.days import days_of
from xietong.kit.pages.page import page

BEFORE, AFTER = timedelta(days=31), timedelta(days=400)


@page(VIEW_TASK, methods=("GET", "POST"))
def feed(request: Request) -> HttpResponse:
    """Shows whether there is an address; a POST gives out a new one, which is shown this once."""
    url = ""
    if request.method == "POST":
        token = actions.issue_feed(request.actor, now=machine_now())
        url = request.build_absolute_uri(reverse("feed_ics", args=[token]))
    return render(
        request,
        "web/feed.html",
        {
            "title": _("订阅日历"),
            "crumbs": [(_("日历"), reverse("plans:calendar")), (_("订阅日历"), None)],
            "feed": queries.open_feed(request.actor),
            "url": url,
        },
    )


@page(VIEW_TASK, methods=("POST",))
def feed_end(request: Request) -> HttpResponse:
    actions.end_feed(request.actor, now=machine_now())
    messages.success(request, _("订阅地址已停用，手机上的日历不再更新。"))
    return redirect("feed")


@require_safe
def feed_ics(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar of whoever the secret was given to. Without the secret there is nothing: 404."""
    today = day_of(business_now())
    found = queries.opened(token, today)
    with translation.override(found.language):
        name = _("协同 · %(place)s") % {"place": found.actor.org_name}
        days = days_of(found.actor, today - BEFORE, today + AFTER, today)
        site = f"{request.scheme}://{request.get_host()}"
        etag = ics.fingerprint(days, name=name, site=site)
        answer = get_conditional_response(request, etag=etag)
        if answer is None:
            content = ics.written(days, name=name, site=site, made_at=found.row.made_at)
            answer = HttpResponse(content, content_type=ics.CONTENT_TYPE, headers={"ETag": etag})
    patch_cache_control(answer, private=True, no_cache=True)
    return answer
