"""历史补录: what happened before the system was there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.files.queries import attachments
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


def crumbs(plan: Any, *more: Any) -> list[Any]:
    here = reverse("plans:past", args=[plan.pk])
    return [
        (_("方案"), reverse("plans:plans")),
        (plan.title, reverse("plans:plan", args=[plan.pk])),
        (_("历史补录"), here if more else None),
        *more,
    ]


@page(access.VIEW_PLAN)
def past(request: Request, pk: int) -> HttpResponseBase:
    row = queries.plan_of_past(request.actor, pk)
    add = [
        Tool(_("Excel 导入"), reverse("plans:past_sheet", args=[pk]), "file-spreadsheet"),
        Tool(_("补录一条"), reverse("plans:past_add", args=[pk]), "plus", primary=True),
    ]
    may_add = access.CHANGE_PAST.held_by(request.actor) and access.closed_plan(row) is None
    return answer(request, tables.PastTable(), queries.past(row), toolbar=add if may_add else [], crumbs=crumbs(row))


@page(access.CHANGE_PAST, methods=("GET", "POST"))
def past_add(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_complete(request.actor, pk)

    def save(**fields: Any) -> object:
        return actions.add_past(
            request.actor,
            row,
            **files_sent(request),
            now=request.now,
            **fields,
        )

    return ask(
        request,
        bound(
            forms.PastForm,
            request,
            request.actor,
            request.today,
            queries.tasks_by_id(row),
            code=queries.next_past_code(row),
        ),
        title=_("历史补录"),
        save=save,
        done=reverse("plans:past", args=[pk]),
        said=_("已补录。"),
        template="plans/past_add.html",
        task=row,
    )


@page(access.VIEW_PAST)
def past_record(request: Request, pk: int) -> HttpResponse:
    row = queries.past_record(request.actor, pk)
    context = {
        "row": row,
        "files": attachments(queries.PAST_OWNER, [row.pk]).get(row.pk, ()),
        "title": row.title,
        "crumbs": crumbs(row.plan, (row.code, None)),
        "may_drop": access.CHANGE_PAST.held_by(request.actor) and access.closed_plan(row.plan) is None,
    }
    return render(request, "plans/past_record.html", context)


@page(access.CHANGE_PAST, methods=("POST",))
def past_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.past_to_drop(request.actor, pk)
    actions.drop_past(request.actor, row, reason=request.POST.get("reason", ""), now=request.now)
    messages.success(request, _("已撤销这条补录。"))
    return redirect("plans:past", pk=row.plan_id)
