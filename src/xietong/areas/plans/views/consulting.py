"""征求意见: asking units, answering, and what became of each comment."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries
from xietong.areas.plans.views.drafting import wizard
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page


@page(access.PREPARE_PLAN)
def consulting(request: Request, pk: int) -> HttpResponse:
    """The rounds of a draft, each with the units asked and their comments."""
    row = queries.plan_prepared(request.actor, pk)
    found = queries.rounds(row)
    is_draft = access.not_draft(row) is None
    context = {
        "rounds": found,
        "is_draft": is_draft,
        "may_open": is_draft and all(one.row.closed_on for one in found),
    }
    return render(request, "plans/consulting.html", {**context, **wizard(row, "consulting", _("征求意见"))})


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def round_open(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)
    leads = queries.units_of_drafts(row)
    return ask(
        request,
        bound(forms.ConsultForm, request, request.actor, request.today, units=leads),
        title=_("征求意见"),
        save=lambda **fields: actions.open_consultation(request.actor, row, now=request.now, **fields),
        done=reverse("plans:consulting", args=[pk]),
        said=_("已发出，各单位会收到提醒。"),
        submit_label=_("发出"),
    )


@page(access.CHANGE_PLAN, methods=("POST",))
def round_close(request: Request, pk: int, round_pk: int) -> HttpResponse:
    row = queries.round_to_close(queries.plan_to_change(request.actor, pk), round_pk)
    actions.close_consultation(request.actor, row, now=request.now)
    messages.success(request, _("这一轮征求意见已结束。"))
    return redirect("plans:consulting", pk=pk)


@page(access.VIEW_CONSULTED)
def consulted(request: Request, pk: int) -> HttpResponse:
    """What a unit is asked about, and what it has said."""
    found = queries.consulted_page(request.actor, pk)
    context = {"page": found, "title": _("征求意见"), "crumbs": [(_("征求意见"), None)]}
    return render(request, "plans/consulted.html", context)


@page(access.ANSWER_CONSULTED, methods=("GET", "POST"))
def comment_add(request: Request, pk: int) -> HttpResponse:
    row = queries.consulted_to_answer(request.actor, pk)
    return said(request, row, on_paper=False)


@page(access.ENTER_CONSULTED, methods=("GET", "POST"))
def comment_enter(request: Request, pk: int) -> HttpResponse:
    """What a unit sent on paper, entered by the office."""
    row = queries.consulted_to_enter(request.actor, pk)
    return said(request, row, on_paper=True)


def said(request: Request, row: Any, *, on_paper: bool) -> HttpResponse:
    plan = row.consultation.plan

    def save(*, about: str, text: str) -> object:
        where = queries.place_named(plan, about)
        return actions.say_comment(request.actor, row, text=text, on_paper=on_paper, now=request.now, **where)

    return ask(
        request,
        bound(forms.CommentForm, request, list(queries.places(plan)), about=request.GET.get("about", "")),
        title=_("代录书面意见") if on_paper else _("提出意见"),
        save=save,
        done=reverse("plans:consulted", args=[row.pk]),
        said=_("意见已提交。"),
        submit_label=_("提交"),
        subject=f"{plan.title} · {row.unit}",
        draft_key=f"plans.comment.{row.pk}",
    )


@page(access.ANSWER_CONSULTED, methods=("POST",))
def comment_none(request: Request, pk: int) -> HttpResponse:
    row = queries.consulted_to_answer(request.actor, pk)
    actions.say_no_comment(request.actor, row, now=request.now)
    messages.success(request, _("已反馈：无意见。"))
    return redirect("plans:consulted", pk=pk)


@page(access.ENTER_CONSULTED, methods=("POST",))
def comment_none_enter(request: Request, pk: int) -> HttpResponse:
    row = queries.consulted_to_enter(request.actor, pk)
    actions.say_no_comment(request.actor, row, on_paper=True, now=request.now)
    messages.success(request, _("已录入：无意见。"))
    return redirect("plans:consulting", pk=row.consultation.plan_id)


@page(access.ANSWER_COMMENT, methods=("GET", "POST"))
def comment_answer(request: Request, pk: int) -> HttpResponse:
    row = queries.comment_to_answer(request.actor, pk)
    return ask(
        request,
        bound(forms.VerdictForm, request, row=row),
        title=_("处理意见"),
        save=lambda **fields: actions.answer_comment(request.actor, row, now=request.now, **fields),
        done=reverse("plans:consulting", args=[row.consulted.consultation.plan_id]),
        said=_("已处理，对方会收到提醒。"),
        subject=f"{row.consulted.unit}{_('：')}{row.text}",
    )
