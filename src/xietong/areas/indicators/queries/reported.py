"""What counties have reported upward, in bands, for the eyes of province and city."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Page, Paginator

from xietong.areas.indicators import access
from xietong.areas.indicators.models import Indicator, Reported, Section
from xietong.areas.indicators.queries.dictionary import band_limits, period_asked, period_name
from xietong.areas.indicators.queries.values import is_upward, number
from xietong.areas.indicators.rules.bands import Band, Limits, band
from xietong.areas.orgs.models import County
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor

AT_ONCE = 20
"""So many counties stand on a page."""


def band_of(row: Indicator | Reported, value: Decimal | None, aim: Decimal | None, limits: Limits) -> Band:
    """Where a value of an indicator stands beside what is aimed at."""
    return band(number(value), number(aim), limits, upward=is_upward(row))


@dataclass(frozen=True, slots=True)
class Head:
    """One indicator as the counties told it; for an observer also in which bands all of his counties stand."""

    code: str
    name: str
    sums: Mapping[Band, int]


@dataclass(frozen=True, slots=True)
class ReportedPage:
    """Counties by indicators of one section and period; a cell is a band, or None where nothing was reported."""

    period: int
    periods: tuple[tuple[int, str], ...]
    section: str
    sections: tuple[tuple[str, str], ...]
    heads: tuple[Head, ...]
    rows: tuple[tuple[County, tuple[Band | None, ...]], ...]
    counties: Page[County]
    limits: Limits

    @property
    def has_totals(self) -> bool:
        return any(head.sums for head in self.heads)


def reported_page(actor: Actor, asked: Mapping[str, str], today: date) -> ReportedPage:
    """What was reported of a period and section: the rows of the page's counties, and the totals that are kept."""
    seen, totals = visible(actor, access.VIEW_REPORTED), visible(actor, access.VIEW_REPORTED_TOTALS)
    told_of = totals if actor.role in access.OBSERVERS else seen
    periods = sorted(set(told_of.values_list("period", flat=True).distinct()), reverse=True)
    wanted = period_asked(asked.get("period", ""))
    period = wanted if wanted in periods else (periods or [0])[0]
    section = asked.get("section", "")
    section = section if section in Section.values else Section.BALANCE.value
    sums: dict[str, dict[Band, int]] = defaultdict(dict)
    names: dict[str, str] = {}
    kept = totals.filter(period=period, section=section).order_by("code", "band")
    for code, letter, names[code], counties in kept.values_list("code", "band", "name", "counties"):
        sums[code][Band(letter)] = counties
    everybody = County.objects.filter(pk__in=actor.counties).order_by("code")
    page = Paginator(everybody, AT_ONCE).get_page(asked.get("page"))
    held: dict[tuple[int, str], Band] = {}
    told = seen.filter(period=period, section=section, county__in=list(page))
    for county, code, letter, name in told.values_list("county_id", "code", "band", "name"):
        held[county, code] = Band(letter)
        names.setdefault(code, name)
    codes = sorted(names)
    return ReportedPage(
        period,
        tuple((one, period_name(one)) for one in periods),
        section,
        tuple((one.value, str(one.label)) for one in Section),
        tuple(Head(code, names[code], sums[code]) for code in codes),
        tuple((county, tuple(held.get((county.pk, code)) for code in codes)) for county in page),
        page,
        band_limits(today),
    )
