"""议定事项: the register, one with its course, and what is done to it."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_DECISION)
def decisions(request: Request) -> HttpResponseBase:
    office = access.GIVE_OPINION.held_by(request.actor)
    tools = [Tool(_("提出针对性意见"), reverse("dispatch:opinion_give"), "plus", primary=True)] if office else []
    table = tables.DecisionTable(request.actor, request.today)
    return answer(request, table, queries.decisions(request.actor), toolbar=tools)


@page(access.VIEW_DECISION)
def decision(request: Request, pk: int) -> HttpResponse:
    found = queries.decision_page(request.actor, pk, request.today)
    number = queries.numbered(found.row)
    context = {
        "page": found,
        "title": _("%(kind)s %(number)s") % {"kind": found.row.get_kind_display(), "number": number},
        "crumbs": [(_("议定事项台账"), reverse("dispatch:decisions")), (number, None)],
    }
    return render(request, "dispatch/decision.html", context)


@page(access.GIVE_OPINION, methods=("GET", "POST"))
def opinion_give(request: Request) -> HttpResponse:
    """Outside a meeting; opened from a task (`?task=`), it begins with its unit and its name."""
    tasks = queries.tasks_to_link(request.actor)
    asked = request.GET.get("task", "")
    task = tasks.get(int(asked)) if asked.isdecimal() else None
    initial = {"task": task, "unit": task.lead_unit, "origin": str(task)} if task else {}

    def save(task: Any, **fields: Any) -> object:
        return actions.give_opinion(request.actor, place=actions.Place(task=task), now=request.now, **fields)

    return ask(
        request,
        bound(forms.OpinionForm, request, queries.units_to_bind(request.actor, request.today), tasks, **initial),
        title=_("提出针对性意见"),
        save=save,
        done=lambda row: queries.decision_url(row.pk),
        said=_("已发给单位，并列入台账。"),
        back_url=reverse("dispatch:decisions"),
        submit_label=_("发出"),
    )


@page(access.CLAIM_DECISION, methods=("GET", "POST"))
def claim(request: Request, pk: int) -> HttpResponse:
    row = queries.decision_to(request.actor, "claim", pk)
    return ask(
        request,
        bound(forms.NoteForm, request),
        title=_("申请销项"),
        save=lambda note: actions.claim_decision(request.actor, row, note=note, now=request.now),
        done=queries.decision_url(pk),
        said=_("已提交，等办公室处理。"),
        submit_label=_("提交"),
        subject=row.text,
    )


@page(access.CLOSE_DECISION, methods=("GET", "POST"))
def close(request: Request, pk: int) -> HttpResponse:
    row = queries.decision_to(request.actor, "close", pk)
    form = bound(forms.NoteForm, request, note=queries.claimed_note(row))
    form.fields["note"].label = _("落实结果")
    return ask(
        request,
        form,
        title=_("销项"),
        save=lambda note: actions.close_decision(request.actor, row, note=note, now=request.now),
        done=queries.decision_url(pk),
        said=_("已销项，单位会收到消息。"),
        submit_label=_("销项"),
        subject=row.text,
    )


@page(access.CLOSE_DECISION, methods=("GET", "POST"))
def send_back(request: Request, pk: int) -> HttpResponse:
    row = queries.decision_to(request.actor, "close", pk)
    return ask(
        request,
        bound(forms.BackForm, request),
        title=_("退回销项申请"),
        save=lambda opinion: actions.send_claim_back(request.actor, row, opinion=opinion, now=request.now),
        done=queries.decision_url(pk),
        said=_("已退回，单位会收到消息。"),
        submit_label=_("退回"),
        subject=row.text,
    )


@page(access.CHANGE_DECISION, methods=("GET", "POST"))
def change(request: Request, pk: int) -> HttpResponse:
    row = queries.decision_to(request.actor, "change", pk)
    offered = {**queries.units_to_bind(request.actor, request.today), row.unit_id: row.unit}
    return ask(
        request,
        bound(forms.DecisionChangeForm, request, offered, row=row),
        title=_("调整责任单位、责任人、时限"),
        save=lambda **fields: actions.change_decision(request.actor, row, now=request.now, **fields),
        done=queries.decision_url(pk),
        said=_("已调整，有关单位会收到消息。"),
        subject=row.text,
    )


@page(access.CHANGE_DECISION, methods=("GET", "POST"))
def cancel(request: Request, pk: int) -> HttpResponse:
    row = queries.decision_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("取消这一项"),
        save=lambda reason: actions.cancel_decision(request.actor, row, reason=reason, now=request.now),
        done=queries.decision_url(pk),
        said=_("已取消，单位会收到消息。"),
        submit_label=_("确定取消"),
        subject=row.text,
    )
