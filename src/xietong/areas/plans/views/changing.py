"""Changes of an issued plan: proposed here, approved on their route, and always to be read."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer


@page(access.VIEW_CHANGE)
def changes(request: Request) -> HttpResponseBase:
    return answer(request, tables.ChangeTable(), queries.changes(request.actor))


@page(access.VIEW_CHANGE)
def change(request: Request, pk: int) -> HttpResponse:
    found = queries.change_page(request.actor, pk)
    title = _("变更：%(what)s") % {"what": found.title}
    crumbs = [(_("方案变更"), reverse("plans:changes")), (found.title, None)]
    return render(request, "plans/change.html", {"page": found, "title": title, "crumbs": crumbs})


@page(access.PROPOSE_CHANGE, methods=("GET", "POST"))
def task_amend(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.PROPOSE_CHANGE, pk)
    return ask(
        request,
        bound(forms.AmendForm, request, request.actor, request.today, **queries.values_of(row)),
        title=_("提出变更"),
        save=lambda **fields: actions.propose_amendment(request.actor, row, now=request.now, **fields),
        done=lambda made: reverse("plans:change", args=[made.pk]),
        said=_("变更已提交审批，批准后生效。"),
        back_url=reverse("plans:task", args=[pk]),
        submit_label=_("提交审批"),
        subject=row,
    )


@page(access.PROPOSE_CHANGE, methods=("GET", "POST"))
def task_cancel(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.PROPOSE_CHANGE, pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("取消任务"),
        save=lambda reason: actions.propose_cancelling(request.actor, row, reason=reason, now=request.now),
        done=lambda made: reverse("plans:change", args=[made.pk]),
        said=_("取消已提交审批，批准后生效。"),
        back_url=reverse("plans:task", args=[pk]),
        submit_label=_("提交审批"),
        subject=row,
    )


@page(access.AMEND_PLAN, methods=("GET", "POST"))
def task_propose(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_amend(request.actor, pk)
    return ask(
        request,
        bound(forms.AmendForm, request, request.actor, request.today),
        title=_("提出新增任务"),
        save=lambda **fields: actions.propose_task(request.actor, row, now=request.now, **fields),
        done=lambda made: reverse("plans:change", args=[made.pk]),
        said=_("新增任务已提交审批，批准后下达。"),
        back_url=reverse("plans:plan", args=[pk]),
        submit_label=_("提交审批"),
        subject=row,
    )
