"""Plans: the list, the page of one, bringing one in, approval, issue, archive."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, documents, forms, queries
from xietong.areas.plans.views.drafting import wizard
from xietong.kit.accounts.request import Request
from xietong.kit.docx import table_document
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.pages.download import DOCX, download
from xietong.kit.pages.page import page

PAGE = 20


@page(access.VIEW_PLAN)
def plans(request: Request) -> HttpResponse:
    return render(
        request,
        "plans/plans.html",
        {
            "plans": Paginator(queries.plans(request.actor), PAGE).get_page(request.GET.get("page")),
            "title": _("方案"),
            "may_import": access.CHANGE_PLAN.held_by(request.actor),
        },
    )


@page(access.VIEW_PLAN)
def plan(request: Request, pk: int) -> HttpResponse:
    found = queries.plan_page(request.actor, pk, request.today)
    office = access.CHANGE_PLAN.held_by(request.actor)
    may_cover = access.VIEW_COVERAGE.held_by(request.actor)
    sees_tasks = access.VIEW_TASK.held_by(request.actor)
    return render(
        request,
        "plans/plan.html",
        {
            "page": found,
            "title": found.row.title,
            "crumbs": [(_("方案"), reverse("plans:plans")), (found.row.title, None)],
            "may_change": office and found.row.state in found.row.PREPARED,
            "may_cover": may_cover,
            "coverage": queries.plan_coverage(found.row) if may_cover else None,
            "aims": queries.aims(found.row),
            "chart": documents.progress_chart(queries.progress_curve(found.row, request.today)),
            "named": queries.named_in(request.actor, found.row, request.today),
            "may_list": office and found.row.state != "closed",
            "unit_lights": queries.unit_lights(found.row, found.rule) if sees_tasks else (),
            "may_measure": access.MEASURE_OBJECTIVE.held_by(request.actor) and found.row.state != "closed",
            "may_amend": office and found.row.state == "issued",
            "may_pack": found.row.issued_on is not None and access.MAKE_PACKAGE.held_by(request.actor),
            "may_gantt": sees_tasks,
            "may_continue": office and found.row.state == "closed",
        },
    )


@page(access.MEASURE_OBJECTIVE, methods=("GET", "POST"))
def objective(request: Request, pk: int) -> HttpResponse:
    row = queries.objective_to_measure(request.actor, pk)
    return ask(
        request,
        bound(
            forms.ObjectiveForm,
            request,
            queries.tasks_by_id(row.plan),
            queries.indicators_to_point_at(row),
            row=row,
            tasks=queries.ways_of(row),
        ),
        title=_("填写目标"),
        save=lambda **fields: actions.measure_objective(request.actor, row, now=request.now, **fields),
        done=reverse("plans:plan", args=[row.plan_id]),
        said=_("目标已保存。"),
        subject=row,
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def plan_import(request: Request) -> HttpResponse:
    form = forms.ImportForm(
        queries.plans_to_replace(request.actor), data=request.POST or None, files=request.FILES or None
    )

    def save(file: Any, replaces: Any) -> object:
        return actions.import_plan(
            request.actor,
            data=file.read(),
            name=file.name,
            replaces=replaces,
            now=request.now,
        )

    return ask(
        request,
        form,
        title=_("导入行动方案"),
        save=save,
        done=lambda row: reverse("plans:reading", args=[row.pk]),
        said=_("已读出章节、阶段和任务，请逐步核对。"),
        back_url=reverse("plans:plans"),
        submit_label=_("导入并识别"),
        multipart=True,
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def plan_change(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.PlanForm, request, row=row),
        title=_("修改方案名称、文号"),
        save=lambda **fields: actions.change_plan(request.actor, row, now=request.now, **fields),
        done=reverse("plans:drafting", args=[pk]),
        said=_("已保存。"),
    )


@page(access.VIEW_PLAN)
def breakdown(request: Request, pk: int) -> HttpResponseBase:
    """The 任务分解表 of a plan, to be read, signed and printed; `export=docx` gives it as a document."""
    found = queries.breakdown(request.actor, pk)
    if request.GET.get("export") == "docx":
        content = documents.breakdown(found)
        return download(table_document(content), name=f"{content.title}.docx", content_type=DOCX)
    return render(
        request,
        "plans/breakdown.html",
        {
            "page": found,
            "title": _("任务分解表"),
            "crumbs": [(_("方案"), reverse("plans:plans")), (found.row.title, None), (_("任务分解表"), None)],
        },
    )


@page(access.PREPARE_PLAN)
def approving(request: Request, pk: int) -> HttpResponse:
    """How far the plan is: what is missing, where it lies for approval, and then the issue."""
    found = queries.approving_page(request.actor, pk)
    return render(request, "plans/approving.html", {"page": found, **wizard(found.row, "approving", _("审批与下达"))})


@page(access.CHANGE_PLAN, methods=("POST",))
def plan_submit(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)
    actions.submit_plan(request.actor, row, now=request.now)
    messages.success(request, _("已提交审批。"))
    return redirect("plans:approving", pk=pk)


@page(access.ISSUE_PLAN, methods=("GET", "POST"))
def plan_reopen(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_issue(request.actor, pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("退回修改“%(title)s”") % {"title": row.title},
        save=lambda reason: actions.reopen_plan(request.actor, row, reason=reason, now=request.now),
        done=reverse("plans:approving", args=[pk]),
        said=_("已退回起草，修改后须重新审批。"),
        submit_label=_("退回修改"),
    )


@page(access.ISSUE_PLAN, methods=("GET", "POST"))
def plan_issue(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_issue(request.actor, pk)
    return ask(
        request,
        bound(forms.IssueForm, request, issued_on=request.today, document_no=row.document_no),
        title=_("下达“%(title)s”") % {"title": row.title},
        save=lambda **fields: actions.issue_plan(request.actor, row, now=request.now, **fields),
        done=reverse("plans:plan", args=[pk]),
        said=_("方案已下达，牵头单位已收到任务。"),
        back_url=reverse("plans:approving", args=[pk]),
        submit_label=_("下达"),
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def plan_adopt(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)

    def save(**fields: object) -> object:
        return actions.adopt_plan(
            request.actor,
            row,
            **files_sent(request),
            now=request.now,
            **fields,  # type: ignore[arg-type]
        )

    return ask(
        request,
        bound(forms.AdoptForm, request, document_no=row.document_no),
        title=_("补录已印发的方案“%(title)s”") % {"title": row.title},
        save=save,
        done=reverse("plans:plan", args=[pk]),
        said=_("方案已按印发件补录，牵头单位已收到任务。"),
        back_url=reverse("plans:approving", args=[pk]),
        submit_label=_("补录"),
        template="plans/adopt.html",
        task=row,
    )


@page(access.CLOSE_PLAN, methods=("GET", "POST"))
def plan_close(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_close(request.actor, pk)
    return ask(
        request,
        bound(forms.CloseForm, request),
        title=_("归档“%(title)s”") % {"title": row.title},
        save=lambda note: actions.close_plan(request.actor, row, note=note, now=request.now),
        done=reverse("plans:plan", args=[pk]),
        said=_("方案已归档。"),
        submit_label=_("归档"),
    )


@page(access.CONTINUE_PLAN, methods=("GET", "POST"))
def plan_next(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_continue(request.actor, pk)
    return ask(
        request,
        bound(forms.NextPlanForm, request, title=row.title),
        title=_("据“%(title)s”起草下一个方案") % {"title": row.title},
        save=lambda title: actions.start_next_plan(request.actor, row, title=title, now=request.now),
        done=lambda made: reverse("plans:drafting", args=[made.pk]),
        said=_("已复制，带来了还没有办结的任务。"),
        back_url=reverse("plans:plan", args=[pk]),
        submit_label=_("起草"),
    )
