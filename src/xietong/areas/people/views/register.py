"""The list of people, the page of one, and what the register says of him."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.people import access, actions, forms, queries, sheets, tables
from xietong.kit.access.permissions import may
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import is_fragment, page
from xietong.kit.sheets.pages import Pages
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_PERSON)
def people(request: Request) -> HttpResponseBase:
    tools = [
        Tool(_("Excel 导入"), reverse("people:sheet"), "file-spreadsheet"),
        Tool(_("登记人员"), reverse("people:register"), "user-plus", primary=True),
    ]
    inviting = access.INVITE.held_by(request.actor)
    return answer(
        request,
        tables.InvitingTable() if inviting else tables.PeopleTable(),
        queries.people_listed(request.actor, request.today, left=request.GET.get("state") == "left"),
        toolbar=tools if access.CHANGE_PERSON.held_by(request.actor) else [],
    )


@page(access.VIEW_PERSON)
def person(request: Request, pk: int) -> HttpResponse:
    found = queries.person_page(request.actor, pk)
    return render(
        request,
        "people/person.html",
        {
            "page": found,
            "title": found.row.name,
            "crumbs": [(_("人员"), reverse("people:people")), (found.row.name, None)],
            "may_change": may(request.actor, access.CHANGE_PERSON, found.row),
            "may_reveal": may(request.actor, access.REVEAL, found.row),
            "may_invite": may(request.actor, access.INVITE, found.row),
            "may_reset": may(request.actor, access.RESET, found.row),
            "may_change_roles": access.CHANGE_ROLE.held_by(request.actor),
        },
    )


@page(access.CHANGE_PERSON, methods=("GET", "POST"))
def register(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.PersonForm, request, sex="9"),
        title=_("登记人员"),
        save=lambda **fields: actions.register_person(request.actor, now=request.now, **fields),
        done=lambda row: reverse("people:appoint", args=[row.pk]),
        said=_("人员已登记，请接着登记任职。"),
        back_url=reverse("people:people"),
    )


@page(access.CHANGE_PERSON, methods=("GET", "POST"))
def person_change(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.PersonChangeForm, request, row=row),
        title=_("修改“%(name)s”的资料") % {"name": row},
        save=lambda **fields: actions.change_person(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[pk]),
        said=_("资料已保存。"),
    )


@page(access.REVEAL, methods=("GET", "POST"))
def reveal(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "reveal", pk)
    form = bound(forms.RevealForm, request, field="identity")
    shown = ""
    if form.is_bound and form.is_valid():
        shown = actions.reveal(request.actor, row, now=request.now, **form.cleaned_data)
    context = {
        "form": form,
        "shown": shown,
        "row": row,
        "title": _("查看“%(name)s”的明文") % {"name": row},
        "frame": "pages/drawer.html" if is_fragment(request, "drawer-body") else "pages/base.html",
    }
    return render(request, "people/reveal.html", context, status=422 if form.is_bound and not shown else 200)


@page(access.CHANGE_PERSON, methods=("GET", "POST"))
def leave(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.LeaveForm, request, left_on=request.today),
        title=_("登记“%(name)s”离开") % {"name": row},
        save=lambda **fields: actions.leave(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[pk]),
        said=_("已登记离开，任职和角色同时结束，账号停用，记录保留。"),
    )


def around_register(_keeper: Any, title: str) -> dict[str, Any]:
    return {"title": title, "crumbs": [(_("人员"), reverse("people:people")), (title, None)]}


SHEET = Pages(
    sheets.PeopleBook(),
    "sheet",
    gettext_lazy(
        "可以用模板，也可以直接上传全国教师管理信息系统导出的名册，列名不同的在“列对应”里指定一次。"
        "身份证号、工号或本单位的姓名相同的会修改，其余新增，导入从不删除。"
    ),
    around_register,
    lambda _keeper: reverse("people:people"),
)
