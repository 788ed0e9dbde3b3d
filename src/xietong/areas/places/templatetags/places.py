"""How stages, numbers and states are said on the pages of this area."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from xietong.areas.orgs.models import school_year_name
from xietong.areas.places import tables

register = template.Library()


@register.filter
def stage(code: str) -> str:
    return tables.stage_name(code)


@register.filter
def school_year(year: int) -> str:
    """2025—2026学年."""
    return school_year_name(year)


@register.filter
def whole(value: object) -> str:
    """A number without decimals; a dash where there is none."""
    return f"{value:.0f}" if isinstance(value, float | int) else "—"


@register.filter
def tenth(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float | int) else "—"


@register.filter
def thousandth(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float | int) else "—"


@register.simple_tag
def band(value: Any) -> SafeString:
    return tables.band_tag(value)


@register.simple_tag
def gap(cell: Any) -> SafeString:
    return tables.gap_tag(cell)


@register.simple_tag
def project_state(row: Any) -> SafeString:
    return tables.project_tag(row)


@register.simple_tag
def scenario_state(row: Any) -> SafeString:
    return tables.scenario_tag(row)


@register.filter
def percent(value: object) -> str:
    return f"{round(value, 1) + 0.0:.1f}%" if isinstance(value, float | int) else "—"


@register.simple_tag
def school_of(supply: Any, line: Any) -> str:
    """The school of a line by its name."""
    return str(supply.records[line.school].school)


@register.simple_tag
def part(one: Any, whole: Any) -> str:
    """The share of places in all of them."""
    return f"{100 * one.places / whole.places:.1f}%" if whole.places else "—"
