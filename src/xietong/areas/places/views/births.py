"""Births by township, from a form or a workbook, and new housing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.places import access, actions, forms, queries, sheets, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.sheets.pages import Pages
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_BIRTHS)
def births(request: Request) -> HttpResponse:
    return render(request, "places/births.html", {"page": queries.births_page(request.actor), "title": _("出生人数")})


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("出生人数"), reverse("places:births")), *more]


@page(access.KEEP_BIRTHS, methods=("GET", "POST"))
def births_enter(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.BirthsEnterForm, request, request.actor, request.today, as_of=request.today),
        title=_("录入出生人数"),
        save=lambda **fields: actions.enter_births(request.actor, now=request.now, **fields),
        done=reverse("places:births"),
        said=_("已录入。"),
        crumbs=crumbs((_("录入"), None)),
    )


@page(access.KEEP_BIRTHS, methods=("GET", "POST"))
def births_change(request: Request, pk: int) -> HttpResponse:
    row = queries.births_to_keep(request.actor, pk)
    return ask(
        request,
        bound(forms.BirthsChangeForm, request, row=row),
        title=_("更正出生人数"),
        save=lambda **fields: actions.change_births(request.actor, row, now=request.now, **fields),
        done=reverse("places:births"),
        said=_("已保存。"),
        subject=_("%(township)s，%(year)s出生年度")
        % {"township": row.township, "year": queries.cohort_name(row.year)},
        crumbs=crumbs((_("更正"), None)),
    )


def around(_county: Any, title: str) -> dict[str, Any]:
    return {"title": _("出生人数"), "crumbs": crumbs((title, None))}


SHEET = Pages(
    sheets.BirthsBook(),
    "births_sheet",
    gettext_lazy(
        "下载模板，按乡镇和出生年度（9 月 1 日到次年 8 月 31 日）填好再上传。"
        "表中带有现有的出生人数；同一乡镇同一年度会修改，其余新增，从不删除。"
    ),
    around,
    lambda _county: reverse("places:births"),
)


@page(access.VIEW_HOUSING)
def housing(request: Request) -> HttpResponseBase:
    may = access.KEEP_HOUSING.held_by(request.actor)
    tools = [Tool(_("登记住房项目"), reverse("places:housing_add"), "plus", primary=True)] if may else []
    return answer(request, tables.HousingTable(linked=may), queries.housing(request.actor), toolbar=tools)


@page(access.KEEP_HOUSING, methods=("GET", "POST"))
def housing_add(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.HousingForm, request, request.actor),
        title=_("登记住房项目"),
        save=lambda **fields: actions.add_housing(request.actor, now=request.now, **fields),
        done=reverse("places:housing"),
        said=_("已登记，重新测算后计入预测。"),
    )


@page(access.KEEP_HOUSING, methods=("GET", "POST"))
def housing_change(request: Request, pk: int) -> HttpResponse:
    row = queries.housing_to_keep(request.actor, pk)
    return ask(
        request,
        bound(forms.HousingChangeForm, request, request.actor, row=row),
        title=row.name,
        save=lambda **fields: actions.change_housing(request.actor, row, now=request.now, **fields),
        done=reverse("places:housing"),
        said=_("已保存，重新测算后计入预测。"),
        template="places/housing_change.html",
        row=row,
    )


@page(access.KEEP_HOUSING, methods=("POST",))
def housing_drop(request: Request, pk: int) -> HttpResponse:
    actions.drop_housing(request.actor, queries.housing_to_keep(request.actor, pk), now=request.now)
    messages.success(request, _("已去掉。"))
    return redirect("places:housing")
