"""Tasks in time: the line of months of a plan, and the calendar."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, queries
from xietong.areas.plans.rules.timeline import Month
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page


@page(access.VIEW_TASK)
def calendar(request: Request) -> HttpResponse:
    month = month_asked(request.GET.get("month", "")) or Month.of(request.today)
    scope = request.GET.get("scope", "")
    mine = scope == "mine" if scope in {"mine", "all"} else not queries.looks_at_all(request.actor)
    return render(
        request,
        "plans/calendar.html",
        {
            "page": queries.calendar_page(request.actor, month, request.today, mine=mine),
            "title": _("日历"),
            "this_month": Month.of(request.today),
        },
    )


def month_asked(said: str) -> Month | None:
    """The month of an address, as 2026-05; None for anything else, and for years that no calendar page needs."""
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", said):
        return Month(int(said[:4]), int(said[5:]))
    return None


@page(access.VIEW_TASK)
def gantt(request: Request, pk: int) -> HttpResponse:
    asked = queries.GanttAsked(**{name: request.GET.get(name, "") for name in ("section", "unit", "state", "page")})
    found = queries.gantt_page(request.actor, pk, request.today, asked)
    return render(
        request,
        "plans/gantt.html",
        {
            "page": found,
            "asked": asked,
            "today": request.today,
            "title": _("进度图"),
            "crumbs": [
                (_("方案"), reverse("plans:plans")),
                (found.plan.title, reverse("plans:plan", args=[pk])),
                (_("进度图"), None),
            ],
        },
    )
