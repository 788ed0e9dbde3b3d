"""The papers of a report: printed, signed, photographed back, taken back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.forms.base import Form
from xietong.kit.pages.page import page


@page(access.VIEW_REPORT)
def report_print(request: Request, pk: int) -> HttpResponse:
    found = queries.report_printed(request.actor, pk)
    task = found.row.task
    context = {
        "page": found,
        "title": _("填报表"),
        "crumbs": [(task.number, reverse("plans:task", args=[task.pk])), (_("打印"), None)],
    }
    return render(request, "plans/print_report.html", context)


@page(access.VIEW_TASK)
def task_print(request: Request, pk: int) -> HttpResponse:
    found = queries.task_printed(request.actor, pk)
    context = {
        "page": found,
        "title": _("任务办理单"),
        "crumbs": [(found.row.number, reverse("plans:task", args=[pk])), (_("打印"), None)],
    }
    return render(request, "plans/print_task.html", context)


@page(access.SIGN_REPORT, methods=("GET", "POST"))
def report_sign(request: Request, pk: int) -> HttpResponse:
    row = queries.report_to_sign(request.actor, pk)
    return ask(
        request,
        bound(Form, request),
        title=_("上传签字页"),
        save=lambda: actions.add_signed(
            request.actor,
            row,
            **files_sent(request),
            now=request.now,
        ),
        done=f"{reverse('plans:task', args=[row.task_id])}#report-{pk}",
        said=_("签字页已挂到这次填报。"),
        submit_label=_("提交"),
        template="plans/sign.html",
        task=row.task,
        report=row,
    )


@page(access.PULL_FILE, methods=("GET", "POST"))
def file_pull(request: Request, pk: int, file_pk: int) -> HttpResponse:
    row = queries.report_to_pull_from(request.actor, pk)
    file = queries.file_of(row, file_pk)
    return ask(
        request,
        bound(forms.PullForm, request),
        title=_("撤回佐证"),
        save=lambda **fields: actions.pull_file(request.actor, row, file, now=request.now, **fields),
        done=f"{reverse('plans:task', args=[row.task_id])}#report-{pk}",
        said=_("已撤回，办公室会收到提醒。"),
        submit_label=_("撤回"),
        subject=file.name,
    )
