"""The shape of what this area asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs import queries
from xietong.areas.orgs.rules.codes import SETTLEMENTS
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField


class OrganisationForm(Form):
    name = forms.CharField(label=_("全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, help_text=_("表格和简报里使用，如“安义三小”。"))
    kind = forms.ChoiceField(label=_("类别"), choices=queries.kind_choices)
    aliases = forms.CharField(
        label=_("其他叫法"), required=False, help_text=_("读方案时用来认出这个单位，用顿号隔开。")
    )
    parent = RowField(label=_("上级"), required=False)
    files_through = RowField(label=_("代报单位"), required=False, help_text=_("村小、教学点可由中心小学一并填报。"))
    code = forms.CharField(
        label=_("学校（机构）标识码"), required=False, max_length=18, help_text=_("10 位数字，没有可不填。")
    )
    urban_rural = forms.ChoiceField(
        label=_("城乡类型"), required=False, choices=[("", "—"), *SETTLEMENTS.names.items()]
    )
    order = forms.IntegerField(label=_("排序"), min_value=1, initial=1000, help_text=_("名单按此排列，不作排名。"))
    opened_on = DateField(label=_("设立日期"), required=False)

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = queries.units_by_id(actor, today)
        for name in ("parent", "files_through"):
            self.offer(name, units)

    def clean_aliases(self) -> list[str]:
        text = self.cleaned_data["aliases"].replace(",", "、").replace("，", "、")
        return [word.strip() for word in text.split("、") if word.strip()]


class OrganisationChangeForm(OrganisationForm, LockedForm):
    pass


class CloseForm(Form):
    closed_on = DateField(label=_("撤并日期"))
    successor = RowField(label=_("并入"), required=False, help_text=_("未完成的任务将转给它；单纯撤销可不选。"))
    reason = forms.CharField(label=_("依据"), max_length=300, help_text=_("文件名称和文号。"))

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("successor", queries.units_by_id(actor, today))


class TermForm(Form):
    year = forms.IntegerField(label=_("学年（起始年）"), min_value=2000, max_value=2100)
    half = forms.TypedChoiceField(label=_("学期"), choices=[(1, _("第一学期")), (2, _("第二学期"))], coerce=int)
    starts_on = DateField(label=_("开学日期"))
    ends_on = DateField(label=_("放假前最后一天"))


class TermChangeForm(TermForm, LockedForm):
    pass


class GroupForm(Form):
    organisation = RowField(label=_("领导小组"))
    document = forms.CharField(label=_("成立文件"), max_length=160)
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    founded_on = DateField(label=_("成立日期"))

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = queries.units_by_id(actor, today)
        self.offer("organisation", {pk: one for pk, one in units.items() if one.kind == "leading_group"})


class GroupUnitForm(Form):
    unit = RowField(label=_("单位"))
    duty = forms.ChoiceField(label=_("职责"), choices=queries.duty_choices)
    from_on = DateField(label=_("起"))

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", queries.units_by_id(actor, today))


class LeaveForm(Form):
    to_on = DateField(label=_("止"))


class AgreementForm(Form):
    title = forms.CharField(label=_("名称"), max_length=160)
    document_no = forms.CharField(label=_("编号"), max_length=60, required=False)
    university = RowField(label=_("高校"))
    signed_on = DateField(label=_("签订日期"))
    from_on = DateField(label=_("生效日期"))
    to_on = DateField(label=_("终止日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("university", queries.universities_by_id())


class AgreementChangeForm(AgreementForm, LockedForm):
    pass


class HolidayForm(Form):
    on = DateField(label=_("日期"))
    is_work = forms.TypedChoiceField(
        label=_("安排"),
        choices=[("0", _("放假")), ("1", _("上班"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("说明"), max_length=60)
