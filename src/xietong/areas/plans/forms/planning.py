"""Forms of a plan that is prepared, issued and put away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import queries
from xietong.areas.plans.forms.offers import units
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
    quantity = forms.DecimalField(
        label=_("目标数量"),
        min_value=0,
        decimal_places=2,
        max_digits=14,
        required=False,
        help_text=_("以数量完成的任务填写，如培训40人次；进度由填报的累计数得出。"),
    )
    measure = forms.CharField(label=_("计量单位"), max_length=20, required=False, help_text=_("如“所”“人次”。"))
    parent = RowField(label=_("上级任务"), required=False)
    needs = RowsField(
        label=_("前置任务"), through="needs", required=False, help_text=_("办结后本任务才能申请办结的任务。")
    )
    for_everyone = forms.BooleanField(label=_("面向各单位：各学校、各单位都要做"), required=False)
    is_past = forms.BooleanField(
        label=_("补录：使用本系统以前已经完成"), required=False, help_text=_("不亮灯、不催办，下达后直接记为已完成。")
    )

    def __init__(
        self, actor: Actor, today: Any, phases: dict[int, Any], others: dict[int, Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = units(actor, today)
        self.offer("lead_unit", offered)
        self.offer("supports", offered)
        self.offer("phase", phases)
        self.offer("parent", others)
        self.offer("needs", others)


class TaskChangeForm(TaskForm, LockedForm):
    pass


class ObjectiveForm(LockedForm):
    """What is known of an objective, each present figure with its day and source."""

    comparison = forms.ChoiceField(label=_("比较"), choices=queries.comparison_choices, required=False)
    target = forms.DecimalField(label=_("目标值"), max_digits=14, decimal_places=4, required=False)
    unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    baseline = forms.DecimalField(label=_("基线值"), max_digits=14, decimal_places=4, required=False)
    due_on = DateField(label=_("期限"), required=False)
    reached = forms.DecimalField(label=_("现状值"), max_digits=14, decimal_places=4, required=False)
    reached_on = DateField(label=_("现状日期"), required=False)
    source = forms.CharField(
        label=_("数据来源"), max_length=200, required=False, help_text=_("如“2025年教育事业统计报表”。")
    )
    indicator = RowField(
        label=_("对应的指标"),
        required=False,
        help_text=_("选了指标，基线、目标和现状都取指标的数值，不用再填；指标变了这里跟着变。"),
    )
    tasks = RowsField(
        label=_("由哪些任务实现"), through="task", required=False, help_text=_("没有数值的目标，进展按这些任务计算。")
    )

    def __init__(self, tasks: dict[int, Any], indicators: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("tasks", tasks)
        self.offer("indicator", indicators)


class IssueForm(Form):
    document_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    issued_on = DateField(label=_("下达日期"))


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
