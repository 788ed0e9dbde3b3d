"""How states, steps and files of a task are shown."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans.rules.states import Deed
from xietong.areas.plans.tables import change_tag, state_tag
from xietong.kit.pages.templatetags.pages import day, timeline

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
    Deed.RETURN: (_("退件"), "red"),
    Deed.TAKE_BACK: (_("撤回退件"), "grey"),
    Deed.INSIST: (_("维持原派"), "orange"),
    Deed.REASSIGN: (_("改派"), "orange"),
    Deed.DELEGATE: (_("转办"), "blue"),
    Deed.SUSPEND: (_("暂停"), "grey"),
    Deed.RESUME: (_("恢复"), "blue"),
    Deed.CANCEL: (_("取消"), "grey"),
    Deed.REOPEN: (_("重新办理"), "red"),
    Deed.CONTRIBUTE: (_("协办填报"), "blue"),
    Deed.REMIND: (_("催办"), "orange"),
    Deed.SUPERVISE: (_("督办"), "red"),
    Deed.REPLY: (_("回复督办"), "blue"),
    Deed.REPLY_BACK: (_("督办回复退回"), "red"),
    Deed.LIFT: (_("解除督办"), "green"),
    Deed.INSTRUCT: (_("领导批示"), "orange"),
    Deed.DECIDE: (_("会议议定"), "orange"),
    Deed.PROPOSE: (_("提出变更"), "orange"),
    Deed.AMEND: (_("变更生效"), "green"),
    Deed.NOT_AMEND: (_("变更未生效"), "grey"),
    Deed.PULL_FILE: (_("撤回佐证"), "red"),
}

# Of these steps the system tells what happened; their note is a name.
FOLLOWED = {
    Deed.HAND_OVER: _("负责人由%(name)s接任"),
    Deed.MOVE: _("牵头单位并入%(name)s"),
}
# The note of these begins with the day that they are about.
DATED = {Deed.ASK_LATER, Deed.GRANT, Deed.RESUME}
ISO_LENGTH = len("2026-12-31")


@register.simple_tag
def task_state(task: Any) -> SafeString:
    return state_tag(task, task.get_state_display())


@register.simple_tag
def change_state(row: Any) -> SafeString:
    return change_tag(row, row.get_state_display())


@register.filter
def figure(value: Any) -> str:
    """A figure without trailing zeros."""
    return f"{Decimal(value).normalize():f}"


@register.simple_tag
def deed(code: str) -> Any:
    """What was done, in words."""
    return DEEDS[Deed(code)][0]


@register.simple_tag
def course(steps: Iterable[Any]) -> SafeString:
    """办理过程: the steps of a task, the latest first."""
    return timeline(steps, DEEDS, note_of)


@register.simple_tag
def step_note(step: Any) -> str:
    """What somebody wrote at a step, or what followed from it."""
    return note_of(step)


def note_of(step: Any) -> str:
    sentence = FOLLOWED.get(Deed(step.action))
    if sentence:
        return str(sentence) % {"name": step.note}
    return str(_("期限：%(day)s")) % {"day": dated(step.note)} if is_dated(step) else step.note


def is_dated(step: Any) -> bool:
    return step.action in DATED and dated(step.note) != step.note


@register.filter
def dated(text: str) -> str:
    """A text; the day that it begins with, if it does, as a reader writes days."""
    head, gap, rest = text.partition(" ")
    try:
        on = date.fromisoformat(head) if len(head) == ISO_LENGTH else None
    except ValueError:
        return text
    return f"{day(on)}{gap}{rest}" if on else text
