"""The page of one organisation, made of what areas know about it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.access import VIEW_ORGANISATION
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page
from xietong.kit.pages.panels import panels_at


@page(VIEW_ORGANISATION)
def unit(request: Request, pk: int) -> HttpResponse:
    row = orgs.organisation(request.actor, pk)
    return render(
        request,
        "web/unit.html",
        {
            "row": row,
            "title": row.name,
            "panels": panels_at("unit", request.actor, request.today, row.pk),
            "crumbs": [
                (_("机构"), reverse("orgs:organisations")),
                (row.short_name or row.name, reverse("orgs:organisation", args=[pk])),
                (_("任务一览"), None),
            ],
        },
    )
