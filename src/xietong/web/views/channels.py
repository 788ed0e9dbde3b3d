"""Notices beyond the inbox: the plumbing's views with the permission of the site."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from xietong.kit.access.permissions import visible
from xietong.kit.accounts.request import Request
from xietong.kit.notices import channel_views as views
from xietong.kit.pages.page import page
from xietong.web.access import CHANGE_CHANNEL, MY_ACCOUNT, SEND_AGAIN


@page(SEND_AGAIN)
def channels(request: Request) -> HttpResponseBase:
    return views.channels(request, visible(request.actor, SEND_AGAIN))


@page(SEND_AGAIN, methods=("POST",))
def again(request: Request) -> HttpResponse:
    return views.again(request, visible(request.actor, SEND_AGAIN))


@page(CHANGE_CHANNEL, methods=("GET", "POST"))
def channel(request: Request, kind: str) -> HttpResponse:
    return views.set_channel(request, kind)


@page(CHANGE_CHANNEL, methods=("GET", "POST"))
def secret(request: Request, kind: str) -> HttpResponse:
    return views.set_secret(request, kind)


@page(CHANGE_CHANNEL, methods=("POST",))
def test(request: Request, kind: str) -> HttpResponse:
    return views.test(request, kind)


@page(MY_ACCOUNT, methods=("GET", "POST"))
def own_mail(request: Request) -> HttpResponse:
    return views.own_mail(request)
