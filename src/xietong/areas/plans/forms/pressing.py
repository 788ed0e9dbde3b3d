"""Forms of pressing on: reminders, follow-ups, leaders' instructions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans.forms.offers import units
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form
from xietong.kit.forms.fields import DateField, RowField


class RemindForm(Form):
    """The words of a reminder; the page offers common ones beside it."""

    text = forms.CharField(
        label=_("催办内容"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-CN"}),
        help_text=_("单位收到的消息里写的就是这句话。"),
    )


class FollowUpForm(Form):
    demand = forms.CharField(
        label=_("督办要求"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("要单位说明什么、做到什么程度。"),
    )
    due_on = DateField(label=_("回复期限"))


class ReplyForm(Form):
    text = forms.CharField(
        label=_("回复内容"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("办理到哪一步、没有完成的原因、什么时候完成。"),
    )


class OpinionForm(Form):
    """What the office says to a reply; required only to send it back, or to lift without one."""

    opinion = forms.CharField(
        label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class InstructionForm(Form):
    leader = forms.CharField(label=_("批示领导"), max_length=60, help_text=_("姓名和职务，如“王县长”。"))
    on = DateField(label=_("批示日期"))
    text = forms.CharField(label=_("批示内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class InstructedForm(InstructionForm):
    """An instruction that becomes a task."""

    title = forms.CharField(label=_("任务名称"), max_length=200)
    lead_unit = RowField(label=_("牵头单位"))
    due_on = DateField(label=_("完成期限"))
    deliverable = forms.CharField(label=_("成果"), max_length=200, required=False)

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("lead_unit", units(actor, today))


class SinceForm(Form):
    """The day that the leading group's page compares with."""

    since = DateField(label=_("与哪天相比"))
