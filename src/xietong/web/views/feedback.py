"""投诉建议: saying something, reading the answer; and answering."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.kit.access.permissions import fetch, may
from xietong.kit.accounts.request import Request
from xietong.kit.feedback import actions
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.web import forms, queries, tables
from xietong.web.access import ANSWER_FEEDBACK, FEEDBACK, RECEIVE_FEEDBACK


@page(FEEDBACK, methods=("GET", "POST"))
def feedback(request: Request) -> HttpResponse:
    """What one may say, to whom, and what came of what one said before."""
    offered = queries.addressees(request.actor, request.today)

    def save(*, addressee: queries.Addressee, **fields: object) -> object:
        return actions.send_feedback(
            request.actor,
            county_id=addressee.county_id,
            addressee=addressee.role,
            to=addressee.accounts,
            url=reverse("feedback_received"),
            now=request.now,
            **fields,  # type: ignore[arg-type]
        )

    return ask(
        request,
        bound(forms.FeedbackForm, request, offered),
        title=_("投诉建议"),
        save=save,
        done=reverse("feedback"),
        said=_("已送达，答复会发到您的消息里。"),
        template="web/feedback.html",
        offered=offered,
        mine=queries.my_feedback(request.actor)[:MOST],
    )


@page(RECEIVE_FEEDBACK)
def received(request: Request) -> HttpResponseBase:
    return answer(request, tables.FeedbackTable(), queries.received_feedback(request.actor))


@page(RECEIVE_FEEDBACK)
def received_one(request: Request, pk: int) -> HttpResponse:
    row = fetch(request.actor, RECEIVE_FEEDBACK, pk)
    context = {
        "row": row,
        "title": str(row),
        "may_answer": may(request.actor, ANSWER_FEEDBACK, row),
        "crumbs": [(_("收到的投诉建议"), reverse("feedback_received")), (str(row), None)],
    }
    return render(request, "web/feedback_received.html", context)


@page(ANSWER_FEEDBACK, methods=("GET", "POST"))
def answer_one(request: Request, pk: int) -> HttpResponse:
    row = fetch(request.actor, ANSWER_FEEDBACK, pk)
    return ask(
        request,
        bound(forms.FeedbackAnswerForm, request),
        title=_("答复"),
        save=lambda **fields: actions.answer_feedback(
            request.actor, row, url=reverse("feedback"), now=request.now, **fields
        ),
        done=reverse("feedback_received"),
        said=_("已答复，对方会收到提醒。"),
        subject=row.text,
        submit_label=_("答复"),
    )


MOST = 50
