"""Ways in: invitations handed out as links and QR codes, and new passwords. A link is shown once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.people import access, actions, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import ticked


@dataclass(frozen=True, slots=True)
class Card:
    """One invitation as it is cut out of the sheet."""

    name: str
    place: Any
    link: str
    expires_at: datetime


@page(access.INVITE, methods=("POST",))
def invite(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "invite", pk)
    return sheet(request, [actions.invite(request.actor, row, now=request.now)], title=_("邀请开通账号"), back=pk)


@page(access.INVITE, methods=("POST",))
def invite_many(request: Request) -> HttpResponse:
    rows = ticked(request, tables.InvitingTable(), queries.people_to_invite(request.actor, request.today))
    issued, skipped = actions.invite_all(request.actor, rows, now=request.now)
    return sheet(request, issued, title=_("邀请开通账号"), skipped=skipped)


@page(access.RESET, methods=("POST",))
def reset(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "reset", pk)
    return sheet(request, [actions.reset_password(request.actor, row, now=request.now)], title=_("重置密码"), back=pk)


def sheet(
    request: Request,
    issued: Sequence[actions.Issued],
    *,
    title: str,
    skipped: Sequence[actions.Skipped] = (),
    back: int | None = None,
) -> HttpResponse:
    """The answer to the post itself: a redirect would have to keep the links somewhere."""
    places = queries.workplaces([one.person.pk for one in issued], request.today)
    context = {
        "title": title,
        "cards": [
            Card(one.person.name, places.get(one.person.pk, ""), link_of(request, one), one.expires_at)
            for one in issued
        ],
        "skipped": skipped,
        "back_url": reverse("people:person", args=[back]) if back else reverse("people:people"),
    }
    return render(request, "people/invitation.html", context)


def link_of(request: Request, issued: actions.Issued) -> str:
    return request.build_absolute_uri(reverse("people:join", args=[issued.token]))
