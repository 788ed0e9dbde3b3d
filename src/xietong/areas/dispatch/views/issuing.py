"""A signed document gets its number and its seal, goes out, is taken note of and filed; heads and templates."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, documents, forms, queries
from xietong.areas.dispatch.views.documents import crumbs, done
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.forms.base import Form
from xietong.kit.pages.download import DOCX, download
from xietong.kit.pages.page import page


@page(access.NUMBER_DOCUMENT, methods=("GET", "POST"))
def document_number(request: Request, pk: int) -> HttpResponse:
    """A bulletin is numbered with one tap; others show what the office system gave."""
    row = queries.document_to(request.actor, "number", pk)
    automatic = row.kind == "bulletin"
    return ask(
        request,
        bound(Form if automatic else forms.NumberForm, request),
        title=_("编号"),
        save=lambda **fields: actions.number_document(request.actor, row, now=request.now, **fields),
        done=queries.document_url(pk),
        said=_("已编号。"),
        submit_label=_("编下一期号") if automatic else "",
        subject=row.title,
    )


@page(access.SEAL_DOCUMENT, methods=("GET", "POST"))
def document_seal(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "seal", pk)
    return ask(
        request,
        bound(Form, request),
        title=_("用印：挂盖章扫描件"),
        save=lambda: actions.seal_document(request.actor, row, now=request.now, **files_sent(request)),
        done=queries.document_url(pk),
        said=_("扫描件已挂上，以它为准。"),
        template="dispatch/document_seal.html",
        multipart=True,
        subject=row.title,
    )


@page(access.SEND_DOCUMENT, methods=("GET", "POST"))
def document_send(request: Request, pk: int) -> HttpResponse:
    """Prefilled with the units that the month asked, or that were at the meeting or are bound by it."""
    row = queries.document_to(request.actor, "send", pk)
    offered = queries.units_offered(row.county_id, request.today)
    there = queries.units_to_send(row)
    initial = {name: [one for pk, one in rows.items() if pk in there] for name, rows in offered.items()}

    def save(**fields: Any) -> object:
        units = [one for name in offered for one in fields.get(name, ())]
        return actions.send_document(request.actor, row, units=units, now=request.now)

    return ask(
        request,
        bound(forms.UnitsForm, request, offered, **initial),
        title=_("分发"),
        save=save,
        done=queries.document_url(pk),
        said=_("已分发，单位会收到消息和待办。"),
        submit_label=_("分发"),
        template="dispatch/meeting_units.html",
        subject=row.title,
    )


@page(access.RECEIVE_DOCUMENT, methods=("POST",))
def document_receive(request: Request, pk: int) -> HttpResponse:
    row = actions.receive_document(request.actor, queries.receipt_to_give(request.actor, pk), now=request.now)
    return done(request, row.document_id, _("已签收。"))


@page(access.PRESS_DOCUMENT, methods=("POST",))
def document_press(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "press", pk)
    n = actions.press_receipts(request.actor, row, now=request.now)
    return done(request, pk, _("已提醒 %(n)d 个单位。") % {"n": n})


@page(access.FILE_DOCUMENT, methods=("GET", "POST"))
def document_file(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "file", pk)
    return ask(
        request,
        bound(forms.ArchiveForm, request),
        title=_("归档"),
        save=lambda archive_no: actions.file_document(request.actor, row, archive_no=archive_no, now=request.now),
        done=queries.document_url(pk),
        said=_("已归档。"),
        submit_label=_("归档"),
        subject=row.title,
    )


@page(access.SET_LETTERHEAD)
def letterheads(request: Request) -> HttpResponse:
    kept = queries.letterheads(request.actor)
    context = {
        "kinds": [(kind, label, kept.get(kind)) for kind, label in queries.document_kinds()],
        "title": _("文头和模板"),
        "crumbs": crumbs((_("文头和模板"), None)),
    }
    return render(request, "dispatch/letterheads.html", context)


@page(access.SET_LETTERHEAD, methods=("GET", "POST"))
def letterhead_change(request: Request, kind: str) -> HttpResponse:
    row = queries.letterhead_of(request.actor.home, known(kind))
    places = documents.default_head(kind, queries.county_of(request.actor))
    initial = {"version": 0, **places} if row is None else {}
    return ask(
        request,
        bound(forms.LetterheadForm, request, tuple(places), row=row, **initial),
        title=_("%(kind)s的文头") % {"kind": queries.kind_label(kind)},
        save=lambda **fields: actions.set_letterhead(request.actor, kind=kind, now=request.now, **fields),
        done=reverse("dispatch:letterheads"),
        said=_("已保存，从下一份送审的公文起使用。"),
    )


@page(access.SET_LETTERHEAD, methods=("GET", "POST"))
def template_change(request: Request, kind: str) -> HttpResponse:
    """Faults are listed with their places, and nothing is kept until there is none."""
    form = forms.TemplateForm(data=request.POST, files=request.FILES) if request.method == "POST" else None
    faults: list[str] = []

    def save(file: Any) -> object:
        try:
            return actions.set_template(
                request.actor, kind=kind, name=file.name, content=file.read(), now=request.now
            )
        except actions.BadTemplate as refusal:
            faults.extend(map(str, refusal.faults))
            raise

    return ask(
        request,
        form or forms.TemplateForm(),
        title=_("上传%(kind)s模板") % {"kind": queries.kind_label(known(kind))},
        save=save,
        done=reverse("dispatch:letterheads"),
        said=_("模板已启用，从下一份送审的公文起使用。"),
        template="dispatch/template_change.html",
        multipart=True,
        faults=faults,
        kind=kind,
    )


@page(access.SET_LETTERHEAD)
def template_download(request: Request, kind: str) -> HttpResponseBase:
    """The template in force; `?standard` is the one that is shipped."""
    row = queries.letterhead_of(request.actor.home, known(kind))
    own = row.template if row and "standard" not in request.GET else None
    content = bytes(own.content) if own else documents.standard(kind)
    name = row.template_name if row and own else f"{queries.kind_label(kind)}.docx"
    return download(content, name=name, content_type=DOCX)


@page(access.SET_LETTERHEAD, methods=("POST",))
def template_clear(request: Request, kind: str) -> HttpResponse:
    actions.clear_template(request.actor, kind=known(kind), now=request.now)
    messages.success(request, _("已改回标准模板。"))
    return redirect("dispatch:letterheads")


def known(kind: str) -> str:
    """Raises Http404 for a kind that there is not."""
    if kind not in documents.KINDS:
        raise Http404
    return kind
