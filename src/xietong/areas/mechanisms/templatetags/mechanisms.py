"""How an edition's state and force are said."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.mechanisms.rules import Force
from xietong.kit.pages.templatetags.pages import tag

register = template.Library()

FORCES = {
    Force.AHEAD: (_("待施行"), "blue"),
    Force.IN_FORCE: (_("施行中"), "green"),
    Force.ENDED: (_("已失效"), "grey"),
}
STATES = {"draft": "blue", "consulting": "orange", "approving": "orange", "approved": "orange"}


@register.simple_tag
def edition_state(row: Any, force: Force | None) -> SafeString:
    """In force or not for what is enacted, else how far it has come."""
    if force is not None:
        word, tone = FORCES[force]
        return tag(word, tone)
    return tag(row.get_state_display(), STATES.get(row.state, "grey"))
