"""How values look: with their decimals, as a small line, with a light in words."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.indicators import queries
from xietong.areas.indicators.rules.bands import Band
from xietong.kit.pages.templatetags.pages import light, tag

register = template.Library()

WORDS = {"green": _("达到"), "yellow": _("接近"), "red": _("未达到")}
WIDE, HIGH, EDGE = 72, 20, 2


@register.simple_tag
def amount(row: Any, value: Any) -> str:
    """A value with the decimals of its indicator."""
    return queries.plain(row, value)


@register.filter
def period(value: int) -> str:
    return queries.period_name(value)


@register.simple_tag
def state_light(tone: str) -> SafeString:
    """Whether a value is where it should be: a shape and a word."""
    return light(tone, WORDS[tone]) if tone in WORDS else SafeString("")


@register.simple_tag
def spark(values: Sequence[float | None]) -> SafeString:
    """A small line of the last periods, decoration beside the figures; nothing for fewer than two values."""
    held = [(place, one) for place, one in enumerate(values) if one is not None]
    if len(held) < 2:  # noqa: PLR2004
        return SafeString("")
    least, most = min(one for _place, one in held), max(one for _place, one in held)
    span = most - least or 1
    step = (WIDE - 2 * EDGE) / (len(values) - 1)
    points = " ".join(
        f"{EDGE + place * step:.1f},{HIGH - EDGE - (one - least) / span * (HIGH - 2 * EDGE):.1f}"
        for place, one in held
    )
    last_x, last_y = points.rsplit(" ", 1)[-1].split(",")
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2"/></svg>',
        WIDE, HIGH, WIDE, HIGH, points, last_x, last_y,
    )  # fmt: skip


BAND_TONES = {"A": "green", "B": "blue", "C": "orange", "D": "red"}


@register.simple_tag
def band_cells(cells: Sequence[Band | None]) -> SafeString:
    """The cells of a row at once: a tag for each of hundreds takes longer than all the rest of the page."""
    return SafeString("".join(map(band_cell, cells)))


@cache
def band_cell(one: Band | None) -> SafeString:
    """A band by its letter; nothing where nothing was reported."""
    if one is None:
        return SafeString("<td></td>")
    return format_html("<td>{}</td>", tag("—" if one.value == "-" else one.value, BAND_TONES.get(one.value, "grey")))


@register.simple_tag
def band_sums(sums: Any) -> str:
    """How many counties stand in each band: A 12 · B 3."""
    return " · ".join(f"{one.value} {n}" for one, n in sums.items() if n and one.value != "-")
