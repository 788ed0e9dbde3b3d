"""Tasks at work: lists, the page of a task, receiving, reporting, verdicts."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries, tables
from xietong.areas.plans.views.pressing import register
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.pages.page import is_fragment, page
from xietong.kit.tables.answer import answer


@page(access.VIEW_TASK)
def tasks(request: Request) -> HttpResponseBase:
    table, toolbar = register(request)
    return answer(request, table, queries.tasks(request.actor), toolbar=toolbar)


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
            "pressing": queries.pressing_of(request.actor, found.row, request.today),
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
            **files_sent(request),
            now=request.now,
            **fields,  # type: ignore[arg-type]
        )

    return ask(
        request,
        bound(forms.ReportForm, request, row, request_key=secrets.token_hex(16), text=queries.text_to_begin(row)),
        title=_("填报进展"),
        save=save,
        done=reverse("plans:task", args=[pk]),
        said=_("已提交，等待办公室审核。"),
        submit_label=_("提交"),
        template="plans/report.html",
        task=row,
        draft_key=f"plans.report.{pk}",
    )


@page(access.WITHDRAW_REPORT, methods=("POST",))
def report_withdraw(request: Request, pk: int) -> HttpResponse:
    row = actions.withdraw_report(request.actor, queries.report_to_withdraw(request.actor, pk), now=request.now)
    messages.success(request, _("已撤回，可以改好再报。"))
    return redirect("plans:task", pk=row.task_id)


@page(access.ASK_EXTENSION, methods=("GET", "POST"))
def extension_ask(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_extend(request.actor, pk)
    return ask(
        request,
        bound(forms.ExtensionForm, request),
        title=_("申请延期"),
        save=lambda **fields: actions.ask_extension(request.actor, row, now=request.now, **fields),
        done=reverse("plans:task", args=[pk]),
        said=_("已提交，等待办公室答复。"),
        submit_label=_("提交"),
        subject=row,
    )


@page(access.ANSWER_EXTENSION, methods=("POST",))
def extension_grant(request: Request, pk: int) -> HttpResponse:
    return extension_answer(request, pk, granted=True)


@page(access.ANSWER_EXTENSION, methods=("POST",))
def extension_refuse(request: Request, pk: int) -> HttpResponse:
    return extension_answer(request, pk, granted=False)


def extension_answer(request: Request, pk: int, *, granted: bool) -> HttpResponse:
    row = queries.extension_to_answer(request.actor, pk)
    decide = actions.grant_extension if granted else actions.refuse_extension
    return ask(
        request,
        bound(forms.AnswerForm, request),
        title=_("答复延期申请"),
        save=lambda **fields: decide(request.actor, row, now=request.now, **fields),
        done=reverse("plans:task", args=[row.task_id]),
        said=_("已同意延期。") if granted else _("已答复，申请单位会收到提醒。"),
        submit_label=_("同意") if granted else _("不同意"),
        subject=row.task,
    )


@page(access.REVIEW_REPORT, methods=("POST",))
def report_accept(request: Request, pk: int) -> HttpResponse:
    return verdict(request, pk, accepted=True)


@page(access.REVIEW_REPORT, methods=("POST",))
def report_send_back(request: Request, pk: int) -> HttpResponse:
    return verdict(request, pk, accepted=False)


def verdict(request: Request, pk: int, *, accepted: bool) -> HttpResponse:
    row = queries.report_to_review(request.actor, pk)
    decide = actions.accept if accepted else actions.send_back_with_remarks
    form = (
        bound(forms.AnswerForm, request) if accepted else bound(forms.SendBackForm, request, queries.evidence_of(row))
    )
    return ask(
        request,
        form,
        title=_("审核填报"),
        save=lambda **fields: decide(request.actor, row, now=request.now, **fields),
        done=reverse("plans:task", args=[row.task_id]),
        said=_("已通过。") if accepted else _("已退回，填报人会收到提醒。"),
        submit_label=_("通过") if accepted else _("退回"),
        subject=row.task,
    )
