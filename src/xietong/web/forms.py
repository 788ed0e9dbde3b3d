"""The shape of what the site's own pages ask for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.routes import LONGEST, Step
from xietong.kit.feedback.models import Feedback
from xietong.kit.forms.base import Form, style
from xietong.kit.forms.fields import DateField, RowField
from xietong.kit.tokens.scopes import SCOPES
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


class SignForm(Form):
    """An opinion on a step; needed only to send back."""

    opinion = forms.CharField(
        label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PaperForm(SignForm):
    """What a leader signed on paper, entered by the office."""

    signer = forms.CharField(label=_("书面签批人"), max_length=60, help_text=_("在纸质件上签批的领导姓名。"))


class ReassignForm(Form):
    to = RowField(label=_("转给"))
    reason = forms.CharField(label=_("原因"), max_length=500, required=False)

    def __init__(self, signers: Mapping[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", signers)


class AddSignerForm(Form):
    to = RowField(label=_("加签人"))
    title = forms.CharField(label=_("步骤名称"), max_length=40, initial=_("会签"))

    def __init__(self, signers: Mapping[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", signers)


class RouteForm(Form):
    """Up to four steps, each with a name and a role; those without a name are left out."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, roles: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, LONGEST + 1):
            n = {"n": number}
            self.fields[f"title_{number}"] = forms.CharField(
                label=_("第%(n)d步") % n, max_length=40, required=number == 1
            )
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=_("第%(n)d步的角色") % n, choices=[("", "—"), *roles], required=number == 1
            )
            self.fields[f"at_unit_{number}"] = forms.BooleanField(
                label=_("第%(n)d步只由填报单位的人办理") % n, required=False
            )
        for name, field in self.fields.items():
            style(field, name)

    @property
    def steps(self) -> list[Step]:
        found = [
            Step(
                self.cleaned_data[f"title_{number}"],
                self.cleaned_data[f"role_{number}"],
                self.cleaned_data[f"at_unit_{number}"],
            )
            for number in range(1, LONGEST + 1)
        ]
        return [step for step in found if step.title or step.role]


class TokenForm(Form):
    """`role` is cleaned to the `Actor` that the token acts as: one of the person's own."""

    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("写明用它的程序或系统，如“学校办公系统对接”。")
    )
    role = forms.ChoiceField(
        label=_("以哪个角色"), help_text=_("程序能看到、能做的，不会超过这个角色。角色结束，令牌随之失效。")
    )
    scopes = forms.MultipleChoiceField(label=_("权限范围"), widget=forms.CheckboxSelectMultiple)
    expires_on = DateField(label=_("有效期至"), help_text=_("最长一年。"))

    def __init__(self, actors: Sequence[Actor], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actors = {str(actor.term_id): actor for actor in actors if actor.term_id}
        role: Any = self.fields["role"]
        role.choices = [(key, f"{one.role_label} {one.org_name}".strip()) for key, one in self.actors.items()]
        scopes: Any = self.fields["scopes"]
        scopes.choices = list(SCOPES.items())

    def clean_role(self) -> Actor:
        return self.actors[self.cleaned_data["role"]]


class RuleForm(Form):
    """A county's own value of a rule from a day, with the document that sets it."""

    value = forms.CharField(label=_("数值"), max_length=120)
    effective_from = DateField(label=_("自何日起"))
    document = forms.CharField(label=_("依据文件"), max_length=160, help_text=_("本县哪份文件、哪次会议定的。"))
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
