"""What-if: additions tried out with live results, and the cheapest with which the county passes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, actions, forms, queries
from xietong.areas.indicators.views.balance import asked_register, crumbs
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound, version_sent
from xietong.kit.pages.page import is_fragment, page


@page(access.TRY_BALANCE, methods=("GET", "POST"))
def what_ifs(request: Request) -> HttpResponse:
    """Those of a year, and a form to begin another."""
    register = asked_register(request)
    if register is None:
        return redirect("indicators:balance")
    return ask(
        request,
        bound(forms.WhatIfForm, request),
        title=_("均衡假设"),
        save=lambda name: actions.add_what_if(request.actor, register, name=name, now=request.now),
        done=lambda row: reverse("indicators:what_if", args=[row.pk]),
        template="indicators/what_ifs.html",
        submit_label=_("新建假设"),
        rows=queries.what_ifs(request.actor, register),
        register=register,
        crumbs=crumbs((_("均衡假设"), None)),
    )


@page(access.TRY_BALANCE, methods=("GET", "POST"))
def what_if(request: Request, pk: int) -> HttpResponse:
    """The additions as a grid; what they come to is worked out while they are typed, and kept when it is sent."""
    row = queries.what_if(request.actor, pk)
    if request.method == "POST":
        actions.change_what_if(
            request.actor,
            row,
            additions=queries.additions_of(request.POST),
            version=version_sent(request),
            now=request.now,
        )
        messages.success(request, _("已保存。"))
        return redirect("indicators:what_if", pk=pk)
    found = queries.what_if_page(row)
    context: dict[str, Any] = {
        "page": found,
        "title": row.name,
        "crumbs": crumbs((_("均衡假设"), f"{reverse('indicators:what_ifs')}?year={row.year}"), (row.name, None)),
    }
    if not is_fragment(request, "found"):
        return render(request, "indicators/what_if.html", context)
    response = render(request, "indicators/what_if_found.html", context)
    if row.found.get("state") != "searching":
        # What was found stands in the grid too, and there below the part that asked.
        response.headers["HX-Refresh"] = "true"
    return response


@page(access.TRY_BALANCE, methods=("POST",))
def what_if_result(request: Request, pk: int) -> HttpResponse:
    """What the additions of the grid would come to; nothing is kept."""
    row = queries.what_if(request.actor, pk)
    found = queries.what_if_page(row, queries.additions_of(request.POST))
    return render(request, "indicators/what_if_result.html", {"page": found})


@page(access.TRY_BALANCE, methods=("GET", "POST"))
def what_if_search(request: Request, pk: int) -> HttpResponse:
    """The costs and limits under which the cheapest additions are looked for."""
    row = queries.what_if(request.actor, pk)
    items = queries.items_to_add()
    initial = {**queries.usual_terms(row), **row.terms, "version": row.version}
    form = (
        forms.TermsForm(items, data=request.POST)
        if request.method == "POST"
        else forms.TermsForm(items, initial=initial)
    )
    return ask(
        request,
        form,
        title=_("找最省的补充方案"),
        save=lambda version, **terms: actions.ask_cheapest(
            request.actor,
            row,
            terms={name: None if value is None else str(value) for name, value in terms.items()},
            version=version,
            now=request.now,
        ),
        done=reverse("indicators:what_if", args=[pk]),
        said=_("正在测算，可以离开本页。"),
        submit_label=_("开始测算"),
        template="indicators/what_if_search.html",
        crumbs=crumbs((row.name, reverse("indicators:what_if", args=[pk])), (_("找最省的补充方案"), None)),
    )


@page(access.TRY_BALANCE, methods=("POST",))
def what_if_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.what_if(request.actor, pk)
    actions.drop_what_if(request.actor, row, now=request.now)
    messages.success(request, _("已删除这个假设。"))
    return redirect(f"{reverse('indicators:what_ifs')}?year={row.year}")
