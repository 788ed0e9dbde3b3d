"""The text of a draft: its outline, what was found in it, and what became of each sentence."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries, tables
from xietong.areas.plans.views.drafting import wizard
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import is_fragment, page
from xietong.kit.tables.answer import answer, ticked


@page(access.CHANGE_PLAN)
def reading(request: Request, pk: int) -> HttpResponse:
    """The outline beside the text, with what was found marked in it."""
    found = queries.reading_page(request.actor, pk, request.GET.get("chapter", ""))
    context = {"page": found, "kinds": queries.finding_kinds(), **wizard(found.row, "reading", _("原文结构"))}
    return render(request, "plans/reading.html", context)


SIMPLE: dict[str, Callable[..., None]] = {
    "promote": actions.promote_clause,
    "demote": actions.demote_clause,
    "merge": actions.merge_clause,
}


@page(access.CHANGE_PLAN, methods=("POST",))
def clause_move(request: Request, pk: int, clause_pk: int, how: str) -> HttpResponse:
    row = queries.clause_to_change(queries.plan_to_change(request.actor, pk), clause_pk)
    if how not in SIMPLE:
        raise Http404
    SIMPLE[how](request.actor, row, seen=request.POST.get("outline"), now=request.now)
    return back_to_text(request, pk)


@page(access.CHANGE_PLAN, methods=("POST",))
def clause_nest(request: Request, pk: int, clause_pk: int) -> HttpResponse:
    plan = queries.plan_to_change(request.actor, pk)
    row = queries.clause_to_change(plan, clause_pk)
    under = queries.clause_to_change(plan, number(request, "under"))
    actions.nest_clause(request.actor, row, under=under, seen=request.POST.get("outline"), now=request.now)
    return back_to_text(request, pk)


@page(access.CHANGE_PLAN, methods=("POST",))
def clause_split(request: Request, pk: int) -> HttpResponse:
    """A new clause begins where the text was pointed at, or at the words given; the clause is found here."""
    plan = queries.plan_to_change(request.actor, pk)
    words = request.POST.get("words", "")
    position = plan.source_text.find(words) if words else number(request, "at")
    clause = queries.clause_at(plan, position)
    seen = request.POST.get("outline")
    actions.split_clause(request.actor, clause, position=position, seen=seen, now=request.now)
    return back_to_text(request, pk)


def number(request: Request, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal():
        raise Http404
    return int(value)


def back_to_text(request: Request, pk: int) -> HttpResponse:
    chapter = request.POST.get("chapter", "")
    address = reverse("plans:reading", args=[pk])
    return redirect(f"{address}?chapter={chapter}" if chapter.isdecimal() else address)


@page(access.CHANGE_PLAN)
def findings(request: Request, pk: int) -> HttpResponseBase:
    row = queries.plan_to_change(request.actor, pk)
    return answer(
        request,
        tables.FindingTable(pk),
        queries.findings(row),
        template="plans/findings.html",
        unknown=queries.unknown_units(row),
        **wizard(row, "findings", _("识别结果")),
    )


@page(access.CHANGE_PLAN, methods=("POST",))
def findings_accept(request: Request, pk: int) -> HttpResponse:
    return decided(request, pk, "accepted")


@page(access.CHANGE_PLAN, methods=("POST",))
def findings_reject(request: Request, pk: int) -> HttpResponse:
    return decided(request, pk, "rejected")


def decided(request: Request, pk: int, state: str) -> HttpResponse:
    row = queries.plan_to_change(request.actor, pk)
    chosen = ticked(request, tables.FindingTable(pk), queries.findings(row))
    n = actions.decide_findings(
        request.actor, row, list(chosen.values_list("pk", flat=True)), state=state, now=request.now
    )
    messages.success(request, _("已处理 %(n)d 条。") % {"n": n})
    if request.POST.get("from") == "text":
        return back_to_text(request, pk)
    return redirect("plans:findings", pk=pk)


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def finding(request: Request, pk: int, finding_pk: int) -> HttpResponse:
    row = queries.finding_to_change(queries.plan_to_change(request.actor, pk), finding_pk)
    return ask(
        request,
        bound(forms.FindingForm, request, request.actor, request.today, row=row),
        title=_("识别结果"),
        save=lambda **fields: actions.change_finding(request.actor, row, now=request.now, **fields),
        done=reverse("plans:findings", args=[pk]),
        said=_("已保存。"),
        subject=row.text,
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def finding_add(request: Request, pk: int) -> HttpResponse:
    """A stretch that was selected in the text, or the words given, to be marked."""
    row = queries.plan_to_change(request.actor, pk)
    place = queries.place_of(row, request.GET)
    return ask(
        request,
        bound(forms.MarkForm, request, request.actor, request.today, start=place.start, end=place.end),
        title=_("标注原文"),
        save=lambda **fields: actions.mark_text(request.actor, row, now=request.now, **fields),
        done=reverse("plans:reading", args=[pk]),
        said=_("已标注。"),
        subject=place.of(row.source_text),
        submit_label=_("标注"),
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def unit_name(request: Request, pk: int) -> HttpResponse:
    """Which registered unit a name in the text means, everywhere it stands."""
    row = queries.plan_to_change(request.actor, pk)
    words = request.GET.get("words", "")

    return ask(
        request,
        bound(forms.NameUnitForm, request, request.actor, request.today, words=words),
        title=_("对应单位"),
        save=lambda **fields: actions.name_unit(request.actor, row, now=request.now, **fields),
        done=reverse("plans:findings", args=[pk]),
        said=_("已对应，相同的名称一并处理。"),
        subject=words,
    )


@page(access.VIEW_COVERAGE)
def coverage(request: Request, pk: int) -> HttpResponse:
    """The text sentence by sentence, with what became of each."""
    found = queries.coverage_page(request.actor, pk, only_open=request.GET.get("open") == "1")
    return render(request, "plans/coverage.html", {"page": found, **wizard(found.row, "coverage", _("原文落实"))})


@page(access.CHANGE_COVERAGE, methods=("POST",))
def context(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_cover(request.actor, pk)
    n = actions.say_context(
        request.actor, row, chosen_sentences(request), reason=request.POST.get("reason", ""), now=request.now
    )
    messages.success(request, _("已认定 %(n)d 句为背景。") % {"n": n})
    return redirect("plans:coverage", pk=pk)


@page(access.CHANGE_COVERAGE, methods=("POST",))
def context_back(request: Request, pk: int) -> HttpResponse:
    row = queries.plan_to_cover(request.actor, pk)
    n = actions.take_back_context(request.actor, row, chosen_sentences(request), now=request.now)
    messages.success(request, _("已撤销 %(n)d 句的认定。") % {"n": n})
    return redirect("plans:coverage", pk=pk)


@page(access.CHANGE_COVERAGE, methods=("POST",))
def attach(request: Request, pk: int) -> HttpResponse:
    """Asked from the text: which task; sent from that form: the deed."""
    row = queries.plan_to_cover(request.actor, pk)
    sentences = queries.sentences_named(row, request.POST.getlist("pk"))
    sent = "task" in request.POST
    form = forms.AttachForm(queries.tasks_by_id(row), data=request.POST if sent else None)
    if sent and form.is_valid():
        actions.add_sources(request.actor, form.cleaned_data["task"], sentences, now=request.now)
        messages.success(request, _("已挂到任务。"))
        return redirect("plans:coverage", pk=pk)
    shown = {"form": form, "sentences": sentences, "plan": row, "title": _("挂到任务")}
    return render(request, "plans/attach.html", shown, status=422 if sent else 200)


def chosen_sentences(request: Request) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("pk") if pk.isdecimal()]


@page(access.VIEW_COVERAGE)
def sentence(request: Request, pk: int) -> HttpResponse:
    """From a sentence to its tasks, their filings and the evidence."""
    found = queries.sentence_page(request.actor, pk)
    context = {
        "page": found,
        "title": _("原文落实"),
        "crumbs": [
            (found.row.plan.title, reverse("plans:plan", args=[found.row.plan_id])),
            (_("原文落实"), reverse("plans:coverage", args=[found.row.plan_id])),
            (_("句子"), None),
        ],
    }
    return render(
        request,
        "plans/sentence_drawer.html" if is_fragment(request, "drawer-body") else "plans/sentence.html",
        context,
    )
