"""One's own tokens: what they may do, made, shown once, revoked."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.kit.accounts.request import Request
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.errors import Refused
from xietong.kit.forms.answer import bound
from xietong.kit.pages.page import page
from xietong.kit.tokens import actions
from xietong.kit.tokens import queries as kept
from xietong.web import queries
from xietong.web.access import MY_ACCOUNT
from xietong.web.forms import TokenForm

SUGGESTED = timedelta(days=90)


def crumbs(*below: tuple[Any, str | None]) -> list[tuple[Any, str | None]]:
    return [(_("我的账号"), reverse("account")), *below]


@page(MY_ACCOUNT)
def tokens(request: Request) -> HttpResponse:
    context = {
        "tokens": queries.my_tokens(request.actor, request.actors),
        "may_make": any(actor.term_id for actor in request.actors),
        "title": _("接口令牌"),
        "crumbs": crumbs((_("接口令牌"), None)),
    }
    return render(request, "web/tokens.html", context)


@page(MY_ACCOUNT, methods=("GET", "POST"))
def token_make(request: Request) -> HttpResponse:
    """The answer to the post itself shows the secret: a redirect would have to keep it somewhere."""
    form = bound(
        TokenForm,
        request,
        request.actors,
        role=request.actor.term_id,
        expires_on=day_of(machine_now()) + SUGGESTED,
    )
    if form.is_bound and form.is_valid():
        try:
            made = actions.make_token(request.actor, url=reverse("tokens"), now=request.now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "web/token_made.html", {"made": made, **titled(_("令牌已创建"))})
    context = {"form": form, "back_url": reverse("tokens"), "submit_label": _("创建"), **titled(_("新建接口令牌"))}
    return render(request, "forms/page.html", context, status=422 if form.is_bound else 200)


def titled(title: str) -> dict[str, Any]:
    return {"title": title, "crumbs": crumbs((_("接口令牌"), reverse("tokens")), (title, None))}


@page(MY_ACCOUNT, methods=("POST",))
def token_revoke(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(kept.tokens(request.actor), pk=pk)
    actions.revoke_token(request.actor, row, now=request.now)
    messages.success(request, _("已撤销，用它的程序不能再访问。"))
    return redirect("tokens")
