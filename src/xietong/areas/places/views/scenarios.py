"""Scenarios: made, compared, approved; and how the forecast would have done before."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.places import access, actions, forms, queries, tables
from xietong.areas.places.rules.assumptions import Assumptions
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_SCENARIO)
def scenarios(request: Request) -> HttpResponseBase:
    tools = [Tool(_("并列比较"), reverse("places:scenario_compare"), "columns-3")]
    if access.ADD_SCENARIO.held_by(request.actor):
        tools.append(Tool(_("编制方案"), reverse("places:scenario_add"), "plus", primary=True))
    return answer(request, tables.ScenarioTable(), queries.scenarios(request.actor), toolbar=tools)


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("预测方案"), reverse("places:scenarios")), *more]


def here(row: Any) -> str:
    return reverse("places:scenario", args=[row.pk])


@page(access.VIEW_SCENARIO)
def scenario(request: Request, pk: int) -> HttpResponse:
    found = queries.scenario_page(request.actor, pk, request.today)
    context = {
        "page": found,
        "assumptions": queries.in_words(found.assumed),
        "may_add": access.ADD_SCENARIO.held_by(request.actor),
        "title": found.row.name,
        "crumbs": crumbs((found.row.name, None)),
    }
    return render(request, "places/scenario.html", context)


@page(access.ADD_SCENARIO, methods=("GET", "POST"))
def scenario_add(request: Request) -> HttpResponse:
    """A new one, with the rule table's assumptions or those of the scenario that is copied."""
    like = request.GET.get("like", "")
    if like.isdecimal():
        row = queries.scenario_to_copy(request.actor, int(like))
        initial = forms.flat(Assumptions.of(row.assumptions)) | {"base_year": row.base_year}
    else:
        initial = forms.flat(queries.default_assumptions(request.actor, request.today))
    return ask(
        request,
        bound(forms.ScenarioForm, request, queries.base_years(request.actor), **initial),
        title=_("编制预测方案"),
        save=lambda **fields: actions.add_scenario(request.actor, now=request.now, **fields),
        done=here,
        said=_("已保存，正在测算。"),
        submit_label=_("保存并测算"),
        template="places/assumptions.html",
        back_url=reverse("places:scenarios"),
        crumbs=crumbs((_("编制"), None)),
    )


@page(access.KEEP_SCENARIO, methods=("GET", "POST"))
def scenario_change(request: Request, pk: int) -> HttpResponse:
    row = queries.scenario_to_keep(request.actor, pk)
    initial = forms.flat(Assumptions.of(row.assumptions))
    years = queries.base_years(request.actor)
    return ask(
        request,
        bound(forms.ScenarioChangeForm, request, years, row=row, **initial),
        title=_("修改假设"),
        save=lambda **fields: actions.change_scenario(request.actor, row, now=request.now, **fields),
        done=here(row),
        said=_("已保存，正在测算。"),
        submit_label=_("保存并测算"),
        template="places/assumptions.html",
        crumbs=crumbs((row.name, here(row)), (_("修改假设"), None)),
    )


@page(access.KEEP_SCENARIO, methods=("POST",))
def scenario_compute(request: Request, pk: int) -> HttpResponse:
    row = queries.scenario_to_keep(request.actor, pk)
    return done(request, actions.compute_scenario(request.actor, row, now=request.now), _("正在按现有数据重新测算。"))


@page(access.KEEP_SCENARIO, methods=("POST",))
def scenario_submit(request: Request, pk: int) -> HttpResponse:
    row = queries.scenario_to_keep(request.actor, pk)
    return done(
        request, actions.submit_scenario(request.actor, row, now=request.now), _("已送审，等待局领导或组长审定。")
    )


def done(request: Request, row: Any, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("places:scenario", pk=row.pk)


@page(access.SETTLE_SCENARIO, methods=("GET", "POST"))
def scenario_approve(request: Request, pk: int) -> HttpResponse:
    row = queries.scenario_to_settle(request.actor, pk)
    return ask(
        request,
        bound(forms.SettleForm, request, version=row.version),
        title=_("审定预测方案"),
        save=lambda **fields: actions.approve_scenario(request.actor, row, now=request.now, **fields),
        done=here(row),
        said=_("已审定；全县只有一个审定的方案，原来的改为“曾审定”。"),
        submit_label=_("审定"),
        subject=row,
        crumbs=crumbs((row.name, here(row)), (_("审定"), None)),
    )


@page(access.SETTLE_SCENARIO, methods=("GET", "POST"))
def scenario_return(request: Request, pk: int) -> HttpResponse:
    row = queries.scenario_to_settle(request.actor, pk)
    return ask(
        request,
        bound(forms.ReturnForm, request, version=row.version),
        title=_("退回预测方案"),
        save=lambda **fields: actions.return_scenario(request.actor, row, now=request.now, **fields),
        done=here(row),
        said=_("已退回为草稿。"),
        submit_label=_("退回"),
        subject=row,
        crumbs=crumbs((row.name, here(row)), (_("退回"), None)),
    )


@page(access.VIEW_SCENARIO)
def scenario_compare(request: Request) -> HttpResponse:
    found = queries.comparison(request.actor, request.GET.getlist("scenario"), request.today)
    context = {"page": found, "title": _("并列比较"), "crumbs": crumbs((_("并列比较"), None))}
    return render(request, "places/compare.html", context)


@page(access.VIEW_SCENARIO)
def scenario_tested(request: Request, pk: int) -> HttpResponse:
    row, found = queries.tested_page(request.actor, pk)
    context = {
        "row": row,
        "tested": found,
        "title": _("用往年检验"),
        "crumbs": crumbs((row.name, here(row)), (_("用往年检验"), None)),
    }
    return render(request, "places/tested.html", context)
