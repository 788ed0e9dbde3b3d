"""The scorecard, one indicator, what a value was counted from, and schools beside each other."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, queries, tables
from xietong.areas.indicators.rules.lights import Light
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import is_fragment, page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool

GRAINS = {"month": "county_month"}


def home(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("指标"), reverse("indicators:scorecard")), *more]


def asked_period(request: Request, county_id: int) -> int:
    """The period of the address, or the latest that has measures."""
    grain = GRAINS.get(request.GET.get("grain", ""), "school_year")
    return queries.period_asked(request.GET.get("period", "")) or queries.period_now(county_id, grain, request.today)


def period_of(request: Request, row: Any) -> int:
    """The period of the address, or the latest of the indicator's kind that has measures."""
    asked = queries.period_asked(request.GET.get("period", ""))
    return asked or queries.period_now(row.county_id, row.grain, request.today)


def county_of(request: Request) -> int:
    """The county that is looked at: one's own, or the first of those that a university reaches.

    Raises
        Http404: there is none.
    """
    if not request.actor.counties:
        raise Http404
    return request.actor.county_id or request.actor.counties[0]


@page(access.VIEW_INDICATOR)
def scorecard(request: Request) -> HttpResponse:
    county_id = county_of(request)
    period = asked_period(request, county_id)
    card = queries.scorecard(request.actor, county_id, period, request.today)
    context = {
        "card": card,
        "counts": [(one.value, card.count(one)) for one in Light if one is not Light.NONE],
        "periods": queries.periods_of_grain(county_id, queries.grain_of(period)),
        "is_month": queries.grain_of(period) == GRAINS["month"],
        "title": _("指标"),
        "may_keep": access.KEEP_INDICATOR.held_by(request.actor),
        "may_verify": access.VERIFY_VALUE.held_by(request.actor),
        "may_report": access.REPORT_VALUE.held_by(request.actor),
        "may_lock": access.CORRECT_VALUE.held_by(request.actor),
    }
    return render(request, "indicators/scorecard.html", context)


@page(access.VIEW_INDICATOR)
def dictionary(request: Request) -> HttpResponseBase:
    tools = []
    if access.KEEP_INDICATOR.held_by(request.actor):
        tools = [
            Tool(_("导入起始指标"), reverse("indicators:adopt"), "file-import"),
            Tool(_("新增指标"), reverse("indicators:add"), "plus", primary=True),
        ]
    return answer(request, tables.IndicatorTable(), queries.dictionary(request.actor), toolbar=tools)


@page(access.VIEW_INDICATOR)
def indicator(request: Request, pk: int) -> HttpResponse:
    row = queries.indicator(request.actor, pk)
    found = queries.indicator_page(request.actor, row, period_of(request, row), request.today)
    may_compare = access.COMPARE_SCHOOLS.held_by(request.actor)
    context = {
        "page": found,
        "chart": queries.chart_of(found),
        "formula": queries.formula_in_words(row, queries.county_indicators(row.county_id)),
        "inputs": queries.inputs_of(found.reading),
        "files": queries.evidence_of(found.reading) if may_compare else [],
        "may_keep": access.KEEP_INDICATOR.held_by(request.actor),
        "may_compare": may_compare,
        "may_correct": access.CORRECT_VALUE.held_by(request.actor),
        "title": row.name,
        "crumbs": home((row.name, None)),
    }
    return render(request, "indicators/indicator.html", context)


@page(access.COMPARE_SCHOOLS)
def schools(request: Request, pk: int) -> HttpResponse:
    """The schools in official order, with the county's line and the standard; never a ranking."""
    row = queries.indicator_to_compare(request.actor, pk)
    period = period_of(request, row)
    found = queries.indicator_page(request.actor, row, period, request.today)
    context = {
        "page": found,
        "chart": queries.chart_of_schools(found),
        "title": _("各校：%(name)s") % {"name": row.name},
        "crumbs": home((row.name, reverse("indicators:indicator", args=[pk])), (_("各校"), None)),
    }
    return render(request, "indicators/schools.html", context)


@page(access.COMPARE_SCHOOLS)
def inputs(request: Request, pk: int) -> HttpResponse:
    """What one measure brought at each school, or the rows behind it at one school."""
    row = queries.indicator_to_compare(request.actor, pk)
    asked = {name: request.GET.get(name, "") for name in ("measure", "period", "school", "stage")}
    found = queries.input_page(row, today=request.today, **asked)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "page": found,
        "title": found.label,
        "crumbs": home((row.name, reverse("indicators:indicator", args=[pk])), (found.label, None)),
    }
    in_drawer = is_fragment(request, "drawer-body")
    return render(request, "indicators/inputs_drawer.html" if in_drawer else "indicators/inputs.html", context)
