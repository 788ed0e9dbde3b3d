"""What the page of weak and shortage subjects shows in its cells."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xietong.areas.people import queries
from xietong.areas.people.tables import SUPPLY_STATES
from xietong.kit.pages.templatetags.pages import tag

register = template.Library()

NAMED = 10
"""So many schools are named; the rest are counted."""


@register.simple_tag
def supply_state(line: Any) -> SafeString:
    return tag(*SUPPLY_STATES[line.state])


@register.simple_tag
def supply_cells(lines: Iterable[Any]) -> SafeString:
    """The cells of a school at once: a tag for each of many hundreds takes longer than what they show."""
    return SafeString("".join(map(supply_cell, lines)))


def supply_cell(line: Any) -> SafeString:
    """Teachers beside those needed; if too few with the state in words; a phone shows only those."""
    teachers = "?" if line.tally is None else line.tally.teachers
    if not line.is_needed:
        figures, told, coming = teachers if line.tally and line.tally.teachers else "—", "", 0
    else:
        is_short = line.state in ("weak", "shortage")
        figures, told = f"{teachers} / {hundredths(line.need.teachers)}", supply_state(line) if is_short else ""
        coming = len(line.tally.coming) if line.tally else 0
    return format_html(
        '<td data-label="{}"{}><span class="mono">{}</span> {} {}</td>',
        line.short,
        "" if told else SafeString(' class="desk-only"'),
        figures,
        told,
        format_html('<span class="hint">{}</span>', _("走教 %(n)d") % {"n": coming}) if coming else "",
    )


@register.filter
def tenths(value: Fraction) -> str:
    return f"{queries.as_decimal(value).normalize():f}"


def hundredths(value: Fraction) -> str:
    """Finer, for a school lacks a part of a teacher."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


@register.filter
def school_names(records: Sequence[Any]) -> str:
    names = _("、").join(str(one.school) for one in records[:NAMED])
    return _("%(names)s等") % {"names": names} if len(records) > NAMED else names
