"""迎检材料包: choose, see how much it is, have it made."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries
from xietong.kit.accounts.request import Request
from xietong.kit.errors import Refused
from xietong.kit.forms.answer import bound
from xietong.kit.pages.page import is_fragment, page

CHOSEN = "chosen"


@page(access.MAKE_PACKAGE, methods=("GET", "POST"))
def package(request: Request, pk: int) -> HttpResponse:
    plan = queries.plan_to_pack(request.actor, pk)
    form = bound(
        forms.PackageForm,
        request,
        queries.sections(plan),
        queries.reporting_units(request.actor, plan),
        from_on=plan.issued_on,
        to_on=request.today,
    )
    counting = is_fragment(request, CHOSEN) or "count" in request.POST
    if form.is_bound and form.is_valid() and not counting:
        try:
            actions.make_package(request.actor, plan, choice=form.choice, now=request.now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("正在制作材料包，完成后在这里下载。"))
            return redirect("downloads")
    shown = {
        "form": form,
        "plan": plan,
        "totals": None if form.errors and counting else queries.totals(request.actor, plan, form.choice),
        "title": _("迎检材料包"),
        "crumbs": [(plan.title, reverse("plans:plan", args=[pk])), (_("迎检材料包"), None)],
    }
    if is_fragment(request, CHOSEN):
        return render(request, "plans/parts/chosen.html", shown)
    return render(request, "plans/package.html", shown, status=422 if form.errors else 200)
