from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.kit.forms.base import Form, LockedForm


class ReportForm(Form):
    value = forms.DecimalField(label=gettext_lazy("数值"), max_digits=16, decimal_places=4)
    note = forms.CharField(
        label=gettext_lazy("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("怎样得来的，佐证在哪里。"),
    )  # fmt: skip

    def __init__(self, unit: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = _("数值（%(unit)s）") % {"unit": unit}
        if unit == "%":
            self.fields["value"].widget.attrs |= {"min": "0"}


class VerdictForm(LockedForm):
    verdict = forms.ChoiceField(
        label=gettext_lazy("核验意见"),
        choices=[("right", gettext_lazy("属实，通过")), ("back", gettext_lazy("退回重填"))],
        widget=forms.RadioSelect,
        initial="right",
    )
    opinion = forms.CharField(
        label=gettext_lazy("说明"), max_length=300, required=False, help_text=gettext_lazy("退回时必须写。")
    )


class ReasonForm(LockedForm):
    cause = forms.CharField(
        label=gettext_lazy("未达目标的原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class CorrectForm(Form):
    value = forms.DecimalField(label=gettext_lazy("更正为"), max_digits=16, decimal_places=4)
    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=300, help_text=gettext_lazy("原来的数值会保留在旁边。")
    )
