"""How a school's record is written: figures, how they changed, where they come from, and the size of a class."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.rules.sizes import ClassSizes
from xietong.kit.pages.templatetags.pages import tag

register = template.Library()

SOURCE_TONES = {"school": "blue", "county": "orange"}
LEVELS = {
    "over": (_("超班额"), "orange"),
    "large": (_("大班额"), "red"),
    "very_large": (_("超大班额"), "red"),
}


@register.filter
def figure(value: Decimal | str | None) -> str:
    """1234.50 becomes 1,234.5; a template gives an empty text for a figure that is not there."""
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else ""


@register.filter
def signed(value: Decimal | None) -> str:
    """How much more or less: +12, −3; nothing for no change."""
    if not value:
        return ""
    return f"{'+' if value > 0 else '−'}{figure(abs(value))}"


@register.simple_tag
def source(row: Any) -> SafeString:
    return tag(row.get_source_display(), SOURCE_TONES.get(row.source, "grey"))


@register.simple_tag
def class_box(row: Any, sizes: ClassSizes) -> SafeString:
    """A class with its pupils; one above the standard says so in words."""
    level = LEVELS.get(sizes.band(row.stage, row.pupils).value)
    mark = tag(*level) if level else ""
    return format_html('<span class="class">{} <b>{}</b>{}</span>', row.name, row.pupils, mark)
