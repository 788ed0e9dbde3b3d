"""The shape of what this area asks for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.mechanisms import queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowsField


class MechanismForm(Form):
    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("如“专家进校服务机制”。"))
    kind = forms.ChoiceField(label=_("类别"), choices=queries.kind_choices)
    basis = forms.CharField(
        label=_("依据"), max_length=300, required=False, help_text=_("方案里要求制定它的原文，或上级文件。")
    )


class MechanismChangeForm(MechanismForm, LockedForm):
    pass


class EditionForm(LockedForm):
    text = forms.CharField(
        label=_("正文"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("一段一行。也可以上传文件，正文从文件中读出。"),
    )
    file = forms.FileField(
        label=_("文件"), required=False, help_text=_("支持 .docx、.txt、.md、.html 和带文字层的 .pdf，原件一并保存。")
    )
    change_note = forms.CharField(
        label=_("修订说明"), max_length=500, required=False, help_text=_("与上一版相比改了什么；第一版可不填。")
    )


class UnitsForm(Form):
    """A form that picks units."""

    units = RowsField(label=_("单位"), through="unit", widget=forms.CheckboxSelectMultiple)

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("units", queries.units_to_ask(actor, today))


class RoundForm(UnitsForm):
    comment_by = DateField(label=_("反馈截止"))

    field_order = ("comment_by", "units")


class OpinionForm(Form):
    text = forms.CharField(
        label=_("意见"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("没有意见的，留空提交即可。"),
    )


class VerdictForm(LockedForm):
    verdict = forms.ChoiceField(label=_("处理"), choices=queries.verdict_choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("理由"), max_length=500, required=False, help_text=_("不采纳、部分采纳须说明理由。")
    )


class EnactForm(UnitsForm):
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    in_force_from = DateField(label=_("施行日期"), help_text=_("上一版到前一天为止。"))

    field_order = ("document_no", "in_force_from", "units")

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, today, *args, **kwargs)
        self.fields["units"].required = False
        self.fields["units"].label = _("须签收的单位")


class RepealForm(Form):
    in_force_to = DateField(label=_("失效日期"), help_text=_("到这一天为止有效。"))
    end_reason = forms.CharField(label=_("废止原因"), max_length=200)


class ReasonForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=300)
