"""How states, steps and files of a task are shown."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans.rules.states import Deed
from xietong.areas.plans.tables import state_tag

register = template.Library()

DEEDS = {
    Deed.ISSUE: (_("下达"), "blue"),
    Deed.RECEIVE: (_("接收"), "blue"),
    Deed.REPORT: (_("填报进展"), "blue"),
    Deed.CLAIM: (_("申请办结"), "orange"),
    Deed.SEND_BACK: (_("退回"), "red"),
    Deed.ACCEPT: (_("审核通过"), "green"),
    Deed.HAND_OVER: (_("负责人交接"), "grey"),
    Deed.MOVE: (_("牵头单位变更"), "grey"),
    Deed.CLOSE: (_("随方案归档"), "grey"),
    Deed.WITHDRAW: (_("撤回填报"), "grey"),
    Deed.ASK_LATER: (_("申请延期"), "orange"),
    Deed.GRANT: (_("同意延期"), "green"),
    Deed.REFUSE: (_("不同意延期"), "red"),
}

# Of these steps the system tells what happened; their note is a name.
FOLLOWED = {
    Deed.HAND_OVER: _("负责人由%(name)s接任"),
    Deed.MOVE: _("牵头单位并入%(name)s"),
}


@register.simple_tag
def task_state(task: Any) -> SafeString:
    return state_tag(task, task.get_state_display())


@register.simple_tag
def deed(code: str) -> Any:
    """What was done, in words."""
    return DEEDS[Deed(code)][0]


@register.simple_tag
def course(steps: Iterable[Any]) -> SafeString:
    """办理过程: the steps of a task, the latest first."""
    items = [
        {
            "at": step.at,
            "who": step.who,
            "org": step.org_name,
            "action": DEEDS[Deed(step.action)][0],
            "tone": DEEDS[Deed(step.action)][1],
            "note": note_of(step),
        }
        for step in steps
    ]
    return render_to_string("pages/fragments/timeline.html", {"items": items})


def note_of(step: Any) -> str:
    sentence = FOLLOWED.get(Deed(step.action))
    return str(sentence) % {"name": step.note} if sentence else step.note
