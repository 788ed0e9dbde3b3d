"""Review: a verdict with remarks on single files, spot checks, files that are taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans.forms.working import AnswerForm
from xietong.kit.forms.base import Form, style
from xietong.kit.forms.fields import DateField

REMARK = "remark_"
MOST_DRAWN = 200


class SendBackForm(AnswerForm):
    """An opinion, and for each file of the report a line that says what is wrong with it; empty if nothing is."""

    def __init__(self, files: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for file in files:
            name = f"{REMARK}{file.pk}"
            field = forms.CharField(label=file.name, max_length=200, required=False)
            style(field, name)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """One opinion, and the remarks by file."""
        data = self.cleaned_data
        remarks = {
            int(name.removeprefix(REMARK)): text for name, text in data.items() if name.startswith(REMARK) and text
        }
        return {"opinion": data.get("opinion", ""), "remarks": remarks}


class PullForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("撤回原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("撤回后文件名和原因仍然可见，内容不再提供查看；不能恢复，可以重新填报补交。"),
    )


class DrawForm(Form):
    """Out of which days, and how many."""

    from_on = DateField(label=gettext_lazy("填报日期从"))
    to_on = DateField(label=gettext_lazy("到"))
    number = forms.IntegerField(
        label=gettext_lazy("抽取数量"),
        min_value=1,
        max_value=MOST_DRAWN,
        help_text=gettext_lazy("从这个时段审核通过的填报中随机抽取；不够的全部抽出。"),
    )

    def clean(self) -> dict[str, Any]:
        first: date | None = self.cleaned_data.get("from_on")
        last: date | None = self.cleaned_data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("结束日期不能早于开始日期。"))
        return self.cleaned_data


class CheckForm(Form):
    finding = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=(("in_order", gettext_lazy("属实")), ("faulty", gettext_lazy("不符"))),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("不符的须写明情况；填报单位会收到提醒。"),
    )
