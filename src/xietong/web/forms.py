"""The shape of what the site's own pages ask for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.kit.feedback.models import Feedback
from xietong.kit.forms.base import Form
from xietong.kit.forms.fields import DateField
from xietong.web.queries import Addressee


class FeedbackForm(Form):
    """`addressee` is cleaned to the `Addressee` that was chosen."""

    addressee = forms.ChoiceField(label=_("反映给"))
    kind = forms.ChoiceField(label=_("类别"), choices=Feedback.Kind)
    text = forms.CharField(label=_("内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), strip=True)
    is_anonymous = forms.BooleanField(
        label=_("匿名"),
        required=False,
        help_text=_("收件人看不到您的姓名和单位，答复仍会送达您。审计管理员依法查阅时除外。"),
    )

    def __init__(self, offered: Mapping[str, Addressee], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        field: Any = self.fields["addressee"]
        field.choices = [(key, one.label) for key, one in offered.items()]

    def clean_addressee(self) -> Addressee:
        return self.offered[self.cleaned_data["addressee"]]


class FeedbackAnswerForm(Form):
    answer = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), strip=True)


class RuleForm(Form):
    """A county's own value of a rule from a day, with the document that sets it."""

    value = forms.CharField(label=_("数值"), max_length=120)
    effective_from = DateField(label=_("自何日起"))
    document = forms.CharField(label=_("依据文件"), max_length=160, help_text=_("本县哪份文件、哪次会议定的。"))
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
