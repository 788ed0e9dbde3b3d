"""How meetings, places and decisions are shown."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.queries import numbered
from xietong.areas.dispatch.rules.decisions import DecisionDeed
from xietong.areas.dispatch.tables import decision_tag, meeting_tag
from xietong.kit.pages.templatetags.pages import tag, timeline

register = template.Library()

PLACE_TONES = {"expected": "grey", "present": "green", "excused": "orange", "absent": "red"}
SOURCE_TONES = {"open": "blue", "overdue": "red", "red": "red", "still": "orange", "disputed": "orange"}
DEEDS = {
    DecisionDeed.MAKE: (_("议定"), "blue"),
    DecisionDeed.CLAIM: (_("申请销项"), "orange"),
    DecisionDeed.SEND_BACK: (_("退回销项申请"), "red"),
    DecisionDeed.CLOSE: (_("销项"), "green"),
    DecisionDeed.CANCEL: (_("取消"), "grey"),
    DecisionDeed.CHANGE: (_("调整"), "orange"),
    DecisionDeed.MOVE: (_("责任单位变更"), "grey"),
}

register.filter("numbered", numbered)


@register.simple_tag
def meeting_state(row: Any) -> SafeString:
    return meeting_tag(row, row.get_state_display())


@register.simple_tag
def decision_state(row: Any) -> SafeString:
    return decision_tag(row, row.get_state_display())


@register.simple_tag
def place_state(row: Any) -> SafeString:
    return tag(row.get_state_display(), PLACE_TONES[row.state])


@register.simple_tag
def source_tag(item: Any) -> SafeString:
    """Where an item comes from; the office's own needs no word."""
    if item.source == "own":
        return SafeString("")
    return tag(item.get_source_display(), SOURCE_TONES.get(item.source, "grey"))


@register.filter
def hour(value: Any) -> str:
    return f"{localtime(value):%H:%M}" if value else ""


@register.simple_tag
def decision_course(steps: Iterable[Any]) -> SafeString:
    """What was done to a decision, the latest first."""
    return timeline(steps, DEEDS)
