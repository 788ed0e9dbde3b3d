"""调动 between counties."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.people import access, actions, forms, queries, tables
from xietong.kit.access.permissions import may
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer


@page(access.VIEW_TRANSFER)
def transfers(request: Request) -> HttpResponseBase:
    return answer(request, tables.TransferTable(), queries.transfers(request.actor))


@page(access.VIEW_TRANSFER)
def transfer(request: Request, pk: int) -> HttpResponse:
    row = queries.transfer(request.actor, pk)
    return render(
        request,
        "people/transfer.html",
        {
            "row": row,
            "title": _("%(name)s的调动") % {"name": row.person},
            "crumbs": [(_("调动"), reverse("people:transfers")), (row.person.name, None)],
            "may_answer": may(request.actor, access.ANSWER_TRANSFER, row),
            "may_withdraw": may(request.actor, access.WITHDRAW_TRANSFER, row),
        },
    )


@page(access.CHANGE_PERSON, methods=("GET", "POST"))
def transfer_ask(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.TransferForm, request, request.actor),
        title=_("把“%(name)s”调往外县") % {"name": row},
        save=lambda **fields: actions.ask_transfer(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[pk]),
        said=_("已发给对方办公室，确认之前一切照旧。"),
    )


@page(access.ANSWER_TRANSFER, methods=("POST",))
def transfer_confirm(request: Request, pk: int) -> HttpResponse:
    row = queries.transfer_to_answer(request.actor, pk)
    made = actions.confirm_transfer(request.actor, row, now=request.now)
    messages.success(request, _("已调入，请登记任职、授予角色。"))
    return redirect("people:person", pk=made.arrived_id)


@page(access.ANSWER_TRANSFER, methods=("GET", "POST"))
def transfer_refuse(request: Request, pk: int) -> HttpResponse:
    row = queries.transfer_to_answer(request.actor, pk)
    return ask(
        request,
        bound(forms.RefuseForm, request),
        title=_("退回“%(name)s”的调动") % {"name": row.person},
        save=lambda **fields: actions.refuse_transfer(request.actor, row, now=request.now, **fields),
        done=reverse("people:transfer", args=[pk]),
        said=_("已退回。"),
    )


@page(access.WITHDRAW_TRANSFER, methods=("POST",))
def transfer_withdraw(request: Request, pk: int) -> HttpResponse:
    actions.withdraw_transfer(request.actor, queries.transfer_to_withdraw(request.actor, pk), now=request.now)
    messages.success(request, _("已撤回。"))
    return redirect("people:transfer", pk=pk)
