"""The month as the office sees it: opened, looked over, pressed on, locked."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, documents, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer, ticked
from xietong.kit.tables.declare import Tool

UNITS_A_PAGE = 50


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("月调度"), reverse("dispatch:cycles")), *more]


@page(access.VIEW_CYCLE)
def cycles(request: Request) -> HttpResponseBase:
    tools = [Tool(_("各单位各月"), reverse("dispatch:grid"), "columns-3")]
    if access.OPEN_CYCLE.held_by(request.actor):
        tools += [
            Tool(_("专项调度"), reverse("dispatch:special_open"), "message-report"),
            Tool(_("开启月调度"), reverse("dispatch:month_open"), "plus", primary=True),
        ]
    return answer(request, tables.CycleTable(), queries.cycles(request.actor, request.today), toolbar=tools)


@page(access.OPEN_CYCLE, methods=("GET", "POST"))
def month_open(request: Request) -> HttpResponse:
    stretch = queries.next_stretch(request.actor.home, request.today)
    due = queries.due_day(request.actor.home, stretch.due_on, request.today)
    return ask(
        request,
        bound(forms.OpenForm, request, due_on=due),
        title=_("开启%(label)s月调度") % {"label": queries.month_said(stretch)},
        save=lambda **fields: actions.open_month(request.actor, now=request.now, **fields),
        done=lambda row: reverse("dispatch:cycle", args=[row.pk]),
        said=_("正在向各单位下发，进度在本页显示。"),
        submit_label=_("开启并通知各单位"),
        back_url=reverse("dispatch:cycles"),
        template="dispatch/month_open.html",
        stretch=stretch,
        load=queries.load(request.actor.home, stretch, request.today),
        kinds=queries.entry_kinds(),
    )


@page(access.OPEN_CYCLE, methods=("GET", "POST"))
def special_open(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.SpecialForm, request, request.actor, request.today),
        title=_("专项调度"),
        save=lambda **fields: actions.open_special(request.actor, now=request.now, **fields),
        done=lambda row: reverse("dispatch:cycle", args=[row.pk]),
        said=_("正在向所选单位下发。"),
        submit_label=_("开启并通知"),
        back_url=reverse("dispatch:cycles"),
    )


@page(access.VIEW_CYCLE)
def cycle(request: Request, pk: int) -> HttpResponseBase:
    found = queries.cycle_page(request.actor, pk, request.today)
    table = tables.FilingTable(found.row, request.today)
    return answer(
        request,
        table,
        queries.filings_in(request.actor, found.row),
        template="dispatch/cycle.html",
        page=found,
        missing_text=documents.missing_text(found.row, found.missing),
        title=_("%(cycle)s月调度") % {"cycle": found.row} if found.row.kind == "monthly" else str(found.row),
        crumbs=crumbs((str(found.row), None)),
    )


@page(access.VIEW_CYCLE)
def entries(request: Request, pk: int) -> HttpResponseBase:
    row = queries.cycle_shown(request.actor, pk)
    return answer(
        request,
        tables.EntryTable(request.actor, row),
        queries.entries_in(request.actor, row),
        crumbs=crumbs((str(row), reverse("dispatch:cycle", args=[pk])), (_("填报内容"), None)),
    )


@page(access.VIEW_CYCLE)
def grid(request: Request) -> HttpResponse:
    """Units by months."""
    pages = Paginator(queries.units_in_grid(request.actor), UNITS_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "grid": queries.grid(request.actor, request.today, list(shown.object_list)),
        "page": shown,
        "punctual": tables.PUNCTUAL,
        "title": _("各单位各月报送情况"),
        "crumbs": crumbs((_("各单位各月"), None)),
    }
    return render(request, "dispatch/grid.html", context)


@page(access.VIEW_CYCLE)
def still(request: Request) -> HttpResponseBase:
    rows = queries.still_tasks(request.actor, request.today)
    return answer(request, tables.StillTable(), rows, crumbs=crumbs((_("久无进展"), None)))


@page(access.CHANGE_CYCLE, methods=("GET", "POST"))
def due_change(request: Request, pk: int) -> HttpResponse:
    row = queries.cycle_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.DueForm, request, row=row),
        title=_("调整报送期限"),
        save=lambda **fields: actions.change_due(request.actor, row, now=request.now, **fields),
        done=reverse("dispatch:cycle", args=[pk]),
        said=_("已调整。"),
        subject=row,
    )


@page(access.CHANGE_CYCLE, methods=("GET", "POST"))
def unit_add(request: Request, pk: int) -> HttpResponse:
    row = queries.cycle_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.AnotherForm, request, request.actor, request.today),
        title=_("增加填报单位"),
        save=lambda **fields: actions.ask_another(request.actor, row, now=request.now, **fields),
        done=reverse("dispatch:cycle", args=[pk]),
        said=_("已下发；已在填报的单位，补上了新到的事项。"),
        subject=row,
    )


@page(access.LOCK_CYCLE, methods=("POST",))
def lock(request: Request, pk: int) -> HttpResponse:
    actions.lock_cycle(request.actor, queries.cycle_to(request.actor, "lock", pk), now=request.now)
    messages.success(request, _("已锁定，之后只能申请更正。"))
    return redirect("dispatch:cycle", pk=pk)


@page(access.REMIND_UNITS, methods=("POST",))
def remind(request: Request, pk: int) -> HttpResponse:
    row = queries.cycle_to(request.actor, "remind", pk)
    sent = actions.press_units(request.actor, row, chosen(request, row), now=request.now)
    messages.success(request, _("已催报 %(n)d 个单位。") % {"n": sent})
    return redirect("dispatch:cycle", pk=pk)


@page(access.VIEW_FILING, methods=("POST",))
def filings_agree(request: Request, pk: int) -> HttpResponse:
    row = queries.cycle_shown(request.actor, pk)
    agreed, left = actions.agree_filings(request.actor, chosen(request, row), now=request.now)
    messages.success(request, _("已通过 %(n)d 份。") % {"n": agreed})
    if left:
        messages.warning(request, _("%(n)d 份现在不待您审核，已跳过。") % {"n": left})
    return redirect("dispatch:cycle", pk=pk)


def chosen(request: Request, cycle: Any) -> list[Any]:
    rows = queries.filings_in(request.actor, cycle)
    return list(ticked(request, tables.FilingTable(cycle, request.today), rows))
