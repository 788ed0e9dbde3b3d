"""Forms by which a task moves, is supported, gets parts, or is proposed to change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import queries
from xietong.areas.plans.forms.offers import units
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form
from xietong.kit.forms.fields import DateField, RowField, RowsField

SHORT = {"rows": 3}


class ReassignForm(Form):
    lead_unit = RowField(label=_("改派给"))
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("lead_unit", units(actor, today))


class DelegateForm(Form):
    owner = RowField(label=_("转给"), help_text=_("本单位的人员；由他继续办理。"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, actor: Actor, task: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", queries.owner_choices(actor, task))


class ResumeForm(Form):
    due_on = DateField(label=_("完成期限"), help_text=_("暂停期间耽误了的，可以改期；基线不变。"))


class ContributeForm(Form):
    """The part of a supporting unit: one text, a figure where the task is told in figures."""

    unit = RowField(label=_("填报单位"))
    text = forms.CharField(
        label=_("协办情况"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("本单位做了什么；由牵头单位汇总后一并填报。"),
    )
    quantity = forms.DecimalField(label=_("其中本单位完成"), min_value=0, decimal_places=2, required=False)

    def __init__(self, task: Any, offered: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(offered) == 1:
            self.fields["unit"].initial = next(iter(offered))
        self.offer("unit", offered)
        if task.quantity is None:
            del self.fields["quantity"]
        else:
            self.fields["quantity"].help_text = _("计量单位：%(measure)s") % {"measure": task.measure}


class MilestoneForm(Form):
    title = forms.CharField(label=_("里程碑"), max_length=200)
    due_on = DateField(label=_("期限"))


class PartForm(Form):
    """A sub-task: what, who, by when."""

    title = forms.CharField(label=_("子任务"), max_length=200)
    lead_unit = RowField(label=_("责任单位"))
    due_on = DateField(label=_("完成期限"))

    def __init__(self, offered: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(offered) == 1:
            self.fields["lead_unit"].initial = next(iter(offered))
        self.offer("lead_unit", offered)


class AmendForm(Form):
    """What an issued task is to say; what is left as it stands is not changed."""

    title = forms.CharField(label=_("任务"), max_length=200)
    lead_unit = RowField(label=_("牵头单位"))
    starts_on = DateField(label=_("开始日期"), required=False)
    due_on = DateField(label=_("完成期限"))
    rhythm = forms.CharField(label=_("频次"), max_length=20, required=False)
    deliverable = forms.CharField(label=_("成果"), max_length=200, required=False)
    quantity = forms.DecimalField(label=_("目标数量"), min_value=0, decimal_places=2, required=False)
    measure = forms.CharField(
        label=_("计量单位"), max_length=20, required=False, help_text=_("如“所”“人次”；有目标数量时必填。")
    )
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("lead_unit", units(actor, today))


class MechanismsForm(Form):
    """The rules that a task applies, out of the county's list."""

    mechanisms = RowsField(
        label=_("适用制度"), through="mechanism", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, offered: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("mechanisms", offered)
