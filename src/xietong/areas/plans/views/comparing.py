"""A draft beside the version that it replaces."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, queries
from xietong.areas.plans.views.drafting import wizard
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page


@page(access.CHANGE_PLAN)
def compare(request: Request, pk: int) -> HttpResponse:
    found = queries.comparison(request.actor, pk, only_changed="all" not in request.GET)
    context = {"page": found, **wizard(found.row, "reading", _("与旧版对照"))}
    return render(request, "plans/compare.html", context)


@page(access.CHANGE_PLAN, methods=("POST",))
def carry(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)
    done = actions.carry_over(request.actor, row, now=request.now)
    said = _("已沿用旧版任务：补充 %(filled)d 项，新增 %(added)d 项；条款已删除的 %(left)d 项没有沿用。")
    messages.success(request, said % {"filled": done.filled, "added": done.added, "left": done.left})
    return redirect("plans:compare", pk=pk)
