"""Roles, their deputies, and the handover of them all."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.people import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer


@page(access.VIEW_ROLE)
def roles(request: Request) -> HttpResponseBase:
    return answer(
        request,
        tables.RoleTable(linked=access.VIEW_PERSON.held_by(request.actor)),
        queries.roles(request.actor),
    )


@page(access.CHANGE_ROLE, methods=("GET", "POST"))
def role_grant(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.GrantForm, request, request.actor, request.today, from_on=request.today),
        title=_("授予“%(name)s”角色") % {"name": row},
        save=lambda **fields: actions.grant_role(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[pk]),
        said=_("角色已授予。"),
    )


@page(access.CHANGE_ROLE, methods=("GET", "POST"))
def role_end(request: Request, pk: int) -> HttpResponse:
    row = queries.role_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("结束角色：%(role)s") % {"role": row},
        save=lambda **fields: actions.end_role(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[row.person_id]),
        said=_("角色已结束，立即生效。"),
    )


@page(access.CHANGE_ROLE, methods=("GET", "POST"))
def deputise(request: Request, pk: int) -> HttpResponse:
    row = queries.role_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.DeputyForm, request, request.actor, row.person_id, from_on=request.today),
        title=_("设代理人：%(role)s") % {"role": row},
        save=lambda **fields: actions.deputise(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[row.person_id]),
        said=_("代理人已设定，所办事项会注明代谁办理。"),
    )


@page(access.CHANGE_ROLE, methods=("POST",))
def deputy_end(request: Request, pk: int, deputy_pk: int) -> HttpResponse:
    row = queries.deputy_to_end(request.actor, pk, deputy_pk)
    actions.end_deputy(request.actor, row, now=request.now)
    messages.success(request, _("代理已结束，立即生效。"))
    return redirect("people:person", pk=row.term.person_id)


@page(access.CHANGE_PERSON, methods=("GET", "POST"))
def handover(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.HandoverForm, request, request.actor, row.pk),
        title=_("交接“%(name)s”的工作") % {"name": row},
        save=lambda **fields: actions.hand_over(request.actor, giver=row, now=request.now, **fields),
        done=lambda made: reverse("people:person", args=[made.successor_id]),
        said=_("工作已交接，角色今天起由继任者行使。"),
        back_url=reverse("people:person", args=[pk]),
    )
