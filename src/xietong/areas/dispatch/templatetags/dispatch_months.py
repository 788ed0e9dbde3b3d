"""One cell of the table of units by months."""

from typing import Any

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xietong.areas.dispatch.tables import PUNCTUAL

register = Library()
SIGNS = {"on_time": "✓", "late": "!", "missing": "✕", "waiting": "…", "excused": "–"}


@register.simple_tag(takes_context=True)
def month_cell(context: Any, filing: Any) -> SafeString:
    """A sign that leads to the filing, told in words to whoever does not see it; a dash where nothing was asked."""
    if filing is None:
        return SafeString('<span class="text-secondary">—</span>')
    found = filing.course.punctuality(context["request"].today).value
    label, tone = PUNCTUAL[found]
    return format_html(
        '<a class="month month-{}" href="{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></a>',
        tone,
        reverse("dispatch:filing", args=[filing.pk]),
        label,
        SIGNS[found],
        label,
    )
