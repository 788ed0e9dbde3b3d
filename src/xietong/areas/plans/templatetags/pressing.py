"""How follow-ups and the leading group's page are said."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from xietong.areas.plans import documents
from xietong.areas.plans.rules import briefing
from xietong.areas.plans.tables.pressing import state_cell

register = template.Library()


@register.filter
def follow_up_number(row: Any) -> str:
    return documents.follow_up_number(row)


@register.simple_tag
def follow_up_state(row: Any) -> SafeString:
    return state_cell(row, row.get_state_display())


@register.filter
def matter_kind(kind: str) -> Any:
    return documents.KINDS[kind][0]


@register.filter
def decider(one: Any) -> str:
    return documents.decider(one)


@register.filter
def figure(what: Any) -> Any:
    return documents.FIGURES[what]


@register.filter
def cut(text: str | None, most: int) -> str:
    return briefing.cut(text or "", most)
