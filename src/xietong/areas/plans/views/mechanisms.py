"""The rules that a plan asks for, and those that a task applies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page


@page(access.LIST_MECHANISMS, methods=("POST",))
def plan_mechanisms(request: Request, pk: int) -> HttpResponse:
    made = actions.list_mechanisms(request.actor, queries.plan_to_list(request.actor, pk), now=request.now)
    messages.success(request, _("已登记 %(n)d 项配套制度，可以起草了。") % {"n": len(made)})
    return redirect("mechanisms:mechanisms")


@page(access.APPLY_MECHANISMS, methods=("GET", "POST"))
def task_mechanisms(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.APPLY_MECHANISMS, pk)
    offered = queries.mechanisms_by_id(request.actor)
    return ask(
        request,
        bound(forms.MechanismsForm, request, offered, mechanisms=queries.mechanisms_of(request.actor, row)),
        title=_("适用制度"),
        save=lambda **fields: actions.apply_mechanisms(request.actor, row, now=request.now, **fields),
        done=reverse("plans:task", args=[pk]),
        said=_("已保存。"),
        subject=row,
    )
