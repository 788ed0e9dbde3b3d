"""The shape of what this area asks for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.people import queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField

UNTIL = _("自这一天起不再具有；可不填，以后再结束。")


class PersonForm(Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"), choices=queries.sex_choices, initial="9")
    staff_no = forms.CharField(label=_("工号"), max_length=20, required=False, help_text=_("开通账号后作为登录名。"))
    identity = forms.CharField(
        label=_("身份证号"), max_length=40, required=False, help_text=_("加密保存，页面只显示首尾几位。")
    )
    phone = forms.CharField(
        label=_("手机号"), max_length=30, required=False, help_text=_("加密保存；没有工号时作为登录名。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("identity", "phone"):
            # A shared computer must not offer one person's numbers to the next.
            self.fields[name].widget.attrs |= {"autocomplete": "off", "inputmode": "text"}


class PersonChangeForm(PersonForm, LockedForm):
    """Stored numbers are not shown again; what is left empty stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("identity", "phone"):
            self.fields[name].help_text = _("不修改请留空。")


class RevealForm(Form):
    field = forms.ChoiceField(
        label=_("查看"),
        choices=[("identity", _("身份证号")), ("phone", _("手机号"))],
        widget=forms.RadioSelect,
        initial="identity",
    )
    reason = forms.CharField(label=_("原因"), max_length=300, help_text=_("会记入审计记录。"))


class PlaceForm(Form):
    """A form that asks for one of the keeper's organisations."""

    organisation = RowField(label=_("机构"))

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organisation", queries.units_of_keeper(actor, today))


class AppointForm(PlaceForm):
    post = forms.CharField(label=_("岗位"), max_length=60, help_text=_("如“语文教师”“教务主任”。"))
    kind = forms.ChoiceField(label=_("性质"), choices=queries.post_kind_choices)
    subject = forms.CharField(label=_("任教学科"), max_length=40, required=False)
    from_on = DateField(label=_("起"))
    to_on = DateField(label=_("止"), required=False, help_text=_("有约定期限的填写。"))


class EndForm(Form):
    to_on = DateField(label=_("止"))
    reason = forms.CharField(label=_("原因"), max_length=300, required=False)


class GrantForm(PlaceForm):
    role = forms.ChoiceField(label=_("角色"))
    from_on = DateField(label=_("起"))
    to_on = DateField(label=_("止"), required=False, help_text=UNTIL)

    field_order = ("role", "organisation", "from_on", "to_on")

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, today, *args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = queries.business_role_choices(actor)


class ReasonForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=300)


class ColleagueForm(Form):
    """A form that asks for somebody else whom the actor keeps."""

    person = RowField(label=_("人员"))

    def __init__(self, actor: Actor, besides: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", others(actor, besides))


class DeputyForm(ColleagueForm):
    from_on = DateField(label=_("起"))
    to_on = DateField(label=_("止"), help_text=_("自这一天起不再代理。"))


class HandoverForm(Form):
    successor = RowField(label=_("交给"), help_text=_("现有角色今天起转给这位人员，未完成的任务一并转出。"))
    reason = forms.CharField(label=_("原因"), max_length=300, help_text=_("如“工作调整，见教体发〔2026〕9号”。"))

    def __init__(self, actor: Actor, giver: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("successor", others(actor, giver))


class LeaveForm(Form):
    left_on = DateField(label=_("离开日期"))
    reason = forms.CharField(label=_("原因"), max_length=300, help_text=_("如“退休”“辞职”。"))


class TransferForm(Form):
    to_county = RowField(label=_("调往"))
    note = forms.CharField(
        label=_("说明"), max_length=300, required=False, help_text=_("对方确认前只能看到姓名和这段说明。")
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to_county", queries.other_counties(actor))


class RefuseForm(Form):
    note = forms.CharField(label=_("退回原因"), max_length=300)


class SeatForm(Form):
    person = RowField(label=_("人员"))
    unit = RowField(label=_("所在单位"))
    position = forms.ChoiceField(label=_("职务"), choices=queries.position_choices)
    document = forms.CharField(label=_("依据"), max_length=160, required=False, help_text=_("文件名称和文号。"))
    from_on = DateField(label=_("起"))

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", queries.people_of_keeper(actor))
        self.offer("unit", queries.units_of_keeper(actor, today))


class SeatEndForm(Form):
    to_on = DateField(label=_("止"))


class PasswordForm(Form):
    password = forms.CharField(
        label=_("新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 8 个字符，含小写字母、大写字母、数字、符号中的三种，不能与姓名、工号相近。"),
    )
    again = forms.CharField(
        label=_("再输一遍"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两次输入的密码不一致。"))
        return again


def others(actor: Actor, besides: int) -> Mapping[int, Any]:
    return {pk: one for pk, one in queries.people_of_keeper(actor).items() if pk != besides}
