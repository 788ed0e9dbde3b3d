"""The workbench: to-dos of all roles first, then what is late and what is new."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.accounts.request import Request
from xietong.kit.clock.models import FrozenClock
from xietong.kit.pages.page import page
from xietong.kit.pages.panels import Todo, panels_at, todos_of
from xietong.web import demonstration
from xietong.web.access import WORKBENCH

FIRST = 8
LOOPBACK = frozenset({"127.0.0.1", "::1"})


@page(WORKBENCH)
def workbench(request: Request) -> HttpResponse:
    several = len(request.actors) > 1
    rows = [todo_row(actor, todo, several=several) for actor, todo in todos_of(request.actors, request.today)]
    return render(
        request,
        "web/workbench.html",
        {
            "title": _("工作台"),
            "todos": rows[:FIRST],
            "more_todos": rows[FIRST:],
            "todo_count": len(rows),
            "panels": panels_at("workbench", request.actor, request.today),
        },
    )


def todo_row(actor: Actor, todo: Todo, *, several: bool) -> dict[str, Any]:
    """What the list of to-dos shows; opening one acts in the role that it belongs to."""
    return {
        "label": todo.label,
        "tone": todo.tone,
        "title": todo.title,
        "org": todo.org,
        "due": todo.due_on,
        "light": todo.light,
        "url": f"{todo.url}?as={actor.term_id}" if several else todo.url,
        "role": f"{actor.org_name} {actor.role_label}" if several else "",
    }


def demo(request: Request) -> HttpResponse:
    """Sign-in with one click, in a demonstration database on loopback only."""
    if not FrozenClock.objects.exists() or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    if request.method != "POST":
        return render(request, "web/demo.html", {"cast": demonstration.cast(), "title": _("选择一个演示角色")})
    account = Account.objects.filter(
        username=request.POST.get("username", ""), username__startswith=demonstration.PREFIX
    ).first()
    if account is None:
        raise Http404
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    # A demonstration has no phone to show a code on.
    request.session["second_factor"] = True
    return redirect("/")
