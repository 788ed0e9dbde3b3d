"""A task moves, is supported, gets parts: one deed a view."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.forms.base import Form
from xietong.kit.pages.page import page


def moved(request: Request, row: Any, form: Form, title: str, do: Callable[..., Any], said: str) -> HttpResponse:
    """The form of one deed about a task, and back to the task."""
    return ask(
        request,
        form,
        title=title,
        save=lambda **fields: do(request.actor, row, now=request.now, **fields),
        done=reverse("plans:task", args=[row.pk]),
        said=said,
        submit_label=title,
        subject=row,
    )


@page(access.RETURN_TASK, methods=("GET", "POST"))
def task_return(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.RETURN_TASK, pk)
    form = bound(forms.ReasonForm, request)
    return moved(request, row, form, _("退件"), actions.return_task, _("已退件，等待办公室改派或维持。"))


@page(access.TAKE_BACK_RETURN, methods=("POST",))
def task_take_back(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.TAKE_BACK_RETURN, pk)
    actions.take_back_return(request.actor, row, now=request.now)
    messages.success(request, _("退件已撤回，请接收任务。"))
    return redirect("plans:task", pk=pk)


@page(access.INSIST_TASK, methods=("GET", "POST"))
def task_insist(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.INSIST_TASK, pk)
    return moved(
        request, row, bound(forms.ReasonForm, request), _("维持原派"), actions.insist, _("已维持，单位会收到提醒。")
    )


@page(access.REASSIGN_TASK, methods=("GET", "POST"))
def task_reassign(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.REASSIGN_TASK, pk)
    form = bound(forms.ReassignForm, request, request.actor, request.today)
    return moved(request, row, form, _("改派"), actions.reassign, _("已改派，两个单位都会收到提醒。"))


@page(access.DELEGATE_TASK, methods=("GET", "POST"))
def task_delegate(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.DELEGATE_TASK, pk)
    form = bound(forms.DelegateForm, request, request.actor, row)
    return moved(request, row, form, _("转办"), actions.delegate, _("已转办。"))


@page(access.SUSPEND_TASK, methods=("GET", "POST"))
def task_suspend(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.SUSPEND_TASK, pk)
    return moved(request, row, bound(forms.ReasonForm, request), _("暂停"), actions.suspend, _("任务已暂停。"))


@page(access.RESUME_TASK, methods=("GET", "POST"))
def task_resume(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.RESUME_TASK, pk)
    form = bound(forms.ResumeForm, request, due_on=row.due_on)
    return moved(request, row, form, _("恢复"), actions.resume, _("任务已恢复，等待单位接收。"))


@page(access.REOPEN_TASK, methods=("GET", "POST"))
def task_reopen(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.REOPEN_TASK, pk)
    form = bound(forms.ReasonForm, request)
    return moved(request, row, form, _("重新办理"), actions.reopen, _("任务已重新办理，单位会收到提醒。"))


@page(access.CONTRIBUTE, methods=("GET", "POST"))
def task_contribute(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.CONTRIBUTE, pk)
    offered = queries.units_supporting(request.actor, row)

    def save(**fields: Any) -> object:
        return actions.contribute(
            request.actor,
            row,
            **files_sent(request),
            now=request.now,
            **fields,
        )

    return ask(
        request,
        bound(forms.ContributeForm, request, row, offered, text=queries.own_contribution(row, offered)),
        title=_("协办填报"),
        save=save,
        done=reverse("plans:task", args=[pk]),
        said=_("已提交给牵头单位。"),
        submit_label=_("提交"),
        template="plans/report.html",
        task=row,
        draft_key=f"plans.contribute.{pk}",
    )


@page(access.CHANGE_PARTS, methods=("GET", "POST"))
def milestone_add(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.CHANGE_PARTS, pk)
    form = bound(forms.MilestoneForm, request, due_on=row.due_on)
    return moved(request, row, form, _("增加里程碑"), actions.add_milestone, _("里程碑已增加。"))


@page(access.DROP_MILESTONE, methods=("POST",))
def milestone_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.milestone_to_drop(request.actor, pk)
    actions.drop_milestone(request.actor, row, now=request.now)
    messages.success(request, _("已删除里程碑“%(title)s”。") % {"title": row.title})
    return redirect("plans:task", pk=row.task_id)


@page(access.SPLIT_TASK, methods=("GET", "POST"))
def task_split(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to(request.actor, access.SPLIT_TASK, pk)
    form = bound(forms.PartForm, request, forms.units_of_part(request.actor, request.today), due_on=row.due_on)
    return moved(request, row, form, _("分解子任务"), actions.split_task, _("子任务已下达给责任单位。"))
