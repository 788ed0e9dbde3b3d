"""The shape of what this area asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.plans import queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField, RowsField


class ImportForm(Form):
    file = forms.FileField(label=_("方案文件"), help_text=_("支持 .docx、.txt、.md 和带文字层的 .pdf。"))


class PlanForm(LockedForm):
    title = forms.CharField(label=_("名称"), max_length=200)
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)


class PhaseForm(LockedForm):
    name = forms.CharField(label=_("阶段"), max_length=60)
    starts_on = DateField(label=_("开始"))
    ends_on = DateField(label=_("结束"))


class TaskForm(Form):
    number = forms.CharField(label=_("编号"), max_length=20)
    title = forms.CharField(label=_("任务"), max_length=200)
    lead_unit = RowField(label=_("牵头单位"), required=False)
    supports = RowsField(label=_("协办单位"), through="unit", required=False)
    phase = RowField(label=_("阶段"), required=False)
    starts_on = DateField(label=_("开始日期"), required=False)
    due_on = DateField(label=_("完成期限"), required=False)
    deliverable = forms.CharField(
        label=_("成果"), max_length=200, required=False, help_text=_("办结时交什么，如制度文件、总结。")
    )

    def __init__(self, actor: Actor, today: Any, phases: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = {**orgs.units_by_id(actor, today), **orgs.universities_by_id()}
        self.offer("lead_unit", units)
        self.offer("supports", units)
        self.offer("phase", phases)


class TaskChangeForm(TaskForm, LockedForm):
    pass


class IssueForm(Form):
    issued_on = DateField(label=_("下达日期"))


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
    claims_completion = forms.BooleanField(label=_("任务已全部完成，申请办结"), required=False)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, empty_value=None)


class AnswerForm(Form):
    """A verdict; the opinion is required only to send back."""

    opinion = forms.CharField(
        label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
