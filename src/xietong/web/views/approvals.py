"""Signing: what waits for one, and the routes that a county has set."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.people import queries as people
from xietong.kit.access.permissions import Permission, fetch, may, visible
from xietong.kit.accounts.request import Request
from xietong.kit.approvals import actions
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.approvals.queries import course
from xietong.kit.approvals.routes import FORMS
from xietong.kit.forms.answer import ask, bound
from xietong.kit.forms.base import Form
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.web import forms, queries, tables
from xietong.web.access import (
    APPROVE,
    CHANGE_ROUTE,
    ENTER_APPROVAL,
    RESCUE_APPROVAL,
    VIEW_APPROVAL,
    WITHDRAW_APPROVAL,
)


@page(VIEW_APPROVAL)
def approvals(request: Request) -> HttpResponseBase:
    return answer(request, tables.ApprovalTable(), visible(request.actor, VIEW_APPROVAL))


@page(VIEW_APPROVAL)
def approval(request: Request, pk: int) -> HttpResponse:
    """How far a paper has come, and what one may do about it."""
    found = course(fetch(request.actor, VIEW_APPROVAL, pk))
    stage = found.open_stage
    context = {
        "course": found,
        "stage": stage,
        "steps": [one.said for one in found.stages],
        "current": found.reached,
        "tone": tables.TONES.get(Approval.State(found.row.state), "grey"),
        "may_sign": stage and may(request.actor, APPROVE, stage),
        "may_rescue": stage
        and may(request.actor, RESCUE_APPROVAL, stage)
        and not actions.holders(stage, request.now),
        "may_enter": stage and may(request.actor, ENTER_APPROVAL, stage),
        "may_withdraw": found.nobody_acted and may(request.actor, WITHDRAW_APPROVAL, found.row),
        "form": forms.SignForm(),
        "title": found.row.title,
        "crumbs": [(_("审批"), reverse("approvals")), (found.row.title, None)],
    }
    return render(request, "web/approval.html", context)


@page(APPROVE, methods=("POST",))
def agree(request: Request, pk: int) -> HttpResponse:
    return signed(request, pk, actions.agree, _("已同意。"), _("同意"))


@page(APPROVE, methods=("POST",))
def send_back(request: Request, pk: int) -> HttpResponse:
    return signed(request, pk, actions.send_back, _("已退回，提交人会收到提醒。"), _("退回"))


def signed(request: Request, pk: int, save: Callable[..., Approval], said: str, label: str) -> HttpResponse:
    row = stage_for(request, APPROVE, pk)
    return ask(
        request,
        bound(forms.SignForm, request),
        title=_("审批"),
        save=lambda **fields: save(request.actor, row, now=request.now, **fields),
        done=reverse("approval", args=[row.approval_id]),
        said=said,
        submit_label=label,
        subject=row.approval,
    )


@page(ENTER_APPROVAL, methods=("GET", "POST"))
def paper(request: Request, pk: int) -> HttpResponse:
    """What a leader signed on paper, entered as such; `send_back=1` where he sent it back."""
    row = stage_for(request, ENTER_APPROVAL, pk)
    back = request.GET.get("send_back") == "1"
    save = actions.send_back if back else actions.agree
    return ask(
        request,
        bound(forms.PaperForm, request),
        title=_("代录书面退回") if back else _("代录书面签批"),
        save=lambda **fields: save(request.actor, row, now=request.now, **fields),
        done=reverse("approval", args=[row.approval_id]),
        said=_("已录入。"),
        submit_label=_("录入退回") if back else _("录入同意"),
        subject=f"{row.approval} · {row.said}",
    )


@page(APPROVE, methods=("GET", "POST"))
def reassign(request: Request, pk: int) -> HttpResponse:
    row = stage_for(request, APPROVE, pk)

    return passed_on(request, row, actions.reassign, title=_("转办"), said=_("已转办，对方会收到提醒。"))


@page(RESCUE_APPROVAL, methods=("GET", "POST"))
def rescue(request: Request, pk: int) -> HttpResponse:
    row = stage_for(request, RESCUE_APPROVAL, pk)
    return passed_on(request, row, actions.rescue, title=_("指定办理人"), said=_("已指定，对方会收到提醒。"))


def passed_on(request: Request, row: Stage, act: Callable[..., Stage], *, title: str, said: str) -> HttpResponse:
    def save(*, to: people.Signer, reason: str) -> Stage:
        return act(request.actor, row, account_id=to.account_id, account_name=to.name, reason=reason, now=request.now)

    return chosen(request, row, forms.ReassignForm, save, title=title, said=said)


@page(APPROVE, methods=("GET", "POST"))
def add_signer(request: Request, pk: int) -> HttpResponse:
    row = stage_for(request, APPROVE, pk)

    def save(*, to: people.Signer, title: str) -> Stage:
        return actions.add_signer(
            request.actor, row, account_id=to.account_id, account_name=to.name, title=title, now=request.now
        )

    return chosen(
        request, row, forms.AddSignerForm, save, title=_("加签"), said=_("已加签，您办理后由对方接着审批。")
    )


def chosen(
    request: Request, row: Stage, form: type[Form], save: Callable[..., Stage], *, title: str, said: str
) -> HttpResponse:
    """A form on which one picks somebody; afterwards the paper may be another's, so back to the list."""
    return ask(
        request,
        bound(form, request, people.signers(request.actor, request.today)),
        title=title,
        save=save,
        done=reverse("approvals"),
        said=said,
        submit_label=title,
        subject=row.approval,
    )


@page(WITHDRAW_APPROVAL, methods=("POST",))
def withdraw(request: Request, pk: int) -> HttpResponse:
    row = fetch(request.actor, WITHDRAW_APPROVAL, pk)
    actions.withdraw(request.actor, row, now=request.now)
    messages.success(request, _("已撤回。"))
    return redirect("approval", pk=pk)


def stage_for(request: Request, permission: Permission[Stage], pk: int) -> Stage:
    return fetch(request.actor, permission, pk, join=("approval",))


@page(CHANGE_ROUTE)
def routes(request: Request) -> HttpResponse:
    context = {"routes": queries.routes(request.actor.home), "title": _("审批路线")}
    return render(request, "web/routes.html", context)


@page(CHANGE_ROUTE, methods=("GET", "POST"))
def route(request: Request, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    found = queries.route(request.actor.home, form)
    asked: Any = bound(forms.RouteForm, request, people.business_role_choices(request.actor), **found.initial)

    def save(*, version: int, **_fields: object) -> object:
        return actions.set_route(
            request.actor,
            county_id=request.actor.home,
            form=form,
            steps=asked.steps,
            version=version,
            now=request.now,
        )

    return ask(
        request,
        asked,
        title=_("审批路线：%(form)s") % {"form": FORMS[form].label},
        save=save,
        done=reverse("routes"),
        said=_("已保存，此后提交的按新路线办理。"),
    )
