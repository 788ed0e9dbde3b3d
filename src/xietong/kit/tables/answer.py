"""The one answer of a list view: page, fragment for htmx, or workbook."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import is_fragment
from xietong.kit.tables.declare import Table, Tool
from xietong.kit.tables.export import export
from xietong.kit.tables.present import Shown

KEY_DIGITS = 18  # what fits into a key of either database


def answer(
    request: Request,
    table: Table,
    rows: QuerySet[Any],
    *,
    toolbar: list[Tool] | None = None,
    template: str = "tables/page.html",
    **context: Any,
) -> HttpResponseBase:
    """This function will show the rows as the declared list, with the request's filter, sort and page."""
    shown = Shown(request, table, rows, toolbar or [])
    if request.GET.get("export") == "xlsx":
        return export(shown)
    if is_fragment(request, "table"):
        return render(request, "tables/table.html", {"table": shown})
    return render(request, template, {"table": shown, **context})


def ticked(request: Request, table: Table, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that a bulk action is about: those ticked, or all that the filter shows (`all=1`)."""
    if request.POST.get("all") == "1":
        # The form carries the filter that the person was looking at.
        return Shown(request, table, rows, params=QueryDict(request.POST.get("query", ""))).matching
    ids = [pk for pk in request.POST.getlist("pk") if pk.isdecimal() and len(pk) <= KEY_DIGITS]
    return rows.filter(pk__in=ids)
