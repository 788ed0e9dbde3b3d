"""A form of a higher bureau on the page: what to choose in each of its blanks, and how it reads filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xietong.areas.dispatch.forms.upward import FIXED
from xietong.areas.dispatch.rules.upward import known_by
from xietong.areas.dispatch.tables import report_said, report_tag

register = template.Library()


@register.simple_tag
def upward_state(row: Any) -> SafeString:
    return report_tag(row, report_said(row))


@register.simple_tag
def figure_options(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What may be chosen in a blank, escaped once for all of them."""
    offered = {"": _("（不填）"), FIXED: _("固定文字"), **dict.fromkeys(names)}
    return [(name, option(name, label or name)) for name, label in offered.items()]


def option(value: str, label: str) -> str:
    return format_html('<option value="{}">{}</option>', value, label)


@register.simple_tag
def figure_select(field: Any, options: Iterable[tuple[str, str]]) -> SafeString:
    """One blank's drop-down; hundreds of them stand on a page, so they are put together as text."""
    chosen = str(field.value() or "")
    shown = [text.replace("<option ", "<option selected ", 1) if name == chosen else text for name, text in options]
    if chosen not in {name for name, _text in options}:
        shown.append(option(chosen, chosen).replace("<option ", "<option selected ", 1))
    head = format_html(
        '<select class="form-select" id="{}" name="{}" aria-label="{}" lang="zh-CN">',
        field.id_for_label,
        field.html_name,
        field.label,
    )
    return mark_safe(f"{head}{''.join(shown)}</select>")  # noqa: S308  every piece is escaped


@register.simple_tag
def filled_grids(content: Mapping[str, Any]) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """The form as it read that day, with its values; `place` leads from a value to its rows."""
    values = {one["address"]: one for one in content.get("values", ())}
    counted = enumerate(content.get("figures", ()))
    places = {one["name"]: place for place, one in counted if one["sources"] or one["value"] == "0"}
    return [
        (grid["name"], [[shown(cell, values, places) for cell in row] for row in grid["rows"]])
        for grid in content.get("layout", ())
    ]


def shown(cell: Mapping[str, Any], values: Mapping[str, Any], places: Mapping[str, int]) -> dict[str, Any]:
    said = values.get(cell["address"])
    place = places.get(said["name"]) if said else None
    return {**cell, "said": said, "place": place, "about": about(said) if said else ""}


def about(said: Mapping[str, str]) -> str:
    return f"{known_by(said['address'], said['label'])} · {said['name']}" if said["name"] else said["address"]
