"""批示: what a leader wrote about a task, or what a task is made of."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.pages.page import page


@page(access.INSTRUCT_TASK, methods=("GET", "POST"))
def task_instruct(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_instruct(request.actor, pk)

    def save(**fields: Any) -> object:
        return actions.enter_instruction(request.actor, row, **files_sent(request), now=request.now, **fields)

    return ask(
        request,
        bound(forms.InstructionForm, request, on=request.today),
        title=_("录入领导批示"),
        save=save,
        done=reverse("plans:task", args=[pk]),
        said=_("批示已录入，牵头单位会收到消息。"),
        template="plans/instruct.html",
        task=row,
    )


@page(access.ADD_INSTRUCTED, methods=("GET", "POST"))
def instructed_add(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_instruct(request.actor, pk)

    def save(**fields: Any) -> object:
        return actions.add_instructed(request.actor, row, **files_sent(request), now=request.now, **fields)

    return ask(
        request,
        bound(forms.InstructedForm, request, request.actor, request.today, on=request.today),
        title=_("批示立项"),
        save=save,
        done=lambda made: reverse("plans:task", args=[made.pk]),
        said=_("任务已下达，牵头单位会收到消息。"),
        back_url=reverse("plans:tasks"),
        submit_label=_("下达"),
        template="plans/instruct.html",
        task=row,
    )
