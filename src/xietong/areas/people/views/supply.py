"""薄弱与紧缺学科: the page and its workbook."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs.access import KEEP_REGISTER, VIEW_RECORD
from xietong.areas.people import access, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.pages.download import XLSX, download
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import KEY_DIGITS
from xietong.kit.tables.export import workbook


@page(VIEW_RECORD)
def supply(request: Request, pk: int | None = None) -> HttpResponseBase:
    asked = request.GET.get("register", "")
    if pk is None and asked.isdecimal() and len(asked) <= KEY_DIGITS:
        pk = int(asked)
    found = queries.supply_page(request.actor, pk, request.GET.get("stage", ""))
    title = _("薄弱与紧缺学科")
    if found and request.GET.get("export") == "xlsx":
        content = workbook(title, tables.supply_heads(), tables.supply_rows(found))
        return download(content, name=f"{title}-{found.register}.xlsx", content_type=XLSX)
    context: dict[str, Any] = {
        "page": found,
        "title": title,
        "crumbs": [(_("人员"), None), (title, None)],
        "states": tables.SUPPLY_STATES,
        "stages": queries.supply_stages(),
        "may_see_staff": access.VIEW_STAFF.held_by(request.actor),
        "sheet_url": "",
    }
    if found and KEEP_REGISTER.held_by(request.actor) and not found.register.locked_at:
        context["sheet_url"] = reverse("people:staff_sheet", args=[found.register.pk])
    return render(request, "people/supply.html", context)
