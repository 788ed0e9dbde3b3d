"""One query or one action each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.mechanisms import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_MECHANISM)
def mechanisms(request: Request) -> HttpResponseBase:
    office = access.CHANGE_MECHANISM.held_by(request.actor)
    tools = [Tool(_("登记制度"), reverse("mechanisms:add"), "plus", primary=True)] if office else []
    rows = queries.mechanisms(request.actor, request.today)
    return answer(request, tables.MechanismTable(), rows, toolbar=tools)


@page(access.VIEW_MECHANISM)
def mechanism(request: Request, pk: int) -> HttpResponse:
    found = queries.mechanism_page(request.actor, pk, request.today)
    context = {"page": found, "title": found.row.title, "crumbs": crumbs((found.row.title, None))}
    return render(request, "mechanisms/mechanism.html", context)


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("配套制度"), reverse("mechanisms:mechanisms")), *more]


@page(access.CHANGE_MECHANISM, methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.MechanismForm, request),
        title=_("登记制度"),
        save=lambda **fields: actions.add_mechanism(request.actor, now=request.now, **fields),
        done=lambda row: reverse("mechanisms:mechanism", args=[row.pk]),
        said=_("已登记，可以起草了。"),
        back_url=reverse("mechanisms:mechanisms"),
    )


@page(access.CHANGE_MECHANISM, methods=("GET", "POST"))
def change(request: Request, pk: int) -> HttpResponse:
    row = queries.mechanism_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.MechanismChangeForm, request, row=row),
        title=_("修改名称、类别"),
        save=lambda **fields: actions.change_mechanism(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:mechanism", args=[pk]),
        said=_("已保存。"),
    )


@page(access.BEGIN_EDITION, methods=("POST",))
def edition_begin(request: Request, pk: int) -> HttpResponse:
    row = actions.begin_edition(request.actor, queries.mechanism_to_begin(request.actor, pk), now=request.now)
    return redirect("mechanisms:edition_change", pk=row.pk)


@page(access.VIEW_EDITION)
def edition(request: Request, pk: int) -> HttpResponse:
    found = queries.edition_page(request.actor, pk, request.today)
    row = found.row
    above = (row.mechanism.title, reverse("mechanisms:mechanism", args=[row.mechanism_id]))
    context = {
        "page": found,
        "may_give": access.GIVE_OPINION.held_by(request.actor),
        "may_answer": access.ANSWER_OPINION.held_by(request.actor),
        "title": str(row),
        "crumbs": crumbs(above, (_("第%(n)d版") % {"n": row.number}, None)),
    }
    return render(request, "mechanisms/edition.html", context)


@page(access.VIEW_EDITION)
def compare(request: Request, pk: int) -> HttpResponse:
    row, before, paragraphs = queries.comparison(request.actor, pk)
    context = {
        "row": row,
        "before": before,
        "paragraphs": paragraphs,
        "title": _("与上一版对照"),
        "crumbs": crumbs((str(row), reverse("mechanisms:edition", args=[pk])), (_("与上一版对照"), None)),
    }
    return render(request, "mechanisms/compare.html", context)


@page(access.CHANGE_EDITION, methods=("GET", "POST"))
def edition_change(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to(request.actor, "change", pk)
    form = bound(forms.EditionForm, request, row=row)
    form.files = request.FILES
    return ask(
        request,
        form,
        title=_("起草：%(edition)s") % {"edition": row},
        save=lambda **fields: actions.change_edition(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:edition", args=[pk]),
        said=_("已保存。"),
        multipart=True,
        draft_key=f"mechanisms.edition.{pk}",
    )


@page(access.CHANGE_EDITION, methods=("GET", "POST"))
def round_open(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to(request.actor, "change", pk)
    asked = queries.units_asked_before(row)
    return ask(
        request,
        bound(forms.RoundForm, request, request.actor, request.today, units=asked),
        title=_("征求意见"),
        save=lambda **fields: actions.open_round(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:edition", args=[pk]),
        said=_("已发出，单位会收到提醒。"),
        submit_label=_("发出"),
        subject=row,
    )


@page(access.CLOSE_ROUND, methods=("POST",))
def round_close(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to(request.actor, "close_round", pk)
    return done(
        request, actions.close_round(request.actor, row, now=request.now), _("征求意见已结束，可以修改草稿。")
    )


@page(access.CHANGE_EDITION, methods=("POST",))
def submit(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to(request.actor, "change", pk)
    actions.submit_edition(request.actor, row, now=request.now)
    return done(request, row, _("已送审，审批人会收到提醒。"))


def done(request: Request, row: Any, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("mechanisms:edition", pk=row.pk)


@page(access.ENACT, methods=("GET", "POST"))
def reopen(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to(request.actor, "enact", pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("退回修改"),
        save=lambda **fields: actions.reopen_edition(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:edition", args=[pk]),
        said=_("已退回起草，改好后重新送审。"),
        subject=row,
    )


@page(access.ENACT, methods=("GET", "POST"))
def enact(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to(request.actor, "enact", pk)
    initial = {"units": queries.units_asked_before(row), "in_force_from": request.today}
    return ask(
        request,
        bound(forms.EnactForm, request, request.actor, request.today, **initial),
        title=_("印发"),
        save=lambda **fields: actions.enact(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:edition", args=[pk]),
        said=_("已印发，须签收的单位会收到提醒。"),
        submit_label=_("印发"),
        subject=row,
    )


@page(access.REPEAL, methods=("GET", "POST"))
def repeal(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to(request.actor, "repeal", pk)
    return ask(
        request,
        bound(forms.RepealForm, request, in_force_to=request.today),
        title=_("废止"),
        save=lambda **fields: actions.repeal(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:edition", args=[pk]),
        said=_("已写明失效日期。"),
        subject=row,
    )


@page(access.REMIND, methods=("POST",))
def remind(request: Request, pk: int) -> HttpResponse:
    row = queries.edition_to_remind(request.actor, pk)
    asked = actions.remind(request.actor, row, now=request.now)
    return done(request, row, _("已提醒 %(n)d 个还没有签收的单位。") % {"n": asked})


@page(access.GIVE_OPINION, methods=("GET", "POST"))
def opinion_give(request: Request, pk: int) -> HttpResponse:
    row = queries.opinion_to_give(request.actor, pk)
    return ask(
        request,
        bound(forms.OpinionForm, request, text=row.text),
        title=_("对制度草稿的意见"),
        save=lambda **fields: actions.give_opinion(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:edition", args=[row.edition_id]),
        said=_("已反馈。截止以前可以再改。"),
        submit_label=_("提交"),
        subject=row.edition,
    )


@page(access.ANSWER_OPINION, methods=("GET", "POST"))
def opinion_answer(request: Request, pk: int) -> HttpResponse:
    row = queries.opinion_to_answer(request.actor, pk)
    return ask(
        request,
        bound(forms.VerdictForm, request, row=row),
        title=_("处理意见：%(unit)s") % {"unit": row.unit},
        save=lambda **fields: actions.answer_opinion(request.actor, row, now=request.now, **fields),
        done=reverse("mechanisms:edition", args=[row.edition_id]),
        said=_("已答复，单位会收到提醒。"),
        subject=row.text,
    )


@page(access.RECEIVE, methods=("POST",))
def receive(request: Request, pk: int) -> HttpResponse:
    row = actions.receive(request.actor, queries.receipt_to_give(request.actor, pk), now=request.now)
    return done(request, row.edition, _("已签收。"))
