"""Forms of a month: opening, its day, reminders, later days, corrections."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch import queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField, RowsField


class OpenForm(Form):
    due_on = DateField(label=_("报送期限"), help_text=_("按本县日程算出，已避开休息日，可以改。"))


class SpecialForm(Form):
    topic = forms.CharField(
        label=_("调度内容"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("问什么、要什么，一句话说清；系统里已有的数据不要再问。"),
    )
    due_on = DateField(label=_("报送期限"))
    units = RowsField(label=_("填报单位"), through="unit", widget=forms.CheckboxSelectMultiple)

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("units", queries.units_to_choose(actor, today))


class DueForm(LockedForm):
    due_on = DateField(label=_("报送期限"), help_text=_("还没有报送的单位一并改到这一天；已单独延期到更晚的不变。"))


class AnotherForm(Form):
    unit = RowField(label=_("单位"))

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", queries.units_to_choose(actor, today))


class ExcuseForm(Form):
    excuse = forms.CharField(label=_("免报原因"), max_length=200)


class ExtensionForm(Form):
    until = DateField(label=_("延至"))
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(Form):
    opinion = forms.CharField(
        label=_("意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CorrectionForm(Form):
    text = forms.CharField(label=_("更正为"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    quantity = forms.DecimalField(
        label=_("累计完成更正为"), min_value=0, decimal_places=2, max_digits=14, required=False
    )
    reason = forms.CharField(label=_("更正原因"), max_length=300)

    def __init__(self, entry: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entry.task is None or entry.task.quantity is None:
            del self.fields["quantity"]
