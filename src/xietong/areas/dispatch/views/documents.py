"""Documents: the list, a document as it reads, its figures with their rows, its files, the code on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, documents, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.docx.pdf import may_make_pdf, pdf
from xietong.kit.forms.answer import bound
from xietong.kit.pages.download import DOCX, download
from xietong.kit.pages.page import is_fragment, page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool

PDF = "application/pdf"


@page(access.VIEW_DOCUMENT)
def document_list(request: Request) -> HttpResponseBase:
    tools = [Tool(_("核对校验码"), reverse("dispatch:document_check"), "search")]
    if access.DRAFT_DOCUMENT.held_by(request.actor):
        tools += [
            Tool(_("文头和模板"), reverse("dispatch:letterheads"), "settings"),
            Tool(_("拟稿"), reverse("dispatch:document_add"), "plus", primary=True),
        ]
    return answer(request, tables.DocumentTable(), queries.documents(request.actor), toolbar=tools)


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("公文"), reverse("dispatch:documents")), *more]


def done(request: Request, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(queries.document_url(pk))


@page(access.VIEW_DOCUMENT)
def document(request: Request, pk: int) -> HttpResponse:
    found = queries.document_page(request.actor, pk)
    reading = documents.read(found.row, request.today)
    context = {
        "page": found,
        "reading": reading,
        "pdf": may_make_pdf(),
        "title": found.row.title,
        "crumbs": crumbs((found.row.title, None)),
    }
    return render(request, "dispatch/document.html", context)


@page(access.OPEN_DOCUMENT)
def document_figure(request: Request, pk: int, place: int) -> HttpResponse:
    """The rows behind a figure, as they were frozen; each leads to the row as it stands today."""
    row = queries.document_opened(request.actor, pk)
    found = documents.snapshot_of(row, request.today).figures
    if place >= len(found):
        raise Http404
    return behind(request, found[place].sources, to_document(row), figure=found[place])


@page(access.OPEN_DOCUMENT)
def document_sources(request: Request, pk: int, place: int) -> HttpResponse:
    """The rows from which the words of a section were built."""
    row = queries.document_opened(request.actor, pk)
    found = documents.snapshot_of(row, request.today).sections
    if place >= len(found):
        raise Http404
    return behind(request, found[place].sources, to_document(row), title=found[place].heading or row.title)


def to_document(row: Any) -> list[tuple[str, str | None]]:
    return crumbs((row.title, queries.document_url(row.pk)))


def behind(
    request: Request, sources: Any, before: list[tuple[str, str | None]], *, figure: Any = None, title: str = ""
) -> HttpResponse:
    """The rows behind a figure, or behind words; `before` is the way to the page that they stand on."""
    links = queries.addresses(request.actor, sources)
    named = {"name": figure.name, "value": figure.value, "unit": figure.unit} if figure else {}
    said = _("%(name)s：%(value)s%(unit)s") % named if figure else title
    context = {
        "figure": figure,
        "rows": [(one, links.get((one.kind, one.pk), "")) for one in sources],
        "title": said,
        "back_url": before[-1][1],
        "crumbs": [*before, (said, None)],
    }
    drawer = is_fragment(request, "drawer-body")
    return render(request, "dispatch/figure_drawer.html" if drawer else "dispatch/figure.html", context)


@page(access.VIEW_DOCUMENT)
def document_docx(request: Request, pk: int) -> HttpResponseBase:
    row = queries.document_shown(request.actor, pk)
    return download(documents.written(row, request.today), name=f"{row.title}.docx", content_type=DOCX)


@page(access.VIEW_DOCUMENT)
def document_pdf(request: Request, pk: int) -> HttpResponseBase:
    row = queries.document_shown(request.actor, pk)
    made = pdf(documents.written(row, request.today))
    return download(made, name=f"{row.title}.pdf", content_type=PDF)


@page(access.VIEW_DOCUMENT)
def document_check(request: Request) -> HttpResponse:
    """Which document, and which version, a code on paper belongs to."""
    typed = request.GET.get("code", "")
    context = {
        "form": bound(forms.CodeForm, request, code=typed),
        "typed": typed,
        "found": queries.by_code(request.actor, typed) if typed else [],
        "title": _("核对校验码"),
        "crumbs": crumbs((_("核对校验码"), None)),
    }
    return render(request, "dispatch/document_check.html", context)
