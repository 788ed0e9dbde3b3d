"""Reads of the dictionary: indicators, targets, periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from xietong.areas.indicators import access
from xietong.areas.indicators.models import Indicator, Lock, Reading, Section, Target
from xietong.areas.indicators.queries.figures import checked
from xietong.areas.indicators.rules.bands import Limits
from xietong.areas.indicators.rules.formula import FormulaError, explain
from xietong.areas.indicators.rules.periods import is_month, is_period
from xietong.areas.orgs.models import school_year_name
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.measures.declare import Grain, Measure, measures
from xietong.kit.measures.models import Value
from xietong.kit.ruletable.table import in_force, value_of

LIGHTS = "indicators.light."
BANDS = "indicators.band."


def indicators(actor: Actor) -> QuerySet[Indicator]:
    """The county's dictionary in the order of the plan."""
    rows = visible(actor, access.VIEW_INDICATOR).select_related("reporter", "verifier")
    return rows.order_by("order", "pk")


def dictionary(actor: Actor) -> QuerySet[Indicator]:
    """The dictionary with the last value of each that counts."""
    last = Reading.objects.filter(
        indicator=OuterRef("pk"), unit=None, state__in=Reading.COUNTS, value__isnull=False
    ).order_by("-period")
    return indicators(actor).annotate(
        last_value=Subquery(last.values("value")[:1]), last_period=Subquery(last.values("period")[:1])
    )


def indicator(actor: Actor, pk: int) -> Indicator:
    return fetch(actor, access.VIEW_INDICATOR, pk, join=("reporter", "verifier", "county"))


def indicator_to_keep(actor: Actor, pk: int) -> Indicator:
    return fetch(actor, access.KEEP_INDICATOR, pk, join=("county",))


def county_indicators(county_id: int) -> list[Indicator]:
    return list(Indicator.objects.filter(county_id=county_id).order_by("order", "pk"))


def grain_of(period: int) -> str:
    return Grain.COUNTY_MONTH.value if is_month(period) else Grain.SCHOOL_YEAR.value


def period_name(period: int) -> str:
    """2025—2026学年, 2026年5月."""
    if is_month(period):
        return _("%(year)d年%(month)d月") % {"year": period // 100, "month": period % 100}
    return school_year_name(period)


def periods_with_measures(county_id: int) -> list[int]:
    rows = Value.objects.filter(county_id=county_id).values_list("period", flat=True)
    return sorted(set(rows.distinct()))


def periods_told(county_id: int) -> list[int]:
    """The periods that have measures or values that count."""
    told = Reading.objects.filter(county_id=county_id, unit=None, state__in=Reading.COUNTS)
    return sorted({*periods_with_measures(county_id), *told.values_list("period", flat=True).distinct()})


def periods_of_grain(county_id: int, grain: str) -> list[tuple[int, str]]:
    """The periods that have measures or values, the latest first, with their names."""
    told = Reading.objects.filter(county_id=county_id, indicator__grain=grain).values_list("period", flat=True)
    found = {*told.distinct(), *(one for one in periods_with_measures(county_id) if grain_of(one) == grain)}
    return [(one, period_name(one)) for one in sorted(found, reverse=True)]


DIGITS = 6
"""A period has no more of them."""


def period_asked(text: str) -> int | None:
    """The period that an address names."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS and is_period(int(text)) else None


def period_shown(period: int | None) -> str:
    return period_name(period) if period else ""


def measures_offered() -> list[Measure]:
    """What a formula may be over."""
    return measures()


def period_now(county_id: int, grain: str, today: date) -> int:
    """The latest period that has measures, or else that of today."""
    found = [one for one in periods_with_measures(county_id) if grain_of(one) == grain]
    if found:
        return found[-1]
    return 100 * today.year + today.month if grain == Grain.COUNTY_MONTH else SchoolYear.containing(today).start


def is_locked(county_id: int, period: int) -> bool:
    return Lock.objects.filter(county_id=county_id, grain=grain_of(period), period=period).exists()


def targets_of(county_id: int, period: int) -> dict[int, Decimal]:
    """Indicator → what is aimed at in a period: the last target that was set for it or an earlier one of its kind."""
    rows = Target.objects.filter(county_id=county_id, indicator__grain=grain_of(period), period__lte=period)
    return dict(rows.order_by("period").values_list("indicator_id", "value"))


def tolerance(county_id: int, on: date) -> float:
    """The share of a target by which a value may be short and still be yellow."""
    return float(value_of(in_force(county_id, on, prefix=LIGHTS), "indicators.light.tolerance_percent")) / 100


def band_limits(on: date) -> Limits:
    """What every county's values are banded by; a county cannot set limits of its own for what others read."""
    rules = in_force(None, on, prefix=BANDS)
    near, halfway = (float(value_of(rules, f"{BANDS}{name}_percent")) / 100 for name in ("near", "halfway"))
    return Limits(near, halfway)


def wanted(row: Indicator, targets: Mapping[int, Decimal]) -> Decimal | None:
    """What a value is held against: the county's target, else the standard."""
    return targets.get(row.pk, row.standard)


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of a formula in words; `measure` is set where it names one."""

    text: str
    measure: str


def formula_in_words(row: Indicator, rows: Sequence[Indicator]) -> list[Term]:
    """The formula with the names of what it is over; as it was typed where it does not hold any more."""
    if not row.formula:
        return []
    try:
        found = explain(checked(row, rows))
    except FormulaError:
        return [Term(row.formula, "")]
    return [Term(one.text, getattr(one, "name", "") or "") for one in found]


def section_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Section.choices]


def direction_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Indicator.Direction.choices]


def reported_by_choices() -> list[tuple[str, str]]:
    return [("", str(_("按公式计算"))), *((code, str(label)) for code, label in Indicator.ReportedBy.choices)]


def grain_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Indicator.Period.choices]
