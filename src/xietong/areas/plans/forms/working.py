"""Forms of tasks at work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form
from xietong.kit.forms.fields import DateField, RowField, RowsField


class ReceiveForm(Form):
    owner = RowField(label=_("负责人"), required=False, help_text=_("由谁具体办理；可以以后再定。"))

    def __init__(self, actor: Actor, task: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", queries.owner_choices(actor, task))


class ReportForm(Form):
    """A progress report: one text, files if any, and whether the task is done."""

    text = forms.CharField(
        label=_("进展情况"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("做了什么、到了哪一步；一两句话即可。"),
    )
    occurrence = RowField(label=_("本次填报属于"), required=False)
    carried_out = forms.TypedChoiceField(
        label=_("本期情况"),
        choices=(("1", _("本期已开展")), ("0", _("本期未开展"))),
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        initial="1",
    )
    milestones = RowsField(
        label=_("已达到的里程碑"), through="pk", required=False, widget=forms.CheckboxSelectMultiple
    )
    quantity = forms.DecimalField(label=_("累计完成"), min_value=0, decimal_places=2, max_digits=14, required=False)
    claims_completion = forms.BooleanField(label=_("任务已全部完成，申请办结"), required=False)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, empty_value=None)

    def __init__(self, task: Any, *args: Any, **kwargs: Any) -> None:
        """Asks only what the task has: its open periods and milestones, a figure where it is told in figures."""
        super().__init__(*args, **kwargs)
        occurrences, milestones = queries.open_occurrences(task), queries.open_milestones(task)
        if occurrences:
            self.fields["occurrence"].initial = next(iter(occurrences))
            self.offer("occurrence", occurrences)
        else:
            del self.fields["occurrence"], self.fields["carried_out"]
        if milestones:
            self.offer("milestones", milestones)
        else:
            del self.fields["milestones"]
        if task.quantity is None:
            del self.fields["quantity"]
        else:
            said = _("计量单位：%(measure)s；包括协办单位完成的。")
            self.fields["quantity"].help_text = said % {"measure": task.measure}
            self.fields["quantity"].initial = None if task.measured is None else f"{task.measured.normalize():f}"


class AnswerForm(Form):
    """A verdict; the opinion is required only to send back."""

    opinion = forms.CharField(
        label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExtensionForm(Form):
    until = DateField(label=_("延期至"))
    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为什么不能按期完成、还要做什么。"),
    )
