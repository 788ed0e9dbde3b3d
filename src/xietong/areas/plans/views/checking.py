"""Review: many reports at once, and spot checks."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries, tables
from xietong.kit.access.permissions import may
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer, ticked
from xietong.kit.tables.declare import Tool


@page(access.REVIEW_REPORT, methods=("POST",))
def reports_accept(request: Request) -> HttpResponse:
    """Those ticked, whatever has become of them since; or all that the filter shows now."""
    everything = request.POST.get("all") == "1"
    rows = queries.waiting_reports(request.actor) if everything else queries.reviewable(request.actor)
    chosen = list(ticked(request, tables.ReviewTable(), rows))
    if len(chosen) > actions.AT_ONCE:
        actions.accept_reports_later(request.actor, chosen, now=request.now)
        messages.success(request, _("共 %(n)d 条，正在后台处理，结果在这里显示。") % {"n": len(chosen)})
        return redirect("downloads")
    answered = actions.accept_reports(request.actor, chosen, now=request.now)
    if answered.accepted or not answered.skipped:
        messages.success(request, _("已通过 %(n)d 条。") % {"n": answered.accepted})
    for reason in answered.skipped:
        messages.warning(request, reason)
    return redirect("plans:reviews")


@page(access.VIEW_CHECK)
def checks(request: Request) -> HttpResponseBase:
    tools = [Tool(_("抽取"), reverse("plans:checks_draw"), "plus", primary=True)]
    return answer(request, tables.CheckTable(), queries.checks(request.actor), toolbar=tools)


@page(access.VIEW_CHECK, methods=("GET", "POST"))
def checks_draw(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.DrawForm, request, from_on=request.today.replace(day=1), to_on=request.today, number=5),
        title=_("抽取填报"),
        save=lambda **fields: actions.draw_checks(request.actor, now=request.now, **fields),
        done=lambda draw: f"{reverse('plans:checks')}?draw={draw}",
        said=_("已抽取；批次就是随机种子，凭它可以复核抽取过程。"),
        submit_label=_("抽取"),
        back_url=reverse("plans:checks"),
    )


@page(access.VIEW_CHECK, methods=("GET", "POST"))
def check(request: Request, pk: int) -> HttpResponse:
    """What was drawn; its finding is noted once."""
    row = queries.check_shown(request.actor, pk)
    crumbs = [(_("抽查"), reverse("plans:checks")), (row.draw, None)]
    if row.finding and request.method == "GET":
        reopens = row.finding == row.Finding.FAULTY and may(request.actor, access.REOPEN_TASK, row.report.task)
        context = {"check": row, "may_reopen": reopens, "title": _("抽查"), "crumbs": crumbs}
        return render(request, "plans/checked.html", context)
    row = queries.check_to_record(request.actor, pk)
    return ask(
        request,
        bound(forms.CheckForm, request),
        title=_("抽查"),
        save=lambda **fields: actions.record_check(request.actor, row, now=request.now, **fields),
        done=reverse("plans:checks"),
        said=_("已登记抽查结果。"),
        template="plans/check.html",
        check=row,
        crumbs=crumbs,
    )
