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
    file = forms.FileField(
        label=_("方案文件"),
        help_text=_(
            "支持 .docx、.txt、.md、.html 和带文字层的 .pdf；服务器装有 LibreOffice 的，也支持 .doc、.wps、.rtf。"
        ),
    )
    replaces = RowField(label=_("是哪个方案的新版本"), required=False, help_text=_("新版本下达时，旧版本随之归档。"))

    def __init__(self, earlier: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("replaces", earlier)


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
    rhythm = forms.CharField(
        label=_("频次"), max_length=20, required=False, help_text=_("如每月、每学期、每年、常态化。")
    )
    deliverable = forms.CharField(
        label=_("成果"), max_length=200, required=False, help_text=_("办结时交什么，如制度文件、总结。")
    )
    for_everyone = forms.BooleanField(label=_("面向各单位：各学校、各单位都要做"), required=False)
    is_past = forms.BooleanField(
        label=_("补录：使用本系统以前已经完成"), required=False, help_text=_("不亮灯、不催办，下达后直接记为已完成。")
    )

    def __init__(self, actor: Actor, today: Any, phases: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = units(actor, today)
        self.offer("lead_unit", offered)
        self.offer("supports", offered)
        self.offer("phase", phases)


class TaskChangeForm(TaskForm, LockedForm):
    pass


class IssueForm(Form):
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)
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


class ExtensionForm(Form):
    until = DateField(label=_("延期至"))
    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为什么不能按期完成、还要做什么。"),
    )


class FindingForm(LockedForm):
    """What a stretch of the text means."""

    kind = forms.ChoiceField(label=_("类别"), choices=queries.finding_kinds)
    organisation = RowField(label=_("对应的单位"), required=False, help_text=_("类别是单位时填写。"))
    meaning = forms.CharField(label=_("识别为"), max_length=300, required=False)

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organisation", units(actor, today))


class MarkForm(Form):
    """A stretch of the text that somebody marks, counted in characters of the source."""

    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(label=_("标为"), choices=queries.finding_kinds)
    organisation = RowField(label=_("对应的单位"), required=False, help_text=_("类别是单位时填写。"))
    meaning = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organisation", units(actor, today))


class NameUnitForm(Form):
    """Which unit a name in the text means: one that is registered."""

    words = forms.CharField(widget=forms.HiddenInput, max_length=300)
    organisation = RowField(label=_("对应的单位"), help_text=_("名录里还没有的，先到“机构”中新增。"))

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organisation", units(actor, today))


class AssignForm(Form):
    """One lead unit, supporting units or a due day for many tasks; what is left empty stays as it is."""

    lead_unit = RowField(label=_("牵头单位"), required=False)
    supports = RowsField(label=_("增加协办单位"), through="unit", required=False)
    due_on = DateField(label=_("完成期限"), required=False)

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = units(actor, today)
        self.offer("lead_unit", offered)
        self.offer("supports", offered)


class ContextForm(Form):
    reason = forms.CharField(
        label=_("说明"), max_length=200, required=False, help_text=_("为什么不需要落实为任务，可不填。")
    )


class AttachForm(Form):
    """The task that sentences are hung on."""

    task = RowField(label=_("挂到任务"))

    def __init__(self, tasks: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("task", tasks)


class ConsultForm(Form):
    units = RowsField(label=_("征求意见的单位"), through="unit", widget=forms.CheckboxSelectMultiple)
    due_on = DateField(label=_("截止日期"))
    note = forms.CharField(label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("units", units(actor, today))


class CommentForm(Form):
    about = forms.ChoiceField(label=_("针对"), required=False)
    text = forms.CharField(label=_("意见"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, places: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = [("", _("整个方案")), *places]


class VerdictForm(LockedForm):
    verdict = forms.ChoiceField(label=_("处理"), choices=queries.verdict_choices)
    answer = forms.CharField(
        label=_("理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不采纳或部分采纳时必填。"),
    )


class ReasonForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AdoptForm(Form):
    """A plan that was issued on paper before."""

    document_no = forms.CharField(label=_("文号"), max_length=60)
    issued_on = DateField(label=_("印发日期"))


class CloseForm(Form):
    note = forms.CharField(
        label=_("归档说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("还有未办结的任务时必填：如何处理。"),
    )


class NextPlanForm(Form):
    title = forms.CharField(label=_("新方案名称"), max_length=200)


class PastForm(Form):
    """Something that happened before the system was there."""

    code = forms.CharField(label=_("编号"), max_length=40)
    kind = forms.ChoiceField(label=_("类别"), choices=queries.past_kinds)
    on = DateField(label=_("日期"))
    title = forms.CharField(label=_("名称"), max_length=200)
    text = forms.CharField(label=_("内容"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    task = RowField(label=_("对应任务"), required=False)
    unit = RowField(label=_("单位"), required=False)

    def __init__(self, actor: Actor, today: Any, tasks: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("task", tasks)
        self.offer("unit", units(actor, today))


def units(actor: Actor, today: Any) -> dict[int, Any]:
    """Whom a task may be given to: the county's units, and the universities."""
    return {**orgs.units_by_id(actor, today), **orgs.universities_by_id()}
