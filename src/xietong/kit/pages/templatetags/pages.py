"""What templates need to write: icons, tags, lights, dates, sizes and query strings."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xietong.kit import words

register = template.Library()

ICONS = Path(__file__).parents[1] / "icons"
TONES = ("blue", "green", "orange", "red", "grey")
LIGHTS = {
    "green": _("正常"),
    "yellow": _("临近期限"),
    "red": _("已逾期"),
    "grey": _("不计时"),
}
UNITS = ("B", "KB", "MB", "GB")
STEP = 1024


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """The drawing itself, so that it takes the colour and size of the text around it."""
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
    return mark_safe(drawing)  # noqa: S308  (our own files)


@register.simple_tag
def tag(text: object, tone: str = "grey") -> SafeString:
    """A short state in a box; an unknown tone is grey."""
    return format_html('<span class="state state-{}">{}</span>', tone if tone in TONES else "grey", text)


@register.simple_tag
def light(tone: str, text: object = "") -> SafeString:
    """A deadline light: a shape of its own and a word, never a colour alone; nothing for `none`."""
    if tone not in LIGHTS:
        return SafeString("")
    return format_html(
        '<span class="light light-{}"><span class="light-shape" aria-hidden="true"></span>{}</span>',
        tone,
        text or LIGHTS[tone],
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年5月20日, in English 20 May 2026; a moment is dated where the county is."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = localtime(value).date()
    if is_chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return date_format(value, "j F Y")


@register.filter
def moment(value: datetime | None) -> str:
    """The day and the time to the minute."""
    if value is None:
        return ""
    return f"{day(value)} {localtime(value):%H:%M}"


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


@register.filter
def said(stored: Mapping[str, Any]) -> str:
    """What a row keeps as a sentence with its values, in the reader's language."""
    return words.said(stored["sentence"], stored["values"])


@register.filter
def filesize(size: int | None) -> str:
    """1536 becomes 1.5 KB."""
    amount, unit = float(size or 0), 0
    while amount >= STEP and unit < len(UNITS) - 1:
        amount, unit = amount / STEP, unit + 1
    return f"{amount:.0f} {UNITS[unit]}" if unit == 0 else f"{amount:.1f} {UNITS[unit]}"


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link to a field goes to: of a group of choices it is the first choice."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.simple_tag(takes_context=True)
def qs(context: template.Context, **replaced: object) -> str:
    """The query string of this page with some parameters replaced; None takes one away."""
    query = query_of(context)
    for name, value in replaced.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def carry(context: template.Context, *without: str) -> SafeString:
    """The parameters of this page as hidden fields, for a GET form that changes only some of them."""
    pairs = ((name, value) for name, values in query_of(context).lists() if name not in without for value in values)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


def query_of(context: template.Context) -> QueryDict:
    request: Any = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


def timeline(
    steps: Iterable[Any], deeds: Mapping[Any, tuple[Any, str]], note: Callable[[Any], Any] = attrgetter("note")
) -> SafeString:
    """办理过程: steps, the latest first; `deeds` says what each action is called, and its tone."""
    items = [
        {
            "at": step.at,
            "who": step.who,
            "org": step.org_name,
            "action": deeds[step.action][0],
            "tone": deeds[step.action][1],
            "note": note(step),
        }
        for step in steps
    ]
    return render_to_string("pages/fragments/timeline.html", {"items": items})


@register.simple_tag
def panel(name: str, values: dict[str, object]) -> SafeString:
    """A part of a joint page, filled with what its area gave."""
    return render_to_string(name, values)
