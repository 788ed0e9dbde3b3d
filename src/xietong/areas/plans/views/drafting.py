"""The draft: tasks and units, one by one and many at once; and where one is in the course of the work."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer, ticked
from xietong.kit.tables.declare import Tool

STEPS = (
    ("reading", gettext_lazy("原文结构")),
    ("findings", gettext_lazy("识别结果")),
    ("drafting", gettext_lazy("任务与单位")),
    ("coverage", gettext_lazy("原文落实")),
    ("consulting", gettext_lazy("征求意见")),
    ("approving", gettext_lazy("审批与下达")),
)


def wizard(plan: Any, here: str, title: str) -> dict[str, Any]:
    """What every step of the work on a draft shows: the way back, and all steps, any of which may be opened."""
    return {
        "plan": plan,
        "title": title,
        "steps": [(reverse(f"plans:{code}", args=[plan.pk]), label, code == here) for code, label in STEPS],
        "crumbs": [
            (_("方案"), reverse("plans:plans")),
            (plan.title, reverse("plans:plan", args=[plan.pk])),
            (title, None),
        ],
    }


@page(access.CHANGE_PLAN)
def drafting(request: Request, pk: int) -> HttpResponseBase:
    """The tasks of a draft, with what is still missing."""
    row = queries.plan_to_change(request.actor, pk)
    return answer(
        request,
        tables.DraftTable(pk),
        queries.draft_tasks(row),
        template="plans/drafting.html",
        toolbar=[Tool(_("新增任务"), reverse("plans:task_add", args=[pk]), "plus", primary=True)],
        phases=queries.phases_by_id(row).values(),
        objectives=queries.objectives(row),
        gaps=queries.gaps(row),
        unknown=queries.unknown_units(row),
        **wizard(row, "drafting", _("任务与单位")),
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def phase_change(request: Request, pk: int, phase_pk: int) -> HttpResponse:
    plan_row = queries.plan_to_change(request.actor, pk)
    row = get_object_or_404(plan_row.phases, pk=phase_pk)
    return ask(
        request,
        bound(forms.PhaseForm, request, row=row),
        title=_("修改阶段"),
        save=lambda **fields: actions.change_phase(request.actor, row, now=request.now, **fields),
        done=reverse("plans:drafting", args=[pk]),
        said=_("阶段已保存。"),
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def task_add(request: Request, pk: int) -> HttpResponse:
    """A task of the draft; `pk` in the address names the sentences of the text that it comes from."""
    row = queries.plan_to_change(request.actor, pk)
    sentences = queries.sentences_named(row, request.GET.getlist("pk"))
    asked = bound(
        forms.TaskForm,
        request,
        request.actor,
        request.today,
        queries.phases_by_id(row),
        queries.tasks_by_id(row),
        number=queries.next_number(row),
        title=sentences[0].text[:200] if sentences else "",
    )
    return ask(
        request,
        asked,
        title=_("新增任务"),
        save=lambda **fields: actions.add_task(request.actor, row, sentences=sentences, now=request.now, **fields),
        done=reverse("plans:coverage" if sentences else "plans:drafting", args=[pk]),
        said=_("任务已加入方案。"),
        subject="".join(one.text for one in sentences),
    )


@page(access.CHANGE_TASK, methods=("GET", "POST"))
def task_change(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_change(request.actor, pk)
    return ask(
        request,
        bound(
            forms.TaskChangeForm,
            request,
            request.actor,
            request.today,
            queries.phases_by_id(row.plan),
            queries.other_tasks(row),
            row=row,
        ),
        title=_("修改任务"),
        save=lambda **fields: actions.change_task(request.actor, row, now=request.now, **fields),
        done=reverse("plans:drafting", args=[row.plan_id]),
        said=_("任务已保存。"),
        subject="".join(one.text for one in queries.sources_of(row)),
    )


@page(access.CHANGE_TASK, methods=("POST",))
def task_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_change(request.actor, pk)
    actions.drop_task(request.actor, row, now=request.now)
    messages.success(request, _("已从方案中去掉“%(title)s”。") % {"title": row.title})
    return redirect("plans:drafting", pk=row.plan_id)


@page(access.CHANGE_PLAN, methods=("POST",))
def tasks_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)
    chosen = ticked(request, tables.DraftTable(pk), queries.draft_tasks(row))
    n = actions.drop_tasks(request.actor, row, chosen, now=request.now)
    messages.success(request, _("已去掉 %(n)d 项任务。") % {"n": n})
    return redirect("plans:drafting", pk=pk)


@page(access.CHANGE_PLAN, methods=("POST",))
def task_assign(request: Request, pk: int) -> HttpResponse:
    """Asked from the list: the form, about the tasks that were ticked; sent from the form: the deed."""
    row = queries.plan_to_change(request.actor, pk)
    chosen = list(ticked(request, tables.DraftTable(pk), queries.draft_tasks(row)))
    sent = "assign" in request.POST
    form = forms.AssignForm(request.actor, request.today, data=request.POST if sent else None)
    if sent and form.is_valid():
        n = actions.assign_tasks(request.actor, row, chosen, now=request.now, **form.cleaned_data)
        messages.success(request, _("已分派 %(n)d 项任务。") % {"n": n})
        return redirect("plans:drafting", pk=pk)
    context = {"form": form, "chosen": chosen, "plan": row, "title": _("批量分派")}
    return render(request, "plans/assign.html", context, status=422 if sent else 200)
