"""One query or one action a view."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs import access, actions, forms, queries, sheets, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.sheets.pages import Pages
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_ORGANISATION)
def organisations(request: Request) -> HttpResponseBase:
    tools = [
        Tool(_("Excel 导入"), reverse("orgs:sheet"), "file-spreadsheet"),
        Tool(_("新增机构"), reverse("orgs:organisation_open"), "plus", primary=True),
    ]
    return answer(
        request,
        tables.OrganisationTable(),
        queries.organisations(request.actor),
        toolbar=tools if access.CHANGE_ORGANISATION.held_by(request.actor) else [],
    )


@page(access.VIEW_ORGANISATION)
def organisation(request: Request, pk: int) -> HttpResponse:
    found = queries.organisation_page(request.actor, pk)
    return render(
        request,
        "orgs/organisation.html",
        {
            "page": found,
            "title": found.row.name,
            "crumbs": [(_("机构"), reverse("orgs:organisations")), (found.row.short_name, None)],
            "may_change": access.CHANGE_ORGANISATION.held_by(request.actor) and not found.row.closed_on,
        },
    )


@page(access.CHANGE_ORGANISATION, methods=("GET", "POST"))
def organisation_open(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.OrganisationForm, request, request.actor, request.today),
        title=_("新增机构"),
        save=lambda **fields: actions.open_organisation(request.actor, now=request.now, **fields),
        done=lambda row: reverse("orgs:organisation", args=[row.pk]),
        said=_("机构已登记。"),
        back_url=reverse("orgs:organisations"),
    )


@page(access.CHANGE_ORGANISATION, methods=("GET", "POST"))
def organisation_change(request: Request, pk: int) -> HttpResponse:
    row = queries.organisation_to_change(request.actor, pk)
    return ask(
        request,
        bound(
            forms.OrganisationChangeForm,
            request,
            request.actor,
            request.today,
            row=row,
            aliases="、".join(row.aliases),
        ),
        title=_("修改机构"),
        save=lambda **fields: actions.change_organisation(request.actor, row, now=request.now, **fields),
        done=reverse("orgs:organisation", args=[pk]),
        said=_("机构资料已保存。"),
    )


@page(access.CHANGE_ORGANISATION, methods=("GET", "POST"))
def organisation_close(request: Request, pk: int) -> HttpResponse:
    row = queries.organisation_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.CloseForm, request, request.actor, request.today, closed_on=request.today),
        title=_("撤并“%(name)s”") % {"name": row},
        save=lambda **fields: actions.close_organisation(request.actor, row, now=request.now, **fields),
        done=reverse("orgs:organisation", args=[pk]),
        said=_("已办理撤并，历史资料保留。"),
    )


@page(access.VIEW_GROUP)
def group(request: Request) -> HttpResponse:
    return render(
        request,
        "orgs/group.html",
        {
            "group": queries.leading_group(request.actor),
            "title": _("领导小组"),
            "may_change": access.CHANGE_GROUP.held_by(request.actor),
        },
    )


@page(access.CHANGE_GROUP, methods=("GET", "POST"))
def group_found(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.GroupForm, request, request.actor, request.today),
        title=_("登记领导小组"),
        save=lambda **fields: actions.found_group(request.actor, now=request.now, **fields),
        done=reverse("orgs:group"),
        said=_("领导小组已登记。"),
    )


@page(access.CHANGE_GROUP, methods=("GET", "POST"))
def group_join(request: Request, pk: int) -> HttpResponse:
    row = queries.group_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.GroupUnitForm, request, request.actor, request.today, from_on=request.today),
        title=_("增加成员单位"),
        save=lambda **fields: actions.join_group(request.actor, row, now=request.now, **fields),
        done=reverse("orgs:group"),
        said=_("成员单位已增加。"),
    )


@page(access.CHANGE_GROUP, methods=("GET", "POST"))
def group_leave(request: Request, pk: int, unit_pk: int) -> HttpResponse:
    seat = queries.group_unit_to_change(request.actor, pk, unit_pk)
    return ask(
        request,
        bound(forms.LeaveForm, request, to_on=request.today),
        title=_("“%(unit)s”退出领导小组") % {"unit": seat.unit},
        save=lambda **fields: actions.leave_group(request.actor, seat, now=request.now, **fields),
        done=reverse("orgs:group"),
        said=_("已登记退出，记录保留。"),
    )


@page(access.VIEW_TERM)
def terms(request: Request) -> HttpResponseBase:
    tools = [Tool(_("登记学期"), reverse("orgs:term_add"), "plus", primary=True)]
    return answer(
        request,
        tables.TermTable(linked=access.CHANGE_TERM.held_by(request.actor)),
        queries.terms(request.actor),
        toolbar=tools if access.CHANGE_TERM.held_by(request.actor) else [],
    )


@page(access.CHANGE_TERM, methods=("GET", "POST"))
def term_add(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.TermForm, request),
        title=_("登记学期"),
        save=lambda **fields: actions.add_term(request.actor, now=request.now, **fields),
        done=reverse("orgs:terms"),
        said=_("学期已登记。"),
    )


@page(access.CHANGE_TERM, methods=("GET", "POST"))
def term_change(request: Request, pk: int) -> HttpResponse:
    row = queries.term_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.TermChangeForm, request, row=row),
        title=_("修改学期"),
        save=lambda **fields: actions.change_term(request.actor, row, now=request.now, **fields),
        done=reverse("orgs:terms"),
        said=_("学期已保存。"),
    )


@page(access.VIEW_AGREEMENT)
def agreements(request: Request) -> HttpResponseBase:
    tools = [Tool(_("登记协议"), reverse("orgs:agreement_sign"), "plus", primary=True)]
    return answer(
        request,
        tables.AgreementTable(linked=access.CHANGE_AGREEMENT.held_by(request.actor)),
        queries.agreements(request.actor),
        toolbar=tools if access.CHANGE_AGREEMENT.held_by(request.actor) else [],
    )


@page(access.CHANGE_AGREEMENT, methods=("GET", "POST"))
def agreement_sign(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.AgreementForm, request),
        title=_("登记合作协议"),
        save=lambda **fields: actions.sign_agreement(request.actor, now=request.now, **fields),
        done=reverse("orgs:agreements"),
        said=_("协议已登记，高校协调人自生效日起可见本县工作。"),
    )


@page(access.CHANGE_AGREEMENT, methods=("GET", "POST"))
def agreement_change(request: Request, pk: int) -> HttpResponse:
    row = queries.agreement_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.AgreementChangeForm, request, row=row),
        title=_("修改合作协议"),
        save=lambda **fields: actions.change_agreement(request.actor, row, now=request.now, **fields),
        done=reverse("orgs:agreements"),
        said=_("协议已保存。"),
    )


@page(access.CHANGE_HOLIDAY, methods=("GET", "POST"))
def holidays(request: Request) -> HttpResponse:
    year = request.GET.get("year", "")
    shown = int(year) if year.isdecimal() and len(year) == len("2026") and int(year) else request.today.year
    return ask(
        request,
        bound(forms.HolidayForm, request, on=request.today),
        title=_("节假日"),
        save=lambda **fields: actions.set_holiday(request.actor, now=request.now, **fields),
        done=f"{reverse('orgs:holidays')}?year={shown}",
        said=_("已保存，期限按新的工作日计算。"),
        template="orgs/holidays.html",
        holidays=queries.holidays(request.actor, shown),
        year=shown,
    )


@page(access.CHANGE_HOLIDAY, methods=("POST",))
def holiday_drop(request: Request, pk: int) -> HttpResponse:
    actions.drop_holiday(request.actor, queries.holiday_to_change(request.actor, pk), now=request.now)
    messages.success(request, _("已恢复为国家统一安排。"))
    return redirect("orgs:holidays")


def around_register(_county: Any, title: str) -> dict[str, Any]:
    return {"title": title, "crumbs": [(_("机构"), reverse("orgs:organisations")), (title, None)]}


SHEET = Pages(
    sheets.OrganisationBook(),
    "sheet",
    gettext_lazy("模板里是现有的机构。标识码或全称相同的会修改，其余新增；撤并在各机构的页面办理，导入从不删除。"),
    around_register,
    lambda _county: reverse("orgs:organisations"),
)
