"""领导看板: one page for the leading group, on a screen, on a phone, on paper."""

from datetime import date

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, documents, forms, queries, tables
from xietong.areas.plans.rules.briefing import Figure, a_month_before
from xietong.kit.accounts.request import Request
from xietong.kit.docx import letter
from xietong.kit.pages.download import DOCX, download
from xietong.kit.pages.page import page
from xietong.kit.pages.templatetags.pages import day
from xietong.kit.tables.answer import answer
from xietong.kit.words import for_the_record


@page(access.VIEW_BRIEFING)
def briefing(request: Request) -> HttpResponseBase:
    """`form=phone` gives a narrow page without menu, to be forwarded as a picture; `export=docx` a document."""
    form = forms.SinceForm(data=request.GET) if "since" in request.GET else None
    chosen = form.cleaned_data["since"] if form and form.is_valid() else None
    since = min(chosen, request.today) if chosen else a_month_before(request.today)
    found = queries.briefing(request.actor, request.today, since)
    if request.GET.get("export") == "docx":
        with for_the_record():
            sheet = documents.briefing(found)
        name = f"{sheet.title}{request.today:%Y%m%d}.docx"
        return download(letter(sheet), name=name, content_type=DOCX)
    context = {
        "page": found,
        "red_url": next(one.url for one in found.now if one.what is Figure.RED),
        "form": form or forms.SinceForm(initial={"since": since}),
        "title": _("领导看板"),
        "crumbs": [(_("领导看板"), None)],
    }
    phone = request.GET.get("form") == "phone"
    return render(request, "plans/briefing_phone.html" if phone else "plans/briefing.html", context)


@page(access.VIEW_BRIEFING)
def briefing_rows(request: Request, what: str, since: str) -> HttpResponseBase:
    """The tasks that a figure counts."""
    figure, begin = figure_named(what), day_named(since)
    table = tables.FigureTable(request.actor, request.today)
    label = documents.FIGURES[figure]
    title = _("自%(day)s以来%(what)s") % {"day": day(begin), "what": label} if figure.counts_since else label
    crumbs = [(_("领导看板"), f"{reverse('plans:briefing')}?since={begin.isoformat()}"), (title, None)]
    rows = queries.figure_rows(request.actor, figure, request.today, begin)
    return answer(request, table, rows, template="plans/briefing_rows.html", title=title, crumbs=crumbs)


def figure_named(what: str) -> Figure:
    try:
        return Figure(what)
    except ValueError as error:
        raise Http404 from error


def day_named(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
