"""A filing as its unit writes it, and as it is read and answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, forms, queries, tables
from xietong.areas.dispatch.views.cycles import crumbs
from xietong.kit.accounts.request import Request
from xietong.kit.errors import Refused, Stale
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer


@page(access.WRITE_FILING)
def my_filings(request: Request) -> HttpResponseBase:
    return answer(request, tables.MyFilingTable(), queries.my_filings(request.actor))


@page(access.VIEW_FILING)
def filing(request: Request, pk: int) -> HttpResponse:
    found = queries.filing_page(request.actor, pk, request.today)
    context = {
        "page": found,
        "may_answer": access.ANSWER_EXTENSION.held_by(request.actor),
        "may_correct": queries.may_correct(request.actor, found.row),
        **frame(found),
    }
    return render(request, "dispatch/filing.html", context)


def frame(found: queries.FilingPage) -> dict[str, Any]:
    row = found.row
    return {
        "title": _("%(unit)s %(cycle)s月报") % {"unit": row.unit, "cycle": row.cycle},
        "crumbs": crumbs((str(row.cycle), reverse("dispatch:cycle", args=[row.cycle_id])), (str(row.unit), None)),
        "punctual": tables.PUNCTUAL[row.course.punctuality(found.today).value],
        "office_late": row.course.office_late(found.today),
        "refiled_late": row.course.refiled_late(found.today),
    }


@page(access.WRITE_FILING, methods=("GET", "POST"))
def filing_write(request: Request, pk: int) -> HttpResponse:
    """Shown, or submitted. Whoever only keeps what he has typed posts to `filing_keep`."""
    queries.filing_to_write(request.actor, pk)
    found = queries.filing_page(request.actor, pk, request.today)
    pairs = forms.entry_forms(found.entries, request)
    form = bound(forms.FilingForm, request, row=found.row)
    # Every form is looked at, so that all faults are shown at once.
    valid = [one.is_valid() for _view, one in pairs]
    if request.method == "POST" and form.is_valid() and all(valid):
        try:
            actions.submit_filing(
                request.actor, found.row, said=forms.said_in(pairs, request), now=request.now, **form.cleaned_data
            )
        except actions.Incomplete as refusal:
            point_out(form, pairs, refusal)
        except Stale as refusal:
            return stale(request, pk, refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已报送。"))
            return redirect("dispatch:filing", pk=pk)
    context = {
        "page": found,
        "form": form,
        "asked": [(view, one) for view, one in pairs if view.is_asked],
        "offered": [(view, one) for view, one in pairs if not view.is_asked],
        **frame(found),
    }
    return render(request, "dispatch/filing_write.html", context, status=422 if form.is_bound else 200)


def point_out(form: Any, pairs: list[tuple[Any, Any]], refusal: actions.Incomplete) -> None:
    """The refusal above, and a word at each box that is empty."""
    form.add_error(None, str(refusal))
    lacking = {one.pk for one in refusal.entries}
    for view, one in pairs:
        if view.row.pk in lacking:
            one.add_error("text", _("请填写。"))


@page(access.WRITE_FILING, methods=("POST",))
def filing_keep(request: Request, pk: int) -> HttpResponse:
    """Kept as it is typed; by itself where the browser can, else by the button."""
    row = queries.filing_to_write(request.actor, pk)
    pairs = forms.entry_forms(queries.entry_views(row), request)
    by_itself = bool(request.headers.get("HX-Request"))
    said = forms.said_in(pairs, request, files=not by_itself)
    form = forms.FilingForm(data=request.POST)
    if not form.is_valid():
        return keep_answer(request, pk, error=_("还没有保存：%(why)s") % {"why": first_error(form)})
    try:
        row = actions.keep_filing(request.actor, row, said=said, now=request.now, **form.cleaned_data)
    except Refused as refusal:
        return keep_answer(request, pk, error=str(refusal))
    return keep_answer(request, pk, version=row.version)


def first_error(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])


def keep_answer(request: Request, pk: int, *, version: int = 0, error: str = "") -> HttpResponse:
    if request.headers.get("HX-Request"):
        context = {"version": version, "error": error, "at": request.now}
        return render(request, "dispatch/kept.html", context)
    if error:
        messages.error(request, error)
    else:
        messages.success(request, _("已暂存，可以以后接着填。"))
    return redirect("dispatch:filing_write", pk=pk)


def stale(request: Request, pk: int, refusal: Stale) -> HttpResponse:
    """Somebody of the unit has kept something else: what was typed here stands below what is there now."""
    messages.error(request, str(refusal))
    return redirect("dispatch:filing_write", pk=pk)


@page(access.WITHDRAW_FILING, methods=("POST",))
def filing_withdraw(request: Request, pk: int) -> HttpResponse:
    actions.withdraw_filing(request.actor, queries.filing_to(request.actor, "withdraw", pk), now=request.now)
    messages.success(request, _("已撤回，可以改好再报。"))
    return redirect("dispatch:filing_write", pk=pk)


@page(access.EXCUSE_FILING, methods=("GET", "POST"))
def filing_excuse(request: Request, pk: int) -> HttpResponse:
    row = queries.filing_to(request.actor, "excuse", pk)
    return ask(
        request,
        bound(forms.ExcuseForm, request),
        title=_("免报"),
        save=lambda **fields: actions.excuse_filing(request.actor, row, now=request.now, **fields),
        done=reverse("dispatch:cycle", args=[row.cycle_id]),
        said=_("已免报。"),
        subject=row,
    )


@page(access.ASK_EXTENSION, methods=("GET", "POST"))
def extension_ask(request: Request, pk: int) -> HttpResponse:
    row = queries.filing_to(request.actor, "put_off", pk)
    return ask(
        request,
        bound(forms.ExtensionForm, request),
        title=_("申请延期报送"),
        save=lambda **fields: actions.ask_extension(request.actor, row, now=request.now, **fields),
        done=reverse("dispatch:filing", args=[pk]),
        said=_("已提交，等待办公室答复。"),
        submit_label=_("提交"),
        subject=row,
    )


@page(access.ANSWER_EXTENSION, methods=("GET", "POST"))
def extension_answer(request: Request, pk: int) -> HttpResponse:
    row = queries.extension_to_answer(request.actor, pk)
    granted = request.POST.get("answer") != "refuse"
    return ask(
        request,
        bound(forms.AnswerForm, request),
        title=_("答复延期申请"),
        save=lambda **fields: actions.answer_extension(
            request.actor, row, granted=granted, now=request.now, **fields
        ),
        done=reverse("dispatch:filing", args=[row.filing_id]),
        said=_("已答复，单位会收到提醒。"),
        template="dispatch/answer.html",
        asked=row,
        back_url=reverse("dispatch:filing", args=[row.filing_id]),
        subject=row.filing,
    )


@page(access.ASK_CORRECTION, methods=("GET", "POST"))
def correction_ask(request: Request, pk: int) -> HttpResponse:
    row = queries.entry_to_correct(request.actor, pk)
    return ask(
        request,
        bound(forms.CorrectionForm, request, row, text=row.text, quantity=row.quantity),
        title=_("申请更正"),
        save=lambda **fields: actions.ask_correction(request.actor, row, now=request.now, **fields),
        done=reverse("dispatch:filing", args=[row.filing_id]),
        said=_("已提交，办公室同意后生效，前后两个版本都会保留。"),
        submit_label=_("提交"),
        subject=row,
    )


@page(access.ANSWER_CORRECTION, methods=("GET", "POST"))
def correction_answer(request: Request, pk: int) -> HttpResponse:
    row = queries.correction_to_answer(request.actor, pk)
    granted = request.POST.get("answer") != "refuse"
    return ask(
        request,
        bound(forms.AnswerForm, request),
        title=_("答复更正申请"),
        save=lambda **fields: actions.answer_correction(
            request.actor, row, granted=granted, now=request.now, **fields
        ),
        done=reverse("dispatch:filing", args=[row.entry.filing_id]),
        said=_("已答复，单位会收到提醒。"),
        template="dispatch/answer.html",
        asked=row,
        back_url=reverse("dispatch:filing", args=[row.entry.filing_id]),
        subject=row.entry,
    )
