"""The places that there are: the county, its townships, its schools."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.places import access, queries, tables
from xietong.areas.places.rules.stages import LOCAL, STAGES
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer

AHEAD = (0, 2, 4, 9)
"""The years of the forecast that the list of townships shows: the first, the third, the fifth, the last."""


@page(access.VIEW_SUPPLY)
def overview(request: Request) -> HttpResponse:
    context = {
        "page": queries.overview(request.actor, request.today),
        "stages": STAGES,
        "may_keep": access.KEEP_BIRTHS.held_by(request.actor),
        "title": _("学位概况"),
    }
    return render(request, "places/overview.html", context)


@page(access.VIEW_SUPPLY)
def townships(request: Request) -> HttpResponseBase:
    stage = request.GET.get("stage", "")
    stage = stage if stage in LOCAL else LOCAL[1]
    found = queries.outlook(request.actor, request.today)
    ahead = [(n, found.years[n].code) for n in AHEAD if n < len(found.years)]
    return answer(
        request,
        tables.TownshipTable(stage, found.facts, ahead),
        found.townships,
        template="places/townships.html",
        page=found,
        stage=stage,
        stages=LOCAL,
    )


@page(access.VIEW_SUPPLY)
def schools(request: Request) -> HttpResponseBase:
    rows, facts, register = queries.school_rows(request.actor, request.today)
    return answer(request, tables.SchoolTable(facts), rows, template="places/schools.html", register=register)


@page(access.VIEW_SCHOOL)
def school(request: Request, pk: int) -> HttpResponse:
    found = queries.school_page(request.actor, pk, request.today)
    county = access.VIEW_SUPPLY.held_by(request.actor)
    context = {
        "page": found,
        "title": _("%(school)s的学位") % {"school": found.school},
        "crumbs": [
            (_("各校学位") if county else _("本校学位"), reverse("places:schools" if county else "places:own")),
            (str(found.school), None),
        ],
    }
    return render(request, "places/school.html", context)


@page(access.VIEW_OWN)
def own(request: Request) -> HttpResponse:
    """A school's own line; whoever speaks for several picks one."""
    found = queries.own_schools(request.actor)
    if len(found) == 1:
        return redirect("places:school", pk=found[0].pk)
    return render(request, "places/own.html", {"schools": found, "title": _("本校学位")})
