"""One query or one action a view."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import is_fragment, page
from xietong.kit.tables.answer import answer


@page(access.VIEW_PLAN)
def plans(request: Request) -> HttpResponse:
    return render(
        request,
        "plans/plans.html",
        {
            "plans": queries.plans(request.actor),
            "title": _("方案"),
            "may_import": access.CHANGE_PLAN.held_by(request.actor),
        },
    )


@page(access.VIEW_PLAN)
def plan(request: Request, pk: int) -> HttpResponse:
    found = queries.plan_page(request.actor, pk, request.today)
    return render(
        request,
        "plans/plan.html",
        {
            "page": found,
            "title": found.row.title,
            "crumbs": [(_("方案"), reverse("plans:plans")), (found.row.title, None)],
            "may_change": access.CHANGE_PLAN.held_by(request.actor) and found.row.state == "draft",
        },
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def plan_import(request: Request) -> HttpResponse:
    form = forms.ImportForm(data=request.POST or None, files=request.FILES or None)

    def save(file: object) -> object:
        return actions.import_plan(request.actor, data=file.read(), name=file.name, now=request.now)  # type: ignore[attr-defined]

    return ask(
        request,
        form,
        title=_("导入行动方案"),
        save=save,
        done=lambda row: reverse("plans:drafting", args=[row.pk]),
        said=_("已读出章节、阶段和任务，请核对后下达。"),
        back_url=reverse("plans:plans"),
        submit_label=_("导入并识别"),
        multipart=True,
    )


@page(access.CHANGE_PLAN)
def drafting(request: Request, pk: int) -> HttpResponse:
    """The draft as it was read, to be corrected before it is issued."""
    row = queries.plan_to_change(request.actor, pk)
    return render(
        request,
        "plans/drafting.html",
        {
            "plan": row,
            "phases": row.phases.order_by("order"),
            "tasks": queries.drafts(row),
            "title": _("核对方案"),
            "crumbs": [
                (_("方案"), reverse("plans:plans")),
                (row.title, reverse("plans:plan", args=[pk])),
                (_("核对"), None),
            ],
        },
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
    row = queries.plan_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.TaskForm, request, request.actor, request.today, queries.phases_by_id(row)),
        title=_("新增任务"),
        save=lambda **fields: actions.add_task(request.actor, row, now=request.now, **fields),
        done=reverse("plans:drafting", args=[pk]),
        said=_("任务已加入方案。"),
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
            row=row,
        ),
        title=_("修改任务"),
        save=lambda **fields: actions.change_task(request.actor, row, now=request.now, **fields),
        done=reverse("plans:drafting", args=[row.plan_id]),
        said=_("任务已保存。"),
    )


@page(access.CHANGE_TASK, methods=("POST",))
def task_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_change(request.actor, pk)
    actions.drop_task(request.actor, row, now=request.now)
    messages.success(request, _("已从方案中去掉“%(title)s”。") % {"title": row.title})
    return redirect("plans:drafting", pk=row.plan_id)


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def plan_issue(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.IssueForm, request, issued_on=request.today),
        title=_("下达“%(title)s”") % {"title": row.title},
        save=lambda **fields: actions.issue_plan(request.actor, row, now=request.now, **fields),
        done=reverse("plans:plan", args=[pk]),
        said=_("方案已下达，牵头单位已收到任务。"),
        back_url=reverse("plans:drafting", args=[pk]),
        submit_label=_("下达"),
    )


@page(access.VIEW_TASK)
def tasks(request: Request) -> HttpResponseBase:
    return answer(request, tables.TaskTable(request.actor, request.today), queries.tasks(request.actor))


@page(access.REPORT_TASK)
def my_tasks(request: Request) -> HttpResponseBase:
    return answer(request, tables.MyTaskTable(request.actor, request.today), queries.my_tasks(request.actor))


@page(access.REVIEW_REPORT)
def reviews(request: Request) -> HttpResponseBase:
    return answer(request, tables.ReviewTable(), queries.waiting_reports(request.actor))


@page(access.VIEW_STANDING)
def standings(request: Request) -> HttpResponseBase:
    return answer(request, tables.StandingTable(), queries.standings(request.actor))


@page(access.VIEW_TASK)
def task(request: Request, pk: int) -> HttpResponse:
    found = queries.task_page(request.actor, pk, request.today)
    in_drawer = is_fragment(request, "drawer-body")
    return render(
        request,
        "plans/task_drawer.html" if in_drawer else "plans/task.html",
        {
            "page": found,
            "title": found.row.title,
            "crumbs": [(_("任务台账"), reverse("plans:tasks")), (found.row.number, None)],
            "answer_form": forms.AnswerForm(),
        },
    )


@page(access.RECEIVE_TASK, methods=("GET", "POST"))
def task_receive(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_receive(request.actor, pk)
    return ask(
        request,
        bound(forms.ReceiveForm, request, request.actor, row),
        title=_("接收任务"),
        save=lambda **fields: actions.receive_task(request.actor, row, now=request.now, **fields),
        done=reverse("plans:task", args=[pk]),
        said=_("任务已接收。"),
        submit_label=_("接收"),
        subject=row,
    )


@page(access.REPORT_TASK, methods=("GET", "POST"))
def task_report(request: Request, pk: int) -> HttpResponse:
    if queries.is_filed(request.actor, pk, request_key=request.POST.get("request_key", "")):
        return redirect("plans:task", pk=pk)
    row = queries.task_to_report(request.actor, pk)

    def save(**fields: object) -> object:
        return actions.report_progress(
            request.actor,
            row,
            uploads=request.POST.getlist("uploads"),
            plain=request.FILES.getlist("files"),
            now=request.now,
            **fields,  # type: ignore[arg-type]
        )

    return ask(
        request,
        bound(forms.ReportForm, request, request_key=secrets.token_hex(16)),
        title=_("填报进展"),
        save=save,
        done=reverse("plans:task", args=[pk]),
        said=_("已提交，等待办公室审核。"),
        submit_label=_("提交"),
        template="plans/report.html",
        task=row,
        draft_key=f"plans.report.{pk}",
    )


@page(access.REVIEW_REPORT, methods=("POST",))
def report_accept(request: Request, pk: int) -> HttpResponse:
    return verdict(request, pk, accepted=True)


@page(access.REVIEW_REPORT, methods=("POST",))
def report_send_back(request: Request, pk: int) -> HttpResponse:
    return verdict(request, pk, accepted=False)


def verdict(request: Request, pk: int, *, accepted: bool) -> HttpResponse:
    row = queries.report_to_review(request.actor, pk)
    decide = actions.accept if accepted else actions.send_back
    return ask(
        request,
        bound(forms.AnswerForm, request),
        title=_("审核填报"),
        save=lambda **fields: decide(request.actor, row, now=request.now, **fields),
        done=reverse("plans:task", args=[row.task_id]),
        said=_("已通过。") if accepted else _("已退回，填报人会收到提醒。"),
        submit_label=_("通过") if accepted else _("退回"),
        subject=row.task,
    )
